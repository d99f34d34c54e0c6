"""The year of a plan, before it is signed: each deadline, and every notice of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.acts import rule_of
from domain.calendar import due_day
from domain.roles import head_signing, own_words
from duties.calendar import Entry, of_plan
from duties.subjects import subjects_of
from intake.calendar import vietnamese_calendar
from intake.plans import Plan
from papers import calendar as words


@dataclass(frozen=True)
class PlannedDay:
    """A deadline of a plan: its day, what it ends, and who is written to, and when."""

    due_at: datetime
    on: str
    name: str
    about: str
    why: str
    told: Sequence[tuple[str, str]]


def year_of(plan: Plan) -> list[PlannedDay]:
    """List the deadlines of a plan in their order."""
    about, head = subjects_of(plan), head_signing(plan.signatory)

    def own(text: str) -> str:
        return own_words(text, head)

    return [
        PlannedDay(
            each.due_at,
            words.on(due_day(each.due_at)),
            own(rule_of(each.name).name_vi),
            own(about[each.owner]),
            own(words.why(each.planned, each.first, each.due_at)),
            [(own(who), own(steps)) for who, steps in _told(each)],
        )
        for each in of_plan(plan, vietnamese_calendar())
    ]


def _told(entry: Entry) -> list[tuple[str, str]]:
    by_whom = groupby(entry.reminders, lambda one: words.reached(entry.name, one.to))
    return [
        (
            who,
            "; ".join(
                words.step(each.code, each.at, each.left, entry.due_at)
                for each in together
            ),
        )
        for who, together in by_whom
    ]
