"""A secret ballot over HTTP: a member's sheet, and what is left to vote on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Path, Query
from pydantic import Field
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import DatabaseDep, Reading, find
from api.headers import Router
from api.identity import Asking, Credentials, Shown, require_fresh, who_asks
from ballots.casting import BallotSheet, cast_all
from domain.council.ballots import CODE, Choice, Mark
from domain.council.rounds import LINES
from intake.fields import Body, Key, only
from intake.lists import AS_WRITTEN
from store.tables import (
    CouncilSession,
    VotingRound,
)
from store.voting import (
    SheetLine,
    open_rounds,
    own_casts,
    sheet_lines,
)

router = Router(prefix="/api/v1/council-sessions/{key}", tags=["council"])

SessionKey = Annotated[Key, Path(max_length=80)]
After = Annotated[
    int, Query(ge=0, le=1000, description="Chỉ các vòng sau vòng có số này.")
]
# Rounds that are read at once: with the lines of each, a few thousand at most.
AT_ONCE = 10


def the_session(key: SessionKey, session: Reading) -> CouncilSession:
    """Find a council session. Refused (`unknown_session`)."""
    return find(session, CouncilSession, "session", key)


TheSession = Annotated[CouncilSession, Depends(the_session)]


class MarkIn(Body):
    """A choice on one line, under a code that the member's own device has made."""

    line: UUID
    choice: Choice
    code: Annotated[
        str,
        only(CODE, "mã phiếu, bốn nhóm nối bằng dấu - (ví dụ A2B3-C4D5-E6F7-G8H9)"),
        Field(json_schema_extra={"pattern": f"^{CODE}$"}),
    ]


class SheetIn(Body):
    """A member's sheet: a choice on every line of the round that they vote on."""

    round: int = Field(ge=1, le=1000)
    marks: Annotated[
        tuple[MarkIn, ...], Field(min_length=1, max_length=LINES), AS_WRITTEN
    ]


class CastOut(Answer):
    """That a sheet was taken, and when; never what it says."""

    session: str
    round: int
    cast_at: datetime


class SheetLineOut(Answer):
    """A line on the sheet of whoever asks."""

    line: UUID
    subject: str
    title: str


class SheetOut(Answer):
    """What whoever asks has to vote on in secret, or has."""

    round: int
    cast_at: datetime | None
    lines: list[SheetLineOut]


@router.post(
    "/ballot", operation_id="cast", summary="Bỏ phiếu kín", dependencies=[does("cast")]
)
async def cast_ballot(
    key: SessionKey, sheet: SheetIn, database: DatabaseDep, shown: Shown
) -> CastOut:
    """Take a member's sheet, once; whoever sends again hears that it was taken.

    The device makes a code for each line and keeps it: with it alone the own votes
    are found on the board after the count.
    """
    shows = _Shows(shown, key, sheet)
    at = await database.in_turn(partial(database.together, _cast, shows))
    return CastOut(session=key, round=sheet.round, cast_at=at)


class _Shows(NamedTuple):
    """A sheet as it came, and what shows whose it is."""

    shown: Credentials
    session: str
    sheet: SheetIn


def _cast(session: Session, sheets: Sequence[_Shows]) -> Sequence[datetime]:
    """Take the sheets that members send at one moment."""
    at = cast_all(session, [_sheet_of(session, each) for each in sheets])
    return [at] * len(sheets)


def _sheet_of(session: Session, shows: _Shows) -> BallotSheet:
    asker = who_asks(session, shows.shown)
    require_fresh(asker)
    marks = [Mark(str(m.line), m.choice, m.code) for m in shows.sheet.marks]
    return BallotSheet(shows.session, shows.sheet.round, asker.person.id, marks)


@router.get("/ballot", dependencies=[reads("my_sheets")])
def my_sheets(
    council: TheSession, session: Reading, person: Asking, after: After = 0
) -> list[SheetOut]:
    """List what whoever asks may vote on in secret, by the rounds that are open.

    Each is a sheet of its own. At most so many come at once; the others follow
    *after* the last of them.
    """
    key = council.id
    open_to = open_rounds(session, key, after, AT_ONCE)
    numbers = [voting.number for voting in open_to]
    lines = sheet_lines(session, key, numbers)
    cast_at = own_casts(session, key, numbers, person.id)
    return [
        SheetOut(round=voting.number, cast_at=cast_at.get(voting.number), lines=sheet)
        for voting in open_to
        if (sheet := on_sheet(voting, lines[voting.number], person.id))
    ]


def on_sheet(
    voting: VotingRound, lines: Iterable[SheetLine], person: str
) -> list[SheetLineOut]:
    """List of the lines of a round those that a person votes on."""
    return [
        SheetLineOut(line=each.line, subject=each.subject, title=each.title)
        for each in lines
        if each.live and person in voting.roll and person not in each.recused
    ]
