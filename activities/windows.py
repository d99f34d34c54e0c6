"""Windows: opened for every department, judged by receipt, closed when drained."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col

from activities.addressing import department_names, desks
from activities.deadlines import close_deadlines, pass_over_reminders, set_deadline
from activities.deed import Deed
from activities.stages import reach
from domain.ladder import Addressee
from domain.refusals import refuse
from domain.states import (
    CampaignState,
    PhaseState,
    SubmissionState,
    WindowState,
)
from engine import ids
from engine.ids import Kind
from engine.messages import CloseWindow
from papers.notices import DEADLINES
from papers.wording import due, moment
from store import commands
from store.database import lock, now
from store.registrations import registered_departments
from store.tables import Campaign, Deadline, Phase, Submission, Window

# What the end of a window leads a phase to.
_NEXT = {
    "registration": (PhaseState.REGISTRATION_OPEN, PhaseState.RUNNING),
    "submission": (PhaseState.SUBMISSION_WINDOW, PhaseState.APPRAISAL),
}
_MISSED = (
    SubmissionState.NOT_STARTED,
    SubmissionState.PEER_REVIEWED,
    SubmissionState.RECALLED,
    SubmissionState.LATE_ACCEPTED,
)


def require_open(
    window: Window, received_at: datetime, opens_at: datetime | None = None
) -> None:
    """Judge an act by when it was received, whenever the engine got to it.

    *opens_at* is given for an act that may come before the window itself opens.

    Raises Refused (`too_early`, `too_late`).
    """
    what = DEADLINES[window.kind]
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
    where = (Deadline.owner == order.owner, Deadline.name == order.deadline)
    return lock(session, Deadline, *where)[0]


def mark_closing(session: Session, order: CloseWindow) -> bool:
    """Mark the windows *closing*; False when there is nothing to close (any more).

    Their rows are taken exclusively: whoever is still writing a command down is
    waited for, whoever comes after reads a moment past the end.
    """
    deadline = deadline_of(session, order)
    if not _stands(session, deadline, order):
        return False
    if now(session) < deadline.due_at:
        raise RuntimeError("the database's clock has not reached the deadline yet")
    for window in _windows(session, order):
        if window.state is WindowState.OPEN:
            window.state = WindowState.CLOSING
            session.add(window)
    return True


def _stands(session: Session, deadline: Deadline, order: CloseWindow) -> bool:
    campaign = session.get_one(Campaign, deadline.campaign)
    return (
        deadline.version == order.version
        and deadline.closed_at is None
        and campaign.state is CampaignState.RUNNING
        and not _gone_on(session, order)
    )


def _gone_on(session: Session, order: CloseWindow) -> bool:
    """Say whether the window was closed before: its phase has left the stage.

    A deadline of submissions runs on after it, so that alone does not tell. The
    window of one department leads to no other stage, and says it itself.
    """
    target = ids.read(order.owner)
    if target.kind is Kind.DEPARTMENT:
        rows = _windows(session, order)
        return all(row.state is WindowState.CLOSED for row in rows)
    present, _ = _NEXT[order.deadline]
    return session.get_one(Phase, target.key).state is not present


def unapplied(session: Session, order: CloseWindow) -> int:
    """Count the commands received in time that are still to be applied."""
    deadline = deadline_of(session, order)
    if deadline.version != order.version:
        return 0
    rows = _windows(session, order)
    targets = [str(ids.department(row.phase, row.department)) for row in rows]
    return commands.waiting(session, [*targets, order.owner], deadline.due_at)


def close(deed: Deed, order: CloseWindow) -> bool:
    """Close the drained windows, say who missed them, and go on."""
    deadline = deadline_of(deed.session, order)
    if not _stands(deed.session, deadline, order):
        return False
    rows = _windows(deed.session, order)
    for row in rows:
        row.state = WindowState.CLOSED
        deed.session.add(row)
    _note_the_missing(deed, rows, deadline)
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


def _note_the_missing(deed: Deed, rows: list[Window], deadline: Deadline) -> None:
    """Tell every department that has sent nothing; what it may do now is said."""
    missing = _MISSING[deadline.name](deed, rows)
    names = department_names(deed.session, missing)
    found = desks(deed, missing, Addressee.DEPARTMENT)
    phase = deed.session.get_one(Phase, rows[0].phase) if rows else None
    for code in missing:
        deed.notify(
            f"{deadline.name}/{deadline.owner}/{code}",
            f"{deadline.name}_missed",
            found[code],
            version=deadline.version,
            phase=phase.name if phase else "",
            department=names[code],
            until=deadline.due_at,
        )


def _overdue(deed: Deed, rows: list[Window]) -> list[str]:
    """Mark the envelopes in which nothing was sent.

    A list that came in time and that we could not write down is not missing.
    """
    codes = [row.department for row in rows]
    phase = rows[0].phase if rows else ""
    stuck = commands.stuck_targets(deed.session, phase, "submit")
    late = [
        submission
        for submission in lock(
            deed.session,
            Submission,
            Submission.phase == phase,
            col(Submission.department).in_(codes),
            col(Submission.state).in_(_MISSED),
        )
        if str(ids.department(phase, submission.department)) not in stuck
    ]
    for submission in late:
        submission.state = SubmissionState.OVERDUE
    deed.session.add_all(late)
    return sorted(submission.department for submission in late)


def _unregistered(deed: Deed, rows: list[Window]) -> list[str]:
    registered = deed.session.exec(registered_departments(deed.campaign)).all()
    return sorted({row.department for row in rows} - set(registered))


_MISSING: dict[str, Callable[[Deed, list[Window]], list[str]]] = {
    "registration": _unregistered,
    "submission": _overdue,
}


def _windows(session: Session, order: CloseWindow) -> list[Window]:
    target = ids.read(order.owner)
    kind = Window.kind == order.deadline
    if target.kind is Kind.DEPARTMENT:
        phase_id, code = ids.department_key(target)
        where = [col(Window.phase) == phase_id, col(Window.department) == code]
    else:
        where = [col(Window.phase) == target.key, col(Window.own).is_(False)]
    return lock(session, Window, kind, *where)


def extend_for_all(deed: Deed, phase: Phase, name: str, until: datetime) -> None:
    """Move a deadline for everybody whose own is not later still."""
    owner = str(ids.phase(phase.id))
    set_deadline(deed, owner, name, until)
    for row in lock(
        deed.session, Window, Window.phase == phase.id, Window.kind == name
    ):
        if row.due_at <= until:
            if row.own:
                target = str(ids.department(phase.id, row.department))
                close_deadlines(deed, target, name)
                deed.wake.append(target)
            _move(deed, row, until, own=False)


def extend_for_one(deed: Deed, window: Window, until: datetime) -> None:
    """Give one department a window of its own."""
    owner = str(ids.department(window.phase, window.department))
    set_deadline(deed, owner, window.kind, until)
    _move(deed, window, until, own=True)


def _move(deed: Deed, window: Window, until: datetime, *, own: bool) -> None:
    window.due_at, window.own, window.state = until, own, WindowState.OPEN
    deed.session.add(window)
