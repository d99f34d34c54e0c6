"""What a department is still writing: plain rows with versions, no act yet."""

from typing import Annotated

from fastapi import Path, Response
from pydantic import Field
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading, the_phase
from api.headers import Router
from api.versions import Putting, tell
from api.writing import writes
from domain.policy import EDITS
from domain.refusals import refuse
from domain.rules.subjects import require_for
from domain.states import PhaseState
from intake.acts.department import ONE_AIM, Line
from intake.fields import Body, Key
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


class DraftedList(Body):
    """A list as it may be sent one day; until then it may be empty."""

    lines: Annotated[tuple[Line, ...], Field(max_length=1000), ONE_AIM] = ()


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
    phase = _require_place(session, key, department)
    _require_writer(session, person.id, department)
    if phase.state in _OVER:
        raise refuse("target_over", "Giai đoạn đã kết thúc, không soạn hồ sơ nữa.")
    require_for(pack_of(session, phase).titles, body.lines, phase.titles)
    place = {"phase": key, "department": department}
    content = {"content": body.model_dump(mode="json")}
    return DraftOut.model_validate(put(session, Draft, place, content))


def _require_place(session: Session, key: str, department: str) -> Phase:
    phase = the_phase(key, session)
    require_department(session, department)
    return phase


def _require_writer(session: Session, person: str, department: str) -> None:
    roles = roles_today(session, person, department)
    if not roles & EDITS["department_list"].who:
        raise refuse(
            "not_allowed",
            "Chỉ trưởng phòng và người được phòng giao việc thi đua soạn hồ sơ của "
            "phòng.",
        )
