"""What an official paper says, part by part; nothing of how it is drawn.

Law: NĐ 30/2020/NĐ-CP Điều 8, Phụ lục I.
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from unicodedata import normalize

from domain.calendar import local_day
from papers.wording import moment

_FIGURE = re.compile(r"[\d.,/%☐–-]*")


class Layout(StrEnum):
    """How a paper is laid out: as all are, or as certificates."""

    PAPER = "paper"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs: the *capacity* line by line («KT. CHÁNH VĂN PHÒNG»), and the name."""

    capacity: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article, or a paragraph where it has no *heading* («Điều 1.»)."""

    shape: ClassVar = "text"
    text: str = ""
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedTable:
    """A table: among what a paper says, or with a *title* on a page of its own.

    *widths* are parts of the page's width, one for each column; those of figures, and
    of boxes to mark, are *centred*. A *note* stands under the table.
    """

    shape: ClassVar = "table"
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    centred: tuple[int, ...] = field(init=False)
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    subtitle: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        columns = enumerate(zip(*self.rows, strict=True))
        figures = (at for at, cells in columns if all(map(_FIGURE.fullmatch, cells)))
        object.__setattr__(self, "centred", tuple(figures))


@dataclass(frozen=True, kw_only=True)
class ChartBar:
    """One bar of a chart: *part* of a *whole*, and what stands beside it."""

    label: str
    part: float
    whole: float
    said: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars under one another; the words beside them say all that they show."""

    shape: ClassVar = "chart"
    caption: str
    bars: tuple[ChartBar, ...]


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
    """An official paper; *reservations* stand on a draft, never on what is signed.

    Who signs *beside* the signature does so on its left, in the place of the
    recipients, which stand below then. A ballot has no signature at all.
    """

    parent: str = ""
    issuer: str
    number: str = ""
    place_and_day: str
    kind: str
    subject: str
    addressed: tuple[str, ...] = ()
    authority: str = ""
    bases: tuple[str, ...] = ()
    proposal: str = ""
    resolves: str = ""
    body: tuple[Article | ListedTable | Chart, ...]
    recipients: tuple[str, ...] = ()
    signature: Signature | None = None
    beside: Signature | None = None
    annexes: tuple[ListedTable, ...] = ()
    reservations: tuple[str, ...] = ()
    origin: Origin

    def as_data(self) -> dict[str, Any]:
        """Give all of it as plain data, in composed letters (NFC), for a renderer."""
        composed: dict[str, Any] = _composed(asdict(self))
        _level(composed["beside"], composed["signature"])
        for part, said in zip(self.body, composed["body"], strict=True):
            said["shape"] = part.shape
        day = local_day(self.origin.made_at)
        composed["origin"] |= {
            "made_at": moment(self.origin.made_at),
            "made_on": [day.year, day.month, day.day],
        }
        return composed


def _level(*signatures: dict[str, Any] | None) -> None:
    """Let names that stand beside one another stand at one height."""
    both = [each for each in signatures if each]
    most = max((len(each["capacity"]) for each in both), default=0)
    for each in both:
        each["capacity"] += [""] * (most - len(each["capacity"]))


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _composed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(each) for each in value]
    return value
