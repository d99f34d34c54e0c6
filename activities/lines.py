"""`move`: the only writer of a nomination line's state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from sqlmodel import col, select, update

from activities.deed import Deed
from domain.acts import require_move
from domain.grouping import grouped
from domain.refusals import Refusal
from domain.rules.criteria import CommendationType
from domain.states import LineState, may_leave_hold, may_move
from papers.terms import wrong_move
from store.database import insert_all, insert_missing, insert_selected, one_of, put
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
    first = [_step(deed, x["id"], x["moves"], None, x["state"]) for x in lines]
    insert_missing(deed.session, NominationMove, first)
    _record(deed, ((x["id"], None, x["state"]) for x in lines))
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
    _write_steps(deed, ways)  # the move stands before the line changes
    for target, lines in grouped((way.target, way.line) for way in ways).items():
        _write_lines(deed, lines, target)


def _write_steps(deed: Deed, ways: Sequence[Way]) -> None:
    """Write a step for each way; those without a word in one statement for a state."""
    said = [way for way in ways if way.reason is not None or way.against]
    steps = [
        _step(deed, line.id, line.moves + 1, line.state, target, reason, against)
        for line, target, reason, against in said
    ]
    insert_missing(deed.session, NominationMove, steps)
    silent = [way for way in ways if way.reason is None and not way.against]
    for target, lines in grouped((way.target, way.line.id) for way in silent).items():
        each = select(Nomination.id, col(Nomination.moves) + 1, Nomination.state)
        insert_selected(
            deed.session,
            NominationMove,
            ("line", "n", "from_state"),
            each.where(one_of(col(Nomination.id), lines)),
            {"to_state": target, "act": deed.id, "at": deed.at},
        )
    _record(deed, ((way.line.id, way.line.state, way.target) for way in ways))


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


def _record(
    deed: Deed, moves: Iterable[tuple[UUID, LineState | None, LineState]]
) -> None:
    named = [(str(line), (before, after)) for line, before, after in moves]
    deed.lines += (line for line, _ in named)
    for (before, after), lines in grouped((way, line) for line, way in named).items():
        deed.moved(before, after, *lines)
