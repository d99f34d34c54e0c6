"""Whom a reminder reaches: exactly those whose task it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from domain import ids
from domain.calendar import local_day
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.posts import POST_OF_ROLE
from duties.agenda import Agenda, agenda_around
from duties.campaigns import of_campaigns
from duties.cases import of_cases
from duties.decisions import of_decisions
from duties.departments import of_departments
from duties.duty import Duty, Until
from duties.phases import of_phases, of_the_late
from duties.sessions import of_sessions
from duties.tasks import Finder
from store.office.holding import stand_ins
from store.office.people import still_here
from store.tables import Deadline
from store.waiting import Windows, returned

# What may hang on the deadlines of an owner. What thousands of departments owe at once
# is asked for by their windows (`store.waiting`), by the same rule.
_FINDERS: Mapping[Kind, tuple[Finder, ...]] = {
    Kind.CAMPAIGN: (of_campaigns,),
    Kind.PHASE: (of_phases, of_sessions),
    Kind.DEPARTMENT: (of_departments, of_the_late),
    Kind.COUNCIL: (of_sessions,),
    Kind.DECISION: (of_decisions,),
    Kind.CASE: (of_cases,),
}


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
    for find in _FINDERS[owner.kind]:
        for duty in find(agenda):
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
    if deadline.name == DeadlineKind.SUPPLEMENT:
        return returned(*ids.department_key(ids.read(deadline.owner)))
    return windows_of(deadline).awaited()
