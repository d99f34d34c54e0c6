"""The dates of a plan when it is launched: in order, and none past unawares."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from activities.deed import Deed
from activities.services.calendar.precedence import Ends, overtaking_refusals
from domain.acts import DEADLINES
from domain.calendar import WorkingCalendar
from domain.precedence import overtakings
from domain.refusals import Refused, refuse
from intake.phases import PlannedPhase
from intake.plans import Plan
from intake.schedule import phase_schedule
from papers.wording import due, listing
from store.calendars import office_calendar


def require_dates(deed: Deed, plan: Plan, *, although_past: bool) -> None:
    """Refuse deadlines out of order (`overtakes`), and past ones (`dates_past`).

    What is past may be launched all the same, once somebody has read what it is.
    """
    calendar = office_calendar(deed.session)
    ends = {part.name: _ends(plan, part, calendar) for part in plan.phases}
    refusals = [
        refusal
        for phase, each in ends.items()
        for refusal in overtaking_refusals(
            each, overtakings(each, each), f"«{phase}»: "
        )
    ]
    if refusals:
        raise Refused(*refusals)
    past = [*_past(ends, deed.at)]
    if past and not although_past:
        raise refuse(
            "dates_past",
            f"Những hạn đã qua khi phát động: {listing(past)}. Sửa kế hoạch, hoặc xác "
            "nhận vẫn phát động (although_past).",
        )
    if past:
        deed.facts["past"] = past


def _past(ends: Mapping[str, Ends], moment: datetime) -> Iterator[str]:
    for phase, each in ends.items():
        for kind, end in each.items():
            if end <= moment:
                yield f"«{phase}»: {DEADLINES[kind].name_vi} ({due(end)})"


def _ends(plan: Plan, part: PlannedPhase, calendar: WorkingCalendar) -> Ends:
    """Give the ends of what somebody owes in a phase."""
    schedule = phase_schedule(plan, part, calendar)
    return {x.kind: x.due_at for x in schedule if DEADLINES[x.kind].owed}
