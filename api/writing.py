"""Routes that write: who asks, and all that they do, in one transaction and thread."""

from collections.abc import Callable, Coroutine
from functools import partial, update_wrapper
from inspect import Parameter, Signature, signature
from typing import Any, TypeVar

from sqlmodel import Session

from api.deps import DatabaseDep
from api.identity import (
    Credentials,
    Own,
    Shown,
    require_fresh,
    who_asks,
    who_signed_in,
)
from store.database import Database
from store.tables import Person

Result = TypeVar("Result")
Check = Callable[[Session, Any], None]


def anybody(_session: Session, _who: Any) -> None:
    """Let everybody write whom the office knows; the route asks for more."""


def writes(
    route: Callable[..., Result], check: Check = anybody, *, fresh: bool = False
) -> Callable[..., Coroutine[Any, Any, Result]]:
    """Make the route of a function that writes, with a *session* and as a *person*.

    What is about accounts is written as whoever has *signed* in. For some it must have
    been *fresh*, by a password given just now.

    While it writes it waits for nothing that others may hold, neither a connection
    nor a thread, and it commits before the answer goes out. *check* comes first.

    For drafts, master data and accounts: everything else is a command, but for sealed
    ballots, which those who cast at one moment write together.
    """

    async def written(session: Database, **asked: Any) -> Result:
        find = partial(_find, asked.pop(name), fresh)
        work = partial(route, **asked)
        return await session.in_turn(partial(_write, session, find, check, name, work))

    name = "signed" if "signed" in signature(route).parameters else "person"
    _find = _FINDERS[name]
    update_wrapper(written, route)
    del written.__wrapped__  # type: ignore[attr-defined]  # or that would be called
    written.__signature__ = _asked(route)  # type: ignore[attr-defined]
    return written


def _write(
    database: Database,
    find: Callable[[Session], Any],
    check: Check,
    name: str,
    work: Callable[..., Result],
) -> Result:
    with database.write() as session:
        who = find(session)
        check(session, who)
        return work(session=session, **{name: who})


def _find_person(shown: Credentials, fresh: bool, session: Session) -> Person:
    asker = who_asks(session, shown)
    if fresh:
        require_fresh(asker)
    return asker.person


def _find_signed(own: Credentials, fresh: bool, session: Session) -> Any:
    found = who_signed_in(session, own)
    if fresh:
        require_fresh(found)
    return found


_FINDERS: dict[str, Callable[..., Any]] = {
    "person": _find_person,
    "signed": _find_signed,
}
# For the session stands the database, and for who asks what a request shows of them.
_ASKED: dict[str, dict[str, Any]] = {
    "session": {"annotation": DatabaseDep},
    "person": {"annotation": Shown},
    "signed": {"annotation": Own},
}


def _asked(route: Callable[..., Any]) -> Signature:
    own = signature(route)
    named = (
        each.replace(kind=Parameter.KEYWORD_ONLY, **_ASKED.get(each.name, {}))
        for each in own.parameters.values()
    )
    return own.replace(parameters=[*named])
