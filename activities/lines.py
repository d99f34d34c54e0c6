"""`move`: the only writer of a nomination line's state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from sqlmodel import col, update

from activities.deed import Deed
from domain.acts import require_move
from domain.grouping import grouped
from domain.refusals import Refusal
from domain.rules.criteria import CommendationType
from domain.states import LineState, may_leave_hold, may_move
from papers.terms import wrong_move
from store.database import insert_all, insert_missing, one_of, put
from store.tables import Nomination, NominationMove, SubjectKind


class NewLine(TypedDict):
    """A line that is still to be written, as its row will say it."""

    id: UUID
    campaign: str
    phase: str
    department: str
    kind: SubjectKind
    subject: str
    title: str
    period: str
    achieved_from: date
    achieved_to: date
    evidence: Mapping[str, Any]
    commendation_type: CommendationType
    secret: bool
    state: LineState
    moves: int


class Way(NamedTuple):
    """Where a line is brought, and why; *against* is what rules say against it."""

    line: Nomination
    target: LineState
    reason: str | None = None
    against: Sequence[Refusal] = ()


def create(deed: Deed, lines: Sequence[NewLine]) -> None:
    """Write new lines, each by its first move."""
    first = (_step(deed, x["id"], x["moves"], None, x["state"]) for x in lines)
    _write_moves(deed, first)
    insert_all(deed.session, Nomination, lines)


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
    none of them has gone. Whoever takes the act back to a savepoint reads them anew.
    """
    found = {(way.line.state, way.line.held_from, way.target) for way in ways}
    for before, held_from, after in found:
        _require_legal(before, held_from, after)
    for before, _, after in found:
        require_move(deed.kind, before, after)
    deed.session.flush()  # what else was said of a line stands before it moves
    steps = [
        _step(deed, line.id, line.moves + 1, line.state, target, reason, against)
        for line, target, reason, against in ways
    ]
    _write_moves(deed, steps)  # the move stands before the line changes
    for target, lines in grouped((way.target, way.line) for way in ways).items():
        _write_lines(deed, lines, target)


def _write_lines(deed: Deed, lines: Sequence[Nomination], target: LineState) -> None:
    """Bring lines to one state, in one statement that grows with none of them."""
    holds = target is LineState.ON_HOLD
    deed.session.connection().execute(
        update(Nomination)
        .where(one_of(col(Nomination.id), [line.id for line in lines]))
        .values(
            state=target,
            held_from=col(Nomination.state) if holds else None,
            moves=col(Nomination.moves) + 1,
        )
    )
    for line in lines:
        held_from = line.state if holds else None
        put(line, state=target, held_from=held_from, moves=line.moves + 1)


def _require_legal(
    before: LineState, held_from: LineState | None, after: LineState
) -> None:
    free = before is not LineState.ON_HOLD or may_leave_hold(held_from, after)
    if not (free and may_move(before, after)):
        raise wrong_move(before, after)


def _step(
    deed: Deed,
    line: UUID,
    number: int,
    before: LineState | None,
    after: LineState,
    reason: str | None = None,
    against: Sequence[Refusal] = (),
) -> dict[str, Any]:
    return {
        "line": line,
        "n": number,
        "from_state": before,
        "to_state": after,
        "act": deed.id,
        "at": deed.at,
        "reason": reason,
        "refusals": [asdict(refusal) for refusal in against] or None,
    }


def _write_moves(deed: Deed, steps: Iterable[dict[str, Any]]) -> None:
    moves = list(steps)
    insert_missing(deed.session, NominationMove, moves)
    for step in moves:
        deed.moved(step["from_state"], step["to_state"], step["line"])
    deed.lines += [str(move["line"]) for move in moves]
