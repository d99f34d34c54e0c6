"""Where a test may kill a process: between any two commits, of people or of time."""

import os
import signal

# NAME=PID; "self" kills the process that comes by. Unset in any real service.
_VARIABLE = "THIDUA_FAILPOINT"

NAMES = (
    "command.before_commit",
    "command.after_commit",
    "command.before_send",
    "command.after_start",
    "command.after_send",
    "dispatch.before_send",
    "dispatch.after_send",
    "apply.before_commit",
    "apply.after_commit",
    "links.before_start",
    "links.after_start",
    "links.before_wake",
    "links.after_wake",
    "turn_away.before_commit",
    "turn_away.after_commit",
    "open_phase.before_commit",
    "open_phase.after_commit",
    "enter.before_commit",
    "enter.after_commit",
    "climb.before_commit",
    "climb.after_commit",
    "mark_closing.before_commit",
    "mark_closing.after_commit",
    "tell_missing.before_commit",
    "tell_missing.after_commit",
    "close_window.before_commit",
    "close_window.after_commit",
    "sum_up.before_commit",
    "sum_up.after_commit",
    "send.after_claim",
    "send.before_settle",
)


def failpoint(name: str) -> None:
    """Kill, with SIGKILL, the process that the environment names for this point."""
    point, _, victim = os.environ.get(_VARIABLE, "").partition("=")
    if point == name:
        os.environ.pop(_VARIABLE)  # once is enough
        os.kill(os.getpid() if victim == "self" else int(victim), signal.SIGKILL)
