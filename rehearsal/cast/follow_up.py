"""From the last list to the closed phase: each working day, whoever owes acts."""

from collections.abc import AsyncIterator
from datetime import datetime

from domain.calendar import local_day
from domain.states import PhaseState
from intake.phases import PlannedPhase
from rehearsal.cast.council import CastCouncil
from rehearsal.cast.director import Director
from rehearsal.cast.script import Script
from rehearsal.cast.secretariat import Secretariat
from rehearsal.house import OffScript

Moments = AsyncIterator[datetime]

# A phase that has not closed within a working year never will.
_AT_MOST = 250


async def follow_up(
    script: Script, part: PlannedPhase, register: dict[int, int]
) -> Moments:
    """Carry a phase from its due day to its end, and its awards up and back."""
    secretariat, council = Secretariat(script, part), CastCouncil(script, part)
    director = Director(script, part, register)
    day = script.rolled(part.submission_due)
    for _ in range(_AT_MOST):
        morning = script.working(day, after=1)
        yield morning
        day = local_day(morning)
        match await script.stage(part):
            case PhaseState.APPRAISAL:
                await secretariat.appraise(day)
            case PhaseState.COUNCIL_REVIEW:
                key, meets_at = await secretariat.convene(day)
                await council.excuse(key)
                yield meets_at
                await council.meet(key)
                day = local_day(meets_at)
            case PhaseState.DIRECTOR_REVIEW:
                await director.review(day)
            case PhaseState.CLOSED:
                break
    else:
        raise OffScript(f"{part.name} không kết thúc được.")
    async for when in director.upward(day):
        yield when
