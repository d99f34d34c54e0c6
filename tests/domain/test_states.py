"""The moves of a line: what exists on paper, and what a real database then holds."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.lines import move
from domain.acts import RULES, Undeclared
from domain.refusals import Refused
from domain.states import (
    HOLDABLE_LINES,
    LINE_MOVES,
    SPENT_LINES,
    LineState,
    may_move,
)
from store.database import Database, lock
from store.tables import Nomination, NominationMove
from tests.databases import ON_BOTH
from tests.domain.test_acts import UNMADE
from tests.store.rows import a_deed, a_line, found, write_lines

HELD = LineState.ON_HOLD
# The moves that some act makes.
MADE = {
    before: onward - {after for x, after in UNMADE if x is before}
    for before, onward in LINE_MOVES.items()
}
NO_MOVER = "comment"


def path_to(
    target: LineState, moves: Mapping[LineState, Set[LineState]] = MADE
) -> list[LineState]:
    """Find the shortest way of a new line to a state; where none leads, it is there."""
    ways = deque([[LineState.NOMINATED]])
    while ways and ways[0][-1] is not target:
        way = ways.popleft()
        onward = moves[way[-1]] if way[-1] is not HELD else set()
        ways += [[*way, after] for after in sorted(onward - set(way))]
    return ways[0] if ways else [target]


def bring(deed: Deed, way: Sequence[LineState], **of: Any) -> Nomination:
    """Write a line, and take it along a way."""
    line = a_line(**of, state=way[0])
    write_lines(deed, [line])
    for state in way[1:]:
        take(deed, [line], state)
    return line


def take(deed: Deed, lines: Sequence[Nomination], target: LineState) -> None:
    """Move lines by an act that does so, if there is one."""
    deed.kind = mover({line.state for line in lines}, target)
    move(deed, lines, target, "lý do")


def mover(sources: Set[LineState], target: LineState) -> str:
    """Name what brings lines from all of these states to another."""
    found = (
        kind
        for kind, rule in RULES.items()
        if all(rule.moves(state, target) for state in sources)
    )
    return next(found, NO_MOVER)


@contextmanager
def tried(session: Session) -> Iterator[None]:
    """Take back what the block has written."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.expire_all()  # it has not seen lines move, nor that they have not


def test_every_state_has_its_moves_and_can_be_reached() -> None:
    begun = {state: path_to(state, LINE_MOVES)[0] for state in LineState}

    assert set(LINE_MOVES) == set(LineState)
    assert set(begun.values()) == {LineState.NOMINATED}


# A line on hold goes back, or ends there.
ENDS = {LineState.INELIGIBLE, LineState.WITHDRAWN}


def test_what_may_be_held_is_what_may_be_released() -> None:
    holdable = {state for state in LineState if may_move(state, HELD)}

    assert holdable == HOLDABLE_LINES
    assert LINE_MOVES[HELD] == holdable | ENDS


def test_only_a_line_found_ineligible_comes_back_from_being_spent() -> None:
    back = {state for state in SPENT_LINES if LINE_MOVES[state] - SPENT_LINES}

    assert back == {LineState.INELIGIBLE}


@ON_BOTH
def test_move_takes_exactly_the_moves_that_acts_make(database: Database) -> None:
    released = path_to(HELD)[-2]

    taken = moves_taken(database, [path_to(state) for state in LineState])

    moves = {**MADE, HELD: {released} | ENDS}
    assert taken == [moves[state] for state in LineState]


def test_a_line_on_hold_returns_only_to_where_it_came_from_or_ends(
    sqlite_database: Database,
) -> None:
    holdable = sorted(HOLDABLE_LINES)

    taken = moves_taken(sqlite_database, [[*path_to(s), HELD] for s in holdable])

    assert taken == [{state} | ENDS for state in holdable]


def moves_taken(
    database: Database, ways: Sequence[Sequence[LineState]]
) -> list[set[LineState]]:
    """Bring a line along each way, and try every move from there."""
    taken = []
    with database.write() as session:
        found(session)
        deed = a_deed(session)
        for place, way in enumerate(ways):
            line = bring(deed, way, period=str(place))
            taken.append({to for to in LineState if takes(deed, line, to)})
        session.rollback()
    return taken


def takes(deed: Deed, line: Nomination, target: LineState) -> bool:
    with tried(deed.session):
        try:
            take(deed, [line], target)
        except Undeclared:
            return False
        except Refused as refused:
            return [each.code for each in refused.refusals] != ["wrong_state"]
        return True


@ON_BOTH
def test_only_a_spent_line_makes_room_for_another(database: Database) -> None:
    with database.write() as session:
        found(session)
        deed, makes_room = a_deed(session), set()
        for place, state in enumerate(LineState):
            bring(deed, path_to(state), period=str(place))
            if is_taken(deed, period=str(place)):
                makes_room.add(state)
        session.rollback()

    assert makes_room == SPENT_LINES


