"""Papers of an ad hoc commendation: the department's letter, and its short report.

Law: Luật TĐKT 2022 Điều 85 (thủ tục đơn giản: tờ trình, báo cáo tóm tắt thành tích).
"""

from sqlmodel import Session

from domain.calendar import day_vi
from domain.cases.procedures import confidential
from domain.states import CaseKind, CaseState
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_department
from papers.official.matters.ad_hoc import AdHocFacts, facts_of
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import (
    basis_lines,
    paragraphs,
    recipient_lines,
    section,
)
from store.tables import Case

_HEAD = ("TRƯỞNG PHÒNG",)


def _filed(_: Session, row: Case) -> bool:
    there = row.kind is CaseKind.AD_HOC and row.state is not CaseState.DRAFT
    return there and not confidential(row.basis)


_WHEN = "giấy tờ có khi đề nghị đã được gửi; thuộc bí mật nhà nước thì lập riêng"


@paper(
    "ad-hoc-letter",
    "Tờ trình khen thưởng đột xuất",
    PaperOf.CASE,
    "matter",
    facts_of,
    once=_filed,
    when=_WHEN,
)
def ad_hoc_letter(facts: AdHocFacts) -> OfficialPaper:
    """Propose an award by the simplified procedure."""
    head = facts.by.head
    papers = ("Báo cáo tóm tắt thành tích", *facts.documents)
    return OfficialPaper(
        **of_department(facts.by, facts.key, facts.department, facts.filed_on),
        kind="TỜ TRÌNH",
        subject="Về việc đề nghị khen thưởng đột xuất theo thủ tục đơn giản",
        addressed=(head,),
        bases=basis_lines([f"Căn cứ {facts.by.plan}"]),
        body=paragraphs(
            f"{facts.department} kính đề nghị {head} tặng {facts.award} cho "
            f"{_whom(facts)}, đã có thành tích{_when(facts)}.",
            f"Thuộc trường hợp: {'; '.join(facts.cases)}.",
            f"Hồ sơ kèm theo: {'; '.join(dict.fromkeys(papers))}.",
            f"Kính trình {head} xem xét, quyết định./.",
        ),
        recipients=recipient_lines("Như trên", "Lưu: Hồ sơ phòng"),
        signature=Signature(capacity=_HEAD),
    )


@paper(
    "ad-hoc-report",
    "Báo cáo tóm tắt thành tích",
    PaperOf.CASE,
    "matter",
    facts_of,
    once=_filed,
    when=_WHEN,
)
def ad_hoc_report(facts: AdHocFacts) -> OfficialPaper:
    """Write shortly what was achieved: of whoever manages who achieved it."""
    unit = "" if facts.collective else f"; đơn vị: {facts.department}"
    return OfficialPaper(
        **of_department(facts.by, facts.key, facts.department, facts.filed_on),
        kind="BÁO CÁO TÓM TẮT THÀNH TÍCH",
        subject=f"Đề nghị tặng {facts.award} (khen thưởng đột xuất)",
        body=(
            *section("I. SƠ LƯỢC", f"{facts.subject}{unit}."),
            *section(
                "II. THÀNH TÍCH",
                f"Lập thành tích{_when(facts)}.",
                facts.achievement,
            ),
            *section("III. TRƯỜNG HỢP ĐỀ NGHỊ", *(f"- {x}." for x in facts.cases)),
        ),
        recipients=recipient_lines(facts.by.head, "Lưu: Hồ sơ"),
        signature=Signature(capacity=_HEAD),
    )


def _whom(facts: AdHocFacts) -> str:
    return "tập thể phòng" if facts.collective else facts.subject


def _when(facts: AdHocFacts) -> str:
    return f" ngày {day_vi(facts.achieved_on)}" if facts.achieved_on else ""
