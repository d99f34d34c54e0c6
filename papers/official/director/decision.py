"""A decision on awards as a paper, and one that amends or undoes it.

Law: NĐ 30/2020/NĐ-CP Điều 18 (sửa đổi bằng văn bản cùng hình thức), Phụ lục I, III.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from domain.calendar import local_day
from domain.delegation import CAPACITIES, Capacity
from domain.numbering import numbered
from domain.roles import ROLE_NAMES, own_words
from domain.states import DecisionKind
from papers.official.bases import law_of
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, Letterhead, draft, letterhead, of_office
from papers.official.paper import Article, ListedTable, OfficialPaper, Origin, Signature
from papers.official.writing import (
    WHAT,
    WHERE,
    WHO,
    basis_lines,
    count_of,
    day_in_full,
    listing,
    lowered,
    recipient_lines,
)
from papers.terms import AD_HOC
from store.findings.papers.decided import decided_lines
from store.findings.papers.listed import ListedLine
from store.tables import Campaign, Decision, Person, Phase

_MONEY = "Mức tiền thưởng và nguồn chi theo quy định của pháp luật hiện hành."
AWARDED = {WHO: 10, WHERE: 10, WHAT: 10}


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What the rows say of a decision, when the paper is made.

    *signer_post* is the post of the one who has signed in a *capacity* for the head.
    *amends* is the number and day of what another decision amends, and *content* what
    it changes and why.
    """

    by: Letterhead
    key: str
    kind: DecisionKind
    occasion: str
    pack: str
    number: int | None
    series: str
    signed_on: date | None
    signer: str
    signer_post: str
    capacity: Capacity | None
    by_council: bool
    lines: tuple[ListedLine, ...]
    amends: str
    content: dict[str, Any]
    head_digest: str

    @property
    def written_number(self) -> str:
        """Its number as it stands on paper: 07/QĐ-VP."""
        return numbered(self.number, self.series)


def facts_of(session: Session, row: Decision) -> DecisionFacts:
    """Read what a decision says, and of what."""
    phase = session.get_one(Phase, row.phase)
    by = letterhead(session, session.get_one(Campaign, row.campaign), phase.pack)
    signer = session.get_one(Person, row.decided_by) if row.decided_by else None
    return DecisionFacts(
        by=by,
        key=row.id,
        kind=row.kind,
        occasion=occasion_of(by, row, phase),
        pack=phase.pack,
        number=row.number,
        series=row.series or by.series,
        signed_on=local_day(row.decided_at) if row.decided_at else None,
        signer=signer.name if signer else "",
        signer_post=_post(row, by.head),
        capacity=row.capacity,
        by_council=row.session is not None,
        lines=tuple(decided_lines(session, phase, row)),
        amends=_amended(session, row),
        content=row.content or {},
        head_digest=(row.head_digest or "")[:16],
    )


def occasion_of(by: Letterhead, row: Decision, phase: Phase) -> str:
    """Name what a decision is about: its phase, unless no council has led up to it."""
    name = AD_HOC if row.session is None else phase.name
    return f"{lowered(name)} năm {by.year}"


def _post(row: Decision, head: str) -> str:
    if row.capacity is None:
        return ""
    return own_words(ROLE_NAMES[CAPACITIES[row.capacity].held_by], head)


def _amended(session: Session, row: Decision) -> str:
    if row.kind is DecisionKind.AWARD or row.amends is None:
        return ""
    return named(session.get_one(Decision, row.amends))


def named(row: Decision) -> str:
    """Name a decision by its number and day, as other papers do."""
    number = numbered(row.number, row.series or "")
    day = day_in_full(local_day(row.decided_at) if row.decided_at else None)
    return f"Quyết định số {number} {day}"


