"""Rehearsals of plans that somebody asked for: played apart, one after the other."""

import asyncio
import json
import re
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.web.words import gettext
from intake.plans import Plan
from machine.child import child
from machine.devserver import TEMPORAL
from machine.parts import THIDUA

# Of so many people the last one is kept: whoever comes back finds it.
_KEPT = 20
_AT_MOST = 300.0  # seconds; a year takes some ten
_GRACE = 5.0
_DAY = re.compile(r"· (\d{4}-\d{2}-\d{2})")
_FAILED = gettext("Diễn tập dừng giữa chừng; hãy thử lại.")


def can_rehearse() -> bool:
    """Say whether there is what a year is played by: a service's image lacks it."""
    return all(Path(each).exists() for each in (THIDUA, TEMPORAL))


@dataclass
class PlanRehearsal:
    """A plan that is rehearsed: how far the year has come, and then what happened.

    *said* is why it ended before it should.
    """

    plan: Plan
    day: date | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    said: str = ""
    over: bool = False

    @property
    def percent(self) -> int:
        """Say how much of the year is behind."""
        first = self.plan.phases[0].period_start
        last = self.plan.follow_up.final_review_by or self.plan.phases[-1].director_due
        behind = ((self.day or first) - first).days
        return max(0, min(100, behind * 100 // max(1, (last - first).days)))

    def hear(self, line: str) -> None:
        """Take one line of what the rehearsal says."""
        if line.startswith("{"):
            self.events.append(json.loads(line))
        elif found := _DAY.fullmatch(line):
            self.day = date.fromisoformat(found[1])
        elif line:
            self.said = line


class RehearsalStage:
    """The rehearsals of this process; whoever asked for one may leave meanwhile."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, PlanRehearsal] = OrderedDict()
        self._turn = asyncio.Lock()
        self._tasks = set[asyncio.Task[None]]()

    def of(self, person: str) -> PlanRehearsal | None:
        """Give the last one that somebody asked for."""
        return self._last.get(person)

    def begin(self, person: str, plan: Plan) -> None:
        """Let a plan be played, unless one of theirs still is."""
        known = self._last.get(person)
        if known is not None and not known.over:
            return
        found = self._last[person] = PlanRehearsal(plan)
        self._last.move_to_end(person)
        for other in [who for who, each in self._last.items() if each.over]:
            if len(self._last) > _KEPT:
                del self._last[other]
        task = asyncio.create_task(self._play(found))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _play(self, one: PlanRehearsal) -> None:
        try:
            async with self._turn, asyncio.timeout(_AT_MOST):
                await _played(one)
        except (TimeoutError, OSError, ValueError):
            one.said = _FAILED
        finally:
            one.over = True


async def _played(one: PlanRehearsal) -> None:
    """Play a plan in a process of its own, which ends with this one."""
    with TemporaryDirectory(prefix="thidua-") as folder:
        file = Path(folder) / "ke-hoach.json"
        content = one.plan.model_dump_json()
        await asyncio.to_thread(file.write_text, content, "utf-8")
        command = (THIDUA, "rehearse", str(file), "--json", "--days")
        async with child(command, PIPE, _GRACE) as process:
            await _heard(one, process)
    if not one.events and not one.said:
        one.said = _FAILED


async def _heard(one: PlanRehearsal, process: Process) -> None:
    assert process.stdout is not None  # noqa: S101 -- it is piped
    async for line in process.stdout:
        one.hear(line.decode("utf-8", "replace").strip())
    if await process.wait():
        one.events.clear()
