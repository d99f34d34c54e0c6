"""The pages of a practice office: the clock, whom one plays, and what the cast did."""

import asyncio
from datetime import date
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from api.admission import does, reads
from api.statuses import status_of
from api.web.acting.paths import inside
from api.web.bar import PracticeClock
from api.web.posted import Posted
from api.web.rendering import render
from api.web.tasks import where
from api.web.visiting import VisitorIfAny, pages
from domain.refusals import Refused, in_words, refuse
from rehearsal.practice.game import Game
from rehearsal.practice.journey import Journey
from rehearsal.practice.routes import DONE, TheGame, owed_by
from store.tables import Person

PAGE = "/dien-tap"
_PATIENCE = 8.0  # seconds; whatever takes longer goes on and shows how far it is
_BY_DAY = "ngay"

router = pages()


def add_clock(app: FastAPI, game: Game) -> None:
    """Lay the clock above every page of an application."""
    journey = Journey(game)

    async def read() -> PracticeClock:
        at = await asyncio.to_thread(game.clock)
        players = [(each, game.name_of(each)) for each in sorted(game.visitor.plays)]
        return PracticeClock(at, players, journey.moving)

    app.state.clock, app.state.journey = read, journey


@router.get(PAGE, dependencies=[reads("practice")])
async def standing(request: Request, game: TheGame, visitor: VisitorIfAny) -> Response:
    """Show where the clock stands, what is owed, and what happened on the way."""
    return await _page(request.app.state.journey, game, visitor)


@router.post(f"{PAGE}/sang-ngay", dependencies=[does("practise")])
async def go(
    request: Request, typed: Posted, game: TheGame, visitor: VisitorIfAny
) -> Response:
    """Let the clock go to a day, or until the visitor has to do something."""
    journey: Journey = request.app.state.journey
    try:
        to = _day(typed) if typed.get("cach") == _BY_DAY else None
        await journey.go(to, _PATIENCE)
    except Refused as refused:
        return await _page(journey, game, visitor, refused)
    wanted = PAGE if journey.moving else inside(typed.get("den", PAGE))
    return RedirectResponse(wanted, HTTPStatus.SEE_OTHER)


@router.post(f"{PAGE}/vai", dependencies=[does("practise")])
async def take(
    request: Request, typed: Posted, game: TheGame, visitor: VisitorIfAny
) -> Response:
    """Play these people, and leave all others to the cast."""
    people = [name.removeprefix("vai.") for name in typed if name.startswith("vai.")]
    try:
        await game.take(people)
    except Refused as refused:
        return await _page(request.app.state.journey, game, visitor, refused)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _day(typed: Posted) -> date:
    try:
        return date.fromisoformat(typed.get("ngay", ""))
    except ValueError:
        said = "Hãy chọn ngày muốn sang."
        raise refuse("day_out_of_reach", said) from None


async def _page(
    journey: Journey,
    game: Game,
    visitor: Person | None,
    refused: Refused | None = None,
) -> Response:
    found, came_to = await game.standing(), journey.came_to
    wrong = refused or journey.failed
    owed = [owed_by(game, cue) for cue in found.owed]
    return render(
        "practice.html",
        status_of(refused.refusals) if refused else HTTPStatus.OK,
        visitor=visitor,
        at=found.at,
        moving=journey.moving,
        to=journey.to,
        wrong=wrong and in_words(wrong.refusals),
        owed=[(each, where(each)) for each in owed],
        next=found.next,
        name_of=game.name_of,
        happened=came_to.happened[-DONE:] if came_to else (),
        plays=game.visitor.plays,
        everybody=game.everybody(),
    )
