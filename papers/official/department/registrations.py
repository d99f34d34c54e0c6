"""What is aimed for: a department's registration, and that of the whole campaign."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from domain.names import sort_key
from domain.states import RegistrationState
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import (
    Letterhead,
    letterhead,
    of_department,
    of_office,
)
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import (
    COUNT,
    WHAT,
    WHERE,
    WHO,
    count_of,
    listing,
    paragraphs,
    recipient_lines,
)
from store.plans import titles_of
from store.tables import (
    Campaign,
    Department,
    Person,
    Phase,
    Registration,
    SubjectKind,
    Submission,
)


class AimedFor(NamedTuple):
    """Who aims for what, by names."""

    subject: str
    department: str
    title: str


@dataclass(frozen=True, kw_only=True)
class AimFacts:
    """What is registered: in a *department*, or in all of them."""

    by: Letterhead
    key: str
    department: str
    aims: tuple[AimedFor, ...]


def part_facts(session: Session, row: Submission) -> AimFacts:
    """Read what a department has registered in the campaign."""
    phase = session.get_one(Phase, row.phase)
    return AimFacts(
        by=letterhead(session, session.get_one(Campaign, phase.campaign), phase.pack),
        key=f"{row.phase}/{row.department}",
        department=session.get_one(Department, row.department).name,
        aims=_aims(session, phase.campaign, Registration.department == row.department),
    )


def campaign_facts(session: Session, row: Campaign) -> AimFacts:
    """Read what all departments have registered."""
    return AimFacts(
        by=letterhead(session, row),
        key=row.id,
        department="",
        aims=_aims(session, row.id),
    )


def _aims(session: Session, campaign: str, *where: Any) -> tuple[AimedFor, ...]:
    rows = session.exec(
        select(Registration, Department.name, Person.name)
        .join(Department, col(Department.code) == col(Registration.department))
        .outerjoin(Person, col(Person.id) == col(Registration.subject))
        .where(
            Registration.campaign == campaign,
            Registration.state != RegistrationState.WITHDRAWN,
            *where,
        )
    ).all()
    titles = {x.code: x.name_vi for x in titles_of(session.get_one(Campaign, campaign))}
    order = [*titles]

    def place(row: tuple[Registration, str, str | None]) -> tuple[object, ...]:
        aim, department, person = row
        alone = aim.kind is SubjectKind.INDIVIDUAL
        title = order.index(aim.title) if aim.title in order else len(order)
        return department, alone, sort_key(person or department), title, aim.subject

    return tuple(
        AimedFor(person or department, department, titles.get(aim.title, aim.title))
        for aim, department, person in sorted(rows, key=place)
    )


@paper(
    "registration",
    "Bản đăng ký thi đua của phòng",
    PaperOf.PART,
    "registrations",
    part_facts,
    page="/phong/{row.phase}/{row.department}/dang-ky",
)
def registration(facts: AimFacts) -> OfficialPaper:
    """Write what a department registers, to be signed by its head."""
    return OfficialPaper(
        **of_department(facts.by, facts.key, facts.department),
        kind="BẢN ĐĂNG KÝ THI ĐUA",
        subject=f"Năm {facts.by.year}",
        body=(
            *paragraphs(
                f"Thực hiện {facts.by.plan}, {facts.department} đăng ký thi đua:"
            ),
            listing({WHO: 14, WHAT: 14}, ((x.subject, x.title) for x in facts.aims)),
        ),
        recipients=recipient_lines("Phòng thường trực thi đua", "Lưu: Hồ sơ phòng"),
        signature=Signature(capacity=("TRƯỞNG PHÒNG",)),
    )


@paper(
    "registrations",
    "Tổng hợp đăng ký thi đua",
    PaperOf.CAMPAIGN,
    "registrations",
    campaign_facts,
)
def registrations(facts: AimFacts) -> OfficialPaper:
    """Write what all have registered, with how many aim for each title."""
    return OfficialPaper(
        **of_office(facts.by, facts.key, "TH") | {"number": ""},
        kind="TỔNG HỢP ĐĂNG KÝ THI ĐUA",
        subject=f"Năm {facts.by.year}",
        body=(listing({WHAT: 16, COUNT: 6}, _counts(facts.aims)),),
        recipients=recipient_lines("Lãnh đạo cơ quan", "Lưu: VT"),
        signature=Signature(capacity=("NGƯỜI LẬP",)),
        annexes=(
            listing(
                {WHO: 10, WHERE: 10, WHAT: 10},
                facts.aims,
                title="DANH SÁCH ĐĂNG KÝ THI ĐUA",
                subtitle=f"(Kèm theo Tổng hợp đăng ký thi đua năm {facts.by.year})",
            ),
        ),
    )


def _counts(aims: Sequence[AimedFor]) -> list[tuple[str, str]]:
    counts = Counter(aim.title for aim in aims)
    return [(title, count_of(many)) for title, many in counts.items()]
