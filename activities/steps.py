"""What time itself does: each activity may run twice, to the same effect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select
from temporalio.exceptions import ApplicationError

from activities.deed import Deed
from activities.defining import row_activity
from activities.reminding import send_step
from activities.services.calendar import windows
from activities.services.progress import phases
from activities.services.progress.reviews import sum_up_phase, waiting_for
from domain import ids
from domain.ladder import Step, latest_overdue
from domain.states import CampaignState, PhaseState
from engine import names
from engine.messages import Climb, CloseWindow, Enter, Outcome, Situation
from engine.situations import situation
from store.clock import now
from store.database import Database, lock, locking, made_once
from store.failpoints import failpoint
from store.tables import Campaign, Deadline, LadderStep, Phase

_DRAINING = timedelta(milliseconds=200)


class Steps:
    """The activities that a workflow runs because a moment has come."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def _writing(self, step: str) -> Iterator[Session]:
        with self._database.write() as session:
            yield session
            failpoint(f"{step}.before_commit")
        failpoint(f"{step}.after_commit")

    @row_activity(names.LOAD)
    def load(self, owner: str) -> Situation:
        """Read where a workflow stands."""
        with self._database.read() as session:
            return situation(session, owner)

    @row_activity(names.OPEN_PHASE)
    def open_phase(self, owner: str) -> Outcome:
        """Open a phase: its windows, and a process for every department."""
        with self._writing("open_phase") as session:
            phase = _locked_phase(session, owner)
            if phase.state is not PhaseState.PLANNED:
                departments = str(ids.departments(phase.id))
                return Outcome(situation(session, owner), start=(departments,))
            if _resting(session, phase):
                return Outcome(situation(session, owner))
            deed = _deed(session, phase.campaign, "open_phase", phase.id)
            phases.open_phase(deed, phase)
            deed.close()
            return _outcome(session, owner, deed)

    @row_activity(names.ENTER)
    def enter(self, order: Enter) -> Outcome:
        """Let a phase enter its next stage."""
        with self._writing("enter") as session:
            phase = _locked_phase(session, order.owner)
            if phase.state != order.stage or _resting(session, phase):
                return Outcome(situation(session, order.owner))
            deed = _deed(session, phase.campaign, "enter_stage", phase.id)
            phases.enter(deed, phase, PhaseState(order.next_stage))
            deed.close()
            return _outcome(session, order.owner, deed)

    @row_activity(names.CLIMB)
    def climb(self, order: Climb) -> Outcome:
        """Send the latest step that is due; older ones are passed over.

        The deadline's version is asked again here: a deadline that moved in the
        meantime has another ladder.
        """
        self._by_and_by("climb", lambda session, after: _climb(session, order, after))
        return Outcome(self.load(order.owner))

    @row_activity(names.CLOSE_WINDOW)
    def close_window(self, order: CloseWindow) -> Outcome:
        """Close windows once every command received before their end is applied.

        Raises ApplicationError (`Draining`) to be run again while some are not.
        """
        with self._writing("mark_closing") as session:
            closing = windows.mark_closing(_closing(session, order), order)
        if not closing:
            return Outcome(self.load(order.owner))
        self._require_drained(order)
        self._by_and_by(
            "tell_missing", lambda session, after: _tell_missing(session, order, after)
        )
        with self._writing("close_window") as session:
            deed = _closing(session, order)
            if windows.close(deed, order):
                deed.close()
            return _outcome(session, order.owner, deed)

    def _require_drained(self, order: CloseWindow) -> None:
        with self._database.write() as session:
            if windows.unapplied(session, order):
                raise ApplicationError(
                    "commands received in time are not applied yet",
                    type="Draining",
                    next_retry_delay=_DRAINING,
                )

    @row_activity(names.SUM_UP)
    def sum_up(self, owner: str) -> Outcome:
        """Write the phase's review and close the phase."""
        with self._writing("sum_up") as session:
            phase = _locked_phase(session, owner)
            if phase.state is not PhaseState.DECIDED:
                waiting = waiting_for(phase)
                return Outcome(situation(session, owner), wake=waiting)
            if _resting(session, phase):
                return Outcome(situation(session, owner))
            deed = _deed(session, phase.campaign, "sum_up", phase.id)
            sum_up_phase(deed, phase)
            deed.close()
            return _outcome(session, owner, deed)

    def _by_and_by(self, step: str, tell: Callable[[Session, str], str | None]) -> None:
        """Tell some departments at a time, each time in a transaction of its own.

        Whoever is told once more, because this runs again, hears nothing new.
        """
        after: str | None = ""
        while after is not None:
            with self._writing(step) as session:
                after = tell(session, after)


def _climb(session: Session, order: Climb, after: str) -> str | None:
    deadline = _locked_deadline(session, order)
    if deadline is None:
        return None
    deed = _deed(session, deadline.campaign, "remind")
    rows = _steps_of(session, **_version(order), now=order.now).all()
    steps = [Step(row.code, row.at, ()) for row in rows]
    latest, _ = latest_overdue(steps, order.now)
    if latest is None:
        return None
    row = next(row for row in rows if row.code == latest.code)
    sent, last = send_step(deed, deadline, row, after)
    row.notices = sent + (row.notices or 0 if after else 0)
    if last is None:
        for each in rows:
            each.ended_at = deed.at
    deed.remind()
    return last


def _locked_deadline(session: Session, order: Climb) -> Deadline | None:
    found: Deadline | None = _running(session, **_version(order)).one_or_none()
    if found is None:
        return None
    campaign = session.get_one(Campaign, found.campaign)
    return None if campaign.state is CampaignState.SUSPENDED else found


def _version(order: Climb) -> dict[str, Any]:
    return {"owner": order.owner, "name": order.deadline, "version": order.version}


@made_once
def _running(owner: Any, name: Any, version: Any) -> Any:
    of = Deadline.owner == owner, Deadline.name == name, Deadline.version == version
    return locking(select(Deadline).where(*of, col(Deadline.closed_at).is_(None)))


@made_once
def _steps_of(owner: Any, name: Any, version: Any, now: Any) -> Any:
    of = LadderStep.owner == owner, LadderStep.name == name
    waits = col(LadderStep.ended_at).is_(None), col(LadderStep.at) <= now
    theirs = select(LadderStep).where(*of, LadderStep.version == version, *waits)
    return locking(theirs)


def _locked_phase(session: Session, owner: str) -> Phase:
    return lock(session, Phase, Phase.id == ids.read(owner).key)[0]


def _resting(session: Session, phase: Phase) -> bool:
    campaign = session.get_one(Campaign, phase.campaign)
    return campaign.state is not CampaignState.RUNNING


def _tell_missing(session: Session, order: CloseWindow, after: str) -> str | None:
    return windows.tell_missing(_closing(session, order), order, after)


def _closing(session: Session, order: CloseWindow) -> Deed:
    campaign = windows.deadline_of(session, order).campaign
    return _deed(session, campaign, "close_window")


def _deed(session: Session, campaign: str, kind: str, phase: str | None = None) -> Deed:
    return Deed(session, campaign, kind, now(session), phase=phase)


def _outcome(session: Session, owner: str, deed: Deed) -> Outcome:
    session.flush()
    return Outcome(
        situation(session, owner), start=tuple(deed.start), wake=tuple(deed.wake)
    )
