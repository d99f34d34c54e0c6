"""The acts on acts: a fault sets one aside, and somebody sees to it."""

# By no command, as the fault is nobody's doing.
SET_ASIDE_ACTS = frozenset({"command_stuck", "command_failed"})
TENDING = frozenset({"try_again", "discard"})
