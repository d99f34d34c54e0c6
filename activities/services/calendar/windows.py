"""Windows: opened for every department, judged by receipt, closed when drained."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from activities.addressing import department_name, desk
from activities.deed import Deed
from activities.services.calendar.deadlines import (
    close_deadlines,
    close_deadlines_of,
    pass_over_reminders,
    set_deadline,
)
from activities.services.progress.department_notices import last_of, next_of, tell_each
from activities.services.progress.departments import follow_departments
from activities.services.progress.lapsed_registrations import lapse
from activities.stages import reach, reach_all
from domain import ids
from domain.acts import rule_of
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.ladder import Addressee
from domain.refusals import refuse
from domain.states import (
    CampaignState,
    PhaseState,
    SubmissionState,
    WindowState,
)
from domain.submissions import AWAITED
from duties.reminders import windows_of
from engine.messages import CloseWindow
from papers.wording import due, moment
from store import commands
from store.database import lock, lock_rows, locking, made_once
from store.tables import Campaign, Command, Deadline, Phase, Submission, Window

# What the end of a window leads a phase to.
_NEXT = {
    "registration": (PhaseState.REGISTRATION_OPEN, PhaseState.RUNNING),
    "submission": (PhaseState.SUBMISSION_WINDOW, PhaseState.APPRAISAL),
}


def require_open(
    window: Window, received_at: datetime, opens_at: datetime | None = None
) -> None:
    """Judge an act by when it was received, whenever the engine got to it.

    *opens_at* is given for an act that may come before the window itself opens.

    Raises Refused (`too_early`, `too_late`).
    """
    what = rule_of(window.kind).name_vi
    begins = opens_at or window.opens_at
    if received_at < begins:
        raise refuse(
            "too_early",
            f"Chưa đến thời gian {what}; bắt đầu nhận từ {moment(begins)}.",
        )
    if received_at >= window.due_at:
        raise refuse(
            "too_late",
            f"Đã hết hạn {what}: chỉ nhận đến {due(window.due_at)}, "
            f"thao tác này đến lúc {moment(received_at)}.",
        )


def deadline_of(session: Session, order: CloseWindow) -> Deadline:
    """Lock the deadline that a window hangs on."""
    asked = {"owner": order.owner, "name": order.deadline}
    found: Deadline = _deadline(session, **asked).one()
    return found


@made_once
def _deadline(owner: Any, name: Any) -> Any:
    theirs = Deadline.owner == owner, Deadline.name == name
    return locking(select(Deadline).where(*theirs))


def mark_closing(deed: Deed, order: CloseWindow) -> bool:
    """Mark the windows *closing*; False when there is nothing to close (any more).

    Their rows are taken exclusively: whoever is still writing a command down is
    waited for, whoever comes after reads a moment past the end.
    """
    session = deed.session
    deadline = deadline_of(session, order)
    if not _stands(session, deadline, order):
        return False
    if deed.at < deadline.due_at:
        raise RuntimeError("the database's clock has not reached the deadline yet")
    theirs = windows_of(deadline).which()
    lock_rows(session, Window.department, *theirs)
    still_open = col(Window.state) == WindowState.OPEN
    reach_all(deed, Window, WindowState.CLOSING, *theirs, still_open)
    return True


def _stands(session: Session, deadline: Deadline, order: CloseWindow) -> bool:
    campaign = session.get_one(Campaign, deadline.campaign)
    return (
        deadline.version == order.version
        and deadline.closed_at is None
        and campaign.state is CampaignState.RUNNING
        and not _gone_on(session, deadline, order)
    )


def _gone_on(session: Session, deadline: Deadline, order: CloseWindow) -> bool:
    """Say whether the window was closed before: its phase has left the stage.

    A deadline of submissions runs on after it, so that alone does not tell. The
    window of one department leads to no other stage, and says it itself.
    """
    target = ids.read(order.owner)
    if target.kind is Kind.DEPARTMENT:
        not_closed = col(Window.state) != WindowState.CLOSED
        theirs = select(Window).where(*windows_of(deadline).which(), not_closed)
        return session.exec(theirs).first() is None
    present, _ = _NEXT[order.deadline]
    return session.get_one(Phase, target.key).state is not present


def unapplied(session: Session, order: CloseWindow) -> int:
    """Count the commands received in time that are still to be applied."""
    deadline = deadline_of(session, order)
    if deadline.version != order.version:
        return 0
    theirs = select(Window.department).where(*windows_of(deadline).which())
    to = or_(
        col(Command.target) == order.owner,
        and_(
            Command.phase == windows_of(deadline).phase,
            col(Command.department).in_(theirs),
        ),
    )
    return commands.waiting(session, deadline.due_at, to)


def tell_missing(deed: Deed, order: CloseWindow, after: str) -> str | None:
    """Tell the next departments that have sent nothing what they may do now.

    Return after which of them to go on, when there are more.
    """
    deadline = deadline_of(deed.session, order)
    if not _stands(deed.session, deadline, order):
        return None
    kind = _missed(deed, deadline)
    some = next_of(deed.session, _missing(deadline), after)
    tell_each(
        deed,
        some,
        Addressee.DEPARTMENT,
        f"{deadline.name}/{deadline.owner}",
        kind,
        version=deadline.version,
        phase=deed.session.get_one(Phase, windows_of(deadline).phase).name,
        until=deadline.due_at,
    )
    deed.remind()
    return last_of(some)


def close(deed: Deed, order: CloseWindow) -> bool:
    """Close the drained windows, whose missing have been told, and go on."""
    deadline = deadline_of(deed.session, order)
    if not _stands(deed.session, deadline, order):
        return False
    if ids.read(order.owner).kind is Kind.PHASE:
        phase = deed.session.get_one(Phase, windows_of(deadline).phase)
        lapse(deed, phase)
        follow_departments(deed, phase)
    if deadline.name == "submission":
        _mark_overdue(deed, deadline)
    reach_all(deed, Window, WindowState.CLOSED, *windows_of(deadline).which())
    pass_over_reminders(deed, deadline)
    _go_on(deed, order)
    deed.facts |= {"window": order.deadline, "due_at": deadline.due_at.isoformat()}
    return True


def _go_on(deed: Deed, order: CloseWindow) -> None:
    if order.deadline == "registration":
        close_deadlines(deed, order.owner, order.deadline)
    target = ids.read(order.owner)
    if target.kind is Kind.DEPARTMENT:
        return
    phase = lock(deed.session, Phase, Phase.id == target.key)[0]
    _, following = _NEXT[order.deadline]
    reach(deed, phase, following)


def _mark_overdue(deed: Deed, deadline: Deadline) -> None:
    """Mark the envelopes in which nothing was sent."""
    reach_all(
        deed,
        Submission,
        SubmissionState.OVERDUE,
        col(Submission.phase) == windows_of(deadline).phase,
        col(Submission.department).in_(_missing(deadline)),
        # Asked of the locked row again: somebody may be acting on it.
        col(Submission.state).in_(AWAITED),
    )


def _missing(deadline: Deadline) -> Any:
    """Select who registered nobody, or sent nothing.

    A list that came in time and that we could not write down is not missing.
    """
    if deadline.name == DeadlineKind.REGISTRATION:
        return windows_of(deadline).awaited()
    sent = commands.departments_set_aside(windows_of(deadline).phase, _SENDING)
    nothing = windows_of(deadline).awaited()
    return nothing.where(col(Window.department).not_in(sent))


# What ends the wait for a department's list.
_SENDING = ("submit", "file_nil_return")


def miss(deed: Deed, phase: str, department: str) -> None:
    """Mark a list overdue that no act will send any more, once its window is closed."""
    window = deed.session.get_one(Window, (phase, "submission", department))
    row = lock(
        deed.session,
        Submission,
        Submission.phase == phase,
        Submission.department == department,
    )[0]
    sent = deed.session.exec(commands.departments_set_aside(phase, _SENDING))
    closed = window.state is WindowState.CLOSED
    if not closed or row.state not in AWAITED or department in sent.all():
        return
    reach(deed, row, SubmissionState.OVERDUE)
    deed.notify(
        f"submission/{ids.department(phase, department)}/{deed.id}",
        _MISSED["submission"],
        desk(deed, department),
        phase=deed.session.get_one(Phase, phase).name,
        department=department_name(deed.session, department),
        until=window.due_at,
    )


def _missed(deed: Deed, deadline: Deadline) -> str:
    """Say what who has missed a window is told: nobody misses one that was past."""
    launched_at = deed.session.get_one(Campaign, deed.campaign).launched_at
    past = launched_at is not None and deadline.due_at <= launched_at
    return (_PAST if past else _MISSED)[deadline.name]


_MISSED: dict[str, str] = {
    DeadlineKind.REGISTRATION: "registration_missed",
    DeadlineKind.SUBMISSION: "submission_missed",
}
_PAST: dict[str, str] = {
    DeadlineKind.REGISTRATION: "registration_past",
    DeadlineKind.SUBMISSION: "submission_past",
}


def extend_for_all(deed: Deed, phase: Phase, name: str, until: datetime) -> None:
    """Move a deadline for everybody whose own is not later still."""
    set_deadline(deed, str(ids.phase(phase.id)), name, until)
    earlier: list[Any] = [
        Window.phase == phase.id,
        Window.kind == name,
        col(Window.due_at) <= until,
    ]
    own = lock(deed.session, Window, *earlier, col(Window.own))
    targets = [str(ids.department(phase.id, row.department)) for row in own]
    close_deadlines_of(deed, targets, name)
    deed.wake += targets
    reach_all(deed, Window, WindowState.OPEN, *earlier, due_at=until, own=False)


def extend_for_one(deed: Deed, window: Window, until: datetime) -> None:
    """Give one department a window of its own."""
    owner = str(ids.department(window.phase, window.department))
    set_deadline(deed, owner, window.kind, until)
    window.due_at, window.own = until, True
    reach(deed, window, WindowState.OPEN)
