"""The form on which a member who is away gives their opinion in writing."""

from domain.council.ballots import Method
from domain.states import SessionState
from papers.official.council.facts import SittingFacts
from papers.official.council.sheets import on_sheets
from papers.official.council.sittings import sitting_facts
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_council
from papers.official.paper import OfficialPaper
from papers.official.writing import paragraphs

_IN_ROOM = (Method.HANDS,)
_HOW = (
    "Ghi dấu X vào một ô ở mỗi dòng, cho phiếu vào phong bì dán kín, không ghi tên, "
    "gửi Thư ký Hội đồng trước khi kiểm phiếu. Thành viên không biểu quyết một đề "
    "nghị thì không nhận tờ có đề nghị đó."
)


@paper(
    "written-ballot",
    "Phiếu lấy ý kiến bằng văn bản",
    PaperOf.SESSION,
    "sessions",
    sitting_facts,
    once=lambda _, row: row.state in (SessionState.CONVENED, SessionState.VOTING),
    when="phiếu chỉ in được trước khi kiểm phiếu",
)
def written_ballot(facts: SittingFacts) -> OfficialPaper:
    """Write the form: it comes back in a closed envelope, and bears no name either."""
    sheets = [each.lines for each in facts.open_sheets if each.method not in _IN_ROOM]
    first, others = on_sheets("PHIẾU LẤY Ý KIẾN BẰNG VĂN BẢN", sheets or [()], _HOW)
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "PYK") | {"number": ""},
        kind="PHIẾU LẤY Ý KIẾN BẰNG VĂN BẢN",
        subject=f"Về việc xét khen thưởng {facts.occasion}",
        body=(
            *paragraphs(
                "Dùng cho thành viên Hội đồng không dự phiên họp "
                f"{facts.when_and_where}. {first.subtitle[1:-1]}."
            ),
            first,
        ),
        annexes=others,
    )
