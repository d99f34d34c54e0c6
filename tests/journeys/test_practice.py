"""Practice: the visitor plays five people and moves the clock, a cast the rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import SystemRandom
from typing import Any

import httpx2
import pytest

from api.app import NotASample, create_app
from domain.council.ballots import new_code
from rehearsal.engine import RehearsedEngine
from rehearsal.practice.stage import add_practice, prepare
from store.database import Database
from tests.journeys.cast import aim, at
from tests.office import (
    _PACKS,
    CLERK,
    DIRECTOR,
    SECRETARIAT,
    Person,
    office_worker,
)

HEAD, MEMBER = "ctqh-01", "ld-02"
PHASE, SESSION, DECISION = "thuc-hanh-1", "thuc-hanh-1-hd1", "thuc-hanh-1-qd1"
COUNCIL = f"/council-sessions/{SESSION}"
MINUTES = {"minutes": "Hội đồng họp, biểu quyết từng trường hợp."}


class Visitor:
    """Whoever tries the product: moves the clock, and acts as several people."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self.http = http

    async def take(self, *people: str) -> httpx2.Response:
        """Play these people."""
        return await self._post("take", {"people": people})

    async def advance(self, to: str | None = None) -> httpx2.Response:
        """Let the clock go on."""
        return await self._post("advance", {"to": to} if to else {})

    async def _post(self, what: str, body: Any) -> httpx2.Response:
        return await self.http.post(f"/api/v1/practice/{what}", json=body)

    async def owes(self) -> list[tuple[str, str]]:
        """Go on until there is something to do; say what."""
        found = (await self.advance()).json()
        assert [each for each in found["happened"] if each["refused"]] == []
        return [(each["person"], each["kind"]) for each in found["owed"]]

    async def stands(self) -> dict[str, Any]:
        """Look where the game stands."""
        found: dict[str, Any] = (await self.http.get("/api/v1/practice")).json()
        return found

    async def does(self, who: str, path: str, body: Any = None) -> Any:
        """Act as somebody."""
        return await Person(self.http, who).act(path, body)

    async def gets(self, who: str, path: str, **query: Any) -> Any:
        """Read as somebody."""
        return await Person(self.http, who).get(path, **query)

    async def pages(self, who: str, path: str) -> Any:
        """Read a whole list as somebody."""
        return await Person(self.http, who).pages(path)


@asynccontextmanager
async def practising(
    database: Database, engine: RehearsedEngine, home: Path
) -> AsyncIterator[Visitor]:
    """Open a practice office, over whatever stands in its rows."""
    # As in service: by an address, and by no name.
    app = create_app(database, engine, _PACKS, sample=True, unnamed=True)
    add_practice(app, database, engine, _PACKS, home)
    transport = httpx2.ASGITransport(app=app)
    async with (
        httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
        office_worker(database, engine),
    ):
        yield Visitor(http)


async def submits(visitor: Visitor) -> None:
    """Play a head of department from the launch on to the list that is sent."""
    desk = f"/phases/{PHASE}/departments/CTQH"
    assert await visitor.owes() == [(HEAD, "launch_department")]
    await visitor.does(HEAD, f"{desk}/launch-department")
    assert await visitor.owes() == [(HEAD, "record_peer_review")]
    day = (await visitor.stands())["clock"][:10]
    meeting = {
        "held_on": day,
        "present": [f"ctqh-0{number}" for number in range(1, 10)],
        "chaired_by": HEAD,
        "minutes": "Tập thể phòng thống nhất.",
    }
    await visitor.does(HEAD, f"{desk}/record-peer-review", meeting)
    assert await visitor.owes() == [(HEAD, "submit")]
    line = {**aim("ctqh-02", "BANG_KHEN_TINH"), "achievement": "Phục vụ kỳ họp tốt."}
    await visitor.does(HEAD, f"{desk}/submit", {"lines": [line]})


async def votes(visitor: Visitor) -> None:
    """Play a member and the secretary at the meeting, to the minutes."""
    assert await visitor.owes() == [(MEMBER, "confirm_attendance")]
    await visitor.does(MEMBER, f"{COUNCIL}/confirm-attendance", {"comes": True})
    await visitor.take(MEMBER, SECRETARIAT, DIRECTOR, CLERK)
    owed = await visitor.owes()
    while (SECRETARIAT, "open_voting") not in owed:  # the meeting is not yet
        for person, kind in owed:
            assert kind == "confirm_attendance"
            await visitor.does(person, f"{COUNCIL}/confirm-attendance")
        owed = await visitor.owes()
    council = await visitor.gets(SECRETARIAT, "/council-seats")
    seated = [
        each["person"] for each in council["items"] if each["council"] == "emulation"
    ]
    roll = {"present": seated, "tellers": ["cthdnd-01", "ttdn-01"]}
    await visitor.does(SECRETARIAT, f"{COUNCIL}/open-voting", roll)
    assert {kind for _, kind in await visitor.owes()} == {
        "cast",
        "record_show_of_hands",
    }
    for person in (MEMBER, SECRETARIAT, DIRECTOR):
        await casts(visitor, person)
    last = (await visitor.pages(SECRETARIAT, f"{COUNCIL}/rounds"))[-1]
    hands = [
        {"line": row["line"], "yes": row["electors"], "no": 0, "chair_yes": True}
        for row in last["lines"]
        if row["method"] == "hands"
    ]
    await visitor.does(SECRETARIAT, f"{COUNCIL}/record-show-of-hands", {"lines": hands})
    assert await visitor.owes() == [(SECRETARIAT, "close_voting")]
    await visitor.does(SECRETARIAT, f"{COUNCIL}/close-voting", MINUTES)
    assert await visitor.owes() == [
        (SECRETARIAT, "sign_minutes"),
        (DIRECTOR, "sign_minutes"),
    ]
    for person in (SECRETARIAT, DIRECTOR):
        await visitor.does(person, f"{COUNCIL}/sign-minutes")


