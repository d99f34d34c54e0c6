"""Whom a reminder reaches: exactly those whose task it is."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, select

from domain import ids
from domain.acts import kind_of
from domain.calendar import local_day
from domain.ids import Kind
from domain.posts import POST_OF_ROLE
from duties.agenda import Agenda, agenda_around
from duties.duty import Duty, Until
from duties.finders import DECLARED, FINDERS
from store.office.holding import stand_ins
from store.office.people import still_here
from store.tables import Deadline, Department
from store.waiting import Windows


@dataclass(frozen=True)
class Owing:
    """Who owes something by a deadline; *set_aside* would, were it not their own."""

    people: frozenset[str]
    set_aside: frozenset[str]


def owing_at(session: Session, campaign: str, until: Until) -> Owing:
    """Find who owes something by a deadline now, in so many statements.

    While nobody holds the post that owes it, whoever stands in is told; of those named
    for it, nobody who is dead or gone.
    """
    owner = ids.read(until.owner)
    agenda = agenda_around(session, owner, campaign)
    people: set[str] = set()
    set_aside: set[str] = set()
    for find, kinds in FINDERS:
        for duty in find(agenda) if kind_of(until.name) in kinds else ():
            if duty.until == until:
                everybody = agenda.holders.owing(replace(duty, but=frozenset()))
                people |= everybody - duty.but
                if not everybody:
                    people |= _stand_ins(agenda, duty)
                set_aside |= everybody & duty.but
    here = still_here(session, people, local_day(agenda.moment))
    return Owing(here, frozenset(set_aside) - here)


def _stand_ins(agenda: Agenda, duty: Duty) -> frozenset[str]:
    if duty.named is not None:
        return frozenset()
    posts = {POST_OF_ROLE[role] for role in duty.roles if role in POST_OF_ROLE}
    return stand_ins(agenda.session, posts, local_day(agenda.moment))


def windows_of(deadline: Deadline) -> Windows:
    """Find the windows that hang on this very deadline, not on another."""
    target = ids.read(deadline.owner)
    phase, department = target.key, None
    if target.kind is Kind.DEPARTMENT:
        phase, department = ids.department_key(target)
    return Windows(phase, deadline.name, department)


def departments_owing(deadline: Deadline) -> Any:
    """Select the departments that owe something by a deadline of departments."""
    if deadline.name in DECLARED:
        _, code = ids.department_key(ids.read(deadline.owner))
        return select(Department.code).where(Department.code == code)
    return windows_of(deadline).awaited()
