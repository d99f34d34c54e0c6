"""The calendar of a played year as a picture: `python -m tests.docs` writes it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from itertools import groupby, pairwise

from domain import ids
from domain.calendar import ONE_DAY, VIETNAM, WorkingCalendar, day_vi, days
from domain.ids import Kind
from domain.ladder import LADDERS
from domain.record import PROCESS
from domain.states import PhaseState
from intake.calendar import vietnamese_calendar
from rehearsal.story import Event
from tests.sources import ROOT

PICTURE = ROOT / "docs" / "year.svg"
WIDTH, LEFT, DAY, STRIP, MARKS, GAP, TOP = 900, 66, 26.5, 18, 20, 3, 102
# A letter of the bars takes about so much of a line.
LETTER = 5.9
COLOURS = {
    PhaseState.REGISTRATION_OPEN: "#bfdbfe",
    PhaseState.RUNNING: "#efe9dd",
    PhaseState.SUBMISSION_WINDOW: "#fde68a",
    PhaseState.APPRAISAL: "#ddd6fe",
    PhaseState.PUBLIC_NOTICE: "#a5f3fc",
    PhaseState.COUNCIL_REVIEW: "#bbf7d0",
    PhaseState.DIRECTOR_REVIEW: "#fed7aa",
}
OFF = "#d9dde4"
REMINDED, TOLD_LATE, DONE = "#1d4ed8", "#b91c1c", "#15803d"
LATE = {
    rung.code
    for ladder in LADDERS.values()
    for rung in ladder
    if rung.days > 0 and rung.to
}


@dataclass(frozen=True)
class Bar:
    """A stage of a phase, from its first day up to *end*, which is left out."""

    phase: str
    stage: PhaseState
    text: str
    start: date
    end: date


def picture(events: Sequence[Event]) -> str:
    """Draw a year month by month: stages, and who was reminded or did something."""
    dated = [(_day(event), event) for event in events]
    first, last = dated[0][0], dated[-1][0]
    calendar = vietnamese_calendar()
    bars, y, parts = list(_bars(dated)), TOP, []
    for month in _months(first, last):
        lanes = list(dict.fromkeys(b.phase for b in bars if _within(b, month)))
        height = max(len(lanes), 1) * STRIP + MARKS
        parts += _ground(month, calendar, y, height)
        for lane, phase in enumerate(lanes):
            here = [b for b in bars if b.phase == phase and _within(b, month)]
            parts += [_bar(bar, month, y + lane * STRIP) for bar in here]
        held = [(day, event) for day, event in dated if day in month]
        parts += _campaign(held, y)
        parts += _marks(held, y + height - MARKS / 2)
        y += height + GAP
    return _whole(parts, f"{day_vi(first)} – {day_vi(last)}", y + 8)


def _day(event: Event) -> date:
    return datetime.fromisoformat(event["at"]).astimezone(VIETNAM).date()


def _bars(dated: Sequence[tuple[date, Event]]) -> Iterator[Bar]:
    stages = [(day, event) for day, event in dated if event["kind"] == "stage"]
    phases = {event["of"] for _, event in stages} - _campaigns(dated)
    for phase in sorted(phases):
        own = [(day, event) for day, event in stages if event["of"] == phase]
        for (start, event), (end, _) in pairwise(own):
            stage = PhaseState(event["stage"])
            if start < end and stage in COLOURS:
                yield Bar(phase, stage, event["text"], start, end)


def _campaigns(dated: Sequence[tuple[date, Event]]) -> set[str]:
    targets = {event["of"] for _, event in dated if event["kind"] == "stage"}
    return {each for each in targets if ids.read(each).kind is Kind.CAMPAIGN}


def _months(first: date, last: date) -> Iterator[Sequence[date]]:
    whole = days(first.replace(day=1), last + ONE_DAY * 31)
    for month, held in groupby(whole, key=lambda day: day.replace(day=1)):
        if month <= last:
            yield list(held)


def _within(bar: Bar, month: Sequence[date]) -> bool:
    return bar.start <= month[-1] and bar.end > month[0]


def _x(day: date) -> float:
    return LEFT + (day.day - 1) * DAY


def _ground(
    month: Sequence[date], calendar: WorkingCalendar, y: float, height: float
) -> Iterator[str]:
    """Write the month's name, and its days, those on which nobody works in grey."""
    name = f"{month[0].month}/{month[0].year}"
    yield _text(LEFT - 8, y + STRIP - 5, name, "end", weight="600")
    for day in month:
        fill = "#ffffff" if calendar.is_working(day) else OFF
        yield _box(_x(day), y, DAY - 1, height, fill)


