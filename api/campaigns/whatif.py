"""What if a window ended on another day: the difference, before anybody decides it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col, select

from api.answers import Answer
from api.deps import Reading, ThePhase
from api.identity import SIGNED_IN
from domain import ids
from domain.acts import DEADLINES
from domain.calendar import day_vi, end_of
from domain.deadlines import DeadlineKind
from domain.ladder import Step
from domain.refusals import refuse
from intake.acts.phase import NewEnd
from intake.days import require_days
from papers.wording import due, moment
from store.findings.spans import span_of_process
from store.findings.whatifs import WhatIf, what_if
from store.office.master import today
from store.tables import Deadline

router = APIRouter(
    prefix="/api/v1/phases/{key}", tags=["phase"], dependencies=SIGNED_IN
)


class StepOut(Answer):
    """A reminder or an escalation: which, when, and to whom."""

    code: str
    at: datetime
    to: list[str]


class ReachOut(Answer):
    """Live lines of a title, and what there would be if all who owe sent theirs."""

    title: str
    sent: int
    with_owed: int


class WhatIfOut(Answer):
    """What moving a deadline would change; `extend-deadline` is the act that does it.

    *owing* are the departments that would have the time; *warnings* say what gets in
    the way. An extension that overtakes other deadlines is refused.
    """

    deadline: str
    due_at: datetime
    would_be: datetime
    dropped: list[StepOut]
    added: list[StepOut]
    owing: list[str]
    warnings: list[str]
    overtakes: list[DeadlineKind]
    reach: list[ReachOut]


@router.get("/what-if", summary="Nếu hạn dời đến ngày khác", responses={409: {}})
def look(
    phase: ThePhase,
    asked: Annotated[NewEnd, Query()],
    session: Reading,
) -> WhatIfOut:
    """Answer as a difference what an extension for everybody would change."""
    running = session.exec(
        select(Deadline).where(
            Deadline.owner == str(ids.phase(phase.id)),
            Deadline.name == asked.deadline,
            col(Deadline.closed_at).is_(None),
        )
    ).first()
    if running is None:
        raise refuse("no_window", "Giai đoạn này không có hạn đó, hoặc hạn đã đóng.")
    require_days(
        NewEnd,
        asked.model_dump(),
        lambda: span_of_process(session, phase.campaign, phase.id, today(session)),
    )
    if end_of(asked.until) <= running.due_at:
        raise refuse(
            "not_later", f"Hạn mới phải sau hạn hiện nay ({due(running.due_at)})."
        )
    return _out(asked, what_if(session, phase, running, asked.until))


def _out(asked: NewEnd, found: WhatIf) -> WhatIfOut:
    return WhatIfOut(
        deadline=asked.deadline,
        due_at=found.due_at,
        would_be=found.would_be,
        dropped=[_step(step) for step in found.dropped],
        added=[_step(step) for step in found.added],
        owing=list(found.owing),
        warnings=_warnings(asked.until, found),
        overtakes=[each.overtaken for each in found.overtaken],
        reach=[ReachOut.model_validate(r) for r in found.reach],
    )


def _step(step: Step) -> StepOut:
    return StepOut(code=step.code, at=step.at, to=list(step.to))


def _warnings(until: date, found: WhatIf) -> list[str]:
    said = []
    if found.day_off:
        said.append(f"Ngày {day_vi(until)} không phải ngày làm việc.")
    if not found.holidays_known:
        said.append(
            f"Chưa biết ngày nghỉ lễ quanh ngày {day_vi(until)}; mới tính thứ Bảy, "
            "Chủ nhật."
        )
    said += [
        f"Hạn «{DEADLINES[kind].name_vi}» ({due(end)}) đến trước hạn mới."
        for _, kind, end in found.overtaken
    ]
    said += [
        f"Phiên họp Hội đồng lúc {moment(at)} đến trước hạn mới."
        for at in found.sessions
    ]
    return said
