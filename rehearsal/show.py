"""The story on a terminal: who was told and who did what, day by day, and the end."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from domain.calendar import day_vi
from domain.council.thresholds import percent
from domain.reports.targets import Denominator
from rehearsal.play import Watcher
from rehearsal.playbill import Playbill
from rehearsal.story import Event, review

# As many names are written out; a notice to more says how many they are.
_NAMES = 8
_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_KINDS = {"act": "việc", "notice": "báo", "stage": "bước"}
_DENOMINATORS = {
    Denominator.DEPARTMENTS: "số phòng",
    Denominator.PARTICIPANTS: "người thuộc đối tượng",
    Denominator.HEADCOUNT: "toàn bộ người",
}


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
    """Print the story and what came of the year."""
    console = Console(highlight=False)
    for month, of_month in groupby(events, key=lambda event: event["at"][:7]):
        console.print(_month(month, of_month))
    found = review(events)
    if found is not None:
        console.print(_lists(found, bill.title_names()))
        console.print(_targets(found, bill.title_names()))
        for warning in found.get("warnings", ()):
            console.print(f"Lưu ý: {warning}")
        console.print(f"Số thông báo đôn đốc khi đã quá hạn: {found['escalations']}")


def _month(month: str, events: Iterable[Event]) -> Table:
    year, number = month.split("-")
    table = Table(title=f"Tháng {number}/{year}", title_justify="left", expand=True)
    table.add_column("Lúc", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Ai", ratio=2)
    table.add_column("Nội dung", ratio=5)
    for _, same in groupby(events, key=_alike):
        together = list(same)
        first = together[0]
        who = _names([event["name"] for event in together if "name" in event])
        table.add_row(
            _moment(first["at"]), _KINDS[first["kind"]], who, Text(_text(first))
        )
    return table


def _alike(event: Event) -> tuple[str, ...]:
    """Notices of one text and moment stand in one row; all else stands alone."""
    if event["kind"] != "notice":
        return (event["at"], event["kind"], str(id(event)))
    return (event["at"], "notice", event["subject"], event["text"])


def _moment(written: str) -> str:
    at = datetime.fromisoformat(written)
    return f"{_WEEKDAYS[at.weekday()]} {at:%d/%m %H:%M}"


def _names(names: Sequence[str]) -> Text:
    if len(names) <= _NAMES:
        return Text(", ".join(names))
    return Text(f"{len(names)} người: {', '.join(names[:2])}, …")


def _text(event: Event) -> str:
    if event["kind"] == "notice":
        return f"{event['subject']}\n{event['text']}"
    lines = f" ({event['lines']} đề nghị)" if event.get("lines") else ""
    signed_for = f", ký thay {event['behalf']}" if event.get("behalf") else ""
    return f"{event['text']}{lines}{signed_for}"


def _lists(found: Mapping[str, Any], names: Mapping[str, str]) -> Table:
    table = Table(title="Kết quả", title_justify="left", expand=True)
    table.add_column("Danh hiệu", ratio=2)
    table.add_column("Số", justify="right")
    table.add_column("Danh sách", ratio=5)
    for title, subjects in found["lists"].items():
        table.add_row(names[title], str(len(subjects)), Text(", ".join(subjects)))
    return table


def _targets(found: Mapping[str, Any], names: Mapping[str, str]) -> Table:
    table = Table(title="Chỉ tiêu", title_justify="left", expand=True)
    for heading in ("Danh hiệu", "Chỉ tiêu", "Tính trên", "Cần", "Đạt", "Kết luận"):
        table.add_column(heading)
    for each in found["targets"]:
        of = f"{each['of']} ({_DENOMINATORS[each['denominator']]})"
        said = "đạt" if each["met"] else "chưa đạt"
        if note := each.get("note"):
            said = f"{said}. {note}"
        aimed = percent(Fraction(each["ratio"]))
        row = (names[each["title"]], aimed, of, each["needed"], each["reached"])
        table.add_row(*map(str, row), said)
    return table
