"""The letter (tờ trình) by which the office proposes to a superior what is not its own.

Law: Luật Thi đua, khen thưởng 2022 Điều 83, 84 (hồ sơ đề nghị).
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from domain.states import DecisionKind, LineState
from papers.official.department.lists import counted
from papers.official.director.decision import DecisionFacts, facts_of
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, draft, of_office
from papers.official.paper import ListedTable, OfficialPaper, Signature
from papers.official.writing import (
    WHAT,
    WHERE,
    WHO,
    WHY,
    basis_lines,
    listing,
    paragraphs,
    recipient_lines,
)
from store.findings.papers.listed import ListedLine, in_list_order
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Nomination, Phase

_DOSSIER = (
    "Hồ sơ kèm theo: báo cáo thành tích; biên bản họp xét khen thưởng; các giấy tờ ghi "
    "ở danh sách./."
)
# Passed by the council or approved, on the way up, or answered on.
_UPWARD = (
    LineState.COUNCIL_PASSED,
    LineState.DIRECTOR_APPROVED,
    LineState.FORWARDED_UPWARD,
    LineState.SUPERIOR_AWARDED,
    LineState.SUPERIOR_DECLINED,
    LineState.SUPERIOR_RETURNED,
)


@dataclass(frozen=True, kw_only=True)
class UpwardFacts:
    """What of a decision is a superior's to grant, and whose."""

    decision: DecisionFacts
    superior: str
    lines: tuple[ListedLine, ...]


def upward_facts(session: Session, row: Decision) -> UpwardFacts:
    """Read what is to be proposed to the superior."""
    phase = session.get_one(Phase, row.phase)
    lines = session.exec(_upward(session, phase, row)).all()
    found = in_list_order(session, phase, lines)
    above = [x.name_vi for x in pack_of(session, phase).authorities if not x.ours]
    return UpwardFacts(
        decision=facts_of(session, row),
        superior=above[0] if above else "",
        lines=tuple(found),
    )


def _upward(session: Session, phase: Phase, row: Decision) -> Any:
    pack = pack_of(session, phase)
    theirs = [x.code for x in pack.titles if not pack.is_ours(x.code)]
    return (
        select(Nomination)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .where(
            DecisionLine.decision == row.id,
            col(Nomination.secret).is_(False),
            col(Nomination.state).in_(_UPWARD),
            col(Nomination.title).in_(theirs),
        )
    )


def goes_upward(session: Session, row: Decision) -> bool:
    """Say whether something of a decision is a superior's to grant."""
    phase = session.get_one(Phase, row.phase)
    query = _upward(session, phase, row).limit(1)
    award = row.kind is DecisionKind.AWARD
    return award and session.exec(query).first() is not None


@paper(
    "province-letter",
    "Tờ trình lên cấp trên",
    PaperOf.DECISION,
    "decisions",
    upward_facts,
    once=goes_upward,
    when="quyết định này không có đề nghị nào thuộc thẩm quyền cấp trên",
)
def province_letter(facts: UpwardFacts) -> OfficialPaper:
    """Write what the office asks of its superior, with the list."""
    by, occasion = facts.decision.by, facts.decision.occasion
    return OfficialPaper(
        **of_office(by, facts.decision.key, "TTr"),
        kind="TỜ TRÌNH",
        subject=f"Về việc đề nghị khen thưởng {occasion}",
        addressed=(facts.superior,),
        bases=basis_lines([f"Căn cứ đề nghị của {COUNCIL} cơ quan {occasion}"]),
        body=(
            *paragraphs(
                f"{by.issuer} kính trình {facts.superior} xem xét, quyết định khen "
                f"thưởng {occasion} đối với các tập thể, cá nhân có tên trong danh "
                "sách kèm theo, gồm:"
            ),
            counted(facts.lines),
            *paragraphs(_DOSSIER),
        ),
        recipients=recipient_lines("Như trên", "Lưu: VT"),
        signature=Signature(capacity=(by.head.upper(),)),
        annexes=(_list(facts),),
        reservations=draft(
            by,
            signed=facts.decision.signed_on is not None,
            because=f"{by.head} chưa quyết định",
        ),
    )


def _list(facts: UpwardFacts) -> ListedTable:
    rows = ((x.subject, x.department, x.title, x.achievement) for x in facts.lines)
    return listing(
        {WHO: 7, WHERE: 6, WHAT: 7, WHY: 12},
        rows,
        title="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        subtitle=f"(Kèm theo Tờ trình của {facts.decision.by.issuer})",
    )
