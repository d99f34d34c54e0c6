"""The emulation pact (giao ước) between the agency and its union.

Law: Luật Thực hiện dân chủ ở cơ sở 2022 Điều 51: signed at the staff conference.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.calendar import local_day
from intake.plans import Plan
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import Letterhead, draft, letterhead, of_office
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import paragraphs, recipient_lines, section
from store.office.people import names_of
from store.plans import plan_of
from store.tables import Campaign

_UNION = ("TM. BCH CÔNG ĐOÀN", "CHỦ TỊCH")
_BOTH = "và Ban Chấp hành Công đoàn cơ quan thống nhất ký giao ước thi đua:"
_COMMITMENT = (
    "Hai bên phối hợp tổ chức, kiểm tra việc thực hiện, sơ kết, tổng kết và khen "
    "thưởng kịp thời, công khai, đúng quy định./."
)


@dataclass(frozen=True, kw_only=True)
class PactFacts:
    """What both sides agree on, and which of them have signed."""

    by: Letterhead
    key: str
    plan: Plan
    director: str
    union: str
    signed_on: date | None


def facts_of(session: Session, row: Campaign) -> PactFacts:
    """Read the pact of a campaign."""
    signed = [row.signed_by_director or "", row.signed_by_union or ""]
    names = names_of(session, filter(None, signed))
    return PactFacts(
        by=letterhead(session, row),
        key=row.id,
        plan=plan_of(session, row.id),
        director=names.get(signed[0], ""),
        union=names.get(signed[1], ""),
        signed_on=local_day(row.pact_signed_at) if row.pact_signed_at else None,
    )


@paper("pact", "Bản giao ước thi đua", PaperOf.CAMPAIGN, "plan", facts_of)
def pact(facts: PactFacts) -> OfficialPaper:
    """Write the pact: both sides sign it, each for its own."""
    plan = facts.plan
    occasion = plan.follow_up.pact_occasion
    where = f"Tại {occasion}, lãnh đạo" if occasion else "Lãnh đạo"
    return OfficialPaper(
        **of_office(facts.by, facts.key, "GƯ", facts.signed_on) | {"number": ""},
        kind="BẢN GIAO ƯỚC THI ĐUA",
        subject=f"Giữa Chính quyền và Công đoàn năm {plan.year}",
        body=(
            *paragraphs(f"{where} {plan.issuer} {_BOTH}"),
            *section("1. Chủ đề", plan.theme),
            *section("2. Nhiệm vụ", *plan.tasks),
            *section("3. Chỉ tiêu", *plan.commitments, *(x.text for x in plan.targets)),
            *section("4. Cam kết", _COMMITMENT),
        ),
        recipients=recipient_lines(*plan.recipients),
        beside=Signature(capacity=_UNION, name=facts.union),
        signature=Signature(capacity=(facts.by.head.upper(),), name=facts.director),
        reservations=draft(facts.by, signed=facts.signed_on is not None),
    )
