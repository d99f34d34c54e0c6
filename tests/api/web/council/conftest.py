"""A council on the day of its meeting, on paper: pages need no engine."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlmodel import select

from ballots.box import BallotBox
from ballots.casting import BallotSheet, cast_all
from ballots.keys import Keys
from domain import ids
from domain.council.ballots import Choice, Mark
from engine.client import Engine, connect
from store.files.room import NOWHERE, FileRoom
from store.tables import Nomination
from store.voting import sheet_lines
from tests.activities.paper import Paper
from tests.api.calls import idle_office
from tests.api.web.test_pages import sign_in
from tests.council.day import DAY, EVERY_KIND, to_the_vote
from tests.council.votes import COUNCIL, MINUTES, TELLERS
from tests.databases import Databases
from tests.journeys.cast import a_code
from tests.office import DIRECTOR, SECRETARIAT

SITTING: dict[str, Any] = {"present": COUNCIL, "tellers": TELLERS}


@dataclass
class Meeting(Paper):
    """A meeting of the council, the first one, and who visits its pages."""

    number: int = 0

    def convene(self, meets_at: datetime) -> None:
        """Call the council together on all that waits for it."""
        self.number += 1
        called = {"meets_at": meets_at.isoformat(), "place": "Phòng họp số 1"}
        phase = str(ids.phase(self.phase))
        assert self.act(SECRETARIAT, "convene", phase, called) == "applied"

    @property
    def session(self) -> str:
        """The meeting's key."""
        return ids.session_key(self.phase, self.number)

    @property
    def page(self) -> str:
        """Where the meeting's page stands."""
        return f"/hoi-dong/{self.session}"

    def in_council(self, who: str, kind: str, **body: Any) -> None:
        """Let somebody act in the meeting."""
        target = str(ids.council(self.session))
        assert self.act(who, kind, target, body) == "applied", kind

    def opened(self, **more: Any) -> None:
        """Open the vote before everybody."""
        self.in_council(DIRECTOR, "open_voting", **SITTING | more)

    def hands(self) -> None:
        """Count the hands on every line that is not secret: all agree."""
        lines = [
            {"line": key, "yes": len(COUNCIL) - (subject in COUNCIL), "no": 0}
            for key, subject, title in self.lines()
            if title == "GIAY_KHEN"
        ]
        self.in_council(SECRETARIAT, "record_show_of_hands", lines=lines)

    def counted(self, without: list[str]) -> None:
        """End the vote."""
        said = {"minutes": MINUTES, "without": without}
        self.in_council(SECRETARIAT, "close_voting", **said)

    def concluded(self) -> None:
        """Hold the whole vote, on which all agree, and sign its minutes."""
        self.opened()
        self.hands()
        for person in COUNCIL:
            self.cast_all(person)
        self.counted([])
        for teller in TELLERS:
            self.in_council(teller, "attest_count")
        for signer in (SECRETARIAT, DIRECTOR):
            self.in_council(signer, "sign_minutes")

    def cast_all(self, person: str) -> None:
        """Let a member agree to every line of theirs."""
        with self.database.write() as session:
            sheet = [
                Mark(str(each.line), Choice.YES, a_code(person, str(each.line)))
                for each in sheet_lines(session, self.session, [1])[1]
                if person not in each.recused
            ]
            cast_all(session, [BallotSheet(self.session, 1, person, sheet)])

    def lines(self) -> list[tuple[str, str, str]]:
        """List the lines: their ids, subjects and titles."""
        with self.database.read() as session:
            rows = session.exec(
                select(Nomination.id, Nomination.subject, Nomination.title)
            )
            return [(str(key), subject, title) for key, subject, title in rows]

    @asynccontextmanager
    async def visited(
        self, *people: str, files: FileRoom = NOWHERE
    ) -> AsyncIterator[list[httpx2.AsyncClient]]:
        """Open the office, and sign people in, each with a browser of their own."""
        engine = Engine(await connect("127.0.0.1:1"))
        async with idle_office(self.database, engine, files=files) as office:
            browsers = []
            for person in people:
                office.http.cookies.clear()
                await sign_in(office.http, person)
                browsers.append(_with(office.http, dict(office.http.cookies)))
            office.http.cookies.clear()
            yield browsers


def _with(http: httpx2.AsyncClient, cookies: dict[str, str]) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        transport=http._transport, base_url=http.base_url, cookies=cookies
    )


@pytest.fixture
def meeting(sqlite_databases: Databases, tmp_path: Path) -> Iterator[Meeting]:
    """The council on 13 July 2022, called together on five lines of every kind."""
    if not sqlite_databases.prepared("vote"):
        made = sqlite_databases.fresh()
        to_the_vote(made, EVERY_KIND)
        sqlite_databases.keep(made, "vote")
    database = sqlite_databases.fresh("vote")
    found = Meeting(database, box=BallotBox(Keys(tmp_path)))
    found.convene(DAY)
    yield found
    sqlite_databases.drop(database)
