"""What a department is still writing: who writes, who reads, and in which version."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio

from domain.states import CampaignState, PhaseState
from engine.client import Engine
from intake.rulepacks import load_packs, to_data
from store.database import Database
from store.tables import Campaign, Phase
from tests.api.calls import Caller, idle_office
from tests.databases import as_owner
from tests.office import DIRECTOR, SECRETARIAT, Office, prepare
from tests.store.rows import stand

HEAD, CHARGED, STAFF, OTHER_HEAD = "ctqh-01", "ctqh-03", "ctqh-05", "ttdn-01"
PATH = "/phases/2022-1/departments/CTQH/draft"
LAUNCHED = datetime(2022, 1, 5, tzinfo=UTC)
REFUSED = (403, "not_allowed")


def write_phase(database: Database, state: PhaseState = PhaseState.RUNNING) -> None:
    """Write a launched campaign and its first phase."""
    with database.write() as session:
        session.add(
            Campaign(
                id="2022",
                title="Phong trào thi đua năm 2022",
                kind="regular",
                year=2022,
                state=CampaignState.RUNNING,
                plan={"signatory": "Chánh Văn phòng"},
                packs={pack.code: to_data(pack) for pack in load_packs()},
                pact_signed_at=LAUNCHED,
                launched_at=LAUNCHED,
                launched_by=DIRECTOR,
            )
        )
        session.flush()
        session.add(
            Phase(
                id="2022-1",
                campaign="2022",
                number=1,
                name="Giai đoạn 1",
                final=False,
                state=state,
                period_start=date(2022, 1, 1),
                period_end=date(2022, 6, 30),
                pack="VN2017",
                titles=["GIAY_KHEN"],
            )
        )


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, engine: Engine) -> AsyncIterator[Office]:
    """The sample office of 2022, in its first phase."""
    prepare(database, 2022, datetime(2022, 6, 1, tzinfo=UTC))
    write_phase(database)
    async with idle_office(database, engine) as opened:
        yield opened


@pytest.fixture
def head(office: Office) -> Caller:
    """The department's head."""
    return Caller(office.http, HEAD)


def draft(*subjects: str) -> dict[str, Any]:
    """A list of commendations."""
    return {
        "lines": [
            {
                "kind": "individual",
                "subject": subject,
                "title": "GIAY_KHEN",
                "achievement": "Hoàn thành tốt nhiệm vụ.",
                "documents": [],
                "secret": False,
            }
            for subject in subjects
        ]
    }


def kept(version: int, *subjects: str) -> dict[str, Any]:
    """A draft as it is answered."""
    return {
        "phase": "2022-1",
        "department": "CTQH",
        "content": draft(*subjects),
        "version": version,
    }


async def test_a_draft_is_kept_in_versions_and_may_be_empty(head: Caller) -> None:
    missing = await head.get(PATH)

    created = await head.send("PUT", PATH, {})
    blind = await head.put(PATH, draft("ctqh-02"))
    replaced = await head.send("PUT", PATH, draft("ctqh-02"), version=1)
    stale = await head.put(PATH, draft(), version=1)
    read = await head.send("GET", PATH)

    assert missing == (404, "unknown_draft")
    assert (created.status_code, created.json()) == (201, kept(1))
    assert blind == (428, "version_missing")
    assert (replaced.status_code, replaced.headers["ETag"]) == (200, '"2"')
    assert stale == (412, "version_changed")
    assert (read.json(), read.headers["ETag"]) == (kept(2, "ctqh-02"), '"2"')


async def test_head_and_whom_the_department_charged_write_and_nobody_else(
    office: Office, head: Caller
) -> None:
    others = (STAFF, OTHER_HEAD, SECRETARIAT, DIRECTOR)

    await head.put(PATH, draft())
    answers = [
        await Caller(office.http, who).put(PATH, draft(), version=1) for who in others
    ]
    charged = await Caller(office.http, CHARGED).put(PATH, draft("ctqh-02"), version=1)

    assert answers == [REFUSED] * 4
    assert charged == (200, kept(2, "ctqh-02"))


async def test_its_own_people_and_the_secretariat_read_and_nobody_else(
    office: Office, head: Caller
) -> None:
    await head.put(PATH, draft("ctqh-02"))

    answers = {
        who: await Caller(office.http, who).get(PATH)
        for who in (STAFF, CHARGED, SECRETARIAT, OTHER_HEAD, DIRECTOR)
    }

    read = (200, kept(1, "ctqh-02"))
    assert answers == {
        STAFF: read,
        CHARGED: read,
        SECRETARIAT: read,
        OTHER_HEAD: REFUSED,
        DIRECTOR: REFUSED,
    }


async def test_a_draft_is_of_a_phase_and_a_department_that_exist(
    office: Office,
) -> None:
    caller = Caller(office.http, SECRETARIAT)

    answers = [
        await caller.get("/phases/2022-9/departments/CTQH/draft"),
        await caller.get("/phases/2022-1/departments/KHONG/draft"),
    ]

    assert answers == [(404, "unknown_phase"), (404, "unknown_department")]


async def test_a_line_of_a_draft_says_what_a_sent_line_says(head: Caller) -> None:
    assert await head.put(PATH, {"lines": [{"subject": "ctqh-02"}]}) == (
        422,
        "invalid",
    )


async def test_nothing_more_is_written_once_the_phase_has_ended(
    database: Database, office: Office, head: Caller
) -> None:
    with as_owner(database) as owned, owned.write() as session:
        stand(session, session.get_one(Phase, "2022-1"), PhaseState.CLOSED)

    assert await head.put(PATH, draft()) == (409, "target_over")
