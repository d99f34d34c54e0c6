"""How one person stands today: roles, own department, departments answered for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import Session

from domain.acts import may
from domain.calendar import local_day
from domain.roles import Role
from store import delegations
from store.clock import now
from store.database import SHELF
from store.office import people
from store.tables import Appointment, Delegation


@dataclass(frozen=True)
class Standing:
    """One person and all that the rows say of their place in the office.

    *signs* are the delegations held, by campaign and kind of act.
    """

    person: str
    roles: frozenset[Role]
    home: str | None
    desks: tuple[str, ...]
    signs: Mapping[tuple[str, str], Delegation]

    def directs(self, kind: str, campaign: str) -> bool:
        """Say whether an act of the director's is theirs, or theirs to sign."""
        return Role.DIRECTOR in self.roles or (campaign, kind) in self.signs

    def signs_for(self, kind: str, campaign: str) -> str | None:
        """Name whom they would do an act for, None when they do it for themselves."""
        row = self.signs.get((campaign, kind))
        return None if row is None or may(kind, self.roles) else row.given_by


Found = TypeVar("Found")
# How people stand is read once for the length of a transaction that reads.
_STANDINGS = "standings"


def share_standings(session: Session, kept: dict[Any, Any]) -> None:
    """Let a transaction that reads go on from what others of its request have read."""
    session.info[_STANDINGS] = kept


def roles_today(
    session: Session, person: str, department: str | None = None
) -> frozenset[Role]:
    """Collect how a person stands today to the office, and to a department."""
    return people.roles_at(_places(session, person), department)


def standing_of(session: Session, person: str) -> Standing:
    """Find how a person stands today."""
    return _once(session, (person, "all"), lambda: _standing(session, person))


def _places(session: Session, person: str) -> list[Any]:
    def held() -> list[Any]:
        return people.places(session, person, local_day(now(session)))

    return _once(session, (person, "places"), held)


def _once(session: Session, what: tuple[str, str], find: Callable[[], Found]) -> Found:
    """Find something, or give what was found; whoever writes may change it."""
    if SHELF not in session.info:
        return find()
    kept: dict[Any, Any] = session.info.setdefault(_STANDINGS, {})
    if what not in kept:
        kept[what] = find()
    found: Found = kept[what]
    return found


def _standing(session: Session, person: str) -> Standing:
    held = _places(session, person)
    home = next((own.code for _, _, own in held if own), None)
    desks = {post.department for post, _, _ in held if post and _is_desk(post)}
    return Standing(
        person=person,
        roles=people.roles_at(held, home),
        home=home,
        desks=tuple(sorted(desks)),
        signs=delegations.held_by(session, person, now(session)),
    )


def _is_desk(post: Appointment) -> bool:
    return post.office in people.DESK_OFFICES and post.department is not None
