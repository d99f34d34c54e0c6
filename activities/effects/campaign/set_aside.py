"""An act that a fault of ours has set aside: tried again, or given up with a reason."""

from uuid import UUID

from activities.addressing import task_of
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.windows import miss
from domain import ids
from domain.acts import ACTS
from domain.refusals import Refusal, unknown
from duties.subjects import target_name
from intake.acts.campaign import Discard, TryAgain
from store import commands
from store.database import lock
from store.tables import Command


@effect("try_again")
def try_again(call: Call, body: TryAgain) -> Answer:
    """Put an act back in line, before all younger ones to its target."""
    command = _command(call, body.command)
    commands.try_again(command)
    return _said(call, command)


@effect("discard")
def discard(call: Call, body: Discard) -> Answer:
    """Give an act up; its sender is told, and what it was to send is missing."""
    command = _command(call, body.command)
    detail = f"Thao tác này đã bị bỏ: {body.reason}"
    commands.discard(command, Refusal("discarded", detail), call.deed.at)
    call.session.add(command)
    call.session.flush()
    if command.window == "submission" and command.phase and command.department:
        miss(call.deed, command.phase, command.department)
    call.deed.notify(
        task_of(command),
        "act_discarded",
        [command.actor],
        version=command.tries,
        what=ACTS[command.kind].summary,
        on=target_name(call.session, ids.read(command.target)),
        at=command.received_at,
        reason=body.reason,
    )
    return _said(call, command)


def _command(call: Call, command_id: UUID) -> Command:
    """Lock an act of the campaign. Raises Refused (`unknown_command`)."""
    call.require_campaign()
    found = commands.find(call.session, command_id)
    if found.campaign != call.deed.campaign:
        raise unknown("command", command_id)
    return lock(call.session, Command, Command.id == command_id)[0]


def _said(call: Call, command: Command) -> Answer:
    call.session.add(command)
    said = {"command": str(command.id), "act": command.kind, "target": command.target}
    call.deed.facts |= {"about": said}
    return said
