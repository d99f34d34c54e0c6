"""The routes of a practice office: where the clock stands, whom to play, and on."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from api.answers import Answer
from api.tasks import path_of
from domain.calendar import VIETNAM
from intake.fields import Body, Day, PersonCode
from intake.lists import Once
from papers.wording import moment
from rehearsal.cast.cues import Cue
from rehearsal.practice.game import Game, Position

router = APIRouter(prefix="/api/v1/practice", tags=["practice"])

_DONE = 200  # of what the cast has done, the last so many are told


class Take(Body):
    """The people whom the visitor plays from now on; the cast plays all others."""

    people: Annotated[tuple[PersonCode, ...], Field(max_length=100), Once()]


class Advance(Body):
    """The day to whose morning the clock goes; none: until the visitor has to act."""

    to: Day | None = None


class PlayerOut(Answer):
    """Somebody whom the visitor plays."""

    person: str
    name: str


class OwedOut(PlayerOut):
    """What somebody whom the visitor plays owes, and where to send it."""

    kind: str
    path: str
    title: str
    due_at: datetime | None


class NextOut(PlayerOut):
    """What somebody of the cast does next, and when."""

    at: datetime
    title: str


class HappenedOut(NextOut):
    """What somebody of the cast has done, or could not do because of *refused*."""

    refused: str | None


class PracticeOut(Answer):
    """Where the clock stands, who plays whom, what is owed, and what comes next.

    *happened* is what the cast did on the way, *said* the same in a sentence.
    """

    clock: datetime
    visitor: list[PlayerOut]
    owed: list[OwedOut]
    next: NextOut | None
    happened: list[HappenedOut]
    said: str


async def the_game(request: Request) -> Game:
    """Hand out the game of this office."""
    found: Game = request.app.state.game
    return found


TheGame = Annotated[Game, Depends(the_game)]


@router.get("", summary="Đang ở đâu trong buổi thực hành")
async def practice(game: TheGame) -> PracticeOut:
    """Say where the clock stands, whom the visitor plays, and what comes next."""
    return _out(game, await game.standing())


@router.post("/take", summary="Nhận vai")
async def take(body: Take, game: TheGame) -> PracticeOut:
    """Play these people from now on, and leave all others to the cast."""
    return _out(game, await game.take(body.people))


@router.post("/advance", summary="Đưa đồng hồ đi")
async def advance(game: TheGame, body: Advance | None = None) -> PracticeOut:
    """Go on until the visitor owes something, or past it to the morning of a day."""
    return _out(game, await game.advance(body.to if body else None))


def _out(game: Game, standing: Position) -> PracticeOut:
    following = standing.next
    return PracticeOut(
        clock=_local(standing.at),
        visitor=[
            PlayerOut(person=person, name=game.name_of(person))
            for person in sorted(game.visitor.plays)
        ],
        owed=[_owed(game, cue) for cue in standing.owed],
        next=following and _next(game, *following),
        happened=[
            HappenedOut.model_validate(done).model_copy(update={"at": _local(done.at)})
            for done in standing.happened[-_DONE:]
        ],
        said=_said(game, standing),
    )


def _owed(game: Game, cue: Cue) -> OwedOut:
    return OwedOut(
        person=cue.person,
        name=game.name_of(cue.person),
        kind=cue.duty.act,
        path=path_of(cue.duty),
        title=cue.duty.title,
        due_at=cue.duty.due_at and _local(cue.duty.due_at),
    )


def _next(game: Game, at: datetime, cue: Cue) -> NextOut:
    name, title = game.name_of(cue.person), cue.duty.title
    return NextOut(at=_local(at), person=cue.person, name=name, title=title)


def _said(game: Game, standing: Position) -> str:
    stands = moment(standing.at)
    if owed := len(standing.owed):
        return (
            f"Đồng hồ ở {stands}. Người bạn đóng còn {owed} việc: làm xong rồi đưa "
            "đồng hồ đi tiếp, hoặc gửi «to» để đi qua."
        )
    if not game.visitor.plays:
        return f"Đồng hồ ở {stands}. Bạn chưa nhận vai nào: gửi «people» đến /take."
    if standing.next is None and not standing.moved:
        return f"Đồng hồ ở {stands}. Không còn việc nào sắp đến."
    return f"Đồng hồ ở {stands}. Người bạn đóng chưa có việc gì."


def _local(at: datetime) -> datetime:
    return at.astimezone(VIETNAM)
