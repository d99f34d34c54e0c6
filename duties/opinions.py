"""Whose word on somebody who has left them departments owe (E11)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import true
from sqlmodel import col, exists, select

from domain import ids
from domain.roles import Role
from domain.rules.service import left_behind
from domain.states import LineState
from domain.submissions import IN_APPRAISAL
from duties.agenda import Agenda
from duties.duty import Duty
from store.findings.kept import Kept, kept
from store.office.posts import posts_of
from store.plans import pack_of
from store.tables import (
    Department,
    Nomination,
    Opinion,
    Person,
    ServiceSpan,
    SubjectKind,
    Submission,
)

_ACT = "give_opinion"
# By phase, department and person: the person's name, and when the department ends.
Asked = Mapping[tuple[str, str, str], tuple[str, date | None]]


def of_opinions(agenda: Agenda) -> Iterator[Duty]:
    """Find on whom the heads looked for have still to give an opinion.

    It is asked for with the list: a line in appraisal waits for it. On a state secret
    the secretariat asks by itself.
    """
    asked = _asked(agenda)
    posts = posts_of(agenda.session, {person for _, _, person in asked})
    for (phase_id, department, person), (name, ends) in asked.items():
        phase = agenda.phases[phase_id]
        if ends is not None and ends <= phase.period_end:
            continue  # a department that is no more is not asked
        rule = pack_of(agenda.session, phase).service.old_unit_opinion
        left = left_behind(rule, posts[person], phase.period_end)
        if any(post.unit == department for post in left):
            target = ids.department(phase_id, department)
            yield agenda.duty(
                _ACT, target, phase, None, about=name, department=department
            )


def _asked(agenda: Agenda) -> Asked:
    """Find who served in the departments looked for, and of whom they said nothing."""
    if agenda.person is None:
        return _unsaid(agenda, col(ServiceSpan.department).in_(agenda.desks))
    heads = {
        code
        for code in agenda.desks
        if agenda.person in agenda.holders.of(Role.DEPARTMENT_HEAD, code)
    }
    if not heads:
        return {}
    phases = tuple(agenda.open_phases)
    found = kept(agenda.session, Kept.ASKED, phases, lambda: _unsaid(agenda, true()))
    return {key: said for key, said in found.items() if key[1] in heads}


def _unsaid(agenda: Agenda, which: Any) -> Asked:
    said = exists().where(
        col(Opinion.phase) == col(Nomination.phase),
        col(Opinion.department) == col(ServiceSpan.department),
        col(Opinion.person) == col(Nomination.subject),
    )
    rows = agenda.session.exec(
        select(Nomination, Department, Person.name)
        .select_from(Nomination)
        .join(
            Submission,
            (col(Submission.phase) == col(Nomination.phase))
            & (col(Submission.department) == col(Nomination.department)),
        )
        .join(ServiceSpan, col(ServiceSpan.person) == col(Nomination.subject))
        .join(Department, col(Department.code) == col(ServiceSpan.department))
        .join(Person, col(Person.id) == col(Nomination.subject))
        .where(
            col(Nomination.phase).in_(agenda.open_phases),
            Nomination.kind == SubjectKind.INDIVIDUAL,
            Nomination.state == LineState.NOMINATED,
            col(Nomination.secret).is_(False),
            col(Submission.state).in_(IN_APPRAISAL),
            which,
            ServiceSpan.department != Nomination.department,
            ~said,
        )
        .order_by(Nomination.phase, Nomination.subject)
    )
    return {
        (line.phase, unit.code, line.subject): (name, unit.ends)
        for line, unit, name in rows
    }
