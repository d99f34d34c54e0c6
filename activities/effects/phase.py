"""The phase's acts: extension, public notice, comments, convening the council."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select

from activities.addressing import desk, everybody, secretariat_desk
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import (
    by_sla,
    close_all_of_departments,
    close_deadlines,
    set_deadline,
)
from activities.services.calendar.precedence import require_room
from activities.services.calendar.windows import extend_for_all, extend_for_one
from activities.services.council.convening import convene_session
from activities.services.progress.phase_progress import COUNCIL_DAYS
from activities.stages import reach, reach_all
from domain import ids
from domain.acts import rule_of
from domain.acts.phase import EXTENDABLE
from domain.calendar import due_day, end_of
from domain.deadlines import DeadlineKind
from domain.precedence import overtakings
from domain.refusals import refuse
from domain.states import LineState, PhaseState, SubmissionState, WindowState
from domain.submissions import READY, SILENT
from intake.acts.phase import Convene, Extend, GiveComment, Publish
from papers.terms import SUBMISSION_STATES, wrong_state
from papers.wording import due, some
from store.calendars import office_calendar
from store.database import lock
from store.plans import ends_in, pack_of, phase_plan, plan_of
from store.tables import (
    Comment,
    Department,
    Nomination,
    Phase,
    Submission,
    Window,
)


@effect("extend_deadline")
def extend_deadline(call: Call, body: Extend) -> Answer:
    """Move a due day for all or for one department; who was in time stays so."""
    phase = call.phase()
    if phase.state not in EXTENDABLE[body.deadline]:
        raise wrong_state(phase.state, EXTENDABLE[body.deadline])
    until, windows = end_of(body.until), _windows(call, phase, body)
    _require_later(call, body, windows)
    require_room(call.deed, phase.id, DeadlineKind(body.deadline), until)
    if body.department:
        extend_for_one(call.deed, windows[0], until)
        call.deed.wake.append(str(ids.department(phase.id, body.department)))
    else:
        extend_for_all(call.deed, phase, body.deadline, until)
    call.deed.notify(
        f"extend/{phase.id}/{body.deadline}/{body.department or 'all'}",
        "extended",
        desk(call.deed, body.department) if body.department else everybody(call.deed),
        again=True,
        phase=phase.name,
        what=rule_of(body.deadline).name_vi,
        until=until,
        reason=body.reason,
    )
    return {"due_at": until.isoformat()}


def _windows(call: Call, phase: Phase, body: Extend) -> list[Window]:
    """Hold the windows that are meant. Refused (`no_window`) where there is none."""
    found = lock(
        call.session,
        Window,
        Window.phase == phase.id,
        Window.kind == body.deadline,
        *([Window.department == body.department] if body.department else []),
    )
    if not found:
        raise refuse("no_window", "Giai đoạn này chưa mở hoặc không có hạn đó.")
    return found


def _require_later(call: Call, body: Extend, windows: list[Window]) -> None:
    window = max(windows, key=lambda row: row.due_at)
    if window.state is WindowState.CLOSED or call.received_at >= window.due_at:
        raise refuse(
            "too_late",
            f"Đã hết hạn {rule_of(body.deadline).name_vi} ({due(window.due_at)}); "
            "phòng nào cần thì xin nộp muộn.",
        )
    earliest = min(windows, key=lambda row: row.due_at).due_at
    if end_of(body.until) <= earliest:
        raise refuse(
            "not_later", f"Ngày gia hạn phải sau hạn hiện nay ({due(earliest)})."
        )


@effect("publish")
def publish(call: Call, body: Publish) -> Answer:
    """Post the appraised list; departments that sent nothing are named on purpose."""
    phase = call.phase()
    _require_all_in(call, body)
    lines = lock(
        call.session,
        Nomination,
        Nomination.phase == phase.id,
        Nomination.state == LineState.ELIGIBLE,
    )
    _end_intake(call, phase)
    posted = sorted(str(line.id) for line in lines if not line.secret)
    answer: Answer = {"lines": len(posted), "without": sorted(body.without)}
    if not lines:
        reach(call.deed, phase, PhaseState.DECIDED)
        return answer
    return {**answer, **_post(call, phase, posted)}


def _post(call: Call, phase: Phase, posted: list[str]) -> Answer:
    """Post a list until the end of the plan's days; the council waits for that."""
    plan = plan_of(call.session, phase.campaign)
    days = phase_plan(plan, phase).public_notice_working_days
    until = end_of(office_calendar(call.session).shift(call.deed.day, days))
    set_deadline(call.deed, str(call.target), DeadlineKind.PUBLIC_NOTICE, until)
    council = _leave_time(call, phase, until)
    reach(call.deed, phase, PhaseState.PUBLIC_NOTICE)
    call.deed.lines += posted
    call.deed.notify(
        f"publish/{phase.id}",
        "published",
        everybody(call.deed),
        version=phase.round + 1,
        phase=phase.name,
        until=until,
    )
    return {**council, "until": until.isoformat()}


