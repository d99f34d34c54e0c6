"""The notice by which a department's list is given back for what is missing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from domain import ids
from domain.calendar import due_day
from domain.deadlines import DeadlineKind
from domain.states import SubmissionState
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import Letterhead, letterhead, of_office
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import (
    WHAT,
    WHO,
    day_in_full,
    listing,
    lowered,
    paragraphs,
    recipient_lines,
)
from store.database import one_of
from store.findings.papers.listed import listed
from store.tables import Campaign, Deadline, Department, Nomination, Phase, Submission


@dataclass(frozen=True, kw_only=True)
class ReturnFacts:
    """What is missing of which lines, and until when it may be supplied."""

    by: Letterhead
    key: str
    department: str
    standing: str
    occasion: str
    until: date | None
    missing: tuple[tuple[str, str, str], ...]


def facts_of(session: Session, row: Submission) -> ReturnFacts:
    """Read what was found missing in a department's list."""
    phase = session.get_one(Phase, row.phase)
    by = letterhead(session, session.get_one(Campaign, phase.campaign), phase.pack)
    flagged = {UUID(str(x["line"])): str(x["missing"]) for x in row.flagged or ()}
    found = session.exec(
        select(Nomination).where(one_of(col(Nomination.id), flagged))
    ).all()
    owner = str(ids.department(row.phase, row.department))
    deadline = session.get(Deadline, (owner, DeadlineKind.SUPPLEMENT))
    standing = session.exec(
        select(Department.name).where(col(Department.secretariat)).limit(1)
    ).first()
    return ReturnFacts(
        by=by,
        key=f"{row.phase}/{row.department}",
        department=session.get_one(Department, row.department).name,
        standing=standing or "",
        occasion=f"{lowered(phase.name)} năm {by.year}",
        until=due_day(deadline.due_at) if deadline else None,
        missing=tuple(
            (x.subject, x.title, flagged[x.id]) for x in listed(session, phase, found)
        ),
    )


@paper(
    "return-notice",
    "Thông báo trả hồ sơ để bổ sung",
    PaperOf.PART,
    "returned_list",
    facts_of,
    once=lambda _, row: row.state is SubmissionState.RETURNED,
    when="thông báo có khi hồ sơ của phòng bị trả lại để bổ sung",
)
def return_notice(facts: ReturnFacts) -> OfficialPaper:
    """Write what a department has to supply, and until when."""
    until = f"hết {day_in_full(facts.until)}" if facts.until else "hạn đã báo"
    head, standing = facts.by.head.upper(), facts.standing.upper()
    return OfficialPaper(
        **of_office(facts.by, facts.key, "TB"),
        kind="THÔNG BÁO",
        subject=f"Về việc trả hồ sơ đề nghị khen thưởng {facts.occasion} để bổ sung",
        addressed=(facts.department,),
        body=(
            *paragraphs(
                f"Qua thẩm định hồ sơ đề nghị khen thưởng {facts.occasion} của "
                f"{facts.department}, còn thiếu:"
            ),
            listing({WHO: 10, WHAT: 10, "Còn thiếu": 14}, facts.missing),
            *paragraphs(
                f"Đề nghị {facts.department} bổ sung và gửi lại trước khi {until}; các "
                "đề nghị khác của phòng giữ nguyên, không phải làm lại./."
            ),
        ),
        recipients=recipient_lines("Như trên", f"Lưu: VT, {facts.standing}"),
        signature=Signature(capacity=(f"TL. {head}", f"TRƯỞNG {standing}")),
    )