def _bar(bar: Bar, month: Sequence[date], y: float) -> str:
    start, last = max(bar.start, month[0]), min(bar.end - ONE_DAY, month[-1])
    x, end = _x(start), _x(last) + DAY - 1
    box = _box(x, y + 1, end - x, STRIP - 2, COLOURS[bar.stage], round_by=3)
    said = (bar.text, bar.text.partition(": ")[2], "")
    fits = next(text for text in said if len(text) * LETTER < end - x - 6)
    return box + (_text(x + 5, y + 13, fits, size=11) if fits else "")


def _campaign(held: Sequence[tuple[date, Event]], y: float) -> Iterator[str]:
    """Write what became of the campaign, the last of a day, up to that day."""
    stages = {
        day: event["text"]
        for day, event in held
        if event["kind"] == "stage" and event["of"] in _campaigns(held)
    }
    for day, text in stages.items():
        yield _text(_x(day) + DAY - 3, y + 13, text, "end", size=11, weight="600")


def _marks(held: Sequence[tuple[date, Event]], y: float) -> Iterator[str]:
    told = Counter(
        (day, late)
        for day, late, _ in {
            (day, event["step"] in LATE, event["recipient"])
            for day, event in held
            if event["kind"] == "notice" and event["step"]
        }
    )
    acted = {day for day, e in held if e["kind"] == "act" and e["actor"] != PROCESS}
    for day in sorted(acted | {day for day, _ in told}):
        marks = (told[day, False], REMINDED), (told[day, True], TOLD_LATE)
        seen = [(str(many), colour) for many, colour in marks if many]
        for place, (many, colour) in enumerate(seen):
            middle = _x(day) + (DAY - 1) * (2 * place + 1) / (2 * len(seen))
            yield _mark(middle, y - 2, many, colour)
        if day in acted:
            yield _box(_x(day) + 4, y + 6.5, DAY - 9, 2.5, DONE)


def _mark(x: float, y: float, many: str, colour: str) -> str:
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="6.3" fill="{colour}"/>'
    return circle + _text(x, y + 3, many, "middle", 8.5, "600", "#ffffff")


def _box(
    x: float, y: float, width: float, height: float, fill: str, round_by: float = 0
) -> str:
    corner = f' rx="{round_by:g}"' if round_by else ""
    size = f'width="{width:g}" height="{height:g}"'
    return f'<rect x="{x:g}" y="{y:g}" {size}{corner} fill="{fill}"/>'


def _text(
    x: float,
    y: float,
    said: str,
    anchor: str = "start",
    size: float = 12,
    weight: str = "400",
    fill: str = "#111827",
) -> str:
    style = f'text-anchor="{anchor}" font-size="{size:g}" font-weight="{weight}"'
    return f'<text x="{x:g}" y="{y:g}" {style} fill="{fill}">{escape(said)}</text>'


def _whole(parts: Sequence[str], span: str, height: float) -> str:
    title = f"Một năm diễn tập theo kế hoạch, {span}"
    numbers = [
        _text(LEFT + n * DAY + DAY / 2, TOP - 8, str(n + 1), "middle", 10, "400")
        for n in range(31)
    ]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img" font-family="system-ui, '
        "'Segoe UI', Roboto, 'DejaVu Sans', sans-serif\">",
        f"<title>{title}</title>",
        _box(0, 0, WIDTH, height, "#f3f4f6", round_by=8),
        _text(16, 28, title, size=16, weight="600"),
        *_legend(56),
        *numbers,
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _legend(y: float) -> Iterator[str]:
    yield _mark(22, y - 4, "8", REMINDED)
    yield _text(34, y, "số người được nhắc trong ngày")
    yield _mark(248, y - 4, "2", TOLD_LATE)
    yield _text(260, y, "số người được báo là quá hạn")
    yield _box(462, y - 5, 18, 2.5, DONE)
    yield _text(486, y, "có người làm việc của mình")
    yield _box(686, y - 12, 16, 15, OFF)
    yield _text(709, y, "ngày nghỉ")
