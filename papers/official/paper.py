"""What an official paper says, part by part; nothing of how it is drawn.

Law: NĐ 30/2020/NĐ-CP Điều 8, Phụ lục I.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from domain.calendar import local_day
from papers.wording import moment

# Days below ten and the months January and February are written with a nought.
_LOW_DAY, _LOW_MONTH = 10, 3
_ROOM = "\u00a0" * 8


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs: the *capacity* line by line («KT. CHÁNH VĂN PHÒNG»), and the name."""

    capacity: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article, or a paragraph where it has no *heading* («Điều 1.»)."""

    text: str
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedTable:
    """A table that goes with a paper, on a page of its own.

    *widths* are parts of the page's width, one for each column.
    """

    title: str
    subtitle: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What leads back from a paper to the facts that it was made from.

    *code* names the paper and, once there is one, the head of the record at that time;
    *made_at* is when the facts stood so.
    """

    code: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class OfficialPaper:
    """An official paper; *reservations* stand on a draft, never on what is signed."""

    parent: str
    issuer: str
    number: str
    place_and_day: str
    kind: str
    subject: str
    authority: str
    bases: tuple[str, ...]
    proposal: str
    resolves: str
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]
    signature: Signature
    annexes: tuple[ListedTable, ...] = ()
    reservations: tuple[str, ...] = ()
    origin: Origin

    def as_data(self) -> dict[str, Any]:
        """Give all of it as plain data, in composed letters (NFC), for a renderer."""
        composed: dict[str, Any] = _composed(asdict(self))
        day = local_day(self.origin.made_at)
        composed["origin"] |= {
            "made_at": moment(self.origin.made_at),
            "made_on": [day.year, day.month, day.day],
        }
        return composed


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _composed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(each) for each in value]
    return value


def day_in_full(day: date) -> str:
    """Write a day as papers do: ngày 05 tháng 02 năm 2022."""
    in_month = f"{day.day:02}" if day.day < _LOW_DAY else str(day.day)
    month = f"{day.month:02}" if day.month < _LOW_MONTH else str(day.month)
    return f"ngày {in_month} tháng {month} năm {day.year}"


def numbered(number: int | None, series: str) -> str:
    """Write a number with its series: 05/QĐ-VP; room for it while there is none."""
    return f"{_ROOM if number is None else format(number, '02')}/{series}"


def basis_lines(bases: Sequence[str]) -> tuple[str, ...]:
    """Write bases one to a line: each ends with a semicolon, the last with a stop."""
    tidy = [each.rstrip(" .;") for each in bases]
    return tuple(
        f"{each}{'.' if at == len(tidy) else ';'}" for at, each in enumerate(tidy, 1)
    )
