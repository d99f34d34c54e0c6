"""A page with three hundred of everything takes no more statements than with one."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import SQLModel, col, select

from api.identity import PERSON
from domain.states import LineState
from store.database import Database
from store.files.attachments import Holder
from store.tables import CalendarOverride, HolderKind, Leave, Nomination, Recognition
from tests.api.asking import Thing, a_file
from tests.api.calls import idle_office
from tests.api.conftest import Issued
from tests.api.test_paging import MINUTES, SCANS, proposal, scan_of, seldom
from tests.api.test_who_may_what import filled
from tests.browser.walk import routes
from tests.counted import counted
from tests.databases import Databases
from tests.journeys.cast import HEADS
from tests.office import DIRECTOR, SECRETARIAT
from tests.scale.copies import WHO, copied, send
from tests.scale.lists import APPROVED, OPEN
from tests.scale.test_statements import nowhere

MANY = 300
# Who looks at what the secretariat does not see whole.
OTHERS = {"/": DIRECTOR, "/phong": HEADS[APPROVED]}
# A page of one thing that is not there: a deadline that runs, a row, a pack.
ALONE = {
    "/quan-tri/khen-thuong-truoc/{key}",
    "/lich/{code}/thu-doi",
    "/quan-tri/nguoi/{who}/{history}/{key}",
    "/quan-tri/quy-dinh/{code}",
}


PATHS = sorted(path for path in routes() if not path.startswith("/lam/"))
# What is asked of a page that is asked something.
MORE = {
    "/quan-tri/ngay-nghi": "?ngay=2022-08-31&la=nghi",
    "/quan-tri/xep-loai": f"?nam=2022&phong={APPROVED}",
    "/tim": "?q=n",
}


async def test_a_page_takes_no_more_statements_with_three_hundred_than_with_one(
    databases: Databases, issued: Issued
) -> None:
    few, many = [
        await looked(databases.fresh("issued"), issued, many) for many in (0, MANY)
    ]

    # A page that shows the latest of many alike may look fewer things up.
    more = {path: (few[path], n) for path, n in many.items() if n > few.get(path, 0)}
    assert more == {}
    assert few.keys() == many.keys() == {*PATHS} - ALONE


async def looked(database: Database, issued: Issued, many: int) -> dict[str, int]:
    """Count what each page takes, where there are so many more of everything."""
    with database.write() as session:
        awarded = col(Nomination.state) == LineState.AWARDED
        query = select(Nomination).where(awarded, Nomination.title == OPEN)
        line = session.exec(query.order_by(Nomination.subject).limit(1)).one()
        for each in once(issued, line):
            session.add(each)
            session.flush()
        send(session)
        thing = Thing({"line": line.id, "department": APPROVED})
        if many:
            copied(session, line.id, many)
    found = {}
    async with idle_office(database, await nowhere()) as office:
        for path in PATHS:
            place = filled(path, issued.keys, thing) + MORE.get(path, "")
            asking = {PERSON: OTHERS.get(path, SECRETARIAT)}
            with counted(database) as sent:
                answer = await office.http.get(place, headers=asking)
            if answer.status_code in (200, 303):
                found[path] = len(sent)
    return found


def once(issued: Issued, line: Nomination) -> Iterator[SQLModel]:
    """Write one of what this year has had none of."""
    off = {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"}
    yield CalendarOverride(day=date(2021, 1, 1), **off)
    decision = Holder(HolderKind.DECISION, issued.keys["decisions/key"])
    yield from (scan_of(decision, each) for each in SCANS)
    council = Holder(HolderKind.SESSION, issued.keys["council-sessions/key"])
    yield from (scan_of(council, each) for each in MINUTES)
    yield proposal()
    yield from seldom(issued.keys, line)
    yield a_file(HolderKind.LINE, line.id)
    away = {"starts": date(2000, 1, 1), "ends": date(2000, 1, 2)}
    yield Leave(person=WHO, kind="training", **away)
    yield Recognition(person=WHO, kind="initiative", year=2021)
