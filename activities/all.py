"""Every activity, bound to one database and one engine, for the worker."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import activities.effects.appraisal
import activities.effects.assessing
import activities.effects.campaign
import activities.effects.cases
import activities.effects.correction
import activities.effects.council
import activities.effects.counting
import activities.effects.decision
import activities.effects.declining
import activities.effects.delegation
import activities.effects.initiative
import activities.effects.issuing
import activities.effects.late
import activities.effects.opinion
import activities.effects.phase
import activities.effects.registration
import activities.effects.rounds
import activities.effects.scoring
import activities.effects.submission
import activities.effects.superior
import activities.effects.suspension
import activities.effects.voting  # noqa: F401 - each registers its effects
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
