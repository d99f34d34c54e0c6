"""The minutes of a department's own meeting (biên bản bình xét)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from domain.rules.rulepack import RulePack
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import Letterhead, letterhead, of_department
from papers.official.paper import Article, ListedTable, OfficialPaper, Signature
from papers.official.writing import (
    WHAT,
    WHO,
    count_of,
    day_in_full,
    listing,
    lowered,
    recipient_lines,
    section,
)
from store.office.people import names_of
from store.plans import pack_of
from store.tables import Campaign, Department, Phase, Submission


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """What was recorded of the meeting: who was there, the votes, the minutes."""

    by: Letterhead
    key: str
    department: str
    occasion: str
    held_on: date
    chair: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    votes: tuple[tuple[str, str, int, int], ...]
    minutes: str


def facts_of(session: Session, row: Submission) -> ReviewFacts:
    """Read the meeting that a department has recorded."""
    said: Mapping[str, Any] = row.peer_review or {}
    phase = session.get_one(Phase, row.phase)
    by = letterhead(session, session.get_one(Campaign, phase.campaign), phase.pack)
    department = session.get_one(Department, row.department)
    votes = said.get("votes") or []
    present, absent = said["present"], said.get("absent") or []
    asked = [said["chaired_by"], *present, *absent, *(x["subject"] for x in votes)]
    names = names_of(session, asked) | {department.code: department.name}
    return ReviewFacts(
        by=by,
        key=f"{row.phase}/{row.department}",
        department=department.name,
        occasion=f"{lowered(phase.name)} năm {by.year}",
        held_on=date.fromisoformat(said["held_on"]),
        chair=names[said["chaired_by"]],
        present=_named(present, names),
        absent=_named(absent, names),
        votes=_voted(votes, names, pack_of(session, phase)),
        minutes=said["minutes"],
    )


def _voted(
    votes: Iterable[Mapping[str, Any]], names: Mapping[str, str], pack: RulePack
) -> tuple[tuple[str, str, int, int], ...]:
    return tuple(
        (
            names.get(each["subject"], each["subject"]),
            pack.title(each["title"]).name_vi,
            each["yes"],
            each["no"],
        )
        for each in votes
    )


def _named(codes: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(code, code) for code in codes)


@paper(
    "review-minutes",
    "Biên bản bình xét của phòng",
    PaperOf.PART,
    "department_papers",
    facts_of,
    once=lambda _, row: bool(row.peer_review),
    when="biên bản có khi phòng đã ghi cuộc họp bình xét",
)
def review_minutes(facts: ReviewFacts) -> OfficialPaper:
    """Write the minutes as the department recorded them, to be signed by hand."""
    absent = ", ".join(facts.absent) or "không"
    return OfficialPaper(
        **of_department(facts.by, facts.key, facts.department, facts.held_on),
        kind="BIÊN BẢN",
        subject=f"Họp bình xét khen thưởng {facts.occasion}",
        body=(
            *section(
                "I. THÀNH PHẦN",
                f"Cuộc họp {day_in_full(facts.held_on)}. Chủ trì: {facts.chair}.",
                f"Có mặt ({count_of(len(facts.present))}): {', '.join(facts.present)}.",
                f"Vắng: {absent}.",
            ),
            *section("II. NỘI DUNG", facts.minutes),
            *_votes(facts),
        ),
        recipients=recipient_lines("Lưu: Hồ sơ phòng"),
        beside=Signature(capacity=("THƯ KÝ",)),
        signature=Signature(capacity=("CHỦ TRÌ",), name=facts.chair),
    )


def _votes(facts: ReviewFacts) -> tuple[Article | ListedTable, ...]:
    if not facts.votes:
        return ()
    rows = (
        (who, title, count_of(yes), count_of(no)) for who, title, yes, no in facts.votes
    )
    columns = {WHO: 8, WHAT: 8, "Đồng ý": 3, "Không đồng ý": 3}
    return (Article(heading="III. KẾT QUẢ BIỂU QUYẾT"), listing(columns, rows))
