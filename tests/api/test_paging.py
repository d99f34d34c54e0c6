"""Every list is read page by page to its end, while rows come in before and behind."""

import base64
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest_asyncio
from sqlmodel import SQLModel, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.record import OFFICE
from domain.states import LineState
from store.database import Database
from store.tables import (
    Act,
    Appointment,
    CalendarOverride,
    CouncilSeat,
    Deadline,
    Department,
    Discipline,
    Leave,
    Nomination,
    NominationMove,
    Notice,
    Person,
    Proposal,
    Rating,
    Recognition,
    Registration,
    ServiceSpan,
)
from tests.api.calls import Caller, idle_office
from tests.api.conftest import Issued
from tests.api.test_answers import the_document
from tests.hostile import CURSORS
from tests.office import SECRETARIAT, Office
from tests.scale.test_statements import nowhere

Changes = Mapping[str, Any]
# How often rows come in, and how many are read one by one before all others at once.
TIMES, SINGLY = 2, 12
# What else a row has that is put before all others, and one that is put behind; a
# number grows with each row that comes in, so nothing comes before it.
ROWS: dict[str, tuple[type[SQLModel], Changes | None, Changes | None]] = {
    "/campaigns/{code}/acts": (Act, None, {}),
    "/office/acts": (Act, None, {}),
    "/proposals": (Proposal, None, {}),
    "/campaigns/{code}/calendar": (
        Deadline,
        {"due_at": datetime(2022, 1, 1, tzinfo=UTC)},
        {"due_at": datetime(2100, 1, 1, tzinfo=UTC)},
    ),
    "/campaigns/{code}/notices": (Notice, None, {}),
    "/campaigns/{code}/registrations": (
        Registration,
        {"department": "CTHDND", "subject": "0"},
        {"department": "TTDN", "subject": "z"},
    ),
    "/phases/{key}/lines": (Nomination, {"title": "AA"}, {"title": "ZZ"}),
    "/people": (Person, {"sort_key": ""}, {"sort_key": "ZZZ"}),
    "/departments": (Department, None, {}),
    "/posts": (Department, None, {}),
    "/calendar-overrides": (CalendarOverride, None, {}),
    "/ratings": (Rating, {"year": 2000}, {"year": 2199}),
    "/service-spans": (ServiceSpan, None, {}),
    "/appointments": (Appointment, None, {}),
    "/council-seats": (CouncilSeat, None, {}),
    "/disciplines": (Discipline, None, {}),
    "/leaves": (Leave, None, {}),
    "/recognitions": (Recognition, None, {}),
    # The newest first.
    "/me/notices": (Notice, {"recipient": SECRETARIAT}, None),
}


