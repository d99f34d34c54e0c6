"""The command's row: received once, in order, and ended exactly once."""

from store.commands.ending import (
    HeldCommand,
    applied,
    discard,
    end,
    hold,
    refuse_command,
    refused,
    try_again,
    versions,
)
from store.commands.finding import (
    Turn,
    again,
    find,
    find_all,
    get,
    turn_of,
)
from store.commands.receiving import (
    Entitle,
    Intent,
    is_known,
    receive,
)
from store.commands.waiting import (
    CommandEnd,
    Owed,
    departments_set_aside,
    ended,
    heads,
    in_line,
    owed,
    settle,
    waiting,
)

__all__ = [
    "CommandEnd",
    "Entitle",
    "HeldCommand",
    "Intent",
    "Owed",
    "Turn",
    "again",
    "applied",
    "departments_set_aside",
    "discard",
    "end",
    "ended",
    "find",
    "find_all",
    "get",
    "heads",
    "hold",
    "in_line",
    "is_known",
    "owed",
    "receive",
    "refuse_command",
    "refused",
    "settle",
    "try_again",
    "turn_of",
    "versions",
    "waiting",
]
