"""Matters beside the phases: their clocks, and which lines they stop."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.calendar.deadlines import (
    by_sla,
    close_deadlines,
    running,
    set_deadline,
)
from domain import ids
from domain.calendar import due_day, end_of, local_day
from domain.cases.clocks import extended_sla
from domain.cases.procedures import PROCEDURES, Wait, holds
from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from store.calendars import office_calendar
from store.database import one_of
from store.office import people
from store.plans import pack_of
from store.tables import Case, Nomination, Phase


def keep_time(deed: Deed, case: Case, *, is_complex: bool = False) -> None:
    """Close what the last step owed, and set by when the next one is due."""
    owner = str(ids.case(case.id))
    close_deadlines(deed, owner, *running(deed.session, owner))
    case.stepped_on, case.extended = deed.day, 0
    wait = PROCEDURES[case.kind].waits.get(case.state)
    if wait is not None:
        code = wait.complex_sla if is_complex and wait.complex_sla else wait.sla
        case.extended = int(code in wait.extensions)
        _set_by(deed, case, wait, code)
    deed.session.add(case)


def put_off(deed: Deed, case: Case, *, very_complex: bool) -> datetime:
    """Give a matter the next longer time for where it stands.

    Raises Refused (`not_extended`), for what is past its time too.
    """
    wait, owner = PROCEDURES[case.kind].waits[case.state], str(ids.case(case.id))
    code = extended_sla(wait, case.extended, very_complex=very_complex)
    if running(deed.session, owner)[wait.deadline].due_at <= deed.at:
        raise refuse("not_extended", "Chỉ gia hạn được khi hạn chưa hết.")
    if code not in {sla.code for sla in rules_of(deed, case).slas}:  # kept from before
        raise refuse("not_extended", "Bộ quy định của phong trào không có hạn này.")
    case.extended += 1
    deed.session.add(case)
    return _set_by(deed, case, wait, code)


def _set_by(deed: Deed, case: Case, wait: Wait, code: str) -> datetime:
    due_at = by_sla(deed, rules_of(deed, case).sla(code), _since(deed, case, wait))
    if wait.before_council:
        due_at = _before_council(deed, due_at)
    set_deadline(deed, str(ids.case(case.id)), wait.deadline, due_at)
    return due_at


def _since(deed: Deed, case: Case, wait: Wait) -> date:
    if wait.since == "event" and case.event_on:
        return case.event_on
    if wait.since == "filing" and case.filed_at:
        return local_day(case.filed_at)
    return case.stepped_on or deed.day


def _before_council(deed: Deed, due_at: datetime) -> datetime:
    """Move a due moment before the council that gives the year's titles."""
    finals = select(Phase.id).where(Phase.campaign == deed.campaign, col(Phase.final))
    calendar = office_calendar(deed.session)
    for phase in deed.session.exec(finals):
        council = running(deed.session, str(ids.phase(phase))).get("council")
        if council is not None:
            latest = end_of(calendar.shift(due_day(council.due_at), -1))
            due_at = min(due_at, latest) if latest > deed.at else due_at
    return due_at


def department_of(session: Session, case: Case, day: date) -> str | None:
    """Find whose department's head may speak for a matter: that of its subject."""
    return people.department_of(session, case.subject_kind, case.subject, day)


def rules_of(deed: Deed, case: Case) -> RulePack:
    """Find the rules that a matter goes by: those of its phase."""
    return pack_of(deed.session, phase_of(deed, case))


def phase_of(deed: Deed, case: Case) -> Phase:
    """Find the phase that a matter falls in: its line's, or the last that has begun."""
    if case.line is not None:
        line = deed.session.get_one(Nomination, case.line)
        return deed.session.get_one(Phase, line.phase)
    phases = deed.session.exec(
        select(Phase).where(Phase.campaign == case.campaign).order_by(col(Phase.number))
    ).all()  # a matter begins after the launch: there are some
    return [phases[0], *(p for p in phases if p.period_start <= deed.day)][-1]


def stopped(session: Session, lines: Iterable[UUID]) -> set[UUID]:
    """Find the lines that may not go on while a matter about them is verified."""
    rows = session.exec(select(Case).where(one_of(col(Case.line), set(lines)))).all()
    return {row.line for row in rows if row.line and holds(row.kind, row.state)}
