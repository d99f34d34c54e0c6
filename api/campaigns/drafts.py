"""What a department is still writing: plain rows with versions, no act yet."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Path, Response
from pydantic import Field
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading, the_phase
from api.headers import Router
from api.versions import Put, Putting, tell
from api.writing import writes
from domain.policy import EDITS
from domain.refusals import refuse
from domain.rules.subjects import require_for
from domain.states import PhaseState
from intake.acts.department import ONE_AIM, Line
from intake.fields import Body, Key, Text
from store.database import lock
from store.office.master import require_department
from store.office.standing import roles_today
from store.plans import pack_of
from store.tables import Draft, Person, Phase

router = Router(
    prefix="/api/v1/phases/{key}/departments/{department}/draft", tags=["department"]
)

PhaseKey = Annotated[Key, Path(max_length=70)]
DepartmentKey = Annotated[Key, Path(max_length=32)]

_OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)


class DraftedLine(Line):
    """A nomination that is still being written: of what was achieved, or not yet."""

    achievement: Text | Literal[""] = ""


class DraftedList(Body):
    """A list as it may be sent one day; until then it may be empty."""

    lines: Annotated[tuple[DraftedLine, ...], Field(max_length=1000), ONE_AIM] = ()


class DraftOut(Answer):
    """A department's draft in a phase."""

    phase: str
    department: str
    content: DraftedList
    version: int


@router.get("", dependencies=[reads("department_draft")])
def draft(
    key: PhaseKey,
    department: DepartmentKey,
    session: Reading,
    response: Response,
) -> DraftOut:
    """Read what a department is writing."""
    _require_place(session, key, department)
    row = session.get(Draft, (key, department))
    if row is None:
        raise refuse("unknown_draft", "Phòng chưa viết gì cho giai đoạn này.")
    tell(response, row.version)
    return DraftOut.model_validate(row)


@router.put(
    "", responses={201: {"model": DraftOut}}, dependencies=[does("department_list")]
)
@writes
def put_draft(
    key: PhaseKey,
    department: DepartmentKey,
    body: DraftedList,
    session: Session,
    person: Person,
    put: Putting,
) -> DraftOut:
    """Keep what a department has written so far; sending it is an act."""
    phase = require_writable(session, key, department, person)
    return DraftOut.model_validate(keep(session, phase, department, body, put))


@writes
def change_draft(
    key: str,
    department: str,
    change: Callable[[DraftedList], DraftedList],
    session: Session,
    person: Person,
) -> DraftOut:
    """Change what a department has written, as it stands when the turn has come.

    Raises Refused as writing it anew does, and what *change* raises.
    """
    phase = require_writable(session, key, department, person)
    known = lock(session, Draft, Draft.phase == key, Draft.department == department)
    before = DraftedList.model_validate(known[0].content) if known else DraftedList()
    after = change(before)
    if known and after == before:
        return DraftOut.model_validate(known[0])
    put = Put(f'"{known[0].version}"' if known else None, Response())
    return DraftOut.model_validate(keep(session, phase, department, after, put))


def keep(
    session: Session, phase: Phase, department: str, body: DraftedList, put: Put
) -> Draft:
    """Write a draft in its next version. Raises Refused (`wrong_subject`)."""
    require_for(pack_of(session, phase).titles, body.lines, phase.titles)
    place = {"phase": phase.id, "department": department}
    return put(session, Draft, place, {"content": body.model_dump(mode="json")})


def require_writable(
    session: Session, key: str, department: str, person: Person
) -> Phase:
    """Find the phase that somebody may write for a department in.

    Raises Refused (`unknown_phase`, `unknown_department`, `not_allowed`,
    `target_over`).
    """
    phase = require_writer(session, key, department, person.id)
    if phase.state in _OVER:
        raise refuse("target_over", "Giai đoạn đã kết thúc, không soạn hồ sơ nữa.")
    return phase


def _require_place(session: Session, key: str, department: str) -> Phase:
    phase = the_phase(key, session)
    require_department(session, department)
    return phase


def require_writer(session: Session, key: str, department: str, person: str) -> Phase:
    """Find a phase, for whoever writes what a department may send in it.

    Raises Refused (`unknown_phase`, `unknown_department`, `not_allowed`).
    """
    phase = _require_place(session, key, department)
    roles = roles_today(session, person, department)
    if not roles & EDITS["department_list"].who:
        raise refuse(
            "not_allowed",
            "Chỉ trưởng phòng và người được phòng giao việc thi đua soạn hồ sơ của "
            "phòng.",
        )
    return phase
