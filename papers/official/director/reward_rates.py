"""What reward money comes of: the base salary, the rates, and how surely by which law.

It stands on the pay list (`pay_list`).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.calendar import day_vi
from domain.refusals import Certainty
from domain.rules.rewards import RATES, reward, source_of, times
from domain.rules.salaries import salary_on
from papers.official.paper import Article, ListedTable
from papers.official.writing import WHAT, listing
from papers.terms import CERTAINTIES
from store.findings.papers.listed import ListedLine

_COLUMNS = {WHAT: 8, "Hệ số": 3, "Mức tiền (đồng)": 4, "Căn cứ": 10}
_ROUNDED = "Số tiền làm tròn đến 10.000 đồng gần nhất"


def amount_of(line: ListedLine, day: date) -> int | None:
    """Say what an award brings by itself; None where it has no rate."""
    return reward(line.code, day, collective=line.collective)


def resting_on(
    lines: Sequence[ListedLine], day: date
) -> Iterator[Article | ListedTable]:
    """Write what each amount comes of: the base salary, the rates, and their law."""
    if salary := salary_on(day):
        yield Article(
            text=f"Mức lương cơ sở tại ngày ký quyết định ({day_vi(day)}): "
            f"{money(salary.amount)} đồng ({salary.decree}; "
            f"{CERTAINTIES[salary.certainty]}). {_ROUNDED}. Mức thưởng:"
        )
    kinds = {(x.code, x.collective): x for x in lines if x.code in RATES}
    if kinds:
        yield listing(_COLUMNS, (_rate(each, day) for each in kinds.values()))


def _rate(line: ListedLine, day: date) -> Sequence[str]:
    rate = times(line.code, collective=line.collective)
    amount = amount_of(line, day)
    return (
        f"{line.title}{' (tập thể)' if line.collective else ''}",
        f"{float(rate):g} lần".replace(".", ","),
        money(amount) if amount is not None else "",
        "; ".join(_source(line, day)),
    )


def _source(line: ListedLine, day: date) -> Iterator[str]:
    if found := source_of(line.code, day):
        name, certainty = found
        yield from (name, CERTAINTIES[certainty])


def unread(lines: Sequence[ListedLine], day: date) -> Iterator[str]:
    """Say what of it was read in no published text."""
    if (salary := salary_on(day)) and salary.certainty is Certainty.RECALLED:
        yield f"văn bản quy định mức lương cơ sở ({salary.decree})"
    for award, title in {each.title: each.code for each in lines}.items():
        found = source_of(title, day)
        if found and found[1] is Certainty.RECALLED:
            yield f"mức của «{award}»"
    yield "cách làm tròn"


def money(amount: int) -> str:
    """Write an amount as papers do: 1.490.000."""
    return f"{amount:,}".replace(",", ".")
