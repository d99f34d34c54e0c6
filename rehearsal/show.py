"""A rehearsal written out: on a terminal, as one page, or as lines of JSON."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from html import escape

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from domain.calendar import day_vi
from rehearsal.play import Watcher
from rehearsal.playbill import Playbill
from rehearsal.programme import programme
from rehearsal.sheets import Sheet, closing, months
from rehearsal.story import Event

_WIDTH = 100


@contextmanager
def days() -> Iterator[Watcher]:
    """Tell each day that the year has come to, a line each, to a program."""
    told: set[date] = set()

    def watch(moment: datetime) -> None:
        if (day := moment.date()) not in told:
            told.add(day)
            sys.stderr.write(f"· {day}\n")
            sys.stderr.flush()

    yield watch


@contextmanager
def progress(bill: Playbill) -> Iterator[Watcher]:
    """Show how far the year has come, on the terminal that somebody watches."""
    console = Console(stderr=True)
    columns = TextColumn("Diễn tập"), BarColumn(), TextColumn("{task.fields[day]}")
    plan = bill.plan
    last = plan.follow_up.final_review_by or plan.phases[-1].director_due
    first = plan.phases[0].period_start
    unseen = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=unseen) as bar:
        task = bar.add_task("", total=(last - first).days, day="")

        def watch(moment: datetime) -> None:
            day = moment.date()
            bar.update(task, completed=(day - first).days, day=f"{day_vi(day)}")

        yield watch


def write_json(events: Iterable[Event]) -> None:
    """Print one event a line, as JSON."""
    for event in events:
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")


def show(events: Sequence[Event], bill: Playbill) -> None:
    """Print what is played, the story and what came of the year."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    for sheet in _sheets(events, bill):
        console.print(_table(sheet))
        if sheet.below:
            console.print(sheet.below)


def page(events: Sequence[Event], bill: Playbill) -> str:
    """Write the same as one page of HTML that needs nothing beside it."""
    title = escape(f"Diễn tập: {bill.plan.title}")
    body = "\n".join(map(_section, _sheets(events, bill)))
    return _PAGE.format(title=title, body=body)


def _sheets(events: Sequence[Event], bill: Playbill) -> Iterator[Sheet]:
    yield from programme(bill)
    yield from months(events)
    yield from closing(events, bill.title_names())


def _table(sheet: Sheet) -> Table:
    table = Table(
        title=sheet.title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_header=any(column.heading for column in sheet.columns),
        expand=True,
    )
    for column in sheet.columns:
        narrow = column.share is None
        table.add_column(column.heading, ratio=column.share, no_wrap=narrow)
    for row in sheet.rows:
        table.add_row(*map(Text, row))
    return table


def _section(sheet: Sheet) -> str:
    head = "".join(f"<th scope=col>{escape(c.heading)}</th>" for c in sheet.columns)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
        for row in sheet.rows
    )
    below = f"<p>{escape(sheet.below)}</p>" if sheet.below else ""
    return (
        f"<section><h2>{escape(sheet.title)}</h2>\n<table><thead><tr>{head}</tr>"
        f"</thead>\n<tbody>\n{rows}\n</tbody></table>{below}</section>"
    )


_PAGE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; background: #fff }}
h2 {{ font-size: 1.2rem; margin: 2rem 0 .5rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid #ccc; white-space: pre-line }}
@media print {{ body {{ margin: 0; max-width: none }} tr {{ break-inside: avoid }} }}
</style>
<main>
{body}
</main>
</html>
"""
