"""A statement that is made once, and asked again and again."""

from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session


def made_once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Make a statement at its first use, and ask it each time with the values given.

    To make it anew, and to find by all that it says how it was compiled, takes longer
    than the database does. *make* is handed a name for each value; `one_of` takes one
    for a whole list. Only None is handed on as it is, and may decide what is asked.
    """
    names = tuple(signature(make).parameters)

    @cache
    def statement(given: frozenset[str]) -> Any:
        return make(*(bindparam(name) if name in given else None for name in names))

    @wraps(make)
    def ask(session: Session, **values: Any) -> Any:
        given = {name: value for name, value in values.items() if value is not None}
        return session.exec(statement(frozenset(given)), params=given)

    return ask