async def casts(visitor: Visitor, person: str) -> None:
    """Vote in secret, yes on every line, under codes of one's own."""
    (sheet,) = await visitor.gets(person, f"{COUNCIL}/ballot")
    marks = [
        {"line": line["line"], "choice": "yes", "code": new_code(SystemRandom())}
        for line in sheet["lines"]
    ]
    ballot = {"round": sheet["round"], "marks": marks}
    await visitor.does(person, f"{COUNCIL}/ballot", ballot)


async def issues(visitor: Visitor) -> None:
    """Play director and clerk, to the issued decision."""
    assert await visitor.owes() == [(DIRECTOR, "decide")]
    await visitor.does(DIRECTOR, f"/decisions/{DECISION}/decide", {"others": "approve"})
    assert await visitor.owes() == [(CLERK, "number")]
    year = int((await visitor.stands())["clock"][:4])
    number = {"number": 1, "year": year, "series": "QĐ-VP"}
    await visitor.does(CLERK, f"/decisions/{DECISION}/number", number)
    assert await visitor.owes() == [(CLERK, "issue")]
    await visitor.does(CLERK, f"/decisions/{DECISION}/issue")


async def test_a_visitor_plays_five_people_from_the_launch_to_the_issued_decision(
    sqlite_database: Database, engine: RehearsedEngine, tmp_path: Path
) -> None:
    await prepare(sqlite_database, engine, at("2026-11-28"))
    async with practising(sqlite_database, engine, tmp_path) as visitor:
        await visitor.take(DIRECTOR)
        campaign = "/campaigns/thuc-hanh"
        assert await visitor.owes() == [(DIRECTOR, "sign_pact")]
        await visitor.does(DIRECTOR, f"{campaign}/sign-pact")
        assert await visitor.owes() == [(DIRECTOR, "launch")]
        await visitor.does(DIRECTOR, f"{campaign}/launch")
        await visitor.take(HEAD)
        await submits(visitor)
        await visitor.take(MEMBER)
    # Whoever starts it again finds it where it stood.
    async with practising(sqlite_database, engine, tmp_path) as visitor:
        await votes(visitor)
        await issues(visitor)

        (decision,) = await visitor.pages(CLERK, f"/phases/{PHASE}/decisions")
        lines = await visitor.gets(SECRETARIAT, f"/phases/{PHASE}/lines")
        board = await visitor.pages(MEMBER, f"{COUNCIL}/rounds")
        states = sorted(f"{x['title']} {x['state']}" for x in lines["items"])
        assert decision["state"] == "issued"
        assert states == [
            *["BANG_KHEN_TINH director_approved"] * 3,
            "GIAY_KHEN awarded",
        ]
        assert sorted(board[0]["cast"]) == sorted(board[0]["roll"])


async def test_what_a_practice_office_cannot_do_is_refused_and_nothing_happens(
    sqlite_database: Database, engine: RehearsedEngine, tmp_path: Path
) -> None:
    await prepare(sqlite_database, engine, at("2026-06-30"))
    async with practising(sqlite_database, engine, tmp_path) as visitor:
        await visitor.take(DIRECTOR)
        before = await visitor.stands()
        answers = [
            await visitor.take("khong-ai"),
            await visitor.take("KHÔNG AI"),
            *[
                await visitor.advance(to)
                for to in (
                    "2026-06-29",
                    "2026-06-30",
                    "2027-07-01",
                    "2026-02-30",
                    "mai",
                )
            ],
        ]
        after = await visitor.stands()
        first, second = await asyncio.gather(
            visitor.advance("2026-07-02"), visitor.advance("2026-07-02")
        )

    found = [(a.status_code, a.json()["detail"]) for a in answers]
    behind = (
        "Đồng hồ đang ở 09:00 ngày 30/6/2026, chỉ đi tới chứ không lùi: «to» là ngày "
        "còn ở phía trước (đến 09:00 ngày đó), muộn nhất 30/6/2027."
    )
    days = "ngày có thật, dạng NĂM-THÁNG-NGÀY (ví dụ 2022-06-30)"
    assert found == [
        (404, "Danh bạ không có ai mang mã «khong-ai»."),
        (
            422,
            "/body/people/0: chỉ nhận: mã người viết thường không dấu, nối bằng dấu - "
            "(ví dụ vp-01).",
        ),
        *[(409, behind)] * 3,
        *[(422, f"/body/to: chỉ nhận: {days}.")] * 2,
    ]
    assert after == before
    assert sorted([first.status_code, second.status_code]) == [200, 409]
    assert "Đồng hồ đang đi theo một yêu cầu khác; hãy đợi xong." in (
        first.json().get("detail"),
        second.json().get("detail"),
    )


def test_practice_is_only_where_the_clock_stands_still(
    sqlite_database: Database, engine: RehearsedEngine, tmp_path: Path
) -> None:
    app = create_app(sqlite_database, engine, _PACKS, sample=True)

    with pytest.raises(NotASample, match="theo giờ thật"):
        add_practice(app, sqlite_database, engine, _PACKS, tmp_path)

    assert [path for path in app.openapi()["paths"] if "practice" in path] == []
