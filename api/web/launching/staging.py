"""Rehearsals of plans that somebody asks for: each is played in a process apart."""

import asyncio
import json
import re
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.web.live.long_work import LongWork
from api.web.words import gettext
from intake.plans import Plan
from machine.child import child
from machine.devserver import TEMPORAL
from machine.parts import THIDUA
from papers.archive.office import leave_roster
from store.database import Database

_GRACE = 5.0  # seconds
_DAY = re.compile(r"· (\d{4}-\d{2}-\d{2})")
_FAILED = gettext("Diễn tập dừng giữa chừng; hãy thử lại.")


def can_rehearse() -> bool:
    """Say whether there is what a year is played by: a service's image lacks it."""
    return all(Path(each).exists() for each in (THIDUA, TEMPORAL))


@dataclass
class PlanRehearsal(LongWork):
    """A plan that is rehearsed: how far the year has come, and then what happened.

    It is played by those who are in the office as it begins.
    """

    plan: Plan
    database: Database
    day: date | None = None
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """Say how much of the year is behind."""
        first = self.plan.phases[0].period_start
        last = self.plan.follow_up.final_review_by or self.plan.phases[-1].director_due
        behind = ((self.day or first) - first).days
        return max(0, min(100, behind * 100 // max(1, (last - first).days)))

    async def run(self) -> None:
        """Play the plan in a process of its own, which ends with this one."""
        with TemporaryDirectory(prefix="thidua-") as folder:
            plan, office = Path(folder) / "ke-hoach.json", Path(folder) / "co-quan.zip"
            await asyncio.to_thread(self._leave, plan, office)
            played = (str(plan), "--own", str(office))
            command = (THIDUA, "rehearse", *played, "--json", "--days")
            async with child(command, PIPE, _GRACE) as process:
                await self._listen(process)
        if not self.events and not self.said:
            self.said = _FAILED

    def _leave(self, plan: Path, office: Path) -> None:
        """Write down what is played, and by whom."""
        plan.write_text(self.plan.model_dump_json(), "utf-8")
        with office.open("wb") as file, self.database.read() as session:
            leave_roster(session, file)

    async def _listen(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 -- it is piped
        async for line in process.stdout:
            self.hear(line.decode("utf-8", "replace").strip())
        if await process.wait():
            self.events.clear()

    def hear(self, line: str) -> None:
        """Take one line of what the rehearsal says."""
        if line.startswith("{"):
            self.events.append(json.loads(line))
        elif found := _DAY.fullmatch(line):
            self.day = date.fromisoformat(found[1])
        elif line:
            self.said = line
