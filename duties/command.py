"""The commands that show a calendar as text: of a campaign, or of a plan alone."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from textwrap import wrap

import typer
from sqlmodel import Session

from domain.acts import rule_of
from domain.calendar import due_day
from domain.roles import head_signing, own_words
from duties.calendar import (
    Entry,
    Reminder,
    of_campaign,
    of_plan,
)
from duties.subjects import subjects_in, subjects_of
from duties.viewers import viewer_of
from intake.calendar import vietnamese_calendar
from intake.commands import File, Rules, content_of, plan, problems_said
from intake.plans import Plan, read_plan
from intake.rulepacks import RULES, load_packs
from papers import calendar as words
from papers.wording import due
from store.tables import Campaign

_WIDTH, _IN = 98, "    "
_ALL = 100_000


@plan.command("calendar")
def calendar_of_a_plan(file: File, rules_folder: Rules = RULES) -> None:
    """In lịch cả năm theo một kế hoạch: hạn nào, nhắc ai, ngày nào; không ghi gì."""
    with problems_said():
        found = read_plan(content_of(file), file.name, load_packs(rules_folder))
    for line in year_of(found):
        typer.echo(line)


def year_of(plan: Plan) -> Iterator[str]:
    """Write the calendar of a plan as lines of text."""
    entries = of_plan(plan, vietnamese_calendar())
    return _own(written(plan.title, entries, subjects_of(plan)), plan.signatory)


def _own(lines: Iterable[str], signatory: str) -> Iterator[str]:
    return (own_words(line, head_signing(signatory)) for line in lines)


def calendar_lines(
    session: Session, campaign: Campaign, person: str | None, department: str | None
) -> list[str]:
    """Write what is to come in a campaign, of matters that are open to everybody.

    Raises Refused (`unknown_subject`, `unknown_department`).
    """
    viewer = viewer_of(session, person, department)
    entries = of_campaign(session, campaign, person or "", viewer, None, _ALL)
    about = subjects_in(session, campaign, [entry.owner for entry in entries])
    lines = written(campaign.title, entries, about)
    return list(_own(lines, campaign.plan["signatory"]))


def written(
    title: str, entries: Iterable[Entry], about: Mapping[str, str]
) -> Iterator[str]:
    """Write a calendar as lines of text: each deadline, and whom it reminds when."""
    yield f"Lịch: {title}"
    for entry in entries:
        name = rule_of(entry.name).name_vi
        yield ""
        yield f"{words.on(due_day(entry.due_at))}: {name}, {about[entry.owner]}"
        why = words.why(entry.planned, entry.first, entry.due_at)
        told = f"{due(entry.due_at)}; {why}; {words.ending(entry.name)}"
        yield from wrap(told, _WIDTH, initial_indent=_IN, subsequent_indent=_IN)
        for who, together in groupby(entry.reminders, partial(_reached, entry)):
            steps = "; ".join(
                words.step(each.code, each.at, each.left, entry.due_at)
                for each in together
            )
            said = f"→ {who}: {steps}"
            yield from wrap(said, _WIDTH, initial_indent=_IN, subsequent_indent=_IN * 2)


def _reached(entry: Entry, one: Reminder) -> str:
    return words.reached(entry.name, one.to)
