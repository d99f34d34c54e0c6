"""The lines that a decision awards, or undoes, as its papers list them."""

from typing import Any

from sqlalchemy import true
from sqlmodel import Session, col, func, select

from domain.rules.rulepack import RulePack
from domain.states import DecisionKind, LineState
from store.findings.papers.listed import ListedLine, in_list_order
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Nomination, Phase

# What is an award here: passed, approved, granted, or undone after that.
_AWARDED_HERE = (
    LineState.COUNCIL_PASSED,
    LineState.DIRECTOR_APPROVED,
    LineState.AWARDED,
    LineState.REVOKED,
    LineState.DECLINED_BY_AWARDEE,
)


def decided_lines(
    session: Session, phase: Phase, decision: Decision
) -> list[ListedLine]:
    """List what a decision awards, in the order of lists.

    What a superior grants is no award here.
    """
    found = session.exec(_of(pack_of(session, phase), decision)).all()
    return in_list_order(session, phase, found)


def many_decided(session: Session, phase: Phase, decision: Decision) -> int:
    """Count what a decision awards, as its papers list it."""
    lines = _of(pack_of(session, phase), decision).subquery()
    return session.exec(select(func.count()).select_from(lines)).one()


def _of(pack: RulePack, decision: Decision) -> Any:
    """Select the lines that a decision awards, or those that it undoes."""
    ours = [title.code for title in pack.titles if pack.is_ours(title.code)]
    # That one is held, while something is verified, is for few to know.
    told = func.coalesce(col(Nomination.held_from), col(Nomination.state))
    awarded = told.in_(_AWARDED_HERE) & col(Nomination.title).in_(ours)
    return (
        select(Nomination)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .where(
            DecisionLine.decision == decision.id,
            awarded if decision.kind is DecisionKind.AWARD else true(),
        )
    )
