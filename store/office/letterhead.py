"""How the office heads its papers, and in which series it numbers decisions."""

from sqlmodel import Session, col, select

from domain.numbering import decision_series
from store.tables import Decision, OfficeLetterhead


def letterhead_of(session: Session) -> OfficeLetterhead:
    """Read what the office has said of its papers; nothing, until it has."""
    return session.get(OfficeLetterhead, 1) or OfficeLetterhead()


def last_numbered(session: Session) -> Decision | None:
    """Find the decision that was given the last number of all."""
    return session.exec(
        select(Decision)
        .where(col(Decision.number).is_not(None))
        .order_by(col(Decision.number_year).desc(), col(Decision.number).desc())
        .limit(1)
    ).first()


def series_in_use(last: Decision | None, symbol: str) -> str:
    """Say in which series decisions are numbered: the last one's, or the symbol's."""
    if last is not None and last.series:
        return last.series
    return decision_series(symbol) if symbol else ""
