"""Killed between the count and the end of its key: finished later, counted once."""

import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from sqlmodel import func, select

from activities.commands import Commands
from ballots.box import BallotBox
from ballots.keys import Keys
from engine.client import Engine, connect
from engine.messages import CommandRef
from intake.rulepacks import load_packs
from rehearsal.conductor import Conductor
from rehearsal.engine import RehearsedEngine
from store.database import Database
from store.tables import Act, BoardEntry, Command, SealedSheet
from tests.council.day import OPEN, OWN_OPEN
from tests.council.votes import COUNCIL, MINUTES, Vote, convened
from tests.journeys.cast import Cast
from tests.journeys.conftest import Days
from tests.office import SECRETARIAT, Office, open_office
from tests.processes import PATIENCE, Machine, machine, until


@dataclass
class Scene:
    """A council at its vote, in an office of real processes."""

    machine: Machine
    vote: Vote
    keys: Keys
    key: str = field(default_factory=lambda: uuid4().hex)

    @property
    def database(self) -> Database:
        """The database of the office."""
        return self.vote.cast.office.database

    async def close(self) -> httpx2.Response:
        """Close the vote, or ask once more how it ended."""
        person = self.vote.cast.office.person(SECRETARIAT)
        path = f"{self.vote.path}/close-voting"
        return await person.post(path, {"minutes": MINUTES}, self.key)

    async def killed(self, where: str) -> tuple[tuple[int, int, int], int]:
        """Close the vote, and kill the worker over it; say what is there then."""
        await self.machine.stop("worker")
        await self.machine.start("worker", f"{where}=self")
        await self.close()
        assert await self.machine.died("worker") == -signal.SIGKILL
        return counted(self.database), len(self.keys.all())

    async def destroyed(self) -> bool:
        """Say whether no key is left."""
        return self.keys.all() == []


@pytest_asyncio.fixture(loop_scope="session")
async def scene(vote_days: Days, tmp_path: Path) -> AsyncIterator[Scene]:
    """All nine have cast; the worker is about to count, and to die of it."""
    database = vote_days.copy("vote")
    async with httpx2.AsyncClient(timeout=PATIENCE) as http:
        with machine(tmp_path, database.url) as made:
            await made.start("engine")
            await made.start("worker")
            await made.start("api")
            http.base_url = httpx2.URL(made.address)
            client = await connect(f"127.0.0.1:{made.engine_port}")
            engine = RehearsedEngine(client)
            office = Office(database, engine, http, Conductor(database, engine))
            vote = await convened(Cast(office))
            await vote.open()
            await vote.hands(OPEN, 9, 0)
            await vote.hands(OWN_OPEN, 8, 0)
            await vote.all_cast({}, COUNCIL)
            yield Scene(made, vote, Keys(tmp_path / "keys"))


def counted(database: Database) -> tuple[int, int, int]:
    """Count sealed sheets, ballots on the board, and acts that counted a box."""
    with database.read() as session:
        boxes = select(func.count()).select_from(Act)
        return (
            session.exec(select(func.count()).select_from(SealedSheet)).one(),
            session.exec(select(func.count()).select_from(BoardEntry)).one(),
            session.exec(boxes.where(Act.kind == "count_ballots")).one(),
        )


async def test_a_worker_killed_after_the_count_destroys_the_key_when_it_is_back(
    scene: Scene,
) -> None:
    half = await scene.killed("apply.after_commit")

    await scene.machine.start("worker")

    async def answered() -> bool:
        return (await scene.close()).status_code == 200

    await until(scene.destroyed, "the key is destroyed")
    await until(answered, "the act has its answer")
    # Nine on two lines, eight where the nominee steps out.
    assert half == ((0, 26, 1), 1)
    assert counted(scene.database) == (0, 26, 1)


@pytest.mark.long
async def test_a_worker_killed_before_the_count_stands_counts_once(
    scene: Scene,
) -> None:
    half = await scene.killed("apply.before_commit")

    await scene.machine.start("worker")

    await until(scene.destroyed, "the key is destroyed")
    assert half == ((9, 0, 0), 1)
    assert counted(scene.database) == (0, 26, 1)


async def test_an_act_that_is_tried_again_destroys_what_was_left_over(
    vote_days: Days, engine: Engine, tmp_path: Path
) -> None:
    keys = Keys(tmp_path / "keys")
    box, database = BallotBox(keys), vote_days.copy("vote")
    async with open_office(database, engine, box=box) as office:
        vote = await convened(Cast(office))
        await vote.open()
        [file] = (tmp_path / "keys").glob("*.key")
        kept = file.read_bytes()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await vote.close(without=COUNCIL)
        # As if the process had died before it got to the key.
        file.write_bytes(kept)
        with database.read() as session:
            closing = select(Command).where(Command.kind == "close_voting")
            command = session.exec(closing).one()
        ref = CommandRef(command.id, command.kind, command.received_at)
        Commands(database, load_packs(), box=box).apply_command(ref)

    assert keys.all() == []
    assert counted(database) == (0, 0, 1)
