"""Human acts applied: the effect, the record and the end of each, all at one moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session

from activities.deed import Deed
from activities.effects.registry import EFFECTS, Call
from activities.services.calendar.deadlines import close_own
from ballots.box import BallotBox
from domain import ids
from domain.acts import ACTS
from domain.record.traces import Trace
from domain.refusals import Refusal, Refused, in_own_words
from domain.rules.rulepack import RulePack
from domain.states import CommandState
from engine.messages import CommandRef, Outcome
from engine.situations import situation
from intake.acts.bodies import BODIES
from store import commands, delegations, record
from store.commands import HeldCommand
from store.database import Database, Stale
from store.failpoints import failpoint
from store.plans import head_of

# How commands end, each by what is written of it.
_Ends = Mapping[UUID, Mapping[str, Any]]


class Ended(NamedTuple):
    """How a command has ended, and which ballot boxes are spent with it."""

    outcome: Outcome
    spent: list[str]


class Applying:
    """Ends commands that wait. Each is written whole or not at all."""

    def __init__(
        self, database: Database, packs: tuple[RulePack, ...], box: BallotBox
    ) -> None:
        self._database = database
        self._packs = packs
        self._box = box

    def end(self, ref: CommandRef) -> Ended:
        """End a command: applied with its answer, or refused with reasons."""
        try:
            return self._carry_out(ref)
        except Refused as refused:
            # Of what it had begun nothing stands, nor does it hold anything any more.
            refusing = partial(_refused, refused.refusals)
            with self._database.write() as session:
                return _end(session, [ref], refusing)[0]

    def _carry_out(self, ref: CommandRef) -> Ended:
        # Many that are short come at once: whoever of them looked before it wrote would
        # find every time that somebody else has written.
        if ACTS[ref.kind].short:
            return self._database.together(self._end, ref)
        with (
            suppress(Stale),
            self._database.judge(commands.versions(ref.id)) as judging,
        ):
            return self._end(judging, [ref])[0]
        # The second time it keeps others out while it judges: it comes to an end.
        with self._database.write() as session:
            return self._end(session, [ref])[0]

    def _end(self, session: Session, refs: Sequence[CommandRef]) -> list[Ended]:
        return _end(session, refs, self._carried_out)

    def _carried_out(self, session: Session, waiting: Sequence[HeldCommand]) -> _Ends:
        entries, ends = list[record.NewAct](), dict[UUID, Mapping[str, Any]]()
        for each in waiting:
            deed = _deed(session, each.command, each.at)
            answer = _effect(deed, each.command, self._packs, self._box)
            entries.append(deed.written())
            left = {"start": deed.start, "wake": deed.wake, "spent": deed.spent}
            ends[each.command.id] = commands.applied(answer, deed.at) | left
            if len(waiting) > 1:
                _forget_rows(session, waiting)
        record.append_all(session, entries)
        return ends


def _forget_rows(session: Session, waiting: Iterable[HeldCommand]) -> None:
    """Let the next act read the rows as this one leaves them."""
    session.expunge_all()
    for each in waiting:
        session.add_all(filter(None, (each.campaign, each.phase)))


def _end(
    session: Session,
    refs: Sequence[CommandRef],
    ending: Callable[[Session, Sequence[HeldCommand]], _Ends],
) -> list[Ended]:
    """End those of some commands that still wait, by what *ending* says of them."""
    held = commands.hold(session, [ref.id for ref in refs])
    waiting = [x for x in held if x.command.state is CommandState.RECEIVED]
    ends = ending(session, waiting) if waiting else {}
    commands.end(session, ends)
    failpoint("apply.before_commit")
    # From the row: whoever tries again finds what is left to destroy.
    rows = {x.id: {**x._mapping, **ends.get(x.id, {})} for x, *_ in held}
    return [
        Ended(outcome_of(session, rows[ref.id]), rows[ref.id]["spent"]) for ref in refs
    ]


def outcome_of(session: Session, command: Mapping[str, Any]) -> Outcome:
    """Say how a command stands, and what is to follow from it."""
    return Outcome(
        situation(session, command["target"]),
        command["state"],
        tuple(command["start"]),
        tuple(command["wake"]),
    )


def _refused(
    refusals: tuple[Refusal, ...], _session: Session, waiting: Sequence[HeldCommand]
) -> _Ends:
    [(command, campaign, _, at)] = waiting
    own = in_own_words(refusals, head_of(campaign.plan))
    return {command.id: commands.refused(own, at)}


def _deed(session: Session, command: Any, at: datetime) -> Deed:
    return Deed(
        session,
        command.campaign,
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
