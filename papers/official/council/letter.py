"""The council's letter (tờ trình) to the director, with the list of those passed."""

from collections.abc import Sequence

from domain.states import LineState
from papers.official.council.facts import (
    COUNTED,
    BeforeCouncil,
    RoundVote,
    SittingFacts,
)
from papers.official.council.sittings import sitting_facts
from papers.official.department.lists import counted
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, draft, of_council
from papers.official.paper import ListedTable, OfficialPaper, Signature
from papers.official.writing import (
    WHAT,
    WHERE,
    WHO,
    basis_lines,
    count_of,
    day_in_full,
    listing,
    paragraphs,
    recipient_lines,
)


@paper(
    "letter",
    "Tờ trình của Hội đồng",
    PaperOf.SESSION,
    "sessions",
    sitting_facts,
    once=lambda _, row: row.state in COUNTED,
    when="tờ trình có khi đã kết thúc biểu quyết",
    page="/hoi-dong/{row.id}/ket-qua",
)
def letter(facts: SittingFacts) -> OfficialPaper:
    """Write what the council proposes, and to whom it may be granted."""
    passed = [x for x in facts.lines if x.outcome is LineState.COUNCIL_PASSED]
    minutes = f"Biên bản họp {COUNCIL} {day_in_full(facts.met_on)}"
    head = facts.by.head
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "TTr"),
        kind="TỜ TRÌNH",
        subject=f"Về việc đề nghị khen thưởng {facts.occasion}",
        addressed=(head,),
        bases=basis_lines([f"Căn cứ {facts.by.plan}", f"Căn cứ {minutes}"]),
        body=(
            *paragraphs(
                f"{COUNCIL} kính trình {head} xem xét, quyết định khen thưởng "
                f"{facts.occasion} đối với {count_of(len(passed))} đề nghị đã được Hội "
                "đồng thông qua (danh sách kèm theo), gồm:"
            ),
            counted([x.line for x in passed]),
            *paragraphs(_beyond(passed, head)),
        ),
        recipients=recipient_lines("Như trên", "Lưu: Hồ sơ Hội đồng"),
        signature=Signature(capacity=("TM. HỘI ĐỒNG", "CHỦ TỊCH"), name=facts.chair),
        annexes=(_list(passed),),
        reservations=draft(facts.by, signed=facts.signed),
    )


def _beyond(passed: Sequence[BeforeCouncil], head: str) -> str:
    many = sum(not x.line.ours for x in passed)
    if not many:
        return ""
    return (
        f"Trong đó {count_of(many)} đề nghị thuộc thẩm quyền cấp trên: {head} đồng ý "
        "thì trình cấp trên xem xét, quyết định."
    )


def _list(passed: Sequence[BeforeCouncil]) -> ListedTable:
    return listing(
        {WHO: 8, WHERE: 8, WHAT: 8, "Phiếu đồng ý": 4},
        (
            (x.line.subject, x.line.department, x.line.title, _share(x.votes))
            for x in passed
        ),
        title="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        subtitle=f"(Kèm theo Tờ trình của {COUNCIL})",
    )


def _share(votes: Sequence[RoundVote]) -> str:
    if not votes or votes[-1].yes is None:
        return "Đạt"
    return f"{count_of(votes[-1].yes)}/{count_of(votes[-1].electors)}"
