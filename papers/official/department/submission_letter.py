"""A department's submission letter (tờ trình) with its list."""

from collections.abc import Sequence

from domain.states import SubmissionState
from papers.official.department.lists import (
    PartFacts,
    counted,
    nominees,
    part_facts,
    signed_by,
)
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, of_department
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import (
    basis_lines,
    day_in_full,
    paragraphs,
    recipient_lines,
)

_LIST = "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"
_S = SubmissionState
# Sent, and not taken back, wherever it has gone from there.
_SENT = (_S.SUBMITTED, _S.RECEIVED, _S.RETURNED, _S.RESUBMITTED, _S.APPRAISED)


@paper(
    "submission-letter",
    "Tờ trình của phòng",
    PaperOf.PART,
    "department_papers",
    part_facts,
    once=lambda _, row: row.state in _SENT,
    when="tờ trình có khi phòng đã gửi danh sách đề nghị",
)
def submission_letter(facts: PartFacts) -> OfficialPaper:
    """Write what the department proposes to the council."""
    sent_on = day_in_full(facts.sent_on)
    return OfficialPaper(
        **of_department(facts.by, facts.key, facts.department, facts.sent_on),
        kind="TỜ TRÌNH",
        subject=f"Về việc đề nghị xét khen thưởng {facts.occasion}",
        addressed=(COUNCIL,),
        bases=basis_lines([f"Căn cứ {facts.by.plan}", *_review(facts)]),
        body=(
            *paragraphs(
                f"{facts.department} kính đề nghị {COUNCIL} xem xét, trình "
                f"{facts.by.head} quyết định khen thưởng {facts.occasion} đối với các "
                "tập thể, cá nhân có tên trong danh sách kèm theo, gồm:"
            ),
            counted(facts.lines),
            *paragraphs(f"Kính trình {COUNCIL} xem xét, quyết định./."),
        ),
        recipients=recipient_lines("Như trên", "Lưu: Hồ sơ phòng"),
        signature=Signature(capacity=signed_by(facts), name=facts.signer),
        annexes=(nominees(facts.lines, _LIST, f"(Kèm theo Tờ trình {sent_on})"),),
    )


def _review(facts: PartFacts) -> Sequence[str]:
    if facts.reviewed_on is None:
        return []
    return [f"Căn cứ Biên bản họp bình xét {day_in_full(facts.reviewed_on)} của phòng"]
