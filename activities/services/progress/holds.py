"""A line that waits while something is verified, and how it goes on after that (P3).

Law: NĐ 98/2023/NĐ-CP Điều 4: nothing is awarded while a matter is being verified.
"""

from collections.abc import Sequence

from sqlmodel import col, select

from activities.deed import Deed
from activities.lines import move
from activities.services.calendar.deadlines import (
    by_sla,
    running,
    set_deadline,
)
from activities.services.decision.emptied_lists import end_if_empty
from activities.services.decision.outcomes import News, tell_line, tell_lines
from activities.services.decision.reevaluation import doubts, tell_doubts
from activities.services.progress.cases import stopped
from activities.services.progress.phase_progress import (
    ask_to_decide,
    back_to_the_council,
    settle,
)
from activities.services.progress.reviews import date_the_closing
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import (
    HOLDABLE_LINES,
    CampaignState,
    LineState,
    PhaseState,
    SubmissionState,
)
from store.database import lock, one_of
from store.plans import pack_of
from store.tables import (
    Campaign,
    DecisionLine,
    Nomination,
    Phase,
    SessionLine,
    Submission,
)

_S = LineState
_VERIFIED = "Tạm giữ để xác minh theo quy định."
_CLEARED = "Đã xác minh xong."
_FOUNDED = "Theo kết luận xác minh."
# What others may rest on: it has passed, or does with the minutes that are signed now.
_COUNTED = (_S.ON_BALLOT, _S.COUNCIL_PASSED)
_GONE_ON = (PhaseState.DECIDED, PhaseState.CLOSED)


def hold(deed: Deed, lines: Sequence[Nomination]) -> list[Nomination]:
    """Let lines wait; return those that could be stopped where they stand.

    What is being voted on is stopped once it is counted (`freeze`).
    """
    approved = [line for line in lines if line.state is _S.DIRECTOR_APPROVED]
    move(deed, approved, _S.COUNCIL_PASSED, _VERIFIED)
    held = [line for line in lines if line.state in HOLDABLE_LINES]
    stop(deed, held, before_they_stop(deed, held))
    return held


def before_they_stop(
    deed: Deed,
    held: Sequence[Nomination],
    passing: Sequence[Nomination] = (),
    moves: int = 1,
) -> list[Nomination]:
    """Word that lines are held, after so many *moves*; list what is doubtful then.

    Nothing is written: whoever brings others to where they are *passing*, and these
    with them, asks before that.
    """
    tell_lines(deed, [News(line, "line_held", moves=moves) for line in held])
    return doubts(deed, [line for line in held if line.state in _COUNTED], passing)


def stop(
    deed: Deed, held: Sequence[Nomination], doubtful: Sequence[Nomination]
) -> None:
    """Hold lines, and tell of what is doubtful without them (`before_they_stop`)."""
    passed = [line for line in held if line.state is _S.COUNCIL_PASSED]
    move(deed, held, _S.ON_HOLD, _VERIFIED)
    if passed:
        _leave_decisions(deed, passed)
        tell_doubts(deed, passed, doubtful)
    phases = {line.phase for line in held}
    for phase in lock(deed.session, Phase, one_of(col(Phase.id), phases)):
        settle(deed, phase)


def _leave_decisions(deed: Deed, lines: Sequence[Nomination]) -> None:
    """Take lines off every list that has still to be decided, issued or sent on."""
    rows = deed.session.exec(
        select(DecisionLine).where(
            one_of(col(DecisionLine.line), [line.id for line in lines]),
            col(DecisionLine.forwarded_at).is_(None),
            col(DecisionLine.outcome).is_distinct_from(_S.RETURNED_TO_COUNCIL),
        )
    ).all()
    for row in rows:
        deed.facts.setdefault("left", []).append(row.decision)
        deed.session.delete(row)
    deed.session.flush()
    for key in dict.fromkeys(row.decision for row in rows):
        end_if_empty(deed, key)
        deed.wake.append(str(ids.decision(key)))


def release(deed: Deed, line: Nomination) -> None:
    """Let a line go on from where it was stopped, unless something else stops it."""
    if line.state is not _S.ON_HOLD or stopped(deed.session, [line.id]):
        return
    assert line.held_from is not None  # noqa: S101 - a CHECK of the table says so
    move(deed, [line], line.held_from, _CLEARED)
    tell_line(deed, line, "line_released")
    _take_up(deed, line)


def end_on_hold(deed: Deed, line: Nomination, conclusion: str) -> None:
    """End a line on hold: what was verified speaks against it."""
    if line.state is _S.ON_HOLD:
        move(deed, [line], _S.INELIGIBLE, _FOUNDED)
        tell_line(deed, line, "line_ended", reason=conclusion)


def _take_up(deed: Deed, line: Nomination) -> None:
    """Bring a line before whoever it waits for, though its phase has gone on.

    A phase that is over is opened again for it, and summed up once more: the award
    is one of its period and of its rules, whenever it comes (ADR 0014).
    """
    phase = lock(deed.session, Phase, Phase.id == line.phase)[0]
    if line.state is _S.COUNCIL_PASSED:
        _ask_again(deed, phase, line)
    elif phase.state in (PhaseState.DIRECTOR_REVIEW, *_GONE_ON):
        _reopen(deed, phase)
        back_to_the_council(deed, phase)
    if line.state is _S.NOMINATED:
        _appraise_again(deed, phase, line)
    deed.wake.append(str(ids.phase(phase.id)))


def _ask_again(deed: Deed, phase: Phase, line: Nomination) -> None:
    """Ask the director: what was held has left every list."""
    if phase.state in _GONE_ON:
        _reopen(deed, phase)
        reach(deed, phase, PhaseState.DIRECTOR_REVIEW)
    ask_to_decide(deed, phase, _passed_in(deed, line), [line])


def _passed_in(deed: Deed, line: Nomination) -> str | None:
    """Name the session that passed a line; none has, by the simplified procedure."""
    return deed.session.exec(
        select(SessionLine.session)
        .where(SessionLine.line == line.id, SessionLine.outcome == _S.COUNCIL_PASSED)
        .order_by(col(SessionLine.session).desc())
    ).first()


def _appraise_again(deed: Deed, phase: Phase, line: Nomination) -> None:
    """Open the envelope again; its phase waits, and says until when."""
    envelope = lock(
        deed.session,
        Submission,
        Submission.phase == line.phase,
        Submission.department == line.department,
    )[0]
    if envelope.state is SubmissionState.APPRAISED:
        reach(deed, envelope, SubmissionState.RECEIVED)
    owner = str(ids.phase(phase.id))
    if DeadlineKind.APPRAISAL not in running(deed.session, owner):
        sla = pack_of(deed.session, phase).sla("appraisal")
        due_at = by_sla(deed, sla, deed.day)
        set_deadline(deed, owner, DeadlineKind.APPRAISAL, due_at)


def _reopen(deed: Deed, phase: Phase) -> None:
    campaign = lock(deed.session, Campaign, Campaign.id == phase.campaign)[0]
    if phase.state is PhaseState.CLOSED:
        phase.closed_at = None
    if campaign.state is CampaignState.CLOSED:
        campaign.closed_at = None
        reach(deed, campaign, CampaignState.RUNNING)
        date_the_closing(deed)
        deed.wake.append(str(ids.campaign(campaign.id)))
