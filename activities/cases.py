"""Matters beside the phases: their names, their clocks, and which lines they stop."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from activities.deadlines import by_sla, close_deadlines, running, set_deadline
from activities.deed import Deed
from domain.cases import PROCEDURES, Wait, holds
from domain.rulepack import RulePack
from engine import ids
from store.plans import pack_of
from store.tables import Case, Nomination, Phase


def name_of(case: Case) -> str:
    """Name a matter for people: what it is, and its title unless that is restricted."""
    procedure = PROCEDURES[case.kind]
    if procedure.restricted:
        return f"{procedure.name_vi} (nội dung hạn chế)"
    return f"{procedure.name_vi} «{case.title}»"


def keep_time(deed: Deed, case: Case, *, is_complex: bool = False) -> None:
    """Close what the last step owed, and set by when the next one is due."""
    owner = str(ids.case(case.id))
    close_deadlines(deed, owner, *running(deed.session, owner))
    wait = PROCEDURES[case.kind].waits.get(case.state)
    if wait is not None:
        code = wait.complex_sla if is_complex and wait.complex_sla else wait.sla
        due_at = by_sla(deed, rules_of(deed, case).sla(code), _since(deed, case, wait))
        set_deadline(deed, owner, wait.deadline, due_at)


def _since(deed: Deed, case: Case, wait: Wait) -> date:
    return case.event_on if wait.from_event and case.event_on else deed.day


def rules_of(deed: Deed, case: Case) -> RulePack:
    """Find the rules that a matter goes by: those of its line, or the latest."""
    if case.line is not None:
        line = deed.session.get_one(Nomination, case.line)
        return pack_of(deed.session, deed.session.get_one(Phase, line.phase))
    latest = deed.session.exec(
        select(Phase)
        .where(Phase.campaign == case.campaign)
        .order_by(col(Phase.number).desc())
    ).first()
    assert latest is not None  # noqa: S101 - a matter begins after the launch
    return pack_of(deed.session, latest)


def stopped(session: Session, lines: Iterable[UUID]) -> set[UUID]:
    """Find the lines that may not go on while a matter about them is verified."""
    rows = session.exec(select(Case).where(col(Case.line).in_(set(lines)))).all()
    return {row.line for row in rows if row.line and holds(row.kind, row.state)}
