"""The list by which reward money is paid (danh sách chi tiền thưởng).

What each gets is left to the accountant: no rule pack holds the rates.
"""

from papers.official.director.decision import DecisionFacts, facts_of
from papers.official.director.result_notice import issued
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_office
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import (
    WHAT,
    WHERE,
    WHO,
    day_in_full,
    listing,
    paragraphs,
    recipient_lines,
)

_COLUMNS = {WHO: 7, WHERE: 6, WHAT: 6, "Số tiền (đồng)": 4, "Ký nhận": 4}
_MONEY = (
    "Số tiền do kế toán ghi theo mức thưởng của từng danh hiệu, hình thức và mức lương "
    "cơ sở tại ngày ký quyết định."
)
_SUM = "Tổng số tiền (bằng chữ): …………………………………………"


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
    """List who is to be paid, with room for the money and for their signatures."""
    signed_on = day_in_full(facts.signed_on)
    rows = ((x.subject, x.department, x.award, "", "") for x in facts.lines)
    return OfficialPaper(
        **of_office(facts.by, facts.key, "DS") | {"number": ""},
        kind="DANH SÁCH CHI TIỀN THƯỞNG",
        subject=f"Theo Quyết định số {facts.written_number} {signed_on}",
        body=(listing(_COLUMNS, rows), *paragraphs(_MONEY, _SUM)),
        recipients=recipient_lines("Kế toán", "Lưu: VT"),
        beside=Signature(capacity=("NGƯỜI LẬP",)),
        signature=Signature(capacity=(facts.by.head.upper(),)),
    )
