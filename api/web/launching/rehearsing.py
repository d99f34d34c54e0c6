"""A plan's year rehearsed before it is signed: asked for, followed, and read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.admission import does, not_allowed, reads
from api.campaigns import campaigns as campaign_routes
from api.deps import DatabaseDep, Packs, TheCampaign
from api.identity import Asking
from api.web.launching.reading import PAGE, may_draft
from api.web.launching.sheets import plan_typed
from api.web.launching.staging import PlanRehearsal
from api.web.launching.writing import WRITE, given_back
from api.web.live.long_work import LongWorks
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.policy import EDITS
from store.database import Database
from store.tables import Person

HERE = f"{WRITE}/dien-tap"
_NAMES = 6  # as many are written out

router = pages()


@dataclass(frozen=True)
class RehearsedMoment:
    """What happened at a moment: whom it was told, or who did it, and its words."""

    at: datetime
    kind: str
    who: Sequence[str]
    title: str
    text: str

    @property
    def named(self) -> str:
        """Name who it was; of many the first."""
        more = len(self.who) - _NAMES
        named = ", ".join(self.who[:_NAMES])
        if more <= 0:
            return named
        return gettext("%(names)s và %(n)s người", names=named, n=more)


async def the_rehearsals(request: Request) -> LongWorks[PlanRehearsal]:
    """Hand out the rehearsals of this process."""
    found: LongWorks[PlanRehearsal] = request.app.state.rehearsals
    return found


Rehearsals = Annotated[LongWorks[PlanRehearsal], Depends(the_rehearsals)]


@router.post(HERE, dependencies=[does("campaign_draft")])
async def begin(
    typed: Posted,
    visitor: Asking,
    database: DatabaseDep,
    rehearsals: Rehearsals,
    packs: Packs,
) -> Response:
    """Let the plan that was typed be played; it need not be kept for that."""
    await run_in_threadpool(_require_may, database, visitor)
    plan, wrong = plan_typed(typed, packs)
    if plan is None:
        return given_back(visitor, typed, wrong)
    rehearsals.begin(visitor.id, PlanRehearsal(plan, database))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


@router.post(f"{PAGE}/{{code}}/dien-tap", dependencies=[does("campaign_draft")])
async def begin_with(
    visitor: Asking,
    campaign: TheCampaign,
    database: DatabaseDep,
    rehearsals: Rehearsals,
) -> Response:
    """Let a plan be played as it is kept."""
    await run_in_threadpool(_require_may, database, visitor)
    plan = campaign_routes.plan(campaign)
    rehearsals.begin(visitor.id, PlanRehearsal(plan, database))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


def _require_may(database: Database, visitor: Person) -> None:
    with database.read() as session:
        if not may_draft(session, visitor):
            raise not_allowed(EDITS["campaign_draft"])


@router.get(HERE, dependencies=[reads("campaigns")])
async def look(
    visitor: Asking,
    rehearsals: Rehearsals,
    thang: Annotated[str, Query(max_length=7)] = "",
) -> Response:
    """Show how far the year has come, or what happened in a month of it."""
    found = rehearsals.of(visitor.id)
    events = found.events if found else []
    months = sorted({each["at"][:7] for each in events})
    month = thang if thang in months else next(iter(months), "")
    return render(
        "launching/rehearsal.html",
        visitor=visitor,
        rehearsal=found,
        months=months,
        month=month,
        moments=[*_moments([e for e in events if e["at"].startswith(month)])],
        notices=sum(each["kind"] == "notice" for each in events),
    )


def _moments(events: Sequence[dict[str, Any]]) -> Iterator[RehearsedMoment]:
    """Put notices of one text and moment together; all else stands alone."""
    for _, alike in groupby(enumerate(events), key=_alike):
        together = [each for _, each in alike]
        first = together[0]
        yield RehearsedMoment(
            datetime.fromisoformat(first["at"]),
            first["kind"],
            [each["name"] for each in together if "name" in each],
            first.get("subject") or _title(first),
            first["text"] if first["kind"] == "notice" else "",
        )


def _alike(numbered: tuple[int, dict[str, Any]]) -> tuple[str, str]:
    at, event = numbered
    if event["kind"] == "notice":
        return event["at"], event["subject"] + event["text"]
    return event["at"], str(at)


def _title(event: dict[str, Any]) -> str:
    about = f": {event['about']}" if event.get("about") else ""
    said = f"{event['text']}{about}"
    if not event.get("lines"):
        return said
    return gettext("%(what)s (%(n)s đề nghị)", what=said, n=event["lines"])
