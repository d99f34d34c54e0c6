"""Many who write at once: each is answered in the end, and who reads need not wait."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import httpx2
import pytest
from sqlmodel import select

from ballots.box import BallotBox
from ballots.keys import Keys
from domain import ids
from domain.states import CommandState
from engine.client import Engine
from store.database import Database, lock
from store.office.sample import person_row
from store.tables import (
    BallotCast,
    Command,
    Council,
    CouncilSeat,
    CouncilSession,
    Nomination,
    SealedSheet,
    Seat,
    ServiceSpan,
)
from tests.activities.paper import Paper
from tests.api.calls import Caller, idle_office
from tests.api.test_drafts import write_phase
from tests.council.day import DAY, REVIEWED, SECRET, act, to_the_vote
from tests.council.votes import TELLERS
from tests.databases import ON_BOTH
from tests.journeys.cast import a_code, a_plan
from tests.office import DIRECTOR, SECRETARIAT, Office, open_office, prepare
from tests.processes import until
from tests.scale.office import grow
from tests.store.chains import breaks

pytestmark = ON_BOTH

# More than there are connections, and than there are threads.
MANY = [60, pytest.param(200, marks=pytest.mark.long)]
FEW = [12, pytest.param(200, marks=pytest.mark.long)]
_PATIENCE = 60  # seconds, on a busy machine too
_ALWAYS = date(2000, 1, 1)


def seat(database: Database, many: int) -> list[str]:
    """Give the council so many members more."""
    people = [f"hd-{n:03}" for n in range(many)]
    with database.write() as session:
        session.add_all(person_row(one, f"Thành viên {one}", None) for one in people)
        session.flush()
        for one in people:
            spans = {"person": one, "starts": _ALWAYS}
            session.add(ServiceSpan(**spans, department="CTQH"))
            session.add(
                CouncilSeat(**spans, council=Council.EMULATION, seat=Seat.MEMBER)
            )
    return people


def opened(database: Database, many: int, box: BallotBox) -> tuple[str, list[str]]:
    """Open a secret vote before so many members more; name its session, and them."""
    to_the_vote(database, {"CTQH": (SECRET,)})
    members = seat(database, many)
    paper = Paper(database, box=box)
    body = {"meets_at": DAY.isoformat(), "place": "Phòng họp số 1"}
    act(paper, SECRETARIAT, "convene", f"phase:{paper.phase}", body)
    paper.pass_to(DAY)
    key = ids.session_key(paper.phase, 1)
    sitting = {"present": [*members, *TELLERS, DIRECTOR], "tellers": TELLERS}
    act(paper, DIRECTOR, "open_voting", f"council:{key}", sitting)
    return key, members


Send = Callable[[str], Awaitable[httpx2.Response]]


def the_line(database: Database) -> str:
    """Name the only line."""
    with database.read() as session:
        return str(session.exec(select(Nomination.id)).one())


async def vote(office: Office, key: str, line: str, member: str) -> httpx2.Response:
    """Let a member say yes to the only line."""
    mark = {"line": line, "choice": "yes", "code": a_code(member)}
    sheet = {"round": 1, "marks": [mark]}
    return await office.person(member).post(f"/council-sessions/{key}/ballot", sheet)


async def all_at_once(people: list[str], send: Send) -> Counter[int]:
    """Let everybody send at one moment; count how they were answered."""
    async with asyncio.timeout(_PATIENCE):
        answers = await asyncio.gather(*map(send, people))
    return Counter(answer.status_code for answer in answers)


@pytest.mark.parametrize("many", MANY)
async def test_ballots_that_wait_for_a_lock_are_all_taken_and_hold_up_no_reader(
    database: Database, engine: Engine, tmp_path: Path, many: int
) -> None:
    key, members = opened(database, many, BallotBox(Keys(tmp_path)))
    line = the_line(database)

    async with idle_office(database, engine) as office:
        cast = partial(vote, office, key, line)
        with database.write() as session:
            lock(session, CouncilSession, CouncilSession.id == key)
            casting = asyncio.create_task(all_at_once(members, cast))
            await asyncio.sleep(1)  # long enough for each of them to get stuck
            async with asyncio.timeout(_PATIENCE / 4):
                me = await office.person(DIRECTOR).get("/me")
            waiting = not casting.done()
        answers = await casting

    assert (me["id"], waiting) == (DIRECTOR, True)
    assert answers == {200: many}


async def test_of_ballots_that_come_at_once_only_a_second_one_is_refused(
    database: Database, engine: Engine, tmp_path: Path
) -> None:
    key, members = opened(database, 9, BallotBox(Keys(tmp_path)))
    line = the_line(database)

    async with idle_office(database, engine) as office:
        cast = partial(vote, office, key, line)
        with database.write() as session:
            # They come together, and none of them is kept for long.
            lock(session, CouncilSession, CouncilSession.id == key)
            casting = asyncio.create_task(all_at_once([*members, *members[:2]], cast))
            await asyncio.sleep(0.1)
        answers = await casting

    assert answers == {200: 9, 409: 2}
    with database.read() as session:
        cast_by = session.exec(select(BallotCast.person)).all()
        assert sorted(cast_by) == sorted(members)
        assert len(session.exec(select(SealedSheet.id)).all()) == 9
        assert breaks(session, "2022") == []


@pytest.mark.parametrize("many", MANY)
async def test_drafts_that_come_at_once_are_all_kept(
    database: Database, engine: Engine, many: int
) -> None:
    heads = await _desks(database, many)
    write_phase(database)

    async with idle_office(database, engine) as office:

        async def put(head: str) -> httpx2.Response:
            path = f"/phases/2022-1/departments/{_home(head)}/draft"
            return await Caller(office.http, head).send("PUT", path, {})

        answers = await all_at_once(heads, put)

    assert answers == {201: many}


async def _desks(database: Database, many: int) -> list[str]:
    """Write an office with so many departments more; name their heads."""
    prepare(database, 2022, datetime(2022, 1, 3, tzinfo=UTC))
    grow(database, many + 4)
    return [f"p{n:05}-s0" for n in range(many)]


def _home(head: str) -> str:
    return head.split("-")[0].upper()


@pytest.mark.parametrize("many", FEW)
async def test_lists_that_are_sent_at_once_all_come_in(
    database: Database, engine: Engine, many: int
) -> None:
    heads = await _desks(database, many)
    paper = Paper(database)
    paper.launch(a_plan())
    paper.pass_to(REVIEWED)

    async with open_office(database, engine) as office:

        async def send(head: str) -> httpx2.Response:
            path = f"/phases/{paper.phase}/departments/{_home(head)}/file-nil-return"
            body = {"reason": "Không có đề nghị."}
            return await office.person(head).post(path, body)

        answers = await all_at_once(heads, send)
        await until(partial(_no_more_waits, database), "every act has ended")

    # Whoever is not waited for any longer hears that the act has come in.
    assert answers[200] + answers[202] == many
    assert _states(database, "file_nil_return") == {CommandState.APPLIED: many}


async def _no_more_waits(database: Database) -> bool:
    return CommandState.RECEIVED not in _states(database, "file_nil_return")


def _states(database: Database, kind: str) -> Counter[CommandState]:
    with database.read() as session:
        found = session.exec(select(Command.state).where(Command.kind == kind))
        return Counter(found)
