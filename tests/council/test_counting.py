"""Any council, however it votes, is counted as anybody would count it by hand."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, delete, select

from ballots.box import BallotBox
from ballots.casting import BallotSheet, cast_all
from ballots.keys import Keys
from domain import ids
from domain.council.ballots import Choice, Mark
from store.database import Database
from store.tables import (
    BoardEntry,
    CouncilSeat,
    Nomination,
    RoundLine,
    Seat,
    SessionLine,
)
from tests.activities.paper import Paper
from tests.council.day import DAY, FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET, to_the_vote
from tests.databases import Databases
from tests.journeys.cast import a_code
from tests.office import DIRECTOR, SECRETARIAT

Line = tuple[str, str]
# Whoever sits: the chair and the secretary first, then plain members, one of whom is
# nominated twice.
SITTING = [
    DIRECTOR,
    SECRETARIAT,
    "ctqh-01",
    "ld-02",
    "ld-03",
    "ld-04",
    "cthdnd-01",
    "hctcqt-01",
    "ttdn-01",
    "ttdn-02",
    "ttdn-03",
    "cthdnd-03",
    "ctqh-05",
]
NOMINEE = "ctqh-01"
SECRETS, OPENS = (SECRET, OWN_SECRET, FLAG), (OPEN, OWN_OPEN)
SHARES = {SECRET: Fraction(4, 5), OWN_SECRET: Fraction(4, 5), FLAG: Fraction(1, 2)}
FEW = 5
SINCE = date(2022, 1, 1)
World = Callable[[], AbstractContextManager["Chamber"]]


@dataclass(frozen=True)
class Story:
    """Who sits, who is there, who steps out of what, and what each one wants."""

    members: tuple[str, ...]
    present: tuple[str, ...]
    casting: frozenset[str]
    recusals: frozenset[tuple[str, Line]]
    wants: Mapping[tuple[str, Line], Choice]
    chair_yes: bool
    again: Mapping[str, Choice] | None


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a council of 3 to 13 with its quorum, and a wish for each of its members."""
    members = tuple(SITTING[: draw(st.integers(3, 13))])
    least = -(-2 * len(members) // 3)
    present = tuple(draw(st.permutations(members))[: draw(st.integers(least, 13))])
    steps_out = st.tuples(st.sampled_from(members), st.sampled_from(SECRETS + OPENS))
    choice = st.sampled_from([*Choice, Choice.YES, Choice.YES])
    lines = SECRETS + OPENS
    return Story(
        members=members,
        present=present,
        casting=frozenset(draw(st.sets(st.sampled_from(members)))) | set(present[:2]),
        recusals=frozenset(draw(st.sets(steps_out, max_size=4))),
        wants={(who, line): draw(choice) for who in members for line in lines},
        chair_yes=draw(st.booleans()),
        again=draw(st.none() | st.fixed_dictionaries(dict.fromkeys(members, choice))),
    )


@dataclass(frozen=True)
class Count:
    """What anybody would find who knows all: the whole, the figures, the outcome."""

    electors: int
    figures: tuple[int, int, int] | None
    carried: bool


def by_hand(story: Story, line: Line, wants: Mapping[str, Choice]) -> Count:
    """Count one line naively; *wants* says what each of those who vote said."""
    voting = [who for who in story.members if not steps_out(story, who, line)]
    said = [wants[who] for who in voting if who in wants]
    figures = tuple(sum(each is choice for each in said) for choice in Choice)
    yes, whole = figures[0], len(voting)
    if line in OPENS:
        # Whoever is not there, or has stepped out, has no casting voice.
        chair = DIRECTOR in story.present and not steps_out(story, DIRECTOR, line)
        tie = 2 * yes == whole and story.chair_yes and chair
        return Count(whole, figures, whole > 0 and (2 * yes > whole or tie))
    share = Fraction(yes, whole) if whole else Fraction(0)
    enough = share > SHARES[line] if line == FLAG else share >= SHARES[line]
    masked = 0 < len(said) <= FEW
    return Count(whole, None if masked else figures, whole > 0 and enough)


def steps_out(story: Story, who: str, line: Line) -> bool:
    own = line in (OWN_OPEN, OWN_SECRET) and who == NOMINEE
    return own or (who, line) in story.recusals


def wishes(story: Story, line: Line) -> dict[str, Choice]:
    """Say what each member who gets to it says of a line."""
    heard = story.present if line in OPENS else story.casting
    return {who: story.wants[who, line] for who in story.members if who in heard}


@dataclass
class Chamber:
    """One council at work: acts by their effects, ballots as the API takes them."""

    paper: Paper
    session: str = "2022-1-hd1"

    @property
    def database(self) -> Database:
        """The world's database."""
        return self.paper.database

    def seat(self, members: tuple[str, ...]) -> None:
        """Let these sit and nobody else."""
        seats = {DIRECTOR: Seat.CHAIR, SECRETARIAT: Seat.SECRETARY}
        with self.database.write() as session:
            session.exec(delete(CouncilSeat))
            session.add_all(
                CouncilSeat(person=who, seat=seats.get(who, Seat.MEMBER), starts=SINCE)
                for who in members
            )

    def act(self, who: str, kind: str, **body: Any) -> None:
        """Let somebody act in the session."""
        target = str(ids.council(self.session))
        assert self.paper.act(who, kind, target, body) == "applied", kind

    def lines(self) -> dict[Line, str]:
        """Learn the ids of the lines."""
        with self.database.read() as session:
            rows = session.exec(select(Nomination)).all()
        return {(row.subject, row.title): str(row.id) for row in rows}

    def put(self, number: int, who: str, wants: Mapping[Line, Choice]) -> None:
        """Let somebody cast."""
        names = self.lines()
        marks = [
            Mark(names[line], choice, a_code(who, *line, str(number), uuid4().hex))
            for line, choice in wants.items()
        ]
        with self.database.write() as session:
            cast_all(session, [BallotSheet(self.session, number, who, marks)])

    def results(self, number: int) -> dict[Line, Count]:
        """Read what a round came to, the board against the figures."""
        names = {line_id: line for line, line_id in self.lines().items()}
        with self.database.read() as session:
            rows = session.exec(
                select(RoundLine).where(RoundLine.round == number)
            ).all()
            entries = session.exec(
                select(BoardEntry).where(BoardEntry.round == number)
            ).all()
        found = {}
        for row in rows:
            line = names[str(row.line)]
            figures = None if row.masked else (row.yes, row.no, row.blank)
            found[line] = Count(row.electors, figures, row.carried)
            if line in SECRETS:
                shown = [each.choice for each in entries if each.line == row.line]
                board = tuple(shown.count(choice) for choice in Choice)
                assert board == (figures or (0, 0, 0))
        return found

    def outcomes(self) -> dict[Line, bool]:
        """Read which lines passed in the end."""
        names = {line_id: line for line, line_id in self.lines().items()}
        with self.database.read() as session:
            rows = session.exec(select(SessionLine).order_by(col(SessionLine.line)))
            return {names[str(r.line)]: r.outcome == "council_passed" for r in rows}


@pytest.fixture
def world(databases: Databases, tmp_path: Path) -> World:
    """A fresh copy of the day of the vote, as often as wanted."""
    if not databases.prepared("vote"):
        made = databases.fresh()
        to_the_vote(made)
        databases.keep(made, "vote")

    @contextmanager
    def copied() -> Iterator[Chamber]:
        copy = databases.fresh("vote")
        try:
            box = BallotBox(Keys(tmp_path / "keys"))
            yield Chamber(Paper(copy, box=box))
        finally:
            databases.drop(copy)

    return copied


def vote(chamber: Chamber, story: Story) -> None:
    """Hold the first vote from the invitation to the count."""
    chamber.seat(story.members)
    invited = {"meets_at": DAY.isoformat(), "place": "Phòng họp số 1"}
    phase = str(ids.phase(chamber.paper.phase))
    assert chamber.paper.act(SECRETARIAT, "convene", phase, invited) == "applied"
    names = chamber.lines()
    for who, line in sorted(story.recusals):
        chamber.act(who, "recuse", line=names[line], reason="Có liên quan.")
    tellers = list(story.present[:2])
    chamber.act(
        SECRETARIAT, "open_voting", present=list(story.present), tellers=tellers
    )
    chamber.act(SECRETARIAT, "record_show_of_hands", lines=hands(story, names))
    for who in sorted(story.casting):
        wants = own_sheet(
            story, who, {line: story.wants[who, line] for line in SECRETS}
        )
        if wants:
            chamber.put(1, who, wants)
    silent = [who for who in story.members if who not in story.casting]
    chamber.act(SECRETARIAT, "close_voting", minutes="Đã họp.", without=silent)


def own_sheet(
    story: Story, who: str, wants: Mapping[Line, Choice]
) -> dict[Line, Choice]:
    """Leave out what a member steps out of."""
    return {
        line: choice
        for line, choice in wants.items()
        if not steps_out(story, who, line)
    }


def hands(story: Story, names: Mapping[Line, str]) -> list[dict[str, Any]]:
    """Count the hands of those who are there."""
    found = []
    for line in OPENS:
        voting = [who for who in story.present if not steps_out(story, who, line)]
        said = [story.wants[who, line] for who in voting]
        found.append(
            {
                "line": names[line],
                "yes": said.count(Choice.YES),
                "no": said.count(Choice.NO),
                "blank": said.count(Choice.BLANK),
                "chair_yes": story.chair_yes,
            }
        )
    return found


def vote_again(chamber: Chamber, story: Story) -> None:
    """Hold a second round on the flag."""
    assert story.again is not None
    chamber.act(
        DIRECTOR,
        "order_second_round",
        present=list(story.present),
        tellers=list(story.present[:2]),
        lines=[chamber.lines()[FLAG]],
    )
    for who in sorted(story.casting):
        wants = own_sheet(story, who, {FLAG: story.again[who]})
        if wants:
            chamber.put(2, who, wants)
    silent = [who for who in story.members if who not in story.casting]
    chamber.act(SECRETARIAT, "close_voting", minutes="Đã họp.", without=silent)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(story=stories())
def test_any_council_is_counted_as_anybody_would(world: World, story: Story) -> None:
    with world() as chamber:
        vote(chamber, story)
        expected = {
            line: by_hand(story, line, wishes(story, line)) for line in SECRETS + OPENS
        }

        assert chamber.results(1) == expected
        passing = {line: count.carried for line, count in expected.items()}
        assert chamber.outcomes() == passing

        if story.again is not None and not expected[FLAG].carried:
            vote_again(chamber, story)
            wants = {who: story.again[who] for who in story.casting}
            second = by_hand(story, FLAG, wants)
            assert chamber.results(2) == {FLAG: second}
            assert chamber.results(1) == expected
            assert chamber.outcomes() == {**passing, FLAG: second.carried}
