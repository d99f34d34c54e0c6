"""Which decisions somebody may know: none that is on nothing but closed lines."""

from typing import Any

from sqlalchemy import and_, exists, not_, or_, true
from sqlmodel import Session, col, select

from domain import ids
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.refusals import unknown
from store.knowing.lines import knows_all, readable
from store.tables import Decision, DecisionLine, Nomination

_DECISION = KNOWN_TO[Restricted.SECRET_DECISION]


def secret_decisions(session: Session, campaign: str) -> frozenset[str]:
    """List a campaign's decisions on nothing but state secrets, as targets of acts."""
    on, secret = _has_line(Decision.id), col(Nomination.secret)
    rows = session.exec(
        select(Decision.id).where(
            Decision.campaign == campaign,
            on.where(secret),
            ~on.where(not_(secret)),
        )
    )
    return frozenset(str(ids.decision(each)) for each in rows)


def _has_line(decision: Any) -> Any:
    """Make the condition that a decision has a line, which is asked further things."""
    return exists().where(
        col(DecisionLine.decision) == decision,
        col(DecisionLine.line) == col(Nomination.id),
    )


def known_decisions(session: Session, person: str) -> Any:
    """Make the condition that a decision, and what it amends, may be known.

    One on a state secret alone is for those who judge, sign, number or issue it, and
    for whoever may read a line of it.
    """
    if knows_all(session, person, _DECISION):
        return true()
    closed = and_(col(Nomination.secret), not_(readable(session, person)))

    def known(key: Any) -> Any:
        lines = select(DecisionLine.decision).join(
            Nomination, col(Nomination.id) == col(DecisionLine.line)
        )
        # Few have such a line; those alone are asked for another one.
        another = _has_line(key).where(not_(closed))
        return or_(key.not_in(lines.where(closed)), another)

    amended = col(Decision.amends)
    return and_(known(col(Decision.id)), or_(amended.is_(None), known(amended)))


def decision_for(session: Session, key: str, person: str) -> Decision:
    """Find a decision that *person* may know. Raises Refused (`unknown_decision`)."""
    found = session.exec(
        select(Decision).where(Decision.id == key, known_decisions(session, person))
    ).first()
    if found is None:
        raise unknown("decision", key)
    return found
