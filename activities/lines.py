"""`move`: the only writer of a nomination line's state."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from activities.deed import Deed
from domain.acts import require_move
from domain.refusals import Refusal
from domain.states import LineState, may_leave_hold, may_move
from papers.terms import wrong_move
from store.database import insert_missing, update_all
from store.tables import Nomination, NominationMove


class Way(NamedTuple):
    """Where a line is brought, and why; *against* is what rules say against it."""

    line: Nomination
    target: LineState
    reason: str | None = None
    against: Sequence[Refusal] = ()


def create(deed: Deed, lines: Iterable[Nomination]) -> None:
    """Write new lines, each by its first move."""
    new = list(lines)
    _write_moves(deed, [Way(line, line.state) for line in new], [None] * len(new))
    deed.session.add_all(new)
    deed.session.flush()


def move(
    deed: Deed,
    lines: Sequence[Nomination],
    target: LineState,
    reason: str | None = None,
) -> None:
    """Bring lines to *target*, as `move_each` does."""
    move_each(deed, [Way(line, target, reason) for line in lines])


def move_each(deed: Deed, ways: Sequence[Way]) -> None:
    """Bring each line where it goes, as one step each of one act, all at once.

    The caller holds the lines locked. Raises Refused (`wrong_state`) when one of
    them may not go there, and Undeclared when such an act brings nothing there; then
    none of them has gone.
    """
    for way in ways:
        _require_legal(way.line, way.target)
    for before, after in {(way.line.state, way.target) for way in ways}:
        require_move(deed.kind, before, after)
    left = [way.line.state for way in ways]
    deed.session.flush()  # what else was said of a line stands before it moves
    for (line, target, *_), state in zip(ways, left, strict=True):
        line.moves += 1
        line.held_from = state if target is LineState.ON_HOLD else None
        line.state = target
    _write_moves(deed, ways, left)  # the move stands before the line changes
    update_all(deed.session, [way.line for way in ways], "state", "held_from", "moves")


def _require_legal(line: Nomination, target: LineState) -> None:
    free = line.state is not LineState.ON_HOLD or may_leave_hold(line.held_from, target)
    if not (free and may_move(line.state, target)):
        raise wrong_move(line.state, target)


def _write_moves(
    deed: Deed, ways: Sequence[Way], before: Sequence[LineState | None]
) -> None:
    moves: list[dict[str, Any]] = [
        {
            "line": line.id,
            "n": line.moves,
            "from_state": old,
            "to_state": new,
            "act": deed.id,
            "at": deed.at,
            "reason": reason,
            "refusals": [asdict(refusal) for refusal in against] or None,
        }
        for (line, new, reason, against), old in zip(ways, before, strict=True)
    ]
    insert_missing(deed.session, NominationMove, moves)
    deed.lines += [str(way.line.id) for way in ways]
