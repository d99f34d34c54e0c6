"""What is owed to the matters beside the phases: the next step of each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from domain import ids
from domain.acts import DEADLINES
from domain.cases.procedures import OVER, PROCEDURES
from domain.ids import Kind
from domain.roles import Role
from domain.states import CaseState
from duties.agenda import SILENT, Agenda
from duties.duty import Duty
from store.database import one_of
from store.opinions import authors_of, opinions_of
from store.tables import Campaign, Case, Nomination

# Nobody judges what concerns them: `require_not_own` refuses it.
_JUDGING = frozenset(
    {"assess_case", "conclude_initiative", "certify_initiative", "resolve_case"}
)
_NOBODY: frozenset[str] = frozenset()
People = Mapping[UUID, frozenset[str]]


def of_cases(agenda: Agenda) -> Iterator[Duty]:
    """Find who takes the next step of each matter, of closed campaigns too."""
    cases = _cases(agenda)
    if not cases:
        return
    concerned, said = _concerned(agenda, cases), _said(agenda, cases)
    for case in cases:
        procedure = PROCEDURES[case.kind]
        wait = procedure.waits[case.state]
        for act, roles in DEADLINES[wait.deadline].owed.items():
            step = procedure.steps.get(act)
            if step is None or case.state not in step.comes_from:
                continue
            yield agenda.duty(
                act,
                ids.case(case.id),
                case,
                wait.deadline,
                roles=_first(roles & step.who),
                named=frozenset({case.recorded_by}) if act == "file_case" else None,
                but=(concerned[case.id] if act in _JUDGING else _NOBODY)
                | (said[case.id] if act == "assess_case" else _NOBODY),
            )


def _first(roles: frozenset[Role]) -> frozenset[Role]:
    """What the secretariat may do as well as the director, the secretariat owes."""
    return roles & {Role.SECRETARIAT} or roles


def _cases(agenda: Agenda) -> Sequence[Case]:
    of = agenda.owner
    only: list[Any] = [Case.id == UUID(of.key)] if of and of.kind is Kind.CASE else []
    return agenda.session.exec(
        select(Case)
        .join(Campaign, col(Campaign.id) == col(Case.campaign))
        .where(
            col(Case.state).not_in((*OVER, CaseState.DRAFT)),
            col(Campaign.state).not_in(SILENT),
            *only,
        )
        .order_by(col(Case.id))
    ).all()


def _concerned(agenda: Agenda, cases: Sequence[Case]) -> People:
    """Name the people whom each matter is about."""
    authors = authors_of(agenda.session, [case.id for case in cases])
    lines = select(Nomination.id, Nomination.subject).where(
        one_of(col(Nomination.id), [case.line for case in cases if case.line])
    )
    subjects = dict(agenda.session.exec(lines).all())
    return {
        case.id: frozenset(
            {
                *(author.person for author in authors.get(case.id, ())),
                *([case.subject] if case.subject else ()),
                *([subjects[case.line]] if case.line else ()),
            }
        )
        for case in cases
    }


def _said(agenda: Agenda, cases: Sequence[Case]) -> People:
    """Name who has given an opinion on each matter: it is given once."""
    given = opinions_of(agenda.session, [case.id for case in cases])
    return {
        case.id: frozenset(row.person for row in given.get(case.id, ()))
        for case in cases
    }
