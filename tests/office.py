"""The sample office in a test: its database, its app, and people who act in it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx2
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import update
from sqlmodel import col

from activities.all import NO_CARRIERS
from activities.outbox.channel import Carrier
from api.accounts.hashing import Passwords
from api.app import create_app
from ballots.box import BallotBox
from ballots.keys import Keys
from domain.outgoing.deliveries import Channel
from domain.rules.rulepack import RulePack
from domain.states import CommandState
from intake.office.sample import read_office
from intake.office.year import OfficeYear
from intake.rulepacks import load_packs
from rehearsal.conductor import Conductor
from rehearsal.engine import RehearsedEngine
from store import clock, commands
from store.database import Database
from store.files.room import NOWHERE, FileRoom
from store.office.sample import load_office
from store.tables import Command
from tests.processes import until
from tests.told import held_to_the_document
from worker import build_worker, running

PLANS = Path(__file__).parents[1] / "plans"
_PACKS = load_packs()
_STUCK_AFTER, _SWEEP_EVERY = timedelta(seconds=2), timedelta(milliseconds=200)
# For acts beside the ballot; its folder is made with the first key, so never.
NO_BALLOTS = BallotBox(Keys(Path("no-keys")))
DIRECTOR, UNION, SECRETARIAT, CLERK = "ld-01", "ld-04", "hctcqt-03", "hctcqt-04"
AUDITOR = "kiem-tra-01"
LEADERS = (DIRECTOR, "ld-02", "ld-03", UNION)


def cheap_passwords() -> Passwords:
    """Hash in a millisecond, and not in a quarter of a second."""
    argon2 = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
    return Passwords(PasswordHash([argon2]))


def a_power(starts: str, until: str | None = None) -> dict[str, Any]:
    """Let the deputy sign decisions from a day on, for that day or until another."""
    return {
        "to": "ld-02",
        "capacity": "signed_for",
        "acts": ["decide"],
        "starts": starts,
        "until": until or starts,
        "basis": "Giấy ủy quyền",
    }


@cache
def sample_office(year: int) -> OfficeYear:
    """Read the sample office with its dates of *year*."""
    return read_office((PLANS / "office.yaml").read_bytes(), "office.yaml").in_year(
        year
    )


def prepare(database: Database, year: int, moment: datetime | None = None) -> None:
    """Write the office; with a *moment*, the database stands still at it."""
    with database.write() as session:
        load_office(session, sample_office(year))
        if moment is not None:
            clock.stand_still(session, moment)


@dataclass
class Person:
    """Somebody at a keyboard."""

    http: httpx2.AsyncClient
    id: str

    async def get(self, path: str, **query: Any) -> Any:
        """Read something; anything but 200 fails the test."""
        answer = await self.look(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def pages(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Read a whole list, page by page."""
        items: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = await self.get(path, limit=200, **query, **cursor)
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = {"cursor": page["next"]}

    async def look(self, path: str, **query: Any) -> httpx2.Response:
        """Read what may be closed to them."""
        return await self.http.get(
            f"/api/v1{path}", params=query, headers={"X-Thidua-Person": self.id}
        )

    async def put(
        self, path: str, body: Any, if_match: str | None = None
    ) -> httpx2.Response:
        """Write something down, or anew where a version is named."""
        known = {"If-Match": if_match} if if_match else {}
        return await self.http.put(
            f"/api/v1{path}", json=body, headers={"X-Thidua-Person": self.id, **known}
        )

    async def write(
        self, method: str, path: str, body: Any, version: int | None = None
    ) -> httpx2.Response:
        """Write a row of the office; where there is one already, of its *version*."""
        headers = {"X-Thidua-Person": self.id}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.http.request(
            method, f"/api/v1{path}", json=body, headers=headers
        )

    async def post(
        self, path: str, body: Any = None, key: str | None = None
    ) -> httpx2.Response:
        """Send an act, under a key of its own unless one is given."""
        return await self.http.post(
            f"/api/v1{path}",
            json={} if body is None else body,
            headers={
                "X-Thidua-Person": self.id,
                "Idempotency-Key": key or uuid4().hex,
            },
        )

    async def act(self, path: str, body: Any = None, key: str | None = None) -> Any:
        """Do an act; anything but «applied» fails the test."""
        answer = await self.post(path, body, key)
        assert answer.status_code in (200, 201), f"{path}: {answer.text}"
        done = answer.json()
        return done.get("answer", done)

    async def refused(self, path: str, body: Any = None) -> tuple[int, str]:
        """Do an act that must be refused; return its status and the code."""
        answer = await self.post(path, body)
        problem = answer.json()
        assert "type" in problem, answer.text
        return answer.status_code, problem["type"].removeprefix("/problems/")


@dataclass
class Office:
    """A running office: HTTP in front, worker behind, and a conductor for its clock."""

    database: Database
    engine: RehearsedEngine
    http: httpx2.AsyncClient
    conductor: Conductor
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, code: str) -> Person:
        """Hand out somebody."""
        return self.people.setdefault(code, Person(self.http, code))


@asynccontextmanager
async def open_office(
    database: Database,
    engine: RehearsedEngine,
    *,
    work: bool = True,
    patience: float = 5,
    packs: tuple[RulePack, ...] = _PACKS,
    files: FileRoom = NOWHERE,
    **of_worker: Any,
) -> AsyncIterator[Office]:
    """Run the app over *database*, with a worker unless told otherwise.

    *patience* is how many seconds a request waits for its act to end; *of_worker* is
    what `office_worker` takes.
    """
    waits = timedelta(seconds=patience)
    app = create_app(
        database,
        engine,
        packs,
        sample=True,
        patience=waits,
        files=files,
        passwords=cheap_passwords(),
    )
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(
        transport=transport,
        base_url="http://office",
        event_hooks={"response": [held_to_the_document]},
    ) as http:
        office = Office(database, engine, http, Conductor(database, engine))
        if not work:
            yield office
            return
        async with office_worker(database, engine, packs=packs, **of_worker):
            yield office


def nothing_is_owed(database: Database) -> None:
    """Say of what was done without any engine that none has to follow it up."""
    ended = col(Command.state) != CommandState.RECEIVED
    with database.write() as session:
        session.exec(update(Command).where(ended).values(followed_up=True))


async def answered(database: Database) -> None:
    """Wait until every act has ended, and the engine has answered for each."""

    async def so() -> bool:
        with database.read() as session:
            return not commands.heads(session) and not commands.owed(session, 1)

    await until(so, "the engine has answered for every act")


@asynccontextmanager
async def office_worker(
    database: Database,
    engine: RehearsedEngine,
    box: BallotBox | None = None,
    *,
    packs: tuple[RulePack, ...] = _PACKS,
    stuck_after: timedelta = _STUCK_AFTER,
    sweep_every: timedelta = _SWEEP_EVERY,
    carriers: Mapping[Channel, Carrier] = NO_CARRIERS,
) -> AsyncIterator[None]:
    """Run a worker and a dispatcher, both in a hurry.

    Without a *box* the keys of ballots live as long as the worker.
    """
    await asyncio.to_thread(nothing_is_owed, database)
    with TemporaryDirectory() as folder:
        box = box or BallotBox(Keys(Path(folder)))
        worker = build_worker(
            database, engine, packs, stuck_after, box=box, carriers=carriers
        )
        channels = sorted(carriers)
        async with running(database, engine, worker, sweep_every, channels=channels):
            yield


def set_clock(database: Database, moment: datetime) -> None:
    """Move a rehearsal's clock by hand, as if nobody were at work."""
    with database.write() as session:
        clock.step(session, moment)