def _leave_time(call: Call, phase: Phase, posted_until: datetime) -> Answer:
    """Let the council's own day follow a notice that ends only after it.

    What was posted late may not be voted on before its notice ends.
    """
    ends = ends_in(call.session, phase.id)
    posted: dict[str, datetime] = {DeadlineKind.PUBLIC_NOTICE: posted_until}
    if not any(overtakings(posted, ends, call.deed.at)):
        return {}
    sla = pack_of(call.session, phase).sla(COUNCIL_DAYS)
    council_by = by_sla(call.deed, sla, due_day(posted_until))
    set_deadline(call.deed, str(call.target), DeadlineKind.COUNCIL, council_by)
    return {"council_by": council_by.isoformat()}


def _require_all_in(call: Call, body: Publish) -> None:
    rows = call.session.exec(
        select(Submission.department, Submission.state, Department.name)
        .join(Department, col(Department.code) == col(Submission.department))
        .where(Submission.phase == call.phase_id)
        .order_by(Submission.department)
    ).all()
    _require_silent({code: SubmissionState(state) for code, state, _ in rows}, body)
    without = frozenset(body.without)
    missing = [
        name for code, state, name in rows if state not in READY and code not in without
    ]
    if missing:
        raise refuse(
            "not_all_in",
            f"Chưa công khai được: {some(missing, 'phòng')} chưa thẩm định xong hoặc "
            "chưa gửi. Phòng không gửi phải được nêu tên trong danh sách bỏ qua.",
        )


def _require_silent(states: Mapping[str, SubmissionState], body: Publish) -> None:
    """Raise Refused (`not_awaited`) for who is no department here, or has sent."""
    strange = [
        f"{code} ({SUBMISSION_STATES[states[code]] if code in states else _NOT_HERE})"
        for code in body.without
        if states.get(code) not in SILENT
    ]
    if strange:
        raise refuse(
            "not_awaited",
            f"Chỉ nêu tên phòng đã quá hạn mà không gửi; không phải: "
            f"{some(strange, 'phòng')}.",
        )


_NOT_HERE = "không có trong giai đoạn này"


def _end_intake(call: Call, phase: Phase) -> None:
    """No more lists and no more reminders of them, the departments' own neither."""
    close_deadlines(call.deed, str(call.target), *call.rule.ends)
    close_all_of_departments(call.deed, phase.id, *call.rule.ends)
    reach_all(call.deed, Window, WindowState.CLOSED, Window.phase == phase.id)


@effect("comment")
def comment(call: Call, body: GiveComment) -> Answer:
    """Say something of the posted list."""
    phase = call.phase()
    if body.line is not None:
        line = call.session.get(Nomination, body.line)
        if line is None or line.phase != phase.id or line.secret:
            raise refuse("unknown_line", "Danh sách này không có đề nghị đó.")
    row = Comment(
        phase=phase.id,
        line=body.line,
        author=call.deed.actor,
        body=body.text,
        at=call.deed.at,
    )
    call.session.add(row)
    call.deed.notify(
        f"comment/{row.id}", "commented", secretariat_desk(call.deed), phase=phase.name
    )
    return {"comment": str(row.id)}


@effect("convene")
def convene(call: Call, body: Convene) -> Answer:
    """Call the council together on all lines that wait for it."""
    phase = call.phase()
    if body.meets_at <= call.received_at:
        raise refuse("meeting_past", "Giờ họp phải ở sau lúc này.")
    session = convene_session(call.deed, phase, body.meets_at, body.place)
    return {"session": session.id}
