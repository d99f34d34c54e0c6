"""A phase on paper whose acts and steps are counted: how many statements each takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from ballots.casting import BallotSheet, cast_all
from domain import ids
from domain.calendar import local_day
from domain.council.ballots import Choice, Mark
from domain.grouping import grouped
from domain.states import PhaseState
from engine.messages import Enter, Situation
from store.clock import stand_still
from store.database import Database
from store.office import people
from store.office.sample import load_office
from store.tables import Nomination, RoundLine, VotingRound
from tests.activities.paper import Paper
from tests.council.votes import COUNCIL, TELLERS
from tests.counted import counted
from tests.journeys.cast import HEADS, a_code, aim, at, line
from tests.office import CLERK, DIRECTOR, SECRETARIAT, sample_office
from tests.scale.office import enlarged

# As many as there are at each of four departments, to be nominated.
MOST = 54
SITTING: dict[str, Any] = {"present": COUNCIL, "tellers": TELLERS}
Pairs = Iterable[tuple[str, str]]


def prepare_many(database: Database) -> None:
    """Write the sample office, with hundreds who may be nominated."""
    with database.write() as session:
        load_office(session, enlarged(sample_office(2022), len(HEADS), MOST))
        stand_still(session, at("2022-01-03", "08:00"))


@dataclass
class Story(Paper):
    """A campaign with so many lines of *each* kind.

    *taken* counts statements by act; the second time that an act comes, it is another.
    """

    each: int = 1
    sessions: int = 0
    taken: dict[str, int] = field(default_factory=dict)
    # Looks at what there is for a short while alone.
    look: Callable[[], None] = lambda: None

    def whole(self) -> Iterator[str]:
        """Go through the phase to its end; stop to be looked at on the way."""
        raise NotImplementedError

    def act(
        self, who: str, kind: str, target: str, body: Mapping[str, Any] | None = None
    ) -> str:
        """Let somebody act, count, and fail unless it is applied."""
        with self._counting(kind):
            said = super().act(who, kind, target, body)
        assert said == "applied", (kind, said)
        return said

    @contextmanager
    def _counting(self, what: str) -> Iterator[None]:
        times = sum(name.split("#")[0] == what for name in self.taken)
        with counted(self.database) as sent:
            yield
        self.taken[f"{what}#{times + 1}"] = len(sent)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Do what is not counted: the other campaign has nothing like it."""
        before = dict(self.taken)
        yield
        self.taken = before

    def _reach(self, owner: str, found: Situation) -> None:
        with self._counting(f"time: {ids.read(owner).kind} {found.stage}"):
            super()._reach(owner, found)

    def end_notice(self) -> None:
        """Let the public notice end, and the council be waited for."""
        before, after = PhaseState.PUBLIC_NOTICE, PhaseState.COUNCIL_REVIEW
        with self._counting(f"time: phase {before}"):
            self._steps.enter(Enter(str(ids.phase(self.phase)), before, after))

    def sum_up(self) -> None:
        """Let the decided phase be summed up and closed."""
        with self._counting("time: sum up"):
            self._steps.sum_up(str(ids.phase(self.phase)))

    def at_desk(self, department: str, kind: str, body: Any = None) -> None:
        """Let a department's head act for it."""
        self.act(HEADS[department], kind, self.desk(department), body)

    def appraise(self, department: str, body: Any = None) -> None:
        """Let the secretariat appraise a list."""
        self.act(SECRETARIAT, "appraise", self.desk(department), body)

    def in_phase(self, kind: str, **body: Any) -> None:
        """Let the secretariat act on many lists at once."""
        self.act(SECRETARIAT, kind, str(ids.phase(self.phase)), body)

    def publish(self) -> None:
        """Post the appraised lists."""
        self.act(SECRETARIAT, "publish", str(ids.phase(self.phase)))

    def convene(self, meets_at: datetime) -> None:
        """Call the council together on all that waits for it."""
        body = {"meets_at": meets_at.isoformat(), "place": "Phòng họp số 1"}
        self.act(SECRETARIAT, "convene", str(ids.phase(self.phase)), body)
        self.sessions += 1

    @property
    def session(self) -> str:
        """The last session that was convened."""
        return ids.session_key(self.phase, self.sessions)

    def in_council(self, who: str, kind: str, **body: Any) -> None:
        """Let somebody act in the last session."""
        self.act(who, kind, str(ids.council(self.session)), body)

    def decided(self, who: str, kind: str, **body: Any) -> None:
        """Let somebody act on the first decision."""
        self.act(who, kind, str(ids.decision(f"{self.phase}-qd1")), body)

    def numbered_and_issued(self) -> None:
        """Let the clerk bring out the first decision."""
        year = local_day(self.now).year
        self.decided(CLERK, "number", number=7, year=year, series="QĐ-VP")
        self.decided(CLERK, "issue")

    def lines(self, departments: Iterable[str], titles: Iterable[str]) -> list[str]:
        """Learn the ids of the lines that were not withdrawn."""
        with self.database.read() as session:
            query = select(Nomination.id).where(
                col(Nomination.department).in_(list(departments)),
                col(Nomination.title).in_(list(titles)),
                Nomination.state != "withdrawn",
            )
            found = session.exec(query.order_by(Nomination.subject, Nomination.title))
            return [str(key) for key in found]

    def review(self, code: str, held_on: datetime, pairs: Pairs = ()) -> None:
        """Hold a department's own meeting, and vote on some."""
        with self.database.read() as session:
            staff = people.members(session, code, held_on.date())
        body = {
            "held_on": f"{held_on:%Y-%m-%d}",
            "present": [person.id for person in staff],
            "chaired_by": HEADS[code],
            "minutes": "Tập thể phòng thống nhất.",
            "votes": [{**aim(*each), "yes": 1, "no": 0} for each in pairs],
        }
        self.at_desk(code, "record_peer_review", body)

    def hands(self, lines: Iterable[str], against: Sequence[str] = ()) -> None:
        """Count the hands: all for a line, or all against it, and one says why."""
        own = [{"person": "ld-02", "opinion": "Chưa rõ thành tích."}]
        body = [
            {
                "line": key,
                "yes": 0 if key in against else len(COUNCIL),
                "no": len(COUNCIL) if key in against else 0,
                "chair_yes": key not in against,
                "dissents": own,
            }
            for key in lines
        ]
        self.in_council(SECRETARIAT, "record_show_of_hands", lines=body)

    def sheets(self, lines: Iterable[str], against: Sequence[str] = ()) -> None:
        """Let every member cast in each open round, all of them alike."""
        for number, keys in self._open_to(lines).items():
            for person in COUNCIL:
                marks = [
                    Mark(
                        key,
                        Choice.NO if key in against else Choice.YES,
                        a_code(person, key, str(number)),
                    )
                    for key in keys
                ]
                with self._counting("cast"), self.database.write() as session:
                    cast_all(
                        session, [BallotSheet(self.session, number, person, marks)]
                    )

    def _open_to(self, lines: Iterable[str]) -> Mapping[int, list[str]]:
        """Find in which open round each line is voted on."""
        wanted = {*lines}
        with self.database.read() as session:
            rows = session.exec(
                select(RoundLine.round, RoundLine.line)
                .join(VotingRound, col(VotingRound.number) == col(RoundLine.round))
                .where(
                    RoundLine.session == self.session,
                    VotingRound.session == self.session,
                    col(VotingRound.closed_at).is_(None),
                    col(RoundLine.voided_at).is_(None),
                )
                .order_by(col(RoundLine.round), col(RoundLine.line))
            ).all()
        found = ((number, str(line)) for number, line in rows)
        return grouped((number, line) for number, line in found if line in wanted)

    def sign(self) -> None:
        """Let the count be attested, and the minutes signed."""
        for teller in TELLERS:
            self.in_council(teller, "attest_count")
        for signer in (SECRETARIAT, DIRECTOR):
            self.in_council(signer, "sign_minutes")


def aims_of(pairs: Pairs) -> dict[str, Any]:
    """Aim for titles."""
    return {"aims": [aim(*each) for each in pairs]}


def lines_of(pairs: Pairs) -> dict[str, Any]:
    """Nominate for titles."""
    return {"lines": [line(*each) for each in pairs]}
