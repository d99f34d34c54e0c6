"""The leadership and the union: the pact, the launch, and the closing."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta

from domain.calendar import local_day
from domain.states import PhaseState
from rehearsal.cast.script import Script
from rehearsal.house import OffScript

Moments = AsyncIterator[datetime]

_AN_HOUR = timedelta(hours=1)
# A campaign that cannot be closed within a working year never will be.
_AT_MOST = 250
_KEPT = 90  # working days for which the files stay at hand: superiors answer


async def launching(script: Script) -> Moments:
    """Draft the campaign, sign the pact on both sides, launch."""
    company, house, path = script.company, script.house, script.campaign
    yield script.begins
    await draft(script)
    await house.act(company.director, f"{path}/sign-pact")
    yield script.begins + _AN_HOUR
    await house.act(company.union, f"{path}/sign-pact")
    yield script.begins + 2 * _AN_HOUR
    await house.act(company.director, f"{path}/launch")


async def drafting(script: Script) -> Moments:
    """Draft the campaign; whoever owes its signatures and the launch does the rest."""
    yield script.begins
    await draft(script)


async def draft(script: Script) -> None:
    """Lay the plan before those who sign it."""
    plan = script.plan.model_dump(mode="json")
    await script.house.act(script.company.secretariat, "/campaigns", plan)


async def closing(script: Script) -> Moments:
    """Sum up and close, on the plan's own day or soon after it; archive the files."""
    last = script.plan.phases[-1]
    day = script.plan.follow_up.final_review_by or last.director_due
    for days in range(_AT_MOST):
        morning = script.working(script.rolled(day), after=days, at=time(10))
        yield morning
        phases = await script.house.get(f"{script.campaign}/phases")
        if all(phase["state"] == PhaseState.CLOSED for phase in phases):
            path = f"{script.campaign}/close"
            await script.house.act(script.company.director, path)
            break
    else:
        raise OffScript("Phong trào không tổng kết được: còn giai đoạn chưa kết thúc.")
    archived = script.working(local_day(morning), after=_KEPT)
    yield archived
    files = {
        "handed_over_on": local_day(archived).isoformat(),
        "place": "Lưu trữ cơ quan",
    }
    path = f"{script.campaign}/archive-files"
    await script.house.act(script.company.secretariat, path, files)
