"""What became of lines before they came to a decision: votes, and earlier returns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from domain.grouping import grouped
from domain.states import LineState
from store.database import one_of
from store.knowing.lines import known_among
from store.tables import (
    CouncilSession,
    Decision,
    DecisionLine,
    RoundLine,
    SessionLine,
)


@dataclass(frozen=True)
class CouncilWord:
    """What a meeting said of a line; its figures are None where they are masked."""

    session: str
    number: int
    meets_at: datetime
    outcome: LineState
    yes: int | None
    electors: int | None


@dataclass(frozen=True)
class ReturnWord:
    """With which decision a line went back to the council, when, and why."""

    decision: str
    at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class LineCourse:
    """The way of a line until now: each meeting's word, and each return between."""

    council: Sequence[CouncilWord]
    returned: Sequence[ReturnWord]


def courses_of(
    session: Session, decision: str, lines: Sequence[UUID], person: str
) -> Mapping[UUID, LineCourse]:
    """Read the way of lines as *person* may know it, in so many statements."""
    council = _council(session, lines)
    returned = _returned(session, decision, lines, person)
    return {line: LineCourse(council[line], returned[line]) for line in lines}


def _council(
    session: Session, lines: Iterable[UUID]
) -> Mapping[UUID, Sequence[CouncilWord]]:
    asked = [*lines]
    counted = select(RoundLine).where(
        one_of(col(RoundLine.line), asked), col(RoundLine.carried).is_not(None)
    )
    in_rounds = session.exec(counted.order_by(col(RoundLine.round)))
    by_sheets = {(row.session, row.line): row for row in in_rounds}
    rows = session.exec(
        # Not the whole row of the meeting: that has its minutes, for every line.
        select(SessionLine, CouncilSession.number, CouncilSession.meets_at)
        .join(CouncilSession, col(CouncilSession.id) == col(SessionLine.session))
        .where(
            one_of(col(SessionLine.line), asked), col(SessionLine.outcome).is_not(None)
        )
        .order_by(col(CouncilSession.meets_at), CouncilSession.id)
    ).all()
    return grouped(
        (line.line, _word(line, number, at, by_sheets.get((line.session, line.line))))
        for line, number, at in rows
    )


def _word(
    line: SessionLine, number: int, meets_at: datetime, counted: RoundLine | None
) -> CouncilWord:
    masked = counted is not None and counted.masked
    yes = counted.yes if counted and counted.yes is not None else line.yes
    return CouncilWord(
        session=line.session,
        number=number,
        meets_at=meets_at,
        outcome=LineState(line.outcome or ""),
        yes=None if masked else yes,
        electors=counted.electors if counted else None,
    )


def _returned(
    session: Session, decision: str, lines: Sequence[UUID], person: str
) -> Mapping[UUID, Sequence[ReturnWord]]:
    rows = session.exec(
        select(DecisionLine, Decision.decided_at)
        .join(Decision, col(Decision.id) == col(DecisionLine.decision))
        .where(
            one_of(col(DecisionLine.line), lines),
            DecisionLine.decision != decision,
            DecisionLine.outcome == LineState.RETURNED_TO_COUNCIL,
        )
        .order_by(col(Decision.ordinal))
    ).all()
    known = known_among(session, [row.line for row, _ in rows], person)
    return grouped(
        (
            row.line,
            ReturnWord(row.decision, at, row.reason if row.line in known else None),
        )
        for row, at in rows
    )
