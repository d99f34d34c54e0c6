"""`apply_command`: the activity that ends an act, and sets aside what cannot be."""

import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from temporalio import activity
from temporalio.exceptions import TemporalError

from activities.addressing import task_of, tending
from activities.applying import Applying, outcome_of
from activities.deed import Deed
from activities.defining import row_activity
from ballots.box import BallotBox
from domain import ids
from domain.acts import ACTS
from domain.record.traces import Trace
from domain.rules.rulepack import RulePack
from domain.states import CommandState
from duties.subjects import target_name
from engine import names
from engine.messages import CommandRef, Outcome
from store.clock import now
from store.database import Database, lock
from store.failpoints import failpoint
from store.faults import is_away, may_pass, told
from store.tables import Command

# How long an act is tried that fails by a fault which may pass.
STUCK_AFTER = timedelta(minutes=5)

_LOGGER = logging.getLogger("thidua.commands")


class Commands:
    """The activity that applies human acts."""

    def __init__(
        self,
        database: Database,
        packs: tuple[RulePack, ...],
        stuck_after: timedelta = STUCK_AFTER,
        *,
        box: BallotBox,
    ) -> None:
        self._database = database
        self._stuck_after = stuck_after
        self._box = box
        self._applying = Applying(database, packs, box)

    @row_activity(names.APPLY_COMMAND)
    def apply_command(self, ref: CommandRef) -> Outcome:
        """End a received command: applied with its answer, or refused with reasons.

        One that has ended is left alone, so running twice changes nothing. One
        that keeps failing through a fault that may pass ends as stuck, and one that
        fails by a mistake of ours as failed, at once: it holds up nobody, and keeps
        its place.
        """
        try:
            outcome, spent = self._applying.end(ref)
        except Exception as error:
            state = self._given_up(error)
            if state is None:
                raise
            return self._set_aside(ref, state, error)
        failpoint("apply.after_commit")
        self._box.forget(self._database, spent)
        return outcome

    @row_activity(names.APPLY_COMMANDS)
    def apply_commands(self, refs: list[CommandRef]) -> list[Outcome]:
        """End received commands in their order, each as if it had come alone.

        At one that cannot be ended now the work stops: the rest is asked for again,
        that one first. Raises as `apply_command` does when it is the first.
        """
        first, *behind = refs
        ended = [self.apply_command(first)]
        with suppress(Exception):
            for ref in behind:
                ended.append(self.apply_command(ref))  # noqa: PERF401 - one by one
        return ended

    def _given_up(self, error: Exception) -> CommandState | None:
        """Say how a command ends that fails so; None: it is tried again."""
        info = activity.info()
        if is_away(error) or isinstance(error, TemporalError):
            return None  # that only delays, and may be the end of this worker
        if may_pass(error):
            tried = datetime.now(UTC) - info.scheduled_time
            return CommandState.STUCK if tried >= self._stuck_after else None
        # Of two who write one thing at once, the second finds at its next try that
        # the first has, and is refused.
        clashed = isinstance(error, IntegrityError) and info.attempt == 1
        return None if clashed else CommandState.FAILED

    def _set_aside(
        self, ref: CommandRef, state: CommandState, error: Exception
    ) -> Outcome:
        kind = type(error).__name__
        _LOGGER.error("command %s is %s: %s", ref.id, state, told(error))
        with self._database.write() as session:
            command = lock(session, Command, Command.id == ref.id)[0]
            if command.state is CommandState.RECEIVED:
                command.state = state
                session.add(command)
                _tell(session, command, kind)
            return outcome_of(session, command.model_dump())


_SAID = {
    CommandState.STUCK: "command_stuck",
    CommandState.FAILED: "command_failed",
}


def _tell(session: Session, command: Command, fault: str) -> None:
    """Tell whoever tends it of a command that was set aside, and record it."""
    kind, aimed = _SAID[command.state], Trace(command.target)
    deed = Deed(session, command.campaign, kind, now(session), trace=aimed)
    deed.facts |= {"command": str(command.id), "kind": command.kind, "fault": fault}
    deed.notify(
        task_of(command),
        kind,
        tending(deed, command),
        version=command.tries,
        what=ACTS[command.kind].summary,
        on=target_name(session, ids.read(command.target)),
        at=command.received_at,
        id=command.id,
    )
    deed.close()
