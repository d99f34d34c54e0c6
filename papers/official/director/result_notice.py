"""The notice of results (thông báo kết quả) of a decision that is issued."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from domain.states import DecisionKind, DecisionState, LineState
from papers.official.director.decision import (
    AWARDED,
    DecisionFacts,
    facts_of,
    whom,
)
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, of_office
from papers.official.paper import Article, OfficialPaper, Signature
from papers.official.writing import (
    count_of,
    day_in_full,
    listing,
    paragraphs,
    recipient_lines,
)
from store.tables import Decision, DecisionLine, Nomination, Posting

_ISSUED = (DecisionState.ISSUED, DecisionState.RESCINDED)


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """A decision, how many it did not grant, and where its results hang."""

    decision: DecisionFacts
    declined: int
    posting: str


def result_facts(session: Session, row: Decision) -> ResultFacts:
    """Read what a decision came to; of those not granted the number alone."""
    declined = session.exec(
        select(func.count())
        .select_from(DecisionLine)
        .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
        .where(
            DecisionLine.decision == row.id,
            DecisionLine.outcome == LineState.DIRECTOR_DECLINED,
            col(Nomination.secret).is_(False),
        )
    ).one()
    posting = session.get(Posting, (row.id, 1))
    return ResultFacts(
        decision=facts_of(session, row),
        declined=declined,
        posting=f"{posting.place}, đến hết {day_in_full(posting.on_view_until)}"
        if posting
        else "",
    )


def issued(_: Session, row: Decision) -> bool:
    """Say whether a decision on awards is out."""
    return row.state in _ISSUED and row.kind is DecisionKind.AWARD


@paper(
    "result-notice",
    "Thông báo kết quả",
    PaperOf.DECISION,
    "decisions",
    result_facts,
    once=issued,
    when="thông báo có khi quyết định khen thưởng đã ban hành",
)
def result_notice(facts: ResultFacts) -> OfficialPaper:
    """Write who was awarded what by which decision."""
    decision, by = facts.decision, facts.decision.by
    named = f"{decision.written_number} {day_in_full(decision.signed_on)}"
    rows = ((x.subject, x.department, x.title) for x in decision.lines)
    return OfficialPaper(
        **of_office(by, decision.key, "TB"),
        kind="THÔNG BÁO",
        subject=f"Kết quả xét khen thưởng {decision.occasion}",
        body=(
            *paragraphs(
                f"Theo Quyết định số {named}, {by.issuer} thông báo kết quả: "
                f"{whom(decision.lines)} được khen thưởng {decision.occasion}, gồm:"
            ),
            listing(AWARDED, rows),
            *_others(facts),
        ),
        recipients=recipient_lines("Các phòng thuộc cơ quan", *by.recipients),
        signature=Signature(capacity=(by.head.upper(),)),
    )


def _others(facts: ResultFacts) -> tuple[Article, ...]:
    return paragraphs(
        f"Không khen thưởng: {count_of(facts.declined)} đề nghị; lý do đã báo riêng "
        "cho phòng đề nghị."
        if facts.declined
        else "",
        f"Kết quả được công khai tại {facts.posting}." if facts.posting else "",
        f"Ý kiến về kết quả gửi {COUNCIL} trong thời hạn luật định./.",
    )
