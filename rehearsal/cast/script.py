"""What every part of the play knows: plan, cast, company, calendar and house."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from domain import ids
from domain.calendar import WorkingCalendar, moment
from domain.rules.rulepack import RulePack, choose
from intake.casts import Cast, Scene
from intake.phases import PlannedPhase
from intake.plans import Plan
from rehearsal.cast.company import Company
from rehearsal.house import House

MORNING, AFTERNOON = time(9), time(14)
LAST_MINUTE = time(23, 58)


@dataclass(frozen=True)
class Script:
    """One year of one office."""

    plan: Plan
    cast: Cast
    company: Company
    calendar: WorkingCalendar
    house: House
    begins: datetime
    packs: tuple[RulePack, ...]

    @property
    def campaign(self) -> str:
        """The path of the campaign."""
        return f"/campaigns/{self.plan.code}"

    def phase(self, part: PlannedPhase) -> str:
        """The path of a phase."""
        return f"/phases/{ids.phase_key(self.plan.code, part.number)}"

    def desk(self, part: PlannedPhase, department: str) -> str:
        """The path of one department in a phase."""
        return f"{self.phase(part)}/departments/{department}"

    def scene(self, part: PlannedPhase) -> Scene:
        """How the cast plays a phase."""
        return self.cast.scene(final=part.final)

    async def stage(self, part: PlannedPhase) -> str:
        """The stage that a phase has reached."""
        phases = await self.house.get(f"{self.campaign}/phases")
        return str(phases[part.number - 1]["state"])

    async def issue(self, decision: str, day: date, register: dict[int, int]) -> None:
        """Let a decision be numbered, the next of its year, issued and posted."""
        register[day.year] = register.get(day.year, 0) + 1
        number = {"number": register[day.year], "year": day.year, "series": "QĐ-VP"}
        path = f"/decisions/{decision}"
        await self.house.act(self.company.clerk, f"{path}/number", number)
        issued = await self.house.act(self.company.clerk, f"{path}/issue")
        await self.post(decision, day, issued)

    async def post(self, decision: str, day: date, *answers: dict[str, Any]) -> None:
        """Let the results of a decision be posted where answers ask for it."""
        if any("post_by" in answer for answer in answers):
            posting = {"posted_on": day.isoformat(), "place": "Bảng tin của cơ quan"}
            path = f"/decisions/{decision}/post-results"
            await self.house.act(self.company.secretariat, path, posting)

    def pack(self, part: PlannedPhase) -> RulePack:
        """The rules that a phase goes by."""
        return choose(self.packs, part.period_end)

    def rolled(self, day: date) -> date:
        """The day on which something of the plan really falls due."""
        return self.calendar.roll(day, self.plan.roll)

    def working(self, day: date, after: int = 0, at: time = MORNING) -> datetime:
        """The moment on the n-th working day after a day, or on the first from it."""
        if after:
            return moment(self.calendar.shift(day, after), at)
        return moment(self.calendar.next_working(day), at)
