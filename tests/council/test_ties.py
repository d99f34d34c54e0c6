"""Councils with a quota, held by their acts: what is signed is what a count finds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from random import Random

from sqlmodel import col, delete, select

from domain import ids
from store.database import Database
from store.tables import Nomination, Recognition
from tests.activities.paper import Paper
from tests.council.by_hand import Fighter, Found, Meeting, count
from tests.council.day import DAY, Lists, to_the_vote
from tests.council.votes import COUNCIL, MINUTES, TELLERS
from tests.databases import Databases
from tests.office import DIRECTOR, SECRETARIAT

OF_EACH_KIND = 3
HEAD = "ctqh-01"  # a member of the council, who steps out of the own lines
FIGHTERS = (HEAD, "ctqh-04", "ctqh-02", "cthdnd-02", "cthdnd-03", "ttdn-03")
OTHERS = (
    *(f"ctqh-0{n}" for n in (3, 5, 6, 7)),
    *(f"cthdnd-0{n}" for n in (4, 5, 6, 7)),
    *(f"hctcqt-0{n}" for n in (2, 4, 5, 7, 8, 9)),
    *(f"ttdn-0{n}" for n in (2, 4, 5)),
)
LISTS: Lists = {
    department: (
        *((who, "LDTT") for who in (*FIGHTERS, *OTHERS) if who.startswith(prefix)),
        *((who, "CSTDCS") for who in FIGHTERS if who.startswith(prefix)),
    )
    for department, prefix in (
        ("CTQH", "ctqh"),
        ("CTHDND", "cthdnd"),
        ("HCTCQT", "hctcqt"),
        ("TTDN", "ttdn"),
    )
}


def draw(seed: int) -> Meeting:
    """Draw a council of nine in which many are equal."""
    chance = Random(seed)
    fighters = tuple(_fighter(chance, name) for name in FIGHTERS)
    passing = chance.randint(0, len(OTHERS))
    return Meeting(
        workers=passing + sum(each.worker for each in fighters),
        fighters=fighters,
        chair=tuple(chance.sample(FIGHTERS, len(FIGHTERS))),
        departments=(),
    )


def _fighter(chance: Random, name: str) -> Fighter:
    electors = len(COUNCIL) - (name == HEAD)
    return Fighter(
        name=name,
        department="",
        electors=electors,
        first=chance.choice((electors, electors, 7, 6)),
        again=chance.choice((0, 3, 3, 6, 7)),
        asked_again=chance.random() < 0.3,
        masked=False,
        initiative=int(chance.random() < 0.1),
        leads=name == HEAD,
        years=0,
        worker=chance.random() < 0.9,
    )


class Room:
    """The acts of one council, on paper ballots."""

    def __init__(self, database: Database, meeting: Meeting) -> None:
        self.paper, self.meeting = Paper(database), meeting
        self.session = ids.session_key(self.paper.phase, 1)
        self.by_name = {each.name: each for each in meeting.fighters}
        with database.write() as session:
            session.exec(delete(Recognition))
            session.add_all(
                Recognition(
                    person=each.name,
                    kind="initiative",
                    year=2022,
                    scope="province" if each.initiative else "agency",
                )
                for each in meeting.fighters
            )
        with database.read() as session:
            rows = session.exec(select(Nomination)).all()
        self.lines = {(row.subject, row.title): str(row.id) for row in rows}

    def try_to(self, who: str, kind: str, **body: object) -> str:
        """Let somebody act; say how that ended."""
        return self.paper.act(who, kind, str(ids.council(self.session)), body)

    def act(self, who: str, kind: str, **body: object) -> None:
        """Let somebody do what is theirs to do."""
        assert self.try_to(who, kind, **body) == "applied", kind

    def named(self, names: Sequence[str]) -> list[str]:
        """Name the fighters' lines."""
        return [self.lines[name, "CSTDCS"] for name in names]

    def open(self) -> None:
        """Call the council together, count its hands and its first ballots."""
        invited = {"meets_at": DAY.isoformat(), "place": "Phòng họp số 1"}
        phase = str(ids.phase(self.paper.phase))
        assert self.paper.act(SECRETARIAT, "convene", phase, invited) == "applied"
        self.act(DIRECTOR, "open_voting", present=COUNCIL, tellers=TELLERS, paper=True)
        hands = [self._hands(who) for who in (*FIGHTERS, *OTHERS)]
        self.act(SECRETARIAT, "record_show_of_hands", lines=hands)
        self.count({each.name: each.first for each in self.meeting.fighters})

    def _hands(self, who: str) -> dict[str, object]:
        fighters = sum(each.worker for each in self.meeting.fighters)
        others = OTHERS[: self.meeting.workers - fighters]
        fighter = self.by_name.get(who)
        worker = fighter.worker if fighter else who in others
        there = len(COUNCIL) - (who == HEAD)
        yes = there if worker else 0
        return {"line": self.lines[who, "LDTT"], "yes": yes, "no": there - yes}

    def count(self, votes: Mapping[str, int]) -> None:
        """Let both tellers count, and end the vote."""
        lines = [self._paper(name, yes) for name, yes in votes.items()]
        for teller in TELLERS:
            self.act(teller, "record_paper_count", lines=lines)
        self.act(SECRETARIAT, "close_voting", minutes=MINUTES, without=COUNCIL)

    def _paper(self, name: str, yes: int) -> dict[str, object]:
        whole = self.by_name[name].electors
        kept = dict.fromkeys(("issued", "collected", "valid"), whole)
        figures = {"invalid": 0, "yes": yes, "no": whole - yes, "blank": 0}
        return {"line": self.lines[name, "CSTDCS"], **kept, **figures}

    def order(self, names: Sequence[str]) -> str:
        """Try to vote once more on some."""
        who = {"present": COUNCIL, "tellers": TELLERS, "paper": True}
        lines = self.named(names)
        return self.try_to(DIRECTOR, "order_second_round", lines=lines, **who)

    def again(self, names: Sequence[str]) -> None:
        """Vote once more on some, and count."""
        assert self.order(names) == "applied"
        self.count({name: self.by_name[name].again for name in names})

    def sign(self) -> None:
        """Sign on both sides."""
        for who in (SECRETARIAT, DIRECTOR):
            self.act(who, "sign_minutes")

    def outcomes(self) -> dict[str, str]:
        """Read what became of each fighter's line."""
        names = {line: who for (who, title), line in self.lines.items()}
        ours = self.named(FIGHTERS)
        with self.paper.database.read() as session:
            rows = session.exec(select(Nomination).order_by(col(Nomination.subject)))
            found = {
                names[str(row.id)]: row.state for row in rows if str(row.id) in ours
            }
        return {who: _FATES[state] for who, state in found.items()}


