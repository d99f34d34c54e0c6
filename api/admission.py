"""Who is let in: every route declares its way in the policy table, or is an act.

What the office alone decides is asked here; what hangs on the thing that is asked for
is asked where that thing is read, by the same table.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from fastapi import Depends, Request, params
from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.routing import BaseRoute

from api.deps import Reading as Transaction
from api.identity import Asking
from domain.acts import Undeclared
from domain.acts.declaring import ActRule
from domain.policy import READINGS, rule_of
from domain.policy.declaring import About, Access, Reading, Relation, relations_of
from domain.refusals import Refused, refuse
from domain.roles import ROLE_NAMES, Role
from store.knowing.lines import known_among
from store.office.standing import roles_today

_OF_OFFICE = "người của cơ quan"


class Declared:
    """What a route is, by its entry in a table; who acts or edits is asked later."""

    def __init__(self, rule: Access | ActRule) -> None:
        self.rule = rule


class _Later(Declared):
    """Of who writes it is asked in the transaction that writes; of some, nothing.

    An account is asked for by its own session.
    """

    async def __call__(self) -> None:
        """Let everybody in."""


class _SignedIn(Declared):
    """Open to whom the office knows, as far as what is asked for is theirs."""

    async def __call__(self, _person: Asking) -> None:
        """Refuse who has not signed in (`unknown_person`)."""


class _InRole(Declared):
    """Open by what somebody holds in the office, or in the department of the path."""

    rule: Access

    def __call__(self, request: Request, session: Transaction, person: Asking) -> None:
        """Refuse (`not_allowed`) whoever stands in no relation that is named."""
        department = request.path_params.get("department")
        roles = roles_today(session, person.id, department)
        if not self.rule.who & relations_of(roles):
            raise not_allowed(self.rule)


def not_allowed(way: Access) -> Refused:
    """Refuse (`not_allowed`) a way, naming who may take it."""
    roles = (ROLE_NAMES[role] for role in Role if role in way.who)
    office = [_OF_OFFICE] if Relation.OF_THE_OFFICE in way.who else []
    allowed = "; ".join([*roles, *office])
    return refuse("not_allowed", f"Chỉ những người sau được xem: {allowed}.")


def open_to(session: Session, person: str, name: str) -> bool:
    """Say whether a way to read that the office alone decides is open to somebody."""
    stands = relations_of(roles_today(session, person)) | {Relation.ANYBODY}
    return bool(READINGS[name].who & stands)


def require_open_to(session: Session, person: str, name: str) -> None:
    """Refuse (`not_allowed`) whoever a way to read is closed to by the office alone."""
    if not open_to(session, person, name):
        raise not_allowed(READINGS[name])


def require_known(session: Session, line: UUID, person: str, name: str) -> None:
    """Refuse (`not_allowed`) whoever reads of a line, but not this of it."""
    way = READINGS[name]
    if not known_among(session, [line], person, way.who):
        raise not_allowed(way)


def reads(name: str) -> Any:
    """Declare that a route reads, by its entry in the policy table."""
    way = READINGS[name]
    if Relation.ANYBODY in way.who or way.about is About.ACCOUNT:
        return Depends(_Later(way))
    by_office = way.about in (About.OFFICE, About.DEPARTMENT)
    if by_office and Relation.SIGNED_IN not in way.who:
        return Depends(_InRole(way))
    return Depends(_SignedIn(way))


def does(name: str) -> Any:
    """Declare that a route is an act, or an edit; who may is asked as it is written."""
    return Depends(_Later(rule_of(name)))


def declared_in(dependencies: Iterable[params.Depends]) -> list[Access | ActRule]:
    """List what is declared among what a route depends on."""
    asked: list[object] = [each.dependency for each in dependencies]
    return [each.rule for each in asked if isinstance(each, Declared)]


def may_refuse(dependencies: Iterable[params.Depends]) -> bool:
    """Say whether a way to read is closed to some who have signed in, and says so."""
    return any(
        isinstance(way, Reading) and way.refuses for way in declared_in(dependencies)
    )


def require_declared(
    routes: Iterable[BaseRoute], open_paths: Iterable[str | None] = ()
) -> None:
    """Raise Undeclared unless every route is one thing in the tables.

    But for *open_paths*, which show how the service is asked.
    """
    if strange := sorted(_undeclared(routes, {*open_paths})):
        raise Undeclared(f"routes that are not one thing in the tables: {strange}")


def _undeclared(routes: Iterable[BaseRoute], known: set[str | None]) -> Iterator[str]:
    for route in routes:
        path = getattr(route, "path", str(route))
        one = isinstance(route, APIRoute) and len(declared_in(route.dependencies)) == 1
        if not one and path not in known:
            yield path
