"""What a department's page says at one look: deadlines, steps, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from api.web.acting.paths import page_of
from api.web.department.places import PartInPhase
from api.web.words import gettext
from domain.acts import DEADLINES
from domain.calendar import due_day, local_day
from domain.deadlines import DeadlineKind
from domain.states import STANDING_REGISTRATIONS, PhaseState, WindowState
from duties.tasks import tasks_of
from papers.terms import SUBMISSION_STATES
from store.calendars import office_calendar
from store.office.standing import standing_of
from store.tables import Draft, Phase, Registration, Submission

_K, _LAUNCH = DeadlineKind, "launch_department"
_OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)
# What a page shows as something to do: its name, and where it is done.
Doing = tuple[str, str]


@dataclass(frozen=True)
class DueShown:
    """A deadline of the department; *left* are working days, None when it is over."""

    name: str
    opens_at: datetime | None
    due_at: datetime
    left: int | None


@dataclass(frozen=True)
class StepShown:
    """A thing that makes the department's part whole, and how far it is."""

    name: str
    done: bool
    said: str


def dues(session: Session, part: PartInPhase) -> Iterator[DueShown]:
    """List until when the department registers, sends, and completes."""
    calendar, today = office_calendar(session), local_day(part.at)
    for kind, row in _running(part):
        over = row.due_at <= part.at
        coming = row.opens_at is not None and row.opens_at > part.at
        yield DueShown(
            DEADLINES[kind].name_vi,
            row.opens_at if coming else None,
            row.due_at,
            None if over else calendar.working_days_between(today, due_day(row.due_at)),
        )


def _running(part: PartInPhase) -> Iterator[tuple[DeadlineKind, Any]]:
    for kind in (_K.REGISTRATION, _K.SUBMISSION):
        window = part.windows.get(kind)
        if window and (window.state is not WindowState.CLOSED or kind is _K.SUBMISSION):
            yield kind, window
    if _K.SUPPLEMENT in part.dues:
        yield _K.SUPPLEMENT, part.dues[_K.SUPPLEMENT]


def to_do(
    session: Session, part: PartInPhase, person: str
) -> tuple[list[Doing], list[Doing]]:
    """List what the reader owes here, and what else they may do."""
    launched = _launched(session, part)
    acts = {
        rule.kind: rule.summary
        for rule in part.offered()
        if _fits(part, rule.kind) and not (launched and rule.kind == _LAUNCH)
    }
    owed = [
        duty.act
        for duty in tasks_of(session, standing_of(session, person))
        if duty.target == part.target
    ]
    first = [kind for kind in dict.fromkeys(owed) if kind in acts]
    rest = [kind for kind in acts if kind not in first]
    others = [(acts[kind], _page_of(part, kind)) for kind in rest]
    if part.drafts and "register" in acts:
        others.append((gettext("Nhập đăng ký từ Excel"), f"{part.path}/dang-ky/tep"))
    if part.drafts and "submit" not in acts and part.phase.state not in _OVER:
        others.append((gettext("Soạn đề nghị khen thưởng"), f"{part.path}/de-nghi"))
    return [(acts[kind], _page_of(part, kind)) for kind in first], others


def _page_of(part: PartInPhase, kind: str) -> str:
    if kind == "submit":
        return f"{part.path}/de-nghi"
    return page_of(kind, part.target, part.path)


def _fits(part: PartInPhase, kind: str) -> bool:
    """Say of what the table of acts leaves to the act whether it makes sense now."""
    match kind:
        case "submit":
            return is_reviewed(part)
        case "give_opinion" | "withdraw_line":
            return False  # each from what it is about
    return True


def is_reviewed(part: PartInPhase) -> bool:
    """Say whether the department has met, before which it sends nothing."""
    return part.envelope is not None and part.envelope.peer_review is not None


def steps(session: Session, part: PartInPhase) -> Iterator[StepShown]:
    """Say what makes the part of a department whole, in the order of the year."""
    envelope = part.envelope
    if envelope is None:
        return
    launched, aims = _launched(session, part), _aims(session, part)
    said = gettext("đã phát động") if launched else gettext("chưa phát động")
    yield StepShown(gettext("Phát động tại phòng"), launched, said)
    many = gettext("%(n)s đăng ký", n=aims)
    yield StepShown(gettext("Đăng ký thi đua"), aims > 0, many)
    yield from _written(session, part, envelope)


def _written(
    session: Session, part: PartInPhase, envelope: Submission
) -> Iterator[StepShown]:
    reviewed = envelope.peer_review is not None
    said = gettext("đã có biên bản") if reviewed else gettext("chưa có biên bản")
    yield StepShown(gettext("Bình xét tại phòng"), reviewed, said)
    sent = envelope.submitted_at is not None
    if part.knows_draft and not sent:
        draft = session.get(Draft, (part.phase.id, part.department.code))
        many = len(draft.content.get("lines", ())) if draft else 0
        said = gettext("%(n)s đề nghị trong bản nháp", n=many)
        yield StepShown(gettext("Soạn đề nghị"), many > 0, said)
    yield StepShown(gettext("Gửi hồ sơ"), sent, SUBMISSION_STATES[envelope.state])


def _launched(session: Session, part: PartInPhase) -> bool:
    """Say whether the department has launched the campaign, in whichever phase."""
    found = session.exec(
        select(Submission.launched_at)
        .join(Phase, col(Phase.id) == col(Submission.phase))
        .where(
            Phase.campaign == part.campaign.id,
            Submission.department == part.department.code,
            col(Submission.launched_at).is_not(None),
        )
        .limit(1)
    )
    return found.first() is not None


def _aims(session: Session, part: PartInPhase) -> int:
    return session.exec(
        select(func.count()).where(
            Registration.campaign == part.campaign.id,
            Registration.department == part.department.code,
            col(Registration.state).in_(STANDING_REGISTRATIONS),
        )
    ).one()
