"""The certificate that somebody is handed for what they were awarded (giấy khen)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, true
from sqlmodel import Session, col, func, select

from domain.rules.titles import TitleKind
from domain.states import DecisionKind, DecisionState, LineState
from papers.official.director.decision import DecisionFacts, capacity_of, facts_of
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_office
from papers.official.paper import Layout, OfficialPaper, Signature
from papers.official.writing import day_in_full, paragraphs
from store.findings.papers.listed import ListedLine, in_list_order
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Nomination, Phase


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What was awarded to whom, and by which decision; *commends* tells a
    commendation, which is itself a certificate, from a title.
    """

    decision: DecisionFacts
    line: ListedLine
    commends: bool


Award = tuple[Nomination, CertificateFacts]


def certificate_facts(session: Session, row: Nomination) -> CertificateFacts:
    """Read an award that the office has granted."""
    decision = session.exec(_granting(row)).one()
    [(_, facts)] = _facts(session, decision, [row])
    return facts


def certificates_of(session: Session, decision: Decision) -> list[Award]:
    """Read every award that a decision has granted and that stands, in list order.

    None until it is issued. What was taken back or declined has none any more; one on
    a state secret is made by itself.
    """
    return _facts(session, decision, session.exec(_granted_by(decision)).all())


def how_many(session: Session, decision: Decision) -> int:
    """Count the certificates of a decision."""
    rows = _granted_by(decision).subquery()
    return session.exec(select(func.count()).select_from(rows)).one()


def _granted_by(decision: Decision) -> Any:
    issued = (DecisionKind.AWARD, DecisionState.ISSUED)
    return (
        select(Nomination)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .where(
            true() if (decision.kind, decision.state) == issued else false(),
            DecisionLine.decision == decision.id,
            DecisionLine.outcome == LineState.DIRECTOR_APPROVED,
            Nomination.state == LineState.AWARDED,
            col(Nomination.secret).is_(False),
        )
    )


def _facts(
    session: Session, decision: Decision, rows: Sequence[Nomination]
) -> list[Award]:
    phase = session.get_one(Phase, decision.phase)
    pack, facts = pack_of(session, phase), facts_of(session, decision)
    own = {each.id: each for each in rows}

    def commends(row: Nomination) -> bool:
        return pack.title(row.title).kind is TitleKind.COMMENDATION

    return [
        (row, CertificateFacts(decision=facts, line=line, commends=commends(row)))
        for line in in_list_order(session, phase, rows)
        for row in [own[line.id]]
    ]


def _granting(row: Nomination) -> Any:
    return (
        select(Decision)
        .join(DecisionLine, col(DecisionLine.decision) == col(Decision.id))
        .where(
            DecisionLine.line == row.id,
            Decision.kind == DecisionKind.AWARD,
            Decision.state == DecisionState.ISSUED,
        )
        .order_by(col(Decision.ordinal).desc())
        .limit(1)
    )


def _granted(session: Session, row: Nomination) -> bool:
    awarded = row.state is LineState.AWARDED and not row.secret
    return awarded and session.exec(_granting(row)).first() is not None


@paper(
    "certificate",
    "Giấy khen, giấy chứng nhận",
    PaperOf.LINE,
    "line",
    certificate_facts,
    once=_granted,
    when="giấy có khi quyết định tặng đã ban hành",
    layout=Layout.CERTIFICATE,
)
def certificate(facts: CertificateFacts) -> OfficialPaper:
    """Write who is awarded what, for what, and by which decision."""
    decision, line = facts.decision, facts.line
    award = line.title.partition(" của ")[0]
    kind = award if facts.commends else "Giấy chứng nhận"
    what = "" if facts.commends else f"Đạt danh hiệu “{award}” {decision.occasion}"
    number, day = decision.written_number, day_in_full(decision.signed_on)
    return OfficialPaper(
        **of_office(decision.by, decision.key, "QĐ", decision.signed_on)
        | {"number": f"Quyết định số {number} {day}"},
        kind=kind.upper(),
        subject=line.subject,
        authority=decision.by.head,
        resolves="TẶNG",
        body=paragraphs(
            "" if line.collective else line.department,
            what,
            f"Đã có thành tích: {line.achievement}" if line.achievement else "",
        ),
        signature=Signature(capacity=capacity_of(decision), name=decision.signer),
    )
