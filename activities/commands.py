"""`apply_command`: one transaction for an act's effect, its record and its end."""

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from temporalio import activity
from temporalio.exceptions import TemporalError

from activities.addressing import task_of, tending
from activities.deed import Deed
from activities.defining import row_activity
from activities.effects.registry import EFFECTS, Call
from activities.services.calendar.deadlines import close_own
from ballots.box import BallotBox
from domain import ids
from domain.acts import ACTS
from domain.record.traces import Trace
from domain.refusals import Refusal, Refused, in_own_words
from domain.rules.rulepack import RulePack
from domain.states import CommandState
from duties.subjects import target_name
from engine import names
from engine.messages import CommandRef, Outcome
from engine.situations import situation
from intake.acts.bodies import BODIES
from store import commands, delegations
from store.clock import campaign_now, now
from store.database import Database, Stale, lock
from store.failpoints import failpoint
from store.faults import is_away, may_pass, told
from store.plans import head_of
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
        self._packs = packs
        self._stuck_after = stuck_after
        self._box = box

    @row_activity(names.APPLY_COMMAND)
    def apply_command(self, ref: CommandRef) -> Outcome:
        """End a received command: applied with its answer, or refused with reasons.

        One that has ended is left alone, so running twice changes nothing. One
        that keeps failing through a fault that may pass ends as stuck, and one that
        fails by a mistake of ours as failed, at once: it holds up nobody, and keeps
        its place.
        """
        try:
            outcome, spent = self._apply(ref)
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

    def _apply(self, ref: CommandRef) -> tuple[Outcome, list[str]]:
        try:
            return self._carry_out(ref)
        except Refused as refused:
            # Of what it had begun nothing stands, nor does it hold anything any more.
            refusing = partial(_refused, refused.refusals)
            return _end(self._database.write(), ref, refusing)

    def _carry_out(self, ref: CommandRef) -> tuple[Outcome, list[str]]:
        # Of those that are short, whoever looked before it wrote would find every time
        # that somebody else has written.
        if not ACTS[ref.kind].short:
            judging = self._database.judge(commands.versions(ref.id))
            with suppress(Stale):
                return _end(judging, ref, self._carried_out)
        # The second time it keeps others out while it judges: it comes to an end.
        return _end(self._database.write(), ref, self._carried_out)

    def _carried_out(self, session: Session, command: Any) -> dict[str, Any]:
        campaign, at = campaign_now(session, command.campaign)
        deed = Deed(
            session,
            campaign.id,
            command.kind,
            at,
            actor=command.actor,
            phase=command.phase,
            behalf=command.behalf,
            delegation=command.delegation,
            command=command.id,
            trace=Trace(command.target),
            facts={
                "received_at": command.received_at.isoformat(),
                "said": command.payload,
            },
        )
        answer = _effect(deed, command, self._packs, self._box)
        deed.close()
        left = {"start": deed.start, "wake": deed.wake, "spent": deed.spent}
        return commands.applied(answer, deed.at) | left

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
            return _outcome(session, command.model_dump())


def _end(
    transaction: AbstractContextManager[Session],
    ref: CommandRef,
    ending: Callable[[Session, Any], dict[str, Any]],
) -> tuple[Outcome, list[str]]:
    """End a command that still waits, by what *ending* says of it."""
    with transaction as session:
        command = commands.hold(session, ref.id)
        ended = command._mapping
        if command.state is CommandState.RECEIVED:
            values = ending(session, command)
            commands.end(session, ref.id, values)
            ended = {**ended, **values}
        failpoint("apply.before_commit")
        # From the row: whoever tries again finds what is left to destroy.
        return _outcome(session, ended), ended["spent"]


def _refused(
    refusals: tuple[Refusal, ...], session: Session, command: Any
) -> dict[str, Any]:
    campaign, at = campaign_now(session, command.campaign)
    return commands.refused(in_own_words(refusals, head_of(campaign.plan)), at)


def _effect(
    deed: Deed, command: Any, packs: tuple[RulePack, ...], box: BallotBox
) -> dict[str, Any]:
    if command.delegation is not None:
        deed.facts["delegation"] = command.delegation
        delegations.require_in_force(
            deed.session, command.delegation, command.kind, command.received_at
        )
    call = Call(
        deed=deed,
        box=box,
        target=ids.read(command.target),
        received_at=command.received_at,
        phase_id=command.phase,
        department=command.department,
        packs=packs,
    )
    body = BODIES[command.kind].model_validate(command.payload)
    answer = EFFECTS[command.kind](call, body)
    close_own(deed, call.target)
    return answer or {}


def _outcome(session: Session, ended: Mapping[str, Any]) -> Outcome:
    return Outcome(
        situation(session, ended["target"]),
        ended["state"],
        tuple(ended["start"]),
        tuple(ended["wake"]),
    )


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