_FATES = {
    "council_passed": "passes",
    "council_failed": "fails",
    "council_downgraded": "downgraded",
}


def held(room: Room, found: Found) -> dict[str, str]:
    """Hold a council to its signed minutes, with every round that the rules allow."""
    room.open()
    failed = [each for each in room.meeting.fighters if len(each.rounds) > 1]
    if failed:
        room.again([each.name for each in failed])
    if found.voted_again:
        room.again(sorted(found.tied))
    if found.tied_again:
        assert room.try_to(SECRETARIAT, "sign_minutes") == "quota"
        assert room.order(sorted(found.tied_again)) == "second_secret_round"
        left = [
            name
            for name in room.meeting.chair
            if name in found.tied_again and found.fates[name] == "passes"
        ]
        room.act(DIRECTOR, "settle_tie", lines=room.named(left))
    room.sign()
    return room.outcomes()


def of_each_kind() -> list[tuple[Meeting, Found]]:
    """Take some councils of each kind: by whether they tie, and what ends the tie."""
    kinds: dict[tuple[bool, bool, bool], list[tuple[Meeting, Found]]] = defaultdict(
        list
    )
    for meeting in map(draw, range(500)):
        found = count(meeting)
        kind = (bool(found.tied), found.voted_again, bool(found.tied_again))
        kinds[kind].append((meeting, found))
    assert sorted(kinds) == [
        (False, False, False),
        (True, False, True),
        (True, True, False),
        (True, True, True),
    ]
    return [each for found in kinds.values() for each in found[:OF_EACH_KIND]]


def test_what_is_signed_is_what_a_count_by_hand_finds(databases: Databases) -> None:
    made = databases.fresh()
    to_the_vote(made, LISTS)
    databases.keep(made, "ties")

    signed, expected = [], []
    for meeting, found in of_each_kind():
        copy = databases.fresh("ties")
        signed.append(held(Room(copy, meeting), found))
        expected.append(found.fates)
        databases.drop(copy)

    assert signed == expected
