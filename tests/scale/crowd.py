"""A phase of any size as rows: it is played with a few lines, which are multiplied.

So everything else, and every kind of row, is as the product itself has written it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, col, exists, func, select, update

from ballots.casting import BallotSheet, cast_all
from domain.council.ballots import Choice, Mark
from domain.record import PROCESS
from store import record
from store.clock import now, stand_still
from store.database import Database, insert_all
from store.office import people
from store.office.sample import load_office
from store.tables import (
    Act,
    BoardEntry,
    DecisionLine,
    Nomination,
    NominationMove,
    Notice,
    Person,
    Rating,
    Recognition,
    Registration,
    RoundLine,
    ServiceSpan,
    SessionLine,
    SubjectKind,
    Teller,
    VotingRound,
)
from tests.council.votes import COUNCIL, MINUTES
from tests.journeys.cast import HEADS, a_code, at
from tests.office import DIRECTOR, SECRETARIAT, sample_office
from tests.scale.office import enlarged
from tests.scale.phase import all_in_secret, one_phase
from tests.scale.story import SITTING, Pairs, Story, aims_of, lines_of

WORKER, FIGHTER, COLLECTIVE = "LDTT", "CSTDCS", "TTLDTT"
# Whose people would be fighters too; of how many new lines two are on a state secret.
_FIGHTING, _SECRET = "CTQH", 200
# How many lines a round of the council takes.
_VOTES_ON = 300
_REVIEWED, MEETING = at("2022-12-20"), at("2023-01-18", "14:00")
Row = dict[str, Any]


def prepare_crowd(database: Database, departments: int) -> None:
    """Write an office of so many departments, with one more person in each."""
    with database.write() as session:
        load_office(session, enlarged(sample_office(2022), departments, 1))
        fighter = {"person": _one_of(_FIGHTING, 0), "kind": "initiative", "year": 2022}
        session.add(Recognition(**fighter))
        stand_still(session, at("2022-01-03", "08:00"))


def _desks(departments: int) -> dict[str, str]:
    """Name the departments, and who heads each."""
    new = (f"P{n:05}" for n in range(departments - len(HEADS)))
    return HEADS | {code: f"{code.lower()}-01" for code in new}


def _one_of(department: str, n: int) -> str:
    return f"{department.lower()}-n{n:03}"


def _pairs(code: str) -> Pairs:
    first = _one_of(code, 0)
    fighter = [(first, FIGHTER)] if code == _FIGHTING else []
    return [(first, WORKER), *fighter, (code, COLLECTIVE)]


@dataclass
class Crowd(Story):
    """A campaign in which each of some departments nominates itself and one person.

    There are eight at least, or the quota of fighters has no room for any.
    """

    departments: int = 8

    def to_the_appraisal(self) -> None:
        """Bring the few lines to the secretariat, which has received the lists."""
        self.packs = all_in_secret()
        desks = _desks(self.departments)
        self.launch(one_phase())
        self.pass_to(at("2022-01-20"))
        for code, head in desks.items():
            self.act(head, "register", self.desk(code), aims_of(_pairs(code)))
        self.pass_to(_REVIEWED)
        for code, head in desks.items():
            meeting = self._review(code, head)
            self.act(head, "record_peer_review", self.desk(code), meeting)
            self.act(head, "submit", self.desk(code), lines_of(_pairs(code)))
        self.pass_to(at("2023-01-05"))
        for code in desks:
            self.act(SECRETARIAT, "receive", self.desk(code))

    def to_the_vote(self) -> None:
        """Bring the received lines before the council, and open the vote."""
        for code in _desks(self.departments):
            self.appraise(code)
        self.publish()
        self.pass_to(at("2023-01-13"))
        self.end_notice()
        self.convene(MEETING)
        self.pass_to(MEETING)
        self.in_council(DIRECTOR, "open_voting", **SITTING)

    def _review(self, code: str, head: str) -> dict[str, Any]:
        with self.database.read() as session:
            staff = people.members(session, code, _REVIEWED.date())
        return {
            "held_on": f"{_REVIEWED:%Y-%m-%d}",
            "present": [person.id for person in staff],
            "chaired_by": head,
            "minutes": "Tập thể phòng thống nhất.",
        }

    def to_the_issue(self) -> None:
        """Bring the few lines from the open vote to the award."""
        self._all_say_yes()
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        self.sign()
        self.decided(DIRECTOR, "decide", rulings=[], others="approve")
        self.numbered_and_issued()

    def _all_say_yes(self) -> None:
        with self.database.read() as session:
            rows = session.exec(select(RoundLine)).all()
        for person in COUNCIL:
            marks = [
                Mark(str(row.line), Choice.YES, a_code(person, str(row.line), "1"))
                for row in rows
                if person not in row.recused
            ]
            with self.database.write() as session:
                cast_all(session, [BallotSheet(self.session, 1, person, marks)])

    def multiply(self, lines: int) -> None:
        """Let there be so many lines in all, with a round for every 300 new ones."""
        with self.database.write() as session:
            Multiplied(session, self.code, self.phase).up_to(lines)


@dataclass(frozen=True)
class Multiplied:
    """Copies lines with all that there is of them: people too, and rounds on them."""

    session: Session
    campaign: str
    phase: str

    def up_to(self, lines: int) -> None:
        """Add what is wanting to so many lines."""
        there = self._rows(Nomination)
        single = [row for row in there if row["kind"] is SubjectKind.INDIVIDUAL]
        new = list(islice(_others(single), lines - len(there)))
        self._hire(new)
        self._register(new)
        for n, start in enumerate(range(0, len(new), _VOTES_ON), 2):
            self._vote(n)
            self._write(n, new[start : start + _VOTES_ON])
        self._go_their_way()
        self._record()

    def _rows(self, table: type[SQLModel], *where: Any) -> list[Row]:
        columns = inspect(table).local_table
        found = self.session.connection().execute(columns.select().where(*where))
        return [dict(row._mapping) for row in found]

    def _insert(self, table: type[SQLModel], rows: Sequence[Row]) -> None:
        insert_all(self.session, table, rows)

    def _hire(self, new: Sequence[tuple[Row, Row]]) -> None:
        """Let there be somebody for each new line, like whom the old one is on."""
        like = {line["subject"]: old["subject"] for old, line in new}
        for table, name in (
            (Person, "id"),
            (ServiceSpan, "person"),
            (Rating, "subject"),
            (Recognition, "person"),
        ):
            column = inspect(table).local_table.c[name]
            of: dict[str, list[Row]] = {each: [] for each in like.values()}
            for row in self._rows(table, column.in_(of)):
                of[row[name]].append(row)
            rows = [{**row, name: who} for who, old in like.items() for row in of[old]]
            for row in rows if name == "person" else ():
                del row["id"]
            self._insert(table, rows)
        record.append_office(self.session, "hire", {"many": len(like)})

    def _vote(self, n: int) -> None:
        """Let there be one more round, as the first one is."""
        for table, name in ((VotingRound, "number"), (Teller, "round")):
            column = inspect(table).local_table.c[name]
            first = self._rows(table, column == 1)
            self._insert(table, [{**row, name: n} for row in first])

    def _write(self, n: int, new: Sequence[tuple[Row, Row]]) -> None:
        """Write new lines as the old ones are written, in the *n*-th round."""
        of = {old["id"]: old for old, _ in new}
        moves = self._of_lines(NominationMove, of)
        self._insert(NominationMove, list(_again(moves, new)))
        first = {"state": "nominated", "moves": 1}
        self._insert(Nomination, [line | first for _, line in new])
        for table in (SessionLine, RoundLine, BoardEntry, DecisionLine):
            rows = _again(self._of_lines(table, of), new)
            self._insert(table, [self._placed(row, n) for row in rows])
        self._notify(of, new)

    def _placed(self, row: Row, n: int) -> Row:
        """Put what is of a round into another, and what has a place behind others."""
        if "round" in row:
            return {**row, "round": n}
        if "position" in row:
            return {**row, "position": row["position"] + n * _VOTES_ON}
        return row

    def _of_lines(
        self, table: type[SQLModel], of: dict[UUID, Row]
    ) -> dict[UUID, list[Row]]:
        rows = self._rows(table, inspect(table).local_table.c.line.in_(of))
        return {key: [row for row in rows if row["line"] == key] for key in of}

    def _register(self, new: Sequence[tuple[Row, Row]]) -> None:
        [model, *_] = self._rows(Registration)
        names = ("department", "subject", "title")
        self._insert(
            Registration,
            [
                {**model, **{name: line[name] for name in names}, "id": uuid4()}
                for _, line in new
            ],
        )

    def _notify(self, of: dict[UUID, Row], new: Sequence[tuple[Row, Row]]) -> None:
        tasks = {f"line/{key}": key for key in of}
        sent: dict[UUID, list[Row]] = {key: [] for key in of}
        for row in self._rows(Notice, col(Notice.task).in_(tasks)):
            sent[tasks[row.pop("task")]].append(row)
        self._insert(
            Notice,
            [
                {
                    **{name: said for name, said in row.items() if name != "id"},
                    "task": f"line/{line['id']}",
                    "recipient": line["subject"]
                    if row["recipient"] == old["subject"]
                    else row["recipient"],
                }
                for old, line in new
                for row in sent[old["id"]]
            ],
        )

    def _go_their_way(self) -> None:
        """Bring each new line to where its moves lead, a step at a time."""
        last = self.session.exec(select(func.max(NominationMove.n))).one()
        for n in range(2, last + 1):
            step = (col(NominationMove.line) == col(Nomination.id)) & (
                col(NominationMove.n) == n
            )
            to = select(NominationMove.to_state).where(step).scalar_subquery()
            self.session.exec(
                update(Nomination)
                .where(col(Nomination.moves) == n - 1, exists().where(step))
                .values(state=to, moves=n)
                .execution_options(synchronize_session=False)
            )

    def _record(self) -> None:
        """Append acts on all lines of each department, and on all lines there are."""
        rows = self.session.exec(select(Nomination.department, Nomination.id)).all()
        of: dict[str, list[str]] = {}
        for code, key in rows:
            of.setdefault(code, []).append(str(key))
        everything = [key for keys in of.values() for key in keys]
        for kind, lines in [
            *(("appraise", keys) for keys in of.values()),
            *((kind, everything) for kind in ("publish", "convene", "open_voting")),
        ]:
            act = Act(
                campaign=self.campaign,
                kind=kind,
                actor=PROCESS,
                at=now(self.session),
                lines=lines,
            )
            record.append(self.session, act, {"many": len(lines)})


def _others(lines: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Pair a line with its like for somebody else of the department, and so on."""
    for n in count(1):
        for line in lines:
            other = {"id": uuid4(), "subject": _one_of(line["department"], n)}
            yield line, {**line, **other, "secret": n % _SECRET == 1}


def _again(
    rows: dict[UUID, list[Row]], new: Sequence[tuple[Row, Row]]
) -> Iterator[Row]:
    for old, line in new:
        for row in rows[old["id"]]:
            yield {**row, "line": line["id"]}
