"""The plan of a campaign (kế hoạch phát động), as it stands.

Law: NĐ 30/2020/NĐ-CP Phụ lục III (mẫu văn bản có tên loại).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.calendar import day_vi, local_day
from domain.states import CampaignState
from intake.phases import PlannedPhase
from intake.plans import Plan
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import Letterhead, draft, letterhead, of_office
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import (
    basis_lines,
    paragraphs,
    recipient_lines,
    section,
)
from store.office.people import names_of
from store.plans import plan_of, titles_of
from store.tables import Campaign

_UNSIGNED = (CampaignState.DRAFT, CampaignState.PENDING_UNION, CampaignState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """A plan, the names of its titles, and who launched it on which day."""

    by: Letterhead
    key: str
    plan: Plan
    titles: dict[str, str]
    signer: str
    signed_on: date | None


def facts_of(session: Session, row: Campaign) -> PlanFacts:
    """Read the plan as the campaign has it."""
    who = row.launched_by
    return PlanFacts(
        by=letterhead(session, row),
        key=row.id,
        plan=plan_of(session, row.id),
        titles={title.code: title.name_vi for title in titles_of(row)},
        signer=names_of(session, [who])[who] if who else "",
        signed_on=local_day(row.launched_at) if row.launched_at else None,
    )


@paper("plan", "Kế hoạch", PaperOf.CAMPAIGN, "plan", facts_of)
def plan_paper(facts: PlanFacts) -> OfficialPaper:
    """Write the plan whole, section by section."""
    plan = facts.plan
    subject = plan.title.removeprefix("Kế hoạch ")
    return OfficialPaper(
        **of_office(facts.by, facts.key, "KH", facts.signed_on),
        kind="KẾ HOẠCH",
        subject=f"{subject[:1].upper()}{subject[1:]}",
        bases=basis_lines(plan.legal_bases),
        body=(
            *paragraphs(plan.occasion or "", plan.opening),
            *section("I. MỤC ĐÍCH, YÊU CẦU"),
            *section("1. Mục đích", *plan.purposes),
            *section("2. Yêu cầu", *plan.requirements),
            *section("II. NỘI DUNG THI ĐUA"),
            *section("1. Chủ đề và nhiệm vụ", plan.theme, *plan.tasks),
            *section("2. Thời gian", *_phases(facts)),
            *section("3. Chỉ tiêu", *plan.commitments, *(x.text for x in plan.targets)),
            *section("III. TỔ CHỨC THỰC HIỆN", *(x.what for x in plan.organisation)),
            *paragraphs(*_ending(plan)),
        ),
        recipients=recipient_lines(*plan.recipients),
        signature=Signature(capacity=(plan.signatory.upper(),), name=facts.signer),
        reservations=draft(facts.by, signed=facts.signed_on is not None),
    )


def _ending(plan: Plan) -> Iterator[str]:
    yield from (each.text for each in plan.department_criteria)
    yield plan.closing or ""


def _phases(facts: PlanFacts) -> Iterator[str]:
    for phase in facts.plan.phases:
        yield f"{phase.name}: {phase.text}"
        yield from _days(phase)
        called = (facts.titles.get(code, code) for code in phase.titles)
        yield f"- Xét: {'; '.join(called)}."


def _days(phase: PlannedPhase) -> Iterable[str]:
    if phase.registration_opens and phase.registration_due:
        yield (
            f"- Đăng ký thi đua: từ {day_vi(phase.registration_opens)} đến hết "
            f"{day_vi(phase.registration_due)}."
        )
    yield (
        f"- Gửi hồ sơ đề nghị: từ {day_vi(phase.submission_opens)} đến hết "
        f"{day_vi(phase.submission_due)}; thẩm định đến {day_vi(phase.appraisal_due)}, "
        f"công khai {phase.public_notice_working_days} ngày làm việc."
    )
    yield (
        f"- Họp Hội đồng đến {day_vi(phase.council_meeting_by)}; quyết định đến "
        f"{day_vi(phase.director_due)}."
    )
