"""What if a deadline fell on another day: the difference, before anybody decides it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from sqlmodel import Session, col, select

from api.admission import reads
from api.answers import Answer
from api.deps import Reading, TheCampaign, ThePhase
from api.headers import Router
from api.identity import Asking
from domain import ids
from domain.acts import DEADLINES, kind_of
from domain.calendar import day_vi, end_of
from domain.deadlines import DeadlineKind
from domain.ladder import Step
from domain.postponing import require_later, require_movable, unknown_deadline
from domain.precedence import Overtaking
from domain.refusals import refuse
from intake.acts.campaign import NewDue
from intake.acts.phase import NewEnd
from intake.days import require_days
from papers.wording import due, moment
from store.calendars import office_calendar
from store.clock import now
from store.findings.shifts import running_deadline, shift
from store.findings.spans import span_of_process
from store.findings.whatifs import WhatIf, what_if
from store.knowing.lines import knows_all
from store.knowing.matters import closed_among
from store.office.master import today
from store.tables import Deadline

router = Router(prefix="/api/v1")


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


class ShiftOut(Answer):
    """What moving a deadline would change; `move-deadline` is the act that does it.

    *warnings* say what gets in the way. What overtakes other deadlines is refused.
    """

    deadline: str
    due_at: datetime
    would_be: datetime
    dropped: list[StepOut]
    added: list[StepOut]
    warnings: list[str]
    overtakes: list[DeadlineKind]


class WhatIfOut(ShiftOut):
    """What moving a window would change; `extend-deadline` is the act that does it.

    *owing* are the departments that would have the time.
    """

    owing: list[str]
    reach: list[ReachOut]


@router.get(
    "/campaigns/{code}/deadlines/what-if",
    summary="Nếu một hạn dời đến ngày khác",
    responses={409: {}},
    tags=["campaign"],
    dependencies=[reads("deadline_what_if")],
)
def look_at_one(
    campaign: TheCampaign,
    asked: Annotated[NewDue, Query()],
    session: Reading,
    reader: Asking,
) -> ShiftOut:
    """Answer as a difference what moving one deadline would change.

    Refused as the act would be, for what nobody moves too.
    """
    if closed_among(session, [asked.owner], reader.id):
        raise unknown_deadline()
    running = running_deadline(session, campaign.id, asked.owner, asked.deadline)
    kind = kind_of(running.name)
    require_movable(kind)
    _require_near(session, asked, campaign.id, None)
    require_later(kind, running.due_at, end_of(asked.until), now(session))
    return _shifted(session, running, asked.until)


def _shifted(session: Session, running: Deadline, until: date) -> ShiftOut:
    would_be, calendar = end_of(until), office_calendar(session)
    found = shift(session, running, would_be)
    off, known = not calendar.is_working(until), calendar.knows(until)
    return ShiftOut(
        deadline=running.name,
        due_at=running.due_at,
        would_be=would_be,
        dropped=[_step(step) for step in found.dropped],
        added=[_step(step) for step in found.added],
        warnings=[
            *_of_day(until, day_off=off, known=known),
            *_of_overtaken(found.overtaken),
        ],
        overtakes=[each.overtaken for each in found.overtaken],
    )


def _require_near(
    session: Session, asked: NewDue | NewEnd, campaign: str, phase: str | None
) -> None:
    require_days(
        type(asked),
        asked.model_dump(),
        lambda: span_of_process(session, campaign, phase, today(session)),
    )


@router.get(
    "/phases/{key}/what-if",
    summary="Nếu hạn dời đến ngày khác",
    responses={409: {}},
    tags=["phase"],
    dependencies=[reads("deadline_what_if")],
)
def look(
    phase: ThePhase,
    asked: Annotated[NewEnd, Query()],
    session: Reading,
    reader: Asking,
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
    _require_near(session, asked, phase.campaign, phase.id)
    if end_of(asked.until) <= running.due_at:
        raise refuse(
            "not_later", f"Hạn mới phải sau hạn hiện nay ({due(running.due_at)})."
        )
    whole = knows_all(session, reader.id)
    return _out(asked, what_if(session, phase, running, asked.until, whole=whole))


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
    return [
        *_of_day(until, day_off=found.day_off, known=found.holidays_known),
        *_of_overtaken(found.overtaken),
        *(
            f"Phiên họp Hội đồng lúc {moment(at)} đến trước hạn mới."
            for at in found.sessions
        ),
    ]


def _of_day(day: date, *, day_off: bool, known: bool) -> Iterator[str]:
    if day_off:
        yield f"Ngày {day_vi(day)} không phải ngày làm việc."
    if not known:
        yield (
            f"Chưa biết ngày nghỉ lễ quanh ngày {day_vi(day)}; mới tính thứ Bảy, "
            "Chủ nhật."
        )


def _of_overtaken(found: Iterable[Overtaking[datetime]]) -> Iterator[str]:
    for _, kind, end in found:
        yield f"Hạn «{DEADLINES[kind].name_vi}» ({due(end)}) đến trước hạn mới."