@pytest_asyncio.fixture(loop_scope="session")
async def office(issued: Issued) -> AsyncIterator[Office]:
    """The office in which there is some of everything, and one day of its own."""
    off = {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"}
    with issued.database.write() as session:
        session.add(CalendarOverride(day=date(2021, 1, 1), **off))
    with issued.database.write() as session:
        session.add(proposal())
    async with idle_office(issued.database, await nowhere()) as opened:
        yield opened


async def test_a_list_is_read_whole_one_by_one_while_rows_come_in(
    office: Office, issued: Issued
) -> None:
    reader = Caller(office.http, SECRETARIAT)
    read, whole = {}, {}
    for path in ROWS:
        place = filled(path, issued.keys)
        read[path] = await one_by_one(reader, place, issued.database, *ROWS[path])
        early = 0 if ROWS[path][1] is None else TIMES
        whole[path] = (await all_of(reader, place))[early:]

    assert read == whole
    assert min(map(len, read.values())) > 1


async def test_every_list_that_has_pages_is_read_here() -> None:
    paths = (await the_document())["paths"]

    paged = {
        path.removeprefix("/api/v1")
        for path, ways in paths.items()
        for each in ways.get("get", {}).get("parameters", ())
        if each["name"] == "cursor"
    }

    assert paged == ROWS.keys()


async def test_a_cursor_that_is_bent_or_of_another_list_is_refused_or_is_one(
    office: Office, issued: Issued
) -> None:
    reader = Caller(office.http, SECRETARIAT)
    places = {path: filled(path, issued.keys) for path in ROWS}
    of_others = {
        path: (await reader.get(f"{place}?limit=1"))[1]["next"]
        for path, place in places.items()
    }
    bent = [base64.urlsafe_b64encode(each).decode() for each in CURSORS]

    answers = {
        said if status == 404 else status
        for place in places.values()
        for cursor in (*bent, *filter(None, of_others.values()), "", "nothing", "=")
        for status, said in [await reader.get(f"{place}?cursor={cursor}")]
    }

    assert answers == {200, "bad_cursor"}


def proposal() -> Proposal:
    """Propose something: nothing in a year's way asks for a second pair of eyes."""
    return Proposal(
        about="appointments",
        verb="add",
        said={},
        posts=[],
        proposed_by=SECRETARIAT,
        proposed_at=datetime(2022, 1, 3, tzinfo=UTC),
    )


def filled(path: str, keys: Mapping[str, str]) -> str:
    """Fill in whose list it is."""
    room = path.split("/")[1]
    return path.format(code=keys["code"], key=keys.get(f"{room}/key"))


async def all_of(reader: Caller, place: str) -> list[Any]:
    """Read a list with as many at once as can be."""
    status, page = await reader.get(f"{place}?limit=500")
    assert (status, page["next"]) == (200, None), page
    return list(page["items"])


async def one_by_one(
    reader: Caller,
    place: str,
    database: Database,
    table: type[SQLModel],
    before: Changes | None,
    behind: Changes | None,
) -> list[Any]:
    """Read a list one by one; a few times rows come in before and behind what is read.

    One stands behind from the beginning, or a list of one would be read at once.
    """
    found, cursor = [], ""
    add(database, table, place, behind, 1)
    while True:
        limit = 1 if len(found) < SINGLY else 500
        status, page = await reader.get(f"{place}?limit={limit}{cursor}")
        assert status == 200, (place, page)
        found += page["items"]
        if len(found) <= TIMES:
            add(database, table, place, before, 2 * len(found))
            add(database, table, place, behind, 2 * len(found) + 1)
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def add(
    database: Database,
    table: type[SQLModel],
    place: str,
    changes: Changes | None,
    n: int,
) -> None:
    """Write a row like one that is there, unless there is no such place."""
    if changes is None:
        return
    with database.write() as session:
        like = session.exec(select(table).limit(1)).one()
        new: Any = table(**like.model_dump() | fresh(like, n) | dict(changes))
        if isinstance(new, Nomination):
            new.state, new.moves = LineState.NOMINATED, 1
            act = session.exec(select(Act.id).limit(1)).one()
            first = {"line": new.id, "n": 1, "to_state": new.state, "act": act}
            session.add(NominationMove(**first, at=session.get_one(Act, act).at))
            session.flush()
        if isinstance(new, Act):
            new.campaign = OFFICE if place == "/office/acts" else place.split("/")[2]
        if isinstance(new, Department):
            new.code += place[1].upper()
        if isinstance(new, Deadline):
            new.owner = str(ids.campaign(new.campaign))
            new.name, new.closed_at = [*DeadlineKind][-n], None
        session.add(new)


def fresh(like: SQLModel, n: int) -> dict[str, Any]:
    """Give another value to what no two rows share; the database numbers them."""
    number: Any = None if isinstance(like.model_dump().get("id"), int) else uuid4()
    person = isinstance(like, Person)
    values = {
        "id": f"x-{n}" if person else number,
        "code": f"X{n}",
        "day": date(2021, 2, n),
        "command": None,
        "previous": uuid4().hex,
        "seq": 100_000 + n,
        "task": f"x/{n}",
        "subject": f"x-{n}",
        "title": f"X{n}",
        "starts": date(2021, 1, n),
        "ends": None,
        "decided_on": date(2021, 1, n),
        "year": 2100 + n,
    }
    return {name: values[name] for name in like.model_dump() if name in values}
