"""Routes that write: who asks, and all that they do, in one transaction and thread."""

from collections.abc import Callable, Coroutine
from functools import partial, update_wrapper
from inspect import Parameter, Signature, signature
from typing import Any, TypeVar

from sqlmodel import Session

from api.deps import DatabaseDep
from api.identity import PersonHeader, who_asks
from store.database import Database
from store.tables import Person

Result = TypeVar("Result")
Check = Callable[[Session, Person], None]


def anybody(_session: Session, _person: Person) -> None:
    """Let everybody write whom the office knows; the route asks for more."""


def writes(
    route: Callable[..., Result], check: Check = anybody
) -> Callable[..., Coroutine[Any, Any, Result]]:
    """Make the route of a function that writes, with a *session* and as a *person*.

    While it writes it waits for nothing that others may hold, neither a connection
    nor a thread, and it commits before the answer goes out. *check* comes first.

    For drafts, master data and sealed ballots: everything else is a command.
    """

    async def written(session: Database, person: str, **asked: Any) -> Result:
        work = partial(route, **asked)
        return await session.in_turn(partial(_write, session, person, check, work))

    update_wrapper(written, route)
    del written.__wrapped__  # type: ignore[attr-defined]  # or that would be called
    written.__signature__ = _asked(route)  # type: ignore[attr-defined]
    return written


def _write(
    database: Database, person: str, check: Check, work: Callable[..., Result]
) -> Result:
    with database.write() as session:
        who = who_asks(session, person)
        check(session, who)
        return work(session=session, person=who)


# For the session stands the database, and for who asks their code.
_ASKED: dict[str, dict[str, Any]] = {
    "session": {"annotation": DatabaseDep},
    "person": {"annotation": PersonHeader, "default": ""},
}


def _asked(route: Callable[..., Any]) -> Signature:
    own = signature(route)
    named = (
        each.replace(kind=Parameter.KEYWORD_ONLY, **_ASKED.get(each.name, {}))
        for each in own.parameters.values()
    )
    return own.replace(parameters=[*named])
