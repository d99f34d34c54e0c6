"""An office on a machine of its own, whose processes may die at any moment."""

import asyncio
import signal
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlmodel import select

from domain.calendar import local_day
from domain.states import PhaseState
from store.database import Database
from store.tables import Phase
from tests.office import DIRECTOR, UNION, Person, prepare
from tests.processes import PATIENCE, Machine, machine, until

# How many seconds after a restart the answer must be there (DESIGN §8).
SOON = 10
CODE = "2022"
CAMPAIGN, PHASE = f"campaign:{CODE}", f"phase:{CODE}-1"


@dataclass(frozen=True)
class Step:
    """An act by somebody, on the campaign unless another place is given."""

    kind: str
    who: str = DIRECTOR
    body: Mapping[str, Any] = field(default_factory=dict)
    place: str = f"/campaigns/{CODE}"

    @property
    def path(self) -> str:
        """Where it is sent."""
        return f"{self.place}/{self.kind.replace('_', '-')}"


PACT = (Step("sign_pact"), Step("sign_pact", UNION))


def today() -> date:
    """The day on the wall."""
    return local_day(datetime.now(UTC))


@dataclass
class Scene:
    """What people send to the machine, and what they see of a death on it."""

    machine: Machine
    database: Database
    http: httpx2.AsyncClient

    async def start(self, failpoints: Mapping[str, str]) -> None:
        """Start worker and api, each with its failpoint if it has one."""
        await asyncio.gather(
            *(self.machine.start(n, failpoints.get(n, "")) for n in ("worker", "api"))
        )

    async def arm(self, failpoints: Mapping[str, str]) -> None:
        """Start processes again, with a failpoint each."""
        for name in failpoints:
            await self.machine.stop(name)
            await self.machine.start(name, failpoints[name])

    async def draft(self, plan: dict[str, Any]) -> None:
        """Let the director draft the campaign."""
        await Person(self.http, DIRECTOR).act("/campaigns", plan)

    async def ask(self, step: Step, key: str) -> httpx2.Response | None:
        """Send an act; None when whoever should have answered has died."""
        person = Person(self.http, step.who)
        try:
            return await person.post(step.path, dict(step.body), key)
        except httpx2.TransportError:
            return None

    async def settle(self, step: Step, key: str) -> Any:
        """Send an act, again and again, until it has ended; return the answer."""
        answers: list[Any] = []

        async def ended() -> bool:
            answer = await self.ask(step, key)
            assert answer is not None, "the API has died"
            assert answer.status_code in (200, 202), answer.text
            answers.append(answer.json())
            return answer.status_code == 200

        await until(ended, f"{step.kind} has ended")
        return answers[-1]

    async def bury(self, dying: Collection[str]) -> None:
        """See that they were killed, and start them again."""
        for name in dying:
            assert await self.machine.died(name) == -signal.SIGKILL
        killed = monotonic()
        await asyncio.gather(*(self.machine.start(name) for name in dying))
        print(f"\n{dying}: ready again after {monotonic() - killed:.2f} s")  # noqa: T201

    async def settle_soon(self, step: Step, key: str) -> Any:
        """Retry as a client does whose answer was lost."""
        restarted = monotonic()
        answer = await self.settle(step, key)
        took = monotonic() - restarted
        print(f"answered {took:.2f} s after that")  # noqa: T201
        assert took < SOON
        return answer

    async def opened(self) -> None:
        """Wait until the process of every launched phase has opened it."""

        async def open_now() -> bool:
            with self.database.read() as session:
                states = session.exec(select(Phase.state)).all()
            return all(state is PhaseState.REGISTRATION_OPEN for state in states)

        await until(open_now, "the phase opens", SOON)


@asynccontextmanager
async def a_scene(database: Database, home: Path) -> AsyncIterator[Scene]:
    """Open an office on the clock on the wall; only the engine runs in it yet."""
    prepare(database, today().year)
    with machine(home, database.url) as made:
        await made.start("engine")
        async with httpx2.AsyncClient(base_url=made.address, timeout=PATIENCE) as http:
            yield Scene(made, database, http)


@pytest_asyncio.fixture(loop_scope="session")
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    """Open an office on a database of the kind that the test names."""
    database: Database = request.getfixturevalue(f"{request.param}_database")
    async with a_scene(database, tmp_path) as opened:
        yield opened
