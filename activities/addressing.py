"""Who an addressee of a ladder is, on the day, among the office's people."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from activities.deed import Deed
from domain.ladder import Addressee
from domain.names import as_awarded
from domain.posts import PostCode
from store import delegations
from store.database import made_once, one_of
from store.knowing.acts import closed_to
from store.office import people
from store.office.holding import (
    at_desks,
    holders_of,
    secretariat_desks,
    stand_ins,
)
from store.office.in_force import in_service
from store.office.people import names_of
from store.office.posthumous import posthumous
from store.tables import (
    Command,
    Department,
    Nomination,
    Office,
    Person,
    SubjectKind,
)

_POSTS: Mapping[Addressee, PostCode] = {
    Addressee.DEPUTY_DIRECTOR: PostCode.DEPUTY_DIRECTOR,
    Addressee.DIRECTOR: PostCode.DIRECTOR,
    Addressee.UNION: PostCode.UNION_CHAIR,
    Addressee.COUNCIL_MEMBER: PostCode.COUNCIL_MEMBER,
    Addressee.COUNCIL_CHAIR: PostCode.COUNCIL_CHAIR,
    Addressee.COUNCIL_SECRETARY: PostCode.COUNCIL_SECRETARY,
}


def desks(
    deed: Deed, departments: Iterable[str], to: Addressee = Addressee.DEPARTMENT
) -> dict[str, list[str]]:
    """Find, in one query, who answers for each of many departments.

    For one without a head, or with nobody at its desk, whoever stands in meanwhile.
    """
    whole = to is Addressee.DEPARTMENT
    offices = people.DESK_OFFICES if whole else [Office.DEPARTMENT_HEAD]
    return _filled(deed, at_desks(deed.session, departments, deed.day, offices))


def _filled(deed: Deed, found: dict[str, list[str]]) -> dict[str, list[str]]:
    if any(not desk for desk in found.values()):
        instead = sorted(stand_ins(deed.session, [PostCode.DEPARTMENT_HEAD], deed.day))
        found = {code: desk or instead for code, desk in found.items()}
    return found


def desk(deed: Deed, department: str) -> list[str]:
    """Find who answers for one department: its head and whoever it has charged."""
    return desks(deed, [department])[department]


def secretariat_desk(deed: Deed) -> list[str]:
    """Find who answers for the standing secretariat."""
    found = _filled(deed, secretariat_desks(deed.session, deed.day))
    return [person for desk in found.values() for person in desk]


def task_of(command: Command) -> str:
    """Name what a command that was set aside asks for, and what that is on."""
    return f"command/{command.id}/{command.target}"


def tending(deed: Deed, command: Command) -> list[str]:
    """Find who tends a command that was set aside: of whom that may know, the desk.

    Of what is closed to all of them it is the director.
    """
    desk = [
        each
        for each in secretariat_desk(deed)
        if command.target not in closed_to(deed.session, [command], each)
    ]
    return desk or resolve(deed, Addressee.DIRECTOR)


def resolve(deed: Deed, to: Addressee, kind: str | None = None) -> list[str]:
    """Find the people behind an addressee that belongs to no one department.

    Beside the director stands whoever may sign an act of *kind* today, and in for a
    post that is vacant whoever its rule names.
    """
    if to is Addressee.SECRETARIAT:
        return secretariat_desk(deed)
    if to is Addressee.DIRECTOR and kind is not None:
        return [*resolve(deed, to), *signers(deed, kind)]
    found = holders_of(deed.session, _POSTS[to], deed.day)
    if to is Addressee.COUNCIL_MEMBER:
        found = frozenset(s.person for s in people.seats(deed.session, deed.day))
    return sorted(found or stand_ins(deed.session, [_POSTS[to]], deed.day))


def signers(deed: Deed, kind: str) -> list[str]:
    """Find who may sign an act of *kind* for the director today."""
    signing = delegations.signing(deed.session, deed.campaign, deed.at)
    return sorted(signing.get((deed.campaign, kind), ()))


def everybody(deed: Deed) -> SelectOfScalar[str]:
    """Select all whom the office has: staff, leadership and the plan's recipients.

    They are told without being listed, so what tells them takes the same of them all.
    """
    here = in_service(col(Person.id), deed.day)
    return select(Person.id).where(here).order_by(Person.id)


def person_name(session: Session, code: str) -> str:
    """Return a person's name."""
    return session.get_one(Person, code).name


_NAMELESS = "một trường hợp thuộc phạm vi bí mật nhà nước"


def line_names(session: Session, lines: Collection[Nomination]) -> dict[UUID, str]:
    """Return how notices name lines' subjects: none is named on a state secret."""
    if not lines:
        return {}
    late = posthumous(session, lines)
    subjects = [line.subject for line in lines]
    people = names_of(session, subjects)
    departments = department_names(session, subjects)

    def name(line: Nomination) -> str:
        if line.secret:
            return _NAMELESS
        if line.kind is SubjectKind.COLLECTIVE:
            return departments[line.subject]
        return as_awarded(people[line.subject], posthumous=line.id in late)

    return {line.id: name(line) for line in lines}


def department_name(session: Session, code: str) -> str:
    """Return a department's name."""
    return session.get_one(Department, code).name


def department_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of many departments, in one query."""
    return dict(_names(session, codes=set(codes)).all())


@made_once
def _names(codes: Any) -> Any:
    named = select(Department.code, Department.name)
    return named.where(one_of(col(Department.code), codes))