@paper("decision", "Quyết định", PaperOf.DECISION, "decisions", facts_of)
def decision_paper(facts: DecisionFacts) -> OfficialPaper:
    """Write a decision; one that is not signed yet is a draft, and says so."""
    articles = [
        Article(heading=f"Điều {at}.", text=text)
        for at, text in enumerate(_articles(facts), 1)
    ]
    return OfficialPaper(
        **_head(facts),
        kind="QUYẾT ĐỊNH",
        subject=_subject(facts),
        authority=facts.by.head,
        bases=basis_lines([*law_of(facts.pack), *_basis_of_amending(facts)]),
        proposal=f"Theo đề nghị của {COUNCIL}." if facts.by_council else "",
        resolves="QUYẾT ĐỊNH:",
        body=tuple(articles),
        recipients=recipient_lines(f"Như Điều {len(articles)}", *facts.by.recipients),
        signature=Signature(capacity=capacity_of(facts), name=facts.signer),
        annexes=_annexes(facts),
        reservations=draft(facts.by, signed=facts.signed_on is not None),
    )


def _head(facts: DecisionFacts) -> dict[str, Any]:
    """Head it by its own number; what leads back is the record when it was issued."""
    code = " · ".join(filter(None, (facts.key, facts.head_digest)))
    return of_office(facts.by, facts.key, "QĐ", facts.signed_on) | {
        "number": f"Số: {facts.written_number}",
        "origin": Origin(code=code, made_at=facts.by.made_at),
    }


def _subject(facts: DecisionFacts) -> str:
    match facts.kind:
        case DecisionKind.AWARD:
            return f"Về việc công nhận danh hiệu thi đua, khen thưởng {facts.occasion}"
        case DecisionKind.CORRECTION:
            return f"Về việc sửa đổi {facts.amends}"
    return f"Về việc hủy bỏ kết quả khen thưởng tại {facts.amends}"


def _basis_of_amending(facts: DecisionFacts) -> Sequence[str]:
    return [f"Căn cứ {facts.amends}"] if facts.amends else []


def _articles(facts: DecisionFacts) -> Sequence[str]:
    ending = (
        "Quyết định này có hiệu lực kể từ ngày ký. Trưởng các phòng có liên quan và "
        "tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    )
    content = facts.content
    match facts.kind:
        case DecisionKind.AWARD:
            awards = (
                f"Công nhận danh hiệu thi đua, khen thưởng {whom(facts.lines)} "
                f"{facts.occasion} (có danh sách kèm theo)."
            )
            return [awards, _MONEY, ending]
        case DecisionKind.CORRECTION:
            said = f"«{content['printed']}» sửa thành «{content['corrected']}»"
            return [f"Sửa đổi {facts.amends}: {said}. {content['reason']}", ending]
    reason = content.get("reason", "")
    undone = "; ".join(f"{each.title}: {each.subject}" for each in facts.lines)
    return [f"Hủy bỏ kết quả tại {facts.amends}: {undone}. {reason}", ending]


def whom(lines: Sequence[ListedLine]) -> str:
    """Count who is awarded: «01 lượt tập thể và 05 lượt cá nhân»."""
    together = sum(each.collective for each in lines)
    parts = [
        f"{count_of(many)} {what}"
        for many, what in (
            (together, "lượt tập thể"),
            (len(lines) - together, "lượt cá nhân"),
        )
        if many
    ]
    return " và ".join(parts) or "các tập thể, cá nhân"


def _annexes(facts: DecisionFacts) -> tuple[ListedTable, ...]:
    if facts.kind is not DecisionKind.AWARD:
        return ()
    told = f"{facts.written_number} {day_in_full(facts.signed_on)}"
    list_of = listing(
        AWARDED,
        ((x.subject, x.department, x.title) for x in facts.lines),
        title="DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG",
        subtitle=f"(Kèm theo Quyết định số {told})",
    )
    return (list_of,)


def capacity_of(facts: DecisionFacts) -> tuple[str, ...]:
    """Say in what capacity a decision is signed: «KT. CHÁNH VĂN PHÒNG»."""
    head = facts.by.head.upper()
    if facts.capacity is None:
        return (head,)
    prefix = CAPACITIES[facts.capacity].prefix
    return (f"{prefix} {head}", facts.signer_post.upper())
