"""Every activity, bound to one database and one engine, for the worker."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import Any

from activities import effects
from activities.commands import STUCK_AFTER, Commands
from activities.effects.registry import EFFECTS
from activities.links import Links
from activities.outbox.channel import Carrier
from activities.outbox.sending import Outbox
from activities.steps import Steps
from ballots.box import BallotBox
from domain.acts import require_whole
from domain.outgoing.deliveries import Channel
from domain.rules.rulepack import RulePack
from engine.client import Engine
from store.database import Database

# Each module of effects registers its own; none can be forgotten.
for _module in walk_packages(effects.__path__, f"{effects.__name__}."):
    import_module(_module.name)
require_whole("an effect", EFFECTS)


# In an office that sends nothing: people read their notices here.
NO_CARRIERS: Mapping[Channel, Carrier] = MappingProxyType({})


def activities_for(
    database: Database,
    engine: Engine,
    packs: tuple[RulePack, ...],
    stuck_after: timedelta = STUCK_AFTER,
    *,
    box: BallotBox,
    carriers: Mapping[Channel, Carrier] = NO_CARRIERS,
) -> list[Callable[..., Any]]:
    """List the activities, bound to their database, their engine and their rules."""
    commands = Commands(database, packs, stuck_after, box=box)
    steps, links = Steps(database), Links(database, engine)
    return [
        commands.apply_command,
        commands.apply_commands,
        steps.load,
        steps.open_phase,
        steps.enter,
        steps.climb,
        steps.close_window,
        steps.sum_up,
        links.start_workflows,
        links.wake_workflows,
        Outbox(database, carriers).send_due,
    ]
