"""A council of a quota, counted by hand: from the rules on paper, not from the code.

More pass than fifteen in a hundred of the workers: who has the larger share of votes
goes first, then whose initiative reaches further, then who leads nobody, then who has
held the title more often. Who is equal on the last seats is voted on once more, and
whom that leaves equal the chair chooses. Nobody who was carried fails.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random

ROOM_OF_A_HUNDRED, ENOUGH_OF_A_HUNDRED, WHOLE = 15, 70, 100


@dataclass(frozen=True)
class Fighter:
    """Somebody nominated for the title under the quota, and how the council votes.

    *again* is the vote of a second round, if it comes to one; *asked_again* says that
    the chair orders it when the first one has failed. A count of None is masked: only
    *enough* tells what it came to.
    """

    name: str
    department: str
    electors: int
    first: int
    again: int
    asked_again: bool
    masked: bool
    initiative: int
    leads: bool
    years: int
    worker: bool

    def enough(self, yes: int) -> bool:
        """Say whether so many carry the line."""
        return WHOLE * yes >= ENOUGH_OF_A_HUNDRED * self.electors

    @property
    def rounds(self) -> list[int]:
        """Give the votes of the rounds before any tie is looked at."""
        again = self.asked_again and not self.enough(self.first)
        return [self.first, self.again] if again else [self.first]

    @property
    def carried(self) -> bool:
        """Say whether one of them carried the line."""
        return any(self.enough(yes) for yes in self.rounds)


@dataclass(frozen=True)
class Meeting:
    """A council of one day; *chair* is the order in which the chair would choose."""

    workers: int
    fighters: tuple[Fighter, ...]
    chair: tuple[str, ...]
    departments: tuple[str, ...]

    @property
    def room(self) -> int:
        """How many fighters there may be, of all who are workers."""
        return ROOM_OF_A_HUNDRED * self.workers // WHOLE


@dataclass(frozen=True)
class Found:
    """Who tied and for how many seats, and what became of everybody in the end."""

    tied: frozenset[str]
    seats: int
    voted_again: bool
    tied_again: frozenset[str]
    fates: Mapping[str, str]
    departments: Mapping[str, str]
    departments_at_first: Mapping[str, str]


def draw(seed: int) -> Meeting:
    """Draw a council in which many are equal."""
    chance = Random(seed)
    few_votes = chance.random() < 0.1
    names = [f"f{n}" for n in range(chance.randint(2, 8))]
    fighters = tuple(_fighter(chance, name, few_votes=few_votes) for name in names)
    others = chance.randint(0, 20)
    return Meeting(
        workers=others + sum(each.worker for each in fighters),
        fighters=fighters,
        chair=tuple(chance.sample(names, len(names))),
        departments=("A", "B"),
    )


def _fighter(chance: Random, name: str, *, few_votes: bool) -> Fighter:
    electors = chance.choice((9, 9, 9, 9, 8))
    return Fighter(
        name=name,
        department=chance.choice("AB"),
        electors=electors,
        first=chance.choice((electors, electors, 7, 6)),
        again=chance.choice((0, 3, 3, 6, 8, electors)),
        asked_again=chance.random() < 0.5,
        masked=few_votes and chance.random() < 0.5,
        initiative=int(chance.random() < 0.1),
        leads=chance.random() < 0.2,
        years=int(chance.random() < 0.1),
        worker=chance.random() < 0.95,
    )


def count(meeting: Meeting) -> Found:
    """Find what such a council comes to."""
    running = [each for each in meeting.fighters if each.carried and each.worker]
    before = _before(running)
    chosen = _surely(running, meeting.room, before)
    tied = _undecided(running, meeting.room, before)
    seats = meeting.room - len(chosen) if tied else 0
    at_first = _departments(meeting, chosen, tied)
    voted_again = bool(tied) and all(len(each.rounds) == 1 for each in tied)
    left, still = seats, tied
    if voted_again:
        more = _more_votes_again(tied)
        first = _surely(tied, seats, more)
        still = _undecided(tied, seats, more)
        chosen, left = chosen + first, seats - len(first)
    order = [each for name in meeting.chair for each in still if each.name == name]
    chosen = chosen + order[:left]
    return Found(
        tied=_names(tied),
        seats=seats,
        voted_again=voted_again,
        tied_again=_names(still),
        fates={each.name: _fate(each, running, chosen) for each in meeting.fighters},
        departments=_departments(meeting, chosen, []),
        departments_at_first=at_first,
    )


Before = Callable[[Fighter, Fighter], bool]


def _before(running: Iterable[Fighter]) -> Before:
    """Say who of two comes first; votes that not everybody may know tell nothing."""
    known = not any(each.masked for each in running)

    def before(one: Fighter, other: Fighter) -> bool:
        mine = _carrying(one) * other.electors
        theirs = _carrying(other) * one.electors
        if known and mine != theirs:
            return mine > theirs
        if one.initiative != other.initiative:
            return one.initiative > other.initiative
        if one.leads != other.leads:
            return other.leads
        return one.years > other.years

    return before


def _carrying(fighter: Fighter) -> int:
    return fighter.first if fighter.enough(fighter.first) else fighter.again


def _more_votes_again(tied: Iterable[Fighter]) -> Before:
    known = not any(each.masked for each in tied)
    return lambda one, other: (
        known and (one.again * other.electors > other.again * one.electors)
    )


def _surely(pool: list[Fighter], room: int, before: Before) -> list[Fighter]:
    """List who is in however those who are equal are put in order."""
    return [
        one for one in pool if sum(not before(one, other) for other in pool) <= room
    ]


def _undecided(pool: list[Fighter], room: int, before: Before) -> list[Fighter]:
    """List who is in by one order of the equal and out by another."""
    sure = _surely(pool, room, before)
    return [
        one
        for one in pool
        if one not in sure and sum(before(other, one) for other in pool) < room
    ]


def _names(fighters: Iterable[Fighter]) -> frozenset[str]:
    return frozenset(each.name for each in fighters)


def _fate(one: Fighter, running: list[Fighter], chosen: list[Fighter]) -> str:
    if one not in running:
        return "fails"
    return "passes" if one in chosen else "downgraded"


def _departments(
    meeting: Meeting, chosen: list[Fighter], tied: list[Fighter]
) -> dict[str, str]:
    """A department needs a fighter of its own."""
    found = {}
    for department in meeting.departments:
        sure = any(each.department == department for each in chosen)
        maybe = any(each.department == department for each in tied)
        found[department] = "passes" if sure else "open" if maybe else "fails"
    return found
