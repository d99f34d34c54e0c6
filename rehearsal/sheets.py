"""A rehearsal laid out as tables, whatever they are then written on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Any

from domain.council.thresholds import percent
from domain.reports.targets import Denominator
from papers.wording import listing
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


@dataclass(frozen=True)
class Column:
    """A column's heading; one with a *share* of the width wraps, others are narrow."""

    heading: str
    share: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One table, with its title and what is said below it."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    below: str = ""


def months(events: Iterable[Event]) -> Iterator[Sheet]:
    """Tell who was told and who did what, a table a month."""
    columns = (Column("Lúc"), Column(""), Column("Ai", 2), Column("Nội dung", 5))
    for month, of_month in groupby(events, key=lambda event: event["at"][:7]):
        year, number = month.split("-")
        rows = [_row(list(same)) for _, same in groupby(of_month, key=_alike)]
        yield Sheet(f"Tháng {number}/{year}", columns, rows)


def closing(events: Sequence[Event], names: Mapping[str, str]) -> Iterator[Sheet]:
    """Sum up by the last review: the lists, the targets, how often somebody was late.

    *names* are the titles' names by their codes.
    """
    found = review(events)
    if found is not None:
        yield _lists(found, names)
        yield _targets(found, names)


def _alike(event: Event) -> tuple[str, ...]:
    """Notices of one text and moment stand in one row; all else stands alone."""
    if event["kind"] != "notice":
        return (event["at"], event["kind"], str(id(event)))
    return (event["at"], "notice", event["subject"], event["text"])


def _row(together: Sequence[Event]) -> tuple[str, ...]:
    first = together[0]
    who = _names([event["name"] for event in together if "name" in event])
    return _moment(first["at"]), _KINDS[first["kind"]], who, _text(first)


def _moment(written: str) -> str:
    at = datetime.fromisoformat(written)
    return f"{_WEEKDAYS[at.weekday()]} {at:%d/%m %H:%M}"


def _names(names: Sequence[str]) -> str:
    if len(names) <= _NAMES:
        return ", ".join(names)
    return f"{len(names)} người: {', '.join(names[:2])}, …"


def _text(event: Event) -> str:
    if event["kind"] == "notice":
        return f"{event['subject']}\n{event['text']}"
    about = f": {event['about']}" if event.get("about") else ""
    lines = f" ({event['lines']} đề nghị)" if event.get("lines") else ""
    signed_for = f", ký thay {event['behalf_name']}" if event.get("behalf") else ""
    return f"{event['text']}{about}{lines}{signed_for}"


def _lists(found: Mapping[str, Any], names: Mapping[str, str]) -> Sheet:
    rows = [
        (names[title], str(len(subjects)), listing(subjects))
        for title, subjects in found["lists"].items()
    ]
    columns = Column("Danh hiệu", 2), Column("Số"), Column("Danh sách", 5)
    return Sheet("Kết quả", columns, rows)


def _targets(found: Mapping[str, Any], names: Mapping[str, str]) -> Sheet:
    rows = [
        (
            names[each["title"]],
            percent(Fraction(each["ratio"])),
            f"{each['of']} ({_DENOMINATORS[each['denominator']]})",
            str(each["needed"]),
            str(each["reached"]),
            _said(each),
        )
        for each in found["targets"]
    ]
    wide = (
        Column("Danh hiệu", 3),
        Column("Chỉ tiêu"),
        Column("Tính trên", 2),
        Column("Cần"),
        Column("Đạt"),
        Column("Kết luận", 3),
    )
    warnings = [f"Lưu ý: {warning}" for warning in found.get("warnings", ())]
    late = f"Số thông báo đôn đốc khi đã quá hạn: {found['escalations']}"
    return Sheet("Chỉ tiêu", wide, rows, below="\n".join([*warnings, late]))


def _said(target: Mapping[str, Any]) -> str:
    said = "đạt" if target["met"] else "chưa đạt"
    return f"{said}. {target['note']}" if target.get("note") else said
