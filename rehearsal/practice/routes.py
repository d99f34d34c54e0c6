"""The routes of a practice office: where the clock stands, whom to play, and on."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from api.admission import does, reads
from api.headers import Router
from api.tasks import path_of
from rehearsal.cast.cues import Cue
from rehearsal.practice.answers import (
    Advance,
    HappenedOut,
    NextOut,
    OwedOut,
    PlayerOut,
    PracticeOut,
    Take,
)
from rehearsal.practice.game import Game, GameState
from rehearsal.practice.sentences import local, sentence

router = Router(prefix="/api/v1/practice", tags=["practice"])

DONE = 200  # of what the cast has done, the last so many are told


async def the_game(request: Request) -> Game:
    """Hand out the game of this office."""
    found: Game = request.app.state.game
    return found


TheGame = Annotated[Game, Depends(the_game)]


@router.get(
    "", summary="Đang ở đâu trong buổi thực hành", dependencies=[reads("practice")]
)
async def practice(game: TheGame) -> PracticeOut:
    """Say where the clock stands, whom the visitor plays, and what comes next."""
    return _out(game, await game.standing())


@router.post("/take", summary="Nhận vai", dependencies=[does("practise")])
async def take(body: Take, game: TheGame) -> PracticeOut:
    """Play these people from now on, and leave all others to the cast."""
    return _out(game, await game.take(body.people))


@router.post("/advance", summary="Đưa đồng hồ đi", dependencies=[does("practise")])
async def advance(game: TheGame, body: Advance | None = None) -> PracticeOut:
    """Go on until the visitor owes something, or past it to the morning of a day."""
    return _out(game, await game.advance(body.to if body else None))


def _out(game: Game, standing: GameState) -> PracticeOut:
    following = standing.next
    return PracticeOut(
        clock=local(standing.at),
        visitor=[
            PlayerOut(person=person, name=game.name_of(person))
            for person in sorted(game.visitor.plays)
        ],
        owed=[owed_by(game, cue) for cue in standing.owed],
        next=following and _next(game, *following),
        happened=[
            HappenedOut.model_validate(done).model_copy(update={"at": local(done.at)})
            for done in standing.happened[-DONE:]
        ],
        said=sentence(game, standing),
    )


def owed_by(game: Game, cue: Cue) -> OwedOut:
    """Tell of what somebody owes."""
    return OwedOut(
        person=cue.person,
        name=game.name_of(cue.person),
        kind=cue.duty.act,
        path=path_of(cue.duty),
        title=cue.duty.title,
        due_at=cue.duty.due_at and local(cue.duty.due_at),
    )


def _next(game: Game, at: datetime, cue: Cue) -> NextOut:
    name, title = game.name_of(cue.person), cue.duty.title
    return NextOut(at=local(at), person=cue.person, name=name, title=title)