def is_taken(deed: Deed, **of: Any) -> bool:
    with tried(deed.session):
        try:
            write_lines(deed, [a_line(**of)])
        except IntegrityError:
            return False
        return True


@dataclass
class Expected:
    """A line as it should stand, with the states that it has passed through."""

    id: UUID
    slot: tuple[str, str]
    way: list[LineState]

    @property
    def state(self) -> LineState:
        return self.way[-1]

    @property
    def held_from(self) -> LineState | None:
        return self.way[-2] if self.state is HELD else None

    def onward(self) -> list[LineState]:
        """List where the line may go."""
        if self.held_from is not None:
            return sorted({self.held_from} | ENDS)
        return sorted(LINE_MOVES[self.state])


_periods = count()


class Lines(RuleBasedStateMachine):
    """Some people nominated for some titles, moved about by whoever comes."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.period = f"p{next(_periods)}"  # an example's own
        self.lines: list[Expected] = []

    @rule(
        subject=st.sampled_from(["vp-01", "vp-02"]),
        title=st.sampled_from(["LDTT", "CSTDCS"]),
        way=st.sampled_from(LineState).map(path_to),
    )
    def nominate(self, subject: str, title: str, way: list[LineState]) -> None:
        """Write a line and take it some way, if its place is free."""
        free = (subject, title) not in self._live()

        with self._written(expected=None if free else IntegrityError) as deed:
            of = {"subject": subject, "title": title, "period": self.period}
            line = bring(deed, way, **of)

        if free:
            self.lines.append(Expected(line.id, (subject, title), list(way)))

    @precondition(lambda self: self.lines)
    @rule(data=st.data(), to=st.sampled_from(LineState))
    def move_some(self, data: st.DataObject, to: LineState) -> None:
        """Move any lines anywhere: mostly refused, and then as if not asked."""
        places = st.sampled_from(range(len(self.lines)))
        several = data.draw(st.lists(places, min_size=1, unique=True))
        self._move([self.lines[place] for place in several], to)

    @precondition(lambda self: any(line.onward() for line in self.lines))
    @rule(data=st.data())
    def move_one_on(self, data: st.DataObject) -> None:
        """Move a line to where it may go."""
        line = data.draw(st.sampled_from([x for x in self.lines if x.onward()]))
        self._move([line], data.draw(st.sampled_from(line.onward())))

    def _move(self, moved: list[Expected], target: LineState) -> None:
        expected: type[Exception] | None = None
        if not all(target in line.onward() for line in moved):
            expected = Refused
        elif mover({line.state for line in moved}, target) == NO_MOVER:
            expected = Undeclared
        elif self._would_meet_another(moved, target):
            expected = IntegrityError

        with self._written(expected) as deed:
            asked_for = col(Nomination.id).in_([line.id for line in moved])
            take(deed, lock(deed.session, Nomination, asked_for), target)

        if expected is None:
            for line in moved:
                line.way.append(target)

    def _live(self) -> list[tuple[str, str]]:
        return [line.slot for line in self.lines if line.state not in SPENT_LINES]

    def _would_meet_another(self, moved: list[Expected], target: LineState) -> bool:
        revived = [line.slot for line in moved if line.state in SPENT_LINES]
        taken = [*self._live(), *revived]
        return target not in SPENT_LINES and len(set(taken)) < len(taken)

    @contextmanager
    def _written(self, expected: type[Exception] | None) -> Iterator[Deed]:
        """Do a deed whole, or not at all when it is *expected* to fail."""
        raised: type[Exception] | None = None
        try:
            with self.database.write() as session:
                deed = a_deed(session)
                yield deed
                deed.close()
        except (Refused, Undeclared, IntegrityError) as error:
            raised = type(error)
        assert raised is expected

    @invariant()
    def rows_are_as_expected(self) -> None:
        ours = col(Nomination.period) == self.period
        with self.database.read() as session:
            rows = session.exec(select(Nomination).where(ours)).all()
        assert {row.id: (row.state, row.held_from, row.moves) for row in rows} == {
            line.id: (line.state, line.held_from, len(line.way)) for line in self.lines
        }

    @invariant()
    def every_step_is_a_move_that_exists(self) -> None:
        with self.database.read() as session:
            rows = session.exec(
                select(NominationMove)
                .where(col(NominationMove.line).in_([line.id for line in self.lines]))
                .order_by(col(NominationMove.n))
            ).all()
        steps: dict[UUID, list[tuple[LineState | None, LineState]]] = {}
        for row in rows:
            steps.setdefault(row.line, []).append((row.from_state, row.to_state))
        assert steps == {
            line.id: [(None, line.way[0]), *pairwise(line.way)] for line in self.lines
        }
        assert all(
            before is None or after in LINE_MOVES[before]
            for way in steps.values()
            for before, after in way
        )


def test_whatever_is_asked_of_lines_their_moves_tell_their_states(
    database: Database,
) -> None:
    with database.write() as session:
        found(session)

    class Here(Lines):
        pass

    Here.database = database
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, derandomize=True
        ),
    )
