"""What a department nominates in a phase, as its papers list it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from domain.calendar import local_day
from domain.roles import Role
from domain.states import LineState
from papers.official.letterhead import Letterhead, letterhead
from papers.official.paper import ListedTable
from papers.official.writing import COUNT, WHAT, WHO, WHY, count_of, listing, lowered
from store.findings.papers.listed import ListedLine, in_list_order
from store.office.people import offices_of
from store.tables import Campaign, Department, Nomination, Person, Phase, Submission

HEAD_OF_DEPARTMENT = "TRƯỞNG PHÒNG"


@dataclass(frozen=True, kw_only=True)
class PartFacts:
    """What a department has sent in a phase, who has signed it and when.

    *leads* tells the head from whoever the department has charged with it.
    """

    by: Letterhead
    key: str
    department: str
    occasion: str
    signer: str
    leads: bool
    sent_on: date | None
    reviewed_on: date | None
    lines: tuple[ListedLine, ...]


def part_facts(session: Session, row: Submission) -> PartFacts:
    """Read what a department has sent; what it took back is no part of it."""
    phase = session.get_one(Phase, row.phase)
    by = letterhead(session, session.get_one(Campaign, phase.campaign), phase.pack)
    lines = session.exec(
        select(Nomination).where(
            Nomination.phase == row.phase,
            Nomination.department == row.department,
            Nomination.state != LineState.WITHDRAWN,
        )
    ).all()
    signer = session.get(Person, row.submitted_by) if row.submitted_by else None
    sent_on = local_day(row.submitted_at) if row.submitted_at else None
    held = row.peer_review or {}
    return PartFacts(
        by=by,
        key=f"{row.phase}/{row.department}",
        department=session.get_one(Department, row.department).name,
        occasion=f"{lowered(phase.name)} năm {by.year}",
        signer=signer.name if signer else "",
        leads=not (signer and sent_on) or _leads(session, signer.id, sent_on),
        sent_on=sent_on,
        reviewed_on=date.fromisoformat(held["held_on"]) if held else None,
        lines=tuple(in_list_order(session, phase, lines)),
    )


def _leads(session: Session, person: str, day: date) -> bool:
    return Role.DEPARTMENT_HEAD in offices_of(session, [person], day)[person]


def signed_by(facts: PartFacts) -> tuple[str, ...]:
    """Say in what capacity a department's paper is signed."""
    if facts.leads:
        return (HEAD_OF_DEPARTMENT,)
    return (f"TL. {HEAD_OF_DEPARTMENT}", "NGƯỜI ĐƯỢC GIAO VIỆC THI ĐUA")


def how_many(lines: Sequence[ListedLine]) -> list[tuple[str, str]]:
    """Count lines by title, in their order."""
    counts = Counter(line.title for line in lines)
    return [(title, count_of(many)) for title, many in counts.items()]


def counted(lines: Sequence[ListedLine]) -> ListedTable:
    """List how many are nominated for what."""
    return listing({WHAT: 16, COUNT: 6}, how_many(lines))


def nominees(lines: Sequence[ListedLine], title: str, subtitle: str) -> ListedTable:
    """List who is nominated, for what, and why (danh sách trích ngang)."""
    return listing(
        {WHO: 8, WHAT: 7, WHY: 12, "Hồ sơ kèm theo": 7},
        ((x.subject, x.title, x.achievement, "; ".join(x.documents)) for x in lines),
        title=title,
        subtitle=subtitle,
    )
