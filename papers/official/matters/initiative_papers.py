"""What an initiative is applied for with: the application, and the report.

Law: NĐ 13/2012/NĐ-CP (Điều lệ sáng kiến); the forms of TT 18/2013/TT-BKHCN.
"""

from sqlmodel import Session

from domain.calendar import day_vi
from domain.states import CaseKind, CaseState
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_office
from papers.official.matters.initiative import InitiativeFacts, facts_of, shares
from papers.official.paper import Article, OfficialPaper, Signature
from papers.official.writing import (
    ROOM,
    WHERE,
    listing,
    paragraphs,
    recipient_lines,
    section,
)
from store.tables import Case

COUNCIL = "Hội đồng sáng kiến"
_PROMISE = (
    "cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật và hoàn toàn "
    "chịu trách nhiệm trước pháp luật."
)


def _filed(_: Session, row: Case) -> bool:
    return row.kind is CaseKind.INITIATIVE and row.state is not CaseState.DRAFT


@paper(
    "initiative-application",
    "Đơn yêu cầu công nhận sáng kiến",
    PaperOf.CASE,
    "matter",
    facts_of,
    once=_filed,
    when="đơn có khi sáng kiến đã được gửi",
)
def initiative_application(facts: InitiativeFacts) -> OfficialPaper:
    """Ask for recognition, with room for what the rows do not hold."""
    who = "Tôi" if len(facts.authors) == 1 else "Chúng tôi"
    used_on = day_vi(facts.used_on) if facts.used_on else ROOM
    return OfficialPaper(
        **of_office(facts.by, facts.key, "ĐƠN", facts.filed_on) | {"number": ""},
        kind="ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",
        subject=facts.title,
        addressed=(f"{COUNCIL} {facts.by.issuer}",),
        body=(
            Article(text=f"{who} là tác giả của sáng kiến nêu trên:"),
            listing(
                {"Họ và tên": 8, WHERE: 8, "Chức danh, trình độ": 6, "Đóng góp (%)": 3},
                ((x.name, x.department, "", str(x.share)) for x in facts.authors),
            ),
            *paragraphs(
                f"Lĩnh vực áp dụng: {ROOM}",
                f"Ngày áp dụng lần đầu hoặc áp dụng thử: {used_on}.",
                f"Bản chất của sáng kiến: {facts.matter}",
                f"Thông tin cần được bảo mật (nếu có): {ROOM}",
                f"Điều kiện cần thiết để áp dụng: {ROOM}",
                f"Lợi ích thu được: {ROOM}",
                f"{who} {_PROMISE}",
            ),
        ),
        recipients=recipient_lines(COUNCIL, "Lưu: Hồ sơ sáng kiến"),
        signature=Signature(capacity=("NGƯỜI NỘP ĐƠN",), name=facts.applicant),
    )


@paper(
    "initiative-report",
    "Báo cáo sáng kiến",
    PaperOf.CASE,
    "matter",
    facts_of,
    once=_filed,
    when="báo cáo có khi sáng kiến đã được gửi",
)
def initiative_report(facts: InitiativeFacts) -> OfficialPaper:
    """Describe an initiative, with room for what the rows do not hold."""
    used_on = day_vi(facts.used_on) if facts.used_on else ROOM
    return OfficialPaper(
        **of_office(facts.by, facts.key, "BC", facts.filed_on) | {"number": ""},
        kind="BÁO CÁO SÁNG KIẾN",
        subject=facts.title,
        body=(
            *section("I. TÁC GIẢ", *(f"- {said}" for said in shares(facts))),
            *section("II. HIỆN TRẠNG TRƯỚC KHI ÁP DỤNG", ROOM),
            *section(
                "III. NỘI DUNG SÁNG KIẾN",
                facts.matter,
                f"Áp dụng lần đầu: {used_on}, tại {facts.by.issuer}.",
            ),
            *section("IV. HIỆU QUẢ, PHẠM VI ẢNH HƯỞNG", ROOM),
        ),
        recipients=recipient_lines(COUNCIL, "Lưu: Hồ sơ sáng kiến"),
        beside=Signature(capacity=("XÁC NHẬN CỦA PHÒNG", "TRƯỞNG PHÒNG")),
        signature=Signature(capacity=("NGƯỜI BÁO CÁO",), name=facts.applicant),
    )
