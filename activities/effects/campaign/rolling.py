"""A day that works, or does not, was entered after the launch: what rolls follows."""

from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.rerolling import reroll
from intake.fields import Reason


@effect("roll_deadlines")
def roll_deadlines(call: Call, body: Reason) -> Answer:
    """Let the deadlines that run stand by the office's calendar of today."""
    moved = reroll(call.deed, call.campaign(), body.reason)
    return {"moved": len(moved)}
