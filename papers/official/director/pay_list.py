"""The list by which reward money is paid (danh sách chi tiền thưởng).

Law: mức tiền và lương cơ sở theo `domain.rules.rewards`, tại ngày ký quyết định.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.calendar import local_day
from domain.rules.rewards import paid
from papers.official.director.decision import DecisionFacts, facts_of
from papers.official.director.result_notice import issued
from papers.official.director.reward_rates import (
    amount_of,
    money,
    resting_on,
    unread,
)
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import draft, of_office
from papers.official.paper import Article, ListedTable, OfficialPaper, Signature
from papers.official.spelled import spelled
from papers.official.writing import (
    WHAT,
    WHERE,
    WHO,
    day_in_full,
    listing,
    paragraphs,
    recipient_lines,
)
from papers.sheets.pay import OURS
from store.findings.papers.listed import ListedLine

_COLUMNS = {WHO: 7, WHERE: 6, WHAT: 6, "Số tiền (đồng)": 4, "Ký nhận": 4}
_HIGHER, _UNKNOWN = "0 (*)", "(**)"
_STARS = {
    _HIGHER: "(*) Cùng quyết định đã chi mức cao hơn cho danh hiệu khác.",
    _UNKNOWN: "(**) Chưa có mức tiền thưởng: kế toán ghi, và cộng vào tổng số.",
}
_UNREAD = "Chưa đối chiếu được với văn bản: {what}. Kế toán so lại trước khi chi."


@paper(
    "pay-list",
    "Danh sách chi tiền thưởng",
    PaperOf.DECISION,
    "decisions",
    facts_of,
    once=issued,
    when="danh sách có khi quyết định khen thưởng đã ban hành",
)
def pay_list(facts: DecisionFacts) -> OfficialPaper:
    """List who is paid how much and why that, with room for their signatures."""
    day = facts.signed_on or local_day(facts.by.made_at)
    lines = [each for each in facts.lines if each.state in OURS]
    return OfficialPaper(
        **of_office(facts.by, facts.key, "DS") | {"number": ""},
        kind="DANH SÁCH CHI TIỀN THƯỞNG",
        subject=f"Theo Quyết định số {facts.written_number} {day_in_full(day)}",
        body=(*_paid(lines, day), *resting_on(lines, day)),
        recipients=recipient_lines("Kế toán", "Lưu: VT"),
        beside=Signature(capacity=("NGƯỜI LẬP",)),
        signature=Signature(capacity=(facts.by.head.upper(),)),
        reservations=(
            *draft(facts.by, signed=False, because="kế toán chưa đối chiếu mức chi"),
            _UNREAD.format(what="; ".join(unread(lines, day))),
        ),
    )


def _paid(lines: Sequence[ListedLine], day: date) -> Iterator[Article | ListedTable]:
    """Write who is paid how much, and the sum."""
    amounts = [amount_of(each, day) for each in lines]
    numbered = enumerate(zip(lines, amounts, strict=True))
    pays = paid((at, each.person, amount) for at, (each, amount) in numbered)
    told = [_told(pays[at], amount) for at, amount in enumerate(amounts)]
    rows = (
        (x.subject, x.department, x.title, said, "")
        for x, said in zip(lines, told, strict=True)
    )
    table, whole = listing(_COLUMNS, rows), sum(each or 0 for each in pays.values())
    total = ("", "CỘNG", "", "", money(whole), "")
    yield replace(table, rows=(*table.rows, total))
    yield from paragraphs(*(said for star, said in _STARS.items() if star in told))
    yield Article(text=f"Tổng số tiền (bằng chữ): {spelled(whole)}.")


def _told(pays: int | None, amount: int | None) -> str:
    if pays is None:
        return _UNKNOWN
    return _HIGHER if amount and not pays else money(pays)
