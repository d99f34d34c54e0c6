"""Short campaigns of any day: thematic plans whose dates follow from the first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import WorkingCalendar
from domain.rules.rulepack import RulePack
from intake.calendar import vietnamese_calendar
from intake.casts import Cast, read_cast
from intake.office.year import OfficeYear
from intake.plans import Plan, read_plan
from rehearsal.playbill import PLANS

_PLAN, _CAST = PLANS / "chuyen-de-mau.yaml", PLANS / "dan-vai-chuyen-de.yaml"
_AFTER = re.compile(r"\{\+(\d+)\}")


@dataclass(frozen=True)
class Theme:
    """What a short campaign is about, and by which number each department nominates."""

    code: str
    name_vi: str
    nominee: str


def read_thematic(theme: Theme, first: date, packs: Sequence[RulePack]) -> Plan:
    """Give the plan of a theme that is launched on its *first* day."""
    starts, ends = _period(first)
    text = _PLAN.read_text("utf-8")
    for name, value in {
        "ma": theme.code,
        "chu_de": theme.name_vi,
        "nam": str(ends.year),
        "ky_dau": starts.isoformat(),
        "ky_cuoi": ends.isoformat(),
    }.items():
        text = text.replace(f"{{{name}}}", value)
    return read_plan(_dated(text, first, vietnamese_calendar()), _PLAN.name, packs)


def read_thematic_cast(theme: Theme, office: OfficeYear, plan: Plan) -> Cast:
    """Read how the departments play a theme."""
    written = _CAST.read_text("utf-8").replace("{nguoi}", theme.nominee)
    return read_cast(written, _CAST.name, office, plan)


def _dated(text: str, first: date, calendar: WorkingCalendar) -> str:
    return _AFTER.sub(
        lambda found: calendar.shift(first, int(found[1])).isoformat(), text
    )


def _period(first: date) -> tuple[date, date]:
    """The year so far; on its first days the year before, since it lies in one."""
    ends = first - timedelta(days=1)
    if ends == date(ends.year, 1, 1):
        ends -= timedelta(days=1)
    return date(ends.year, 1, 1), ends
