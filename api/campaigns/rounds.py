"""The rounds of a session over HTTP: turnout, what each came to, and its board."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from sqlmodel import Session, col, select

from api.admission import reads
from api.answers import Answer
from api.campaigns.ballots import AT_ONCE, TheSession
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page, fitting, page
from domain.council.ballots import Method
from domain.council.boards import Board
from domain.refusals import refuse
from store.boards import sealed_board_of
from store.database import count_by, one_of
from store.knowing.lines import closed_lines, knows_all
from store.knowing.rounds import known_rounds
from store.tables import RoundLine, Teller, VotingRound
from store.voting import (
    Rows,
    all_lines_by_round,
    awaited,
    by_sheet,
    casts_of,
    live,
)

router = Router(prefix="/api/v1/council-sessions/{key}", tags=["council"])

Number = Annotated[int, Path(ge=1, le=1000)]


class RoundLineOut(Answer):
    """One line in one round; figures only once it is counted, and not masked."""

    line: UUID
    method: Method
    threshold: str
    electors: int
    recused: list[str]
    flagged: list[str]
    ballots: int | None
    yes: int | None
    no: int | None
    blank: int | None
    masked: bool
    carried: bool | None
    voided_at: datetime | None
    void_reason: str | None


class RoundOut(Answer):
    """A round: who sits, who is there, who has cast and who is waited for."""

    number: int
    opened_at: datetime
    closed_at: datetime | None
    roll: list[str]
    present: list[str]
    tellers: dict[str, datetime | None]
    cast: dict[str, datetime]
    awaited: list[str]
    lines: list[RoundLineOut]


# How many lines a page may come to together.
_LINES = 600
_ROUNDS = Order(VotingRound, ("number",))


@router.get("/rounds", dependencies=[reads("rounds")])
def rounds(
    council: TheSession,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[RoundOut]:
    """List the rounds of a session, with the turnout of each: a few on a page.

    It ends early where they have many lines.
    """
    key, most = council.id, min(limit, AT_ONCE)
    known = known_rounds(session, council, person.id)
    query = select(VotingRound).where(VotingRound.session == key, known)
    rows = _ROUNDS.rows(session, query, most, cursor)
    many = _many(session, key, [voting.number for voting in rows])
    most = min(most, fitting((many[voting.number] for voting in rows), _LINES))
    numbers = [voting.number for voting in rows[:most]]
    lines, cast_at = all_lines_by_round(session, key, numbers), casts_of(session, key)
    tellers = _tellers(session, key)
    closed = closed_lines(session, council.campaign, person.id)
    return page(
        rows,
        most,
        _ROUNDS.place,
        lambda each: _round(
            each, lines[each.number], tellers[each.number], cast_at[each.number], closed
        ),
    )


def _many(session: Session, key: str, numbers: Sequence[int]) -> Mapping[int, int]:
    theirs = RoundLine.session == key, one_of(col(RoundLine.round), numbers)
    return count_by(session, RoundLine.round, *theirs)


def _round(
    voting: VotingRound,
    rows: Rows,
    tellers: dict[str, datetime | None],
    cast_at: dict[str, datetime],
    closed: frozenset[UUID],
) -> RoundOut:
    open_to = [each for each in rows if each[0].line not in closed]
    # Of sheets on nothing but what is closed to whoever asks there is nothing to tell.
    told = bool(by_sheet(open_to)) or len(open_to) == len(rows)
    cast, counting = (cast_at, tellers) if told else ({}, {})
    sheets = [row.recused for row, _ in by_sheet(live(open_to))]
    return RoundOut(
        **voting.model_dump(include={"number", "opened_at", "closed_at"}),
        roll=voting.roll,
        present=voting.present,
        tellers=counting,
        cast=cast,
        awaited=[] if voting.closed_at else awaited(voting, sheets, cast),
        lines=[_line(row) for row, _ in open_to],
    )


def _line(row: RoundLine) -> RoundLineOut:
    # As it stands in the row, which was read when it was written.
    return RoundLineOut.model_construct(
        **{name: getattr(row, name) for name in RoundLineOut.model_fields}
    )


def _tellers(session: Session, key: str) -> dict[int, dict[str, datetime | None]]:
    query = select(Teller).where(Teller.session == key)
    found: dict[int, dict[str, datetime | None]] = defaultdict(dict)
    for row in session.exec(query.order_by(Teller.person)):
        found[row.round][row.person] = row.attested_at
    return found


@router.get("/rounds/{number}/board", dependencies=[reads("rounds")])
def board(
    council: TheSession, number: Number, session: Reading, person: Asking
) -> Board:
    """Read the board of a counted round, as `thidua verify-ballots` checks it.

    It is checked whole: its seal is for whoever may read of every line, whatever it
    is about. Others find the lines that they may read, and cannot tell if any is left
    out.
    """
    known = known_rounds(session, council, person.id, by_sheets=True)
    of_session = VotingRound.session == council.id, VotingRound.number == number
    voting = session.exec(select(VotingRound).where(*of_session, known)).first()
    found = sealed_board_of(session, voting) if voting else None
    if found is None:
        raise refuse(
            "unknown_board", "Vòng này chưa có bảng phiếu: bảng có sau khi kiểm phiếu."
        )
    if knows_all(session, person.id):
        return found
    closed = set(map(str, closed_lines(session, council.campaign, person.id)))
    lines = tuple(line for line in found.lines if line.line not in closed)
    return replace(found, lines=lines, seal=None)
