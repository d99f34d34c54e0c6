"""The invitation to a meeting of the council (giấy mời)."""

from domain.states import SessionState
from papers.official.council.facts import SittingFacts
from papers.official.council.sittings import sitting_facts
from papers.official.department.lists import how_many
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, council_recipients, of_council
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import paragraphs, recipient_lines
from papers.wording import moment


@paper(
    "invitation",
    "Giấy mời họp",
    PaperOf.SESSION,
    "sessions",
    sitting_facts,
    once=lambda _, row: row.state is SessionState.CONVENED,
    when="giấy mời chỉ lập được trước khi họp",
)
def invitation(facts: SittingFacts) -> OfficialPaper:
    """Write when and where the council meets, and on what."""
    agenda = "; ".join(
        f"{title}: {many} đề nghị"
        for title, many in how_many([x.line for x in facts.lines])
    )
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "GM"),
        kind="GIẤY MỜI",
        subject=f"Họp xét khen thưởng {facts.occasion}",
        addressed=tuple(f"{x.name} ({x.seat})" for x in facts.members),
        body=paragraphs(
            f"{COUNCIL} trân trọng kính mời các thành viên dự phiên họp thứ "
            f"{facts.row.number}.",
            f"1. Thời gian: {moment(facts.row.meets_at)}.",
            f"2. Địa điểm: {facts.row.place}.",
            f"3. Nội dung: xét khen thưởng {facts.occasion} ({agenda or 'chưa có'}).",
            "Thành viên không dự được đề nghị báo Thư ký Hội đồng trước ngày họp để "
            "gửi phiếu lấy ý kiến bằng văn bản./.",
        ),
        recipients=recipient_lines(*council_recipients()),
        signature=Signature(capacity=("TM. HỘI ĐỒNG", "CHỦ TỊCH"), name=_chair(facts)),
    )


def _chair(facts: SittingFacts) -> str:
    return next((x.name for x in facts.members if x.seat == "Chủ tịch"), "")
