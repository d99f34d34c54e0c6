"""`apply_command`: one transaction for an act's effect, its record and its end."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from temporalio import activity

from activities.addressing import secretariat_desk
from activities.deed import Deed
from activities.effects.registry import EFFECTS, Call
from ballots.box import BallotBox
from domain import ids
from domain.acts import ACTS
from domain.refusals import Refused
from domain.rules.rulepack import RulePack
from domain.states import CommandState
from engine import names
from engine.messages import CommandRef, Outcome
from engine.situations import situation
from intake.acts.bodies import BODIES
from store import commands, delegations
from store.database import Database, lock, now
from store.failpoints import failpoint
from store.tables import Command

# How long an act that fails for a reason of ours is tried before it is set aside.
STUCK_AFTER = timedelta(minutes=5)


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

    @activity.defn(name=names.APPLY_COMMAND)
    def apply_command(self, ref: CommandRef) -> Outcome:
        """End a received command: applied with its answer, or refused with reasons.

        One that has ended is left alone, so running twice changes nothing. One
        that keeps failing through a fault of ours ends as stuck: it holds up
        nobody, and keeps its place.
        """
        try:
            outcome, spent = self._apply(ref)
        except OperationalError:
            raise  # the database is away: that only delays
        except Exception:
            if not self._tried_long_enough():
                raise
            activity.logger.error("command %s is stuck", ref.id)
            return self._set_aside(ref)
        failpoint("apply.after_commit")
        self._box.forget(self._database, spent)
        return outcome

    def _apply(self, ref: CommandRef) -> tuple[Outcome, list[str]]:
        with self._database.write() as session:
            command = lock(session, Command, Command.id == ref.id)[0]
            if command.state is CommandState.RECEIVED:
                _end(session, command, self._packs, self._box)
            failpoint("apply.before_commit")
            # From the row: whoever tries again finds what is left to destroy.
            return _outcome(session, command), command.spent

    def _tried_long_enough(self) -> bool:
        return datetime.now(UTC) - activity.info().scheduled_time >= self._stuck_after

    def _set_aside(self, ref: CommandRef) -> Outcome:
        with self._database.write() as session:
            command = lock(session, Command, Command.id == ref.id)[0]
            if command.state is CommandState.RECEIVED:
                command.state = CommandState.STUCK
                session.add(command)
                _tell_of_stuck(session, command)
            return _outcome(session, command)


def _end(
    session: Session, command: Command, packs: tuple[RulePack, ...], box: BallotBox
) -> None:
    deed = Deed(
        session,
        command.campaign,
        command.kind,
        now(session),
        actor=command.actor,
        phase=command.phase,
        behalf=command.behalf,
        delegation=command.delegation,
        command=command.id,
        facts={
            "received_at": command.received_at.isoformat(),
            "said": command.payload,
        },
    )
    try:
        with session.begin_nested():
            answer = _effect(deed, command, packs, box)
            deed.close()
    except Refused as refused:
        commands.refuse_command(command, refused.refusals, deed.at)
    else:
        commands.apply(command, answer, deed.at)
        command.start, command.wake, command.spent = deed.start, deed.wake, deed.spent
    session.add(command)
    session.flush()


def _effect(
    deed: Deed, command: Command, packs: tuple[RulePack, ...], box: BallotBox
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
    return EFFECTS[command.kind](call, body) or {}


def _outcome(session: Session, command: Command) -> Outcome:
    return Outcome(
        situation(session, command.target),
        command.state,
        tuple(command.start),
        tuple(command.wake),
    )


def _tell_of_stuck(session: Session, command: Command) -> None:
    deed = Deed(session, command.campaign, "command_stuck", now(session))
    deed.facts |= {"command": str(command.id), "kind": command.kind}
    deed.notify(
        f"command/{command.id}",
        "command_stuck",
        secretariat_desk(deed),
        what=ACTS[command.kind].summary,
        at=command.received_at,
    )
    deed.close()
