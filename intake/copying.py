"""Last year's plan as the draft of another year's: every date and year in it moved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_FIELD = re.compile(r"""^[\s\-"']*([a-z_]+)["']?\s*:""")
_SECTION = re.compile(r"""^\s{0,2}["']?([a-z_]+)["']?\s*:""")
# What the law says is dated by its own years.
_LAW = "legal_bases"


@dataclass(frozen=True)
class Moved:
    """A date that has moved: its line in the new file, and its field."""

    line: int
    field: str
    was: date
    day: date


@dataclass(frozen=True)
class Copy:
    """The new file, the dates that moved, and the lines of prose to be read again."""

    text: str
    dates: tuple[Moved, ...]
    prose: tuple[tuple[int, str], ...]


def copied(text: str, was: int, year: int) -> Copy:
    """Write the plan of the year *was* as one of *year*.

    A date keeps its day of the month (29/02 becomes 28/02); the years around *was*
    move in the prose too, but for the legal bases. Comments that speak of a year
    speak of the old one, and are dropped.
    """
    lines: list[str] = []
    dates: list[Moved] = []
    prose: list[tuple[int, str]] = []
    section = ""
    for line in _without_old_comments(text.splitlines()):
        if opens := _SECTION.match(line):
            section = opens[1]
        new = _DAY.sub(lambda m: _moved(m, year - was).isoformat(), line)
        if new == line and section != _LAW:
            new = _in_prose(line, was, year)
        lines.append(new)
        if named := (_FIELD.match(line) and _DAY.search(line)):
            field = _FIELD.match(line)[1]  # type: ignore[index] # matched above
            old = date(*map(int, named.groups()))
            dates.append(Moved(len(lines), field, old, _moved(named, year - was)))
        elif new != line or (section == _LAW and re.search(r"\d{4}", line)):
            prose.append((len(lines), new.strip()))
    return Copy("\n".join(lines) + "\n", tuple(dates), tuple(prose))


def _moved(found: re.Match[str], years: int) -> date:
    year, month, day = map(int, found.groups())
    last = 28 if (month, day) == (2, 29) else day
    return date(year + years, month, last)


def _in_prose(line: str, was: int, year: int) -> str:
    around = "|".join(str(was + n) for n in (-1, 0, 1))
    return re.sub(
        rf"(?<!\d)({around})(?!\d)", lambda m: str(int(m[1]) + year - was), line
    )


def _without_old_comments(lines: list[str]) -> Iterator[str]:
    """Leave out the comments that name a year, and those beside a date."""
    for comment, block in groupby(lines, lambda line: line.lstrip().startswith("#")):
        kept = list(block)
        if comment and any(re.search(r"\b\d{4}\b", line) for line in kept):
            continue
        yield from kept if comment else (_bare(line) for line in kept)


def _bare(line: str) -> str:
    return re.sub(r"(\d{4}-\d\d-\d\d)\s+#.*$", r"\1", line)
