"""The list that a department is writing, line by line, each judged as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.campaigns.drafts import DraftedLine, DraftedList, PhaseKey, change_draft
from api.deps import DatabaseDep, Reading, the_phase
from api.identity import Asking, Shown
from api.web.department.line import written
from api.web.department.merging import key_of
from api.web.department.outline import dues, is_reviewed
from api.web.department.places import OfPath, PartInPhase, ThePart
from api.web.naming import called
from api.web.rendering import render
from api.web.visiting import pages
from domain.refusals import Refusal
from domain.rules.eligibility import Verdict
from domain.states import STANDING_REGISTRATIONS
from papers.terms import CERTAINTIES
from store.database import Database
from store.findings.drafted import judge_drafted
from store.office.master import require_department
from store.tables import Draft, Person, Registration

router = pages()

_WHERE = "/phong/{key}/{department}/de-nghi"
_SHOWN = 100  # lines on a page


@dataclass(frozen=True)
class JudgedLine:
    """A line of the draft as the sheet shows it, with what is said of it.

    *verdict* is None for who may not hear of it: it may tell of discipline or illness.
    """

    key: str
    line: DraftedLine
    verdict: Verdict | None

    @property
    def unfit(self) -> bool:
        """Say whether it is known that the rules are against it."""
        return self.verdict is not None and not self.verdict.eligible


@router.get(_WHERE, dependencies=[reads("department_draft")])
def sheet(
    part: ThePart,
    session: Reading,
    visitor: Asking,
    trang: Annotated[int, Query(ge=1, le=100)] = 1,
) -> Response:
    """Show what a department is writing, and what the rules say of each line."""
    return show(session, part, visitor, trang)


def show(
    session: Session,
    part: PartInPhase,
    visitor: Person,
    number: int = 1,
    refusals: Sequence[Refusal] = (),
) -> Response:
    """Show the draft a page at a time; *refusals* say why it was not sent."""
    judged = _judged(session, part)
    shown = judged[(number - 1) * _SHOWN : number * _SHOWN]
    return render(
        "department/sheet.html",
        visitor=visitor,
        part=part,
        lines=shown,
        number=number,
        more=len(judged) > number * _SHOWN,
        names=called(session, [each.line.subject for each in shown]),
        certainties=CERTAINTIES,
        refusals=refusals,
        **_of_whole(session, part, judged),
    )


def _judged(session: Session, part: PartInPhase) -> list[JudgedLine]:
    lines = written(session, part).lines
    if not part.hears:
        return [JudgedLine(key_of(each), each, None) for each in lines]
    verdicts = judge_drafted(session, part.phase, part.department.code, lines)
    return [JudgedLine(key_of(x), x, y) for x, y in zip(lines, verdicts, strict=True)]


def _of_whole(
    session: Session, part: PartInPhase, judged: Sequence[JudgedLine]
) -> dict[str, Any]:
    """Say of the whole list what it lacks, and whether it can be sent now."""
    row = session.get(Draft, (part.phase.id, part.department.code))
    return {
        "whole": len(judged),
        "unfit": sum(each.unfit for each in judged),
        "empty": sum(not each.line.achievement for each in judged),
        "dues": [*dues(session, part)],
        "sends": "submit" in {rule.kind for rule in part.offered()},
        "reviewed": is_reviewed(part),
        "version": row.version if row else 0,
        "key": uuid4().hex,
    }


@router.post(f"{_WHERE}/tu-dang-ky", dependencies=[does("department_list")])
async def from_aims(
    key: PhaseKey,
    department: OfPath,
    database: DatabaseDep,
    _visitor: Asking,
    shown: Shown,
) -> Response:
    """Begin a line for each registration that the phase can grant and none has yet."""
    aims = await run_in_threadpool(_aims, database, key, department)

    def change(content: DraftedList) -> DraftedList:
        there = {key_of(each) for each in content.lines}
        new = (each for each in aims if key_of(each) not in there)
        return DraftedList(lines=(*content.lines, *new))

    place = {"key": key, "department": department}
    await change_draft(session=database, person=shown, change=change, **place)
    return RedirectResponse(f"/phong/{key}/{department}/de-nghi", 303)


def _aims(database: Database, key: str, department: str) -> list[DraftedLine]:
    with database.read() as session:
        phase = the_phase(key, session)
        require_department(session, department)
        rows = session.exec(
            select(Registration)
            .where(
                Registration.campaign == phase.campaign,
                Registration.department == department,
                col(Registration.state).in_(STANDING_REGISTRATIONS),
                col(Registration.title).in_(phase.titles),
            )
            .order_by(Registration.kind, Registration.subject, Registration.title)
            .limit(1000)
        )
        return [
            DraftedLine(kind=row.kind.value, subject=row.subject, title=row.title)
            for row in rows
        ]
