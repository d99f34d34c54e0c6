"""What members do in a vote, told by whom and how many rather than by whole sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from store.tables import Council, CouncilSeat, Notice, RoundLine
from tests.council.day import DAY
from tests.journeys.cast import Cast, a_code
from tests.office import DIRECTOR, SECRETARIAT

Line = tuple[str, str]
TELLERS = ["cthdnd-01", "hctcqt-01"]
MINUTES = "Hội đồng họp, biểu quyết từng trường hợp."
# The sample office's council, in the order of its roll.
COUNCIL = [
    "cthdnd-01",
    "ctqh-01",
    "hctcqt-01",
    "hctcqt-03",
    "ld-01",
    "ld-02",
    "ld-03",
    "ld-04",
    "ttdn-01",
]


@dataclass
class Vote:
    """One session of the council, and what its members do there."""

    cast: Cast
    session: str
    lines: dict[Line, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the session's acts are sent."""
        return f"/council-sessions/{self.session}"

    async def open(self, absent: Sequence[str] = (), **more: Any) -> Any:
        """Open the vote before all who are not absent."""
        body = {
            "present": [person for person in COUNCIL if person not in absent],
            "tellers": TELLERS,
            **more,
        }
        return await self.cast.act(DIRECTOR, f"{self.path}/open-voting", body)

    async def hands(self, line: Line, yes: int, no: int, **more: Any) -> None:
        """Count the hands on one line."""
        body = {"lines": [{"line": self.lines[line], "yes": yes, "no": no, **more}]}
        path = f"{self.path}/record-show-of-hands"
        await self.cast.just_act(SECRETARIAT, path, body)

    async def sheet(
        self, person: str, choices: Mapping[Line, str] | str = "yes", number: int = 1
    ) -> dict[str, Any]:
        """Fill in somebody's sheet: one choice for all lines, or one for each."""
        sheets = await self.cast.office.person(person).get(f"{self.path}/ballot")
        [mine] = [each for each in sheets if each["round"] == number]
        marks = []
        for each in mine["lines"]:
            line = (each["subject"], each["title"])
            choice = choices if isinstance(choices, str) else choices.get(line, "yes")
            code = a_code(person, *line, str(number))
            marks.append({"line": each["line"], "choice": choice, "code": code})
        return {"round": number, "marks": marks}

    async def cast_ballot(
        self, person: str, choices: Mapping[Line, str] | str = "yes", number: int = 1
    ) -> Any:
        """Let somebody cast."""
        body = await self.sheet(person, choices, number)
        return await self.cast.office.person(person).act(f"{self.path}/ballot", body)

    async def all_cast(
        self, noes: Mapping[Line, int], who: Sequence[str], number: int = 1
    ) -> None:
        """Let everybody cast; so many of the last ones say no."""
        for place, person in enumerate(who):
            no = {line for line, count in noes.items() if place >= len(who) - count}
            await self.cast_ballot(person, dict.fromkeys(no, "nay"), number)

    async def close(self, without: Sequence[str] = ()) -> Any:
        """End the vote."""
        body = {"minutes": MINUTES, "without": list(without)}
        return await self.cast.act(SECRETARIAT, f"{self.path}/close-voting", body)

    async def outcomes(self) -> dict[Line, tuple[str, str | None]]:
        """Read what became of each line, and why."""
        [session] = [
            each
            for each in await self.cast.pages(
                f"/phases/{self.cast.phase1}/council-sessions"
            )
            if each["id"] == self.session
        ]
        names = {line_id: line for line, line_id in self.lines.items()}
        return {
            names[row["line"]]: (row["outcome"], row["reason"])
            for row in session["lines"]
        }

    async def counts(self, line: Line) -> list[tuple[int, int, int, int]]:
        """Read yes, no and blank of a line in each of its rounds, and the whole."""
        rounds = await self.cast.pages(f"{self.path}/rounds")
        return [
            (row["yes"], row["no"], row["blank"], row["electors"])
            for each in rounds
            for row in each["lines"]
            if row["line"] == self.lines[line]
        ]

    def rows(self) -> list[RoundLine]:
        """Read every line of every round from the database."""
        with self.cast.office.database.read() as session:
            query = select(RoundLine).order_by(col(RoundLine.round))
            return list(session.exec(query))

    def notices(self, kind: str) -> list[tuple[str, str, str]]:
        """Read who was told what of a kind, in the order in which it went out."""
        with self.cast.office.database.read() as session:
            query = select(Notice).where(Notice.kind == kind)
            rows = session.exec(query.order_by(col(Notice.id)))
            return [(f"{row.at:%m-%d}", row.step, row.recipient) for row in rows]


async def convened(cast: Cast, meets_at: datetime = DAY) -> Vote:
    """Call the council together, and learn the lines."""
    vote = Vote(cast, await cast.convene(cast.phase1, meets_at))
    for each in await cast.pages(f"/phases/{cast.phase1}/lines"):
        vote.lines[each["subject"], each["title"]] = each["id"]
    return vote


def leaves(cast: Cast, person: str, day: str) -> None:
    """Let somebody's seat on the council end on a day."""
    with cast.office.database.write() as session:
        query = select(CouncilSeat).where(
            CouncilSeat.person == person, CouncilSeat.council == Council.EMULATION
        )
        seat = session.exec(query).one()
        seat.ends = date.fromisoformat(day)
        session.add(seat)


def joins(cast: Cast, person: str, day: str) -> None:
    """Let somebody sit on the council from a day on."""
    with cast.office.database.write() as session:
        starts = date.fromisoformat(day)
        session.add(CouncilSeat(person=person, seat="member", starts=starts))
