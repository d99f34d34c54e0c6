"""Which rounds of a vote somebody may know: those about a line that they may read."""

from typing import Any

from sqlalchemy import true
from sqlmodel import Session, col, select

from domain.council.ballots import Method
from store.database import one_of
from store.knowing.lines import closed_lines
from store.tables import CouncilSession, RoundLine, VotingRound


def known_rounds(
    session: Session, council: CouncilSession, person: str, *, by_sheets: bool = False
) -> Any:
    """Make the condition that a round of a session is about a line they may read.

    With *by_sheets* about one that is voted on by sheets, and so stands on a board.
    """
    closed = closed_lines(session, council.campaign, person)
    if not closed:
        return true()
    about = select(RoundLine.round).where(
        RoundLine.session == council.id, ~one_of(col(RoundLine.line), closed)
    )
    if by_sheets:
        about = about.where(RoundLine.method == Method.SHEETS)
    return col(VotingRound.number).in_(about)


def rounds_for(
    session: Session, council: CouncilSession, person: str, *, by_sheets: bool = False
) -> list[VotingRound]:
    """List the rounds of a session that somebody may know, the first one first."""
    known = known_rounds(session, council, person, by_sheets=by_sheets)
    query = select(VotingRound).where(VotingRound.session == council.id, known)
    return list(session.exec(query.order_by(col(VotingRound.number))))
