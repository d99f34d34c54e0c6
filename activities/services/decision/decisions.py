"""Decisions as rows: the next one of a phase, on some of its lines."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from activities.deed import Deed
from activities.stages import begin
from domain import ids
from domain.calendar import local_day
from domain.numbering import numbered
from domain.states import DecisionKind
from papers.terms import AD_HOC
from store.database import insert_all
from store.tables import Decision, DecisionLine, Nomination, Phase


def write_decision(
    deed: Deed,
    phase: str,
    session: str | None,
    lines: Sequence[Nomination],
    **more: Any,
) -> Decision:
    """Write the next decision of a phase, and start what carries it."""
    ordinal = _count(deed.session, phase) + 1
    decision = Decision(
        id=ids.decision_key(phase, ordinal),
        campaign=deed.campaign,
        phase=phase,
        ordinal=ordinal,
        session=session,
        **more,
    )
    deed.session.add(decision)
    deed.session.flush()
    begin(deed, decision.state, decision.id)
    rows = [{"decision": decision.id, "line": line.id} for line in lines]
    insert_all(deed.session, DecisionLine, rows)
    deed.start.append(str(ids.decision(decision.id)))
    return decision


def rows_of(
    session: Session, decision: Decision, lines: Sequence[Nomination]
) -> list[DecisionLine]:
    """List the rows of some lines of a decision, in the order of these."""
    query = select(DecisionLine).where(DecisionLine.decision == decision.id)
    found = {row.line: row for row in session.exec(query)}
    return [found[line.id] for line in lines]


def number_of(decision: Decision) -> str:
    """Write a decision's number as it stands on paper: 07/QĐ-VP."""
    return numbered(decision.number, decision.series or "")


def decided_on(decision: Decision) -> date:
    """Give the day on which a decision was signed, which is numbered or issued now."""
    assert decision.decided_at is not None  # noqa: S101 - a CHECK of the table says so
    return local_day(decision.decided_at)


def occasion_of(session: Session, decision: Decision) -> str:
    """Name what a decision is about: its phase, unless no council has led up to it."""
    if decision.session is None:
        return AD_HOC
    return session.get_one(Phase, decision.phase).name


def _count(session: Session, phase: str) -> int:
    query = select(func.count()).select_from(Decision).where(Decision.phase == phase)
    return session.exec(query).one()


def awards_of(session: Session, phase: str) -> list[Decision]:
    """List a phase's decisions on awards, leaving out what amends them."""
    query = select(Decision).where(
        Decision.phase == phase, Decision.kind == DecisionKind.AWARD
    )
    return list(session.exec(query.order_by(col(Decision.ordinal))))
