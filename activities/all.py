"""Every activity, bound to one database and one engine, for the worker."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import activities.effects.campaign.delegation
import activities.effects.campaign.lifecycle
import activities.effects.campaign.scorecard
import activities.effects.campaign.suspension
import activities.effects.cases.assessment
import activities.effects.cases.initiative
import activities.effects.cases.steps
import activities.effects.council.rounds
import activities.effects.council.session
import activities.effects.council.tellers
import activities.effects.council.voting
import activities.effects.decision.correction
import activities.effects.decision.declined_award
import activities.effects.decision.issue
import activities.effects.decision.rulings
import activities.effects.decision.superior
import activities.effects.department.appraisal
import activities.effects.department.late
import activities.effects.department.opinion
import activities.effects.department.registration
import activities.effects.department.submission
import activities.effects.phase  # noqa: F401 - each registers its effects
from activities.commands import STUCK_AFTER, Commands
from activities.links import Links
from activities.steps import Steps
from ballots.box import BallotBox
from domain.rules.rulepack import RulePack
from engine.client import Engine
from store.database import Database


def activities_for(
    database: Database,
    engine: Engine,
    packs: tuple[RulePack, ...],
    stuck_after: timedelta = STUCK_AFTER,
    *,
    box: BallotBox,
) -> list[Callable[..., Any]]:
    """List the activities, bound to their database, their engine and their rules."""
    commands = Commands(database, packs, stuck_after, box=box)
    steps, links = Steps(database), Links(database, engine)
    return [
        commands.apply_command,
        steps.load,
        steps.open_phase,
        steps.enter,
        steps.climb,
        steps.close_window,
        steps.sum_up,
        links.start_workflows,
        links.wake_workflows,
    ]
