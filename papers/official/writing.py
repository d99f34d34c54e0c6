"""How days, numbers, bases and recipients are written on official papers.

Law: NĐ 30/2020/NĐ-CP Phụ lục I, II.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from papers.official.paper import Article, ListedTable

# Days below ten and the months January and February are written with a nought.
_LOW_DAY, _LOW_MONTH = 10, 3
NO_DAY = "ngày      tháng      năm          "
ROOM = "…………"  # where the office has not said yet what stands there


def day_in_full(day: date | None) -> str:
    """Write a day as papers do: ngày 05 tháng 02 năm 2022; room for it while none."""
    if day is None:
        return NO_DAY
    in_month = f"{day.day:02}" if day.day < _LOW_DAY else str(day.day)
    month = f"{day.month:02}" if day.month < _LOW_MONTH else str(day.month)
    return f"ngày {in_month} tháng {month} năm {day.year}"


def count_of(many: int) -> str:
    """Write how many: 05, 1.250."""
    return f"{many:02}" if many < _LOW_DAY else f"{many:,}".replace(",", ".")


def basis_lines(bases: Sequence[str]) -> tuple[str, ...]:
    """Write bases one to a line: each ends with a semicolon, the last with a stop."""
    tidy = [each.rstrip(" .;") for each in bases]
    return tuple(
        f"{each}{'.' if at == len(tidy) else ';'}" for at, each in enumerate(tidy, 1)
    )


def recipient_lines(*named: str) -> tuple[str, ...]:
    """Write recipients one to a line; what is filed («Lưu: …») stands last, once."""
    tidy = list(dict.fromkeys(each.rstrip(" .;") for each in named))
    kept = [each for each in tidy if not each.startswith("Lưu")]
    filed = [each for each in tidy if each.startswith("Lưu")] or ["Lưu: VT"]
    return (*(f"{each};" for each in kept), f"{filed[-1]}.")


def paragraphs(*texts: str) -> tuple[Article, ...]:
    """Make a paragraph of each line that says something."""
    lines = (line for text in texts for line in text.splitlines())
    return tuple(Article(text=line) for line in lines if line.strip())


def section(heading: str, *texts: str) -> tuple[Article, ...]:
    """Make a heading and the paragraphs under it."""
    return (Article(heading=heading), *paragraphs(*texts))


_ORDINAL = 2  # parts of a page's width


def listing(
    columns: Mapping[str, int], rows: Iterable[Sequence[str]], **more: str
) -> ListedTable:
    """Make a table whose rows are numbered from one; *columns* are as wide as said."""
    return ListedTable(
        columns=("TT", *columns),
        widths=(_ORDINAL, *columns.values()),
        rows=tuple((str(at), *row) for at, row in enumerate(rows, 1)),
        **more,
    )


# Of a list of people and collectives.
WHO, WHERE, WHAT = "Họ và tên, tập thể", "Đơn vị", "Danh hiệu, hình thức khen thưởng"
WHY, COUNT = "Tóm tắt thành tích", "Số lượng"


def lowered(name: str) -> str:
    """Write a name of a phase within a sentence: giai đoạn 1."""
    return f"{name[:1].lower()}{name[1:]}"
