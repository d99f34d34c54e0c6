"""A proposal has a day: whose task it is, who is reminded, and how it lapses."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlmodel import col, select

from domain.record import OFFICE
from duties.proposals import remind_of_proposals
from engine.client import Engine
from engine.dispatch import Dispatcher
from store.database import Database
from store.tables import Notice
from tests.api.calls import Caller, idle_office
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, UNION, Office, prepare, set_clock

DEPUTIES, STAFF, NEW = ("ld-02", "ld-03"), "ctqh-05", "moi-01"
ASKED = {DIRECTOR, *DEPUTIES}
MORNING = at("2022-06-01", "09:00")


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, engine: Engine) -> AsyncIterator[Office]:
    """The sample office on Wednesday, 1 June 2022."""
    prepare(database, 2022, MORNING)
    async with idle_office(database, engine) as opened:
        yield opened


async def proposed(office: Office) -> dict[str, Any]:
    """Let the secretariat propose a vice-chair of the council."""
    desk = Caller(office.http, SECRETARIAT)
    await desk.put(f"/people/{NEW}", {"name": "Người Mới"})
    seat = {"person": NEW, "seat": "vice_chair", "starts": "2023-01-01"}
    status, proposal = await desk.post("/council-seats", seat)
    assert status == 202, proposal
    found: dict[str, Any] = proposal
    return found


async def tasks(office: Office, *people: str) -> dict[str, list[dict[str, Any]]]:
    """Read whose tasks the answers to proposals are among."""
    found = {who: await Caller(office.http, who).pages("/me/tasks") for who in people}
    return {
        who: [each for each in listed if each["kind"] == "confirm"]
        for who, (_, listed) in found.items()
    }


def told(database: Database, moment: datetime) -> set[tuple[str, str]]:
    """Let the office's clock come to a moment; say who is then told what."""
    set_clock(database, moment)
    remind_of_proposals(database)
    remind_of_proposals(database)  # twice is as good as once
    return notices(database, moment)


def notices(database: Database, moment: datetime) -> set[tuple[str, str]]:
    """Read what went out at a moment, each once."""
    with database.read() as session:
        rows = session.exec(
            select(Notice.kind, Notice.recipient).where(
                Notice.campaign == OFFICE,
                col(Notice.at) == moment,
                col(Notice.kind).startswith("proposal_"),
            )
        ).all()
    assert len(rows) == len(set(rows))
    return set(rows)


async def test_a_proposal_is_a_task_is_reminded_of_and_lapses_unanswered(
    database: Database, office: Office, engine: Engine
) -> None:
    proposal = await proposed(office)
    asked = await tasks(office, *sorted(ASKED), UNION, SECRETARIAT, NEW)

    sent = {
        day: told(database, at(f"2022-06-{day}", "08:00"))
        for day in ("06", "07", "08", "09", "10")
    }
    late = await tasks(office, DIRECTOR)
    set_clock(database, end := at("2022-06-15", "08:00"))
    await swept(database, engine, proposal["id"], office)
    _, lapsed = await Caller(office.http, STAFF).get(f"/proposals/{proposal['id']}")
    confirmed = await Caller(office.http, DIRECTOR).post(
        f"/proposals/{proposal['id']}/confirm"
    )

    one = {
        "kind": "confirm",
        "path": f"/api/v1/proposals/{proposal['id']}/confirm",
        "title": "Xác nhận: ghế trong Hội đồng của Người Mới",
        "campaign": OFFICE,
        "due_at": "2022-06-08T17:00:00Z",
        "overdue": False,
        "behalf": None,
        "why": "Bạn giữ chức vụ được xác nhận đề xuất này.",
        "ends": "Xong khi có người xác nhận hoặc từ chối; quá hạn thì đề xuất hết hiệu "
        "lực.",
    }
    nobody_else: dict[str, list[Any]] = {UNION: [], SECRETARIAT: [], NEW: []}
    assert asked == {**{who: [one] for who in ASKED}, **nobody_else}
    due = {("proposal_due", who) for who in ASKED}
    assert sent == {
        "06": set(),
        "07": due,
        "08": due,
        "09": due | {("proposal_late", UNION), ("proposal_late", SECRETARIAT)},
        "10": set(),
    }
    assert late == {DIRECTOR: [{**one, "overdue": True}]}
    assert (lapsed["outcome"], lapsed["ended_by"]) == ("lapsed", None)
    ended = {*ASKED, SECRETARIAT, NEW}
    assert notices(database, end) == {("proposal_lapsed", who) for who in ended}
    assert confirmed == (409, "proposal_ended")
    _, seats = await Caller(office.http, STAFF).get(f"/council-seats?person={NEW}")
    assert seats["items"] == []
    _, acts = await Caller(office.http, SECRETARIAT).get("/office/acts?limit=500")
    assert "lapse" in {act["kind"] for act in acts["items"]}
    assert await tasks(office, DIRECTOR) == {DIRECTOR: []}


async def swept(database: Database, engine: Engine, key: int, office: Office) -> None:
    """Let a worker's dispatcher look until the proposal has ended."""
    stop = asyncio.Event()
    every = timedelta(milliseconds=50)
    sweeping = Dispatcher(database, engine, every, remind_of_proposals).run(stop)
    running = asyncio.create_task(sweeping)
    for _ in range(200):
        _, found = await Caller(office.http, STAFF).get(f"/proposals/{key}")
        if found["outcome"] is not None:
            break
        await asyncio.sleep(0.05)
    stop.set()
    await running


async def test_what_is_answered_is_reminded_of_no_more(
    database: Database, office: Office
) -> None:
    proposal = await proposed(office)

    await Caller(office.http, "ld-02").post(f"/proposals/{proposal['id']}/confirm")

    assert told(database, at("2022-06-20", "08:00")) == set()
    assert await tasks(office, DIRECTOR) == {DIRECTOR: []}
