"""`move`: the only writer of a nomination line's state."""

from collections.abc import Iterable, Sequence
from typing import Any

from activities.deed import Deed
from domain.refusals import refuse
from domain.states import LineState, may_leave_hold, may_move
from papers.terms import LINE_STATES
from store.database import insert_missing
from store.tables import Nomination, NominationMove


def create(deed: Deed, lines: Iterable[Nomination]) -> None:
    """Write new lines, each by its first move."""
    new = list(lines)
    _write_moves(deed, new, [None] * len(new), [line.state for line in new], None)
    deed.session.add_all(new)
    deed.session.flush()


def move(
    deed: Deed,
    lines: Sequence[Nomination],
    target: LineState,
    reason: str | None = None,
) -> None:
    """Bring lines to *target*, as one step each of one act.

    The caller holds the lines locked. Raises Refused (`wrong_state`) when one of
    them may not go there; then none of them has gone.
    """
    for line in lines:
        _require_legal(line, target)
    before = [line.state for line in lines]
    for line, state in zip(lines, before, strict=True):
        line.moves += 1
        line.held_from = state if target is LineState.ON_HOLD else None
        line.state = target
    _write_moves(deed, lines, before, [target] * len(lines), reason)
    deed.session.add_all(lines)
    deed.session.flush()


def _require_legal(line: Nomination, target: LineState) -> None:
    free = line.state is not LineState.ON_HOLD or may_leave_hold(line.held_from, target)
    if not (free and may_move(line.state, target)):
        raise refuse(
            "wrong_state",
            f"Đề nghị đang ở trạng thái «{LINE_STATES[line.state]}», "
            f"không chuyển được sang «{LINE_STATES[target]}».",
        )


def _write_moves(
    deed: Deed,
    lines: Sequence[Nomination],
    before: Sequence[LineState | None],
    after: Sequence[LineState],
    reason: str | None,
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
        }
        for line, old, new in zip(lines, before, after, strict=True)
    ]
    with deed.session.no_autoflush:  # the move stands before the line changes
        insert_missing(deed.session, NominationMove, moves)
    deed.lines += [str(line.id) for line in lines]
