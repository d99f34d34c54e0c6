"""*Bảng vàng*: who was granted what, for the office, and for strangers."""

from datetime import date
from typing import Any

import httpx2
import pytest
from sqlmodel import Session, col, select, update

from engine.client import Engine
from store.database import Database
from store.tables import Decision, DecisionLine, Nomination, Posting
from tests.api.calls import idle_office
from tests.api.conftest import Issued
from tests.api.web.test_pages import registering, shown
from tests.api.web.year.reading import read_as, rows
from tests.counted import counted
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)
STAFF, RECIPIENT = "ctqh-06", "noi-nhan-01"


def first(session: Session) -> Decision:
    """Find the first decision."""
    return session.exec(select(Decision).order_by(Decision.ordinal).limit(1)).one()


def number(database: Database) -> str:
    """Tell the number of the first decision, as papers write it."""
    with database.read() as session:
        decision = first(session)
        return f"{decision.number:02}/{decision.series}"


def post(database: Database, taken_down_on: date | None = None) -> None:
    """Let all that was granted by the first decision hang."""
    with database.write() as session:
        decision = first(session)
        session.add(
            Posting(
                decision=decision.id,
                number=1,
                posted_on=date(2022, 7, 15),
                place="Bảng tin",
                on_view_until=date(2022, 8, 4),
                taken_down_on=taken_down_on,
            )
        )
        session.flush()
        session.exec(
            update(DecisionLine)
            .where(col(DecisionLine.decision) == decision.id)
            .values(posting=1)
        )


def keep_secret(database: Database) -> None:
    """Let all lines be on a state secret."""
    with database.write() as session:
        session.exec(update(Nomination).values(secret=True))


async def as_a_stranger(database: Database, path: str) -> httpx2.Response:
    """Ask without having signed in."""
    async with idle_office(database, await nowhere()) as office:
        answer: Any = await office.http.get(path)
    return answer


async def test_whoever_has_signed_in_reads_who_was_granted_what_by_which_decision(
    issued: Issued,
) -> None:
    for who in (STAFF, RECIPIENT):
        async with read_as(issued.database, await nowhere(), who) as reader:
            page = await reader.page("/bang-vang/2022")

        theirs = ["Phòng Công tác Quốc hội", number(issued.database)]
        assert any(row[1:] == theirs for row in rows(page))
        assert "phải công khai trong cơ quan chậm nhất 5 ngày làm việc" in shown(page)
        assert "niêm yết ít nhất 20 ngày liên tục (Luật Thực hiện dân chủ" in shown(
            page
        )


async def test_a_stranger_reads_what_hangs_and_nothing_else(issued: Issued) -> None:
    before = await as_a_stranger(issued.database, "/bang-vang/2022")
    post(issued.database)
    hanging = await as_a_stranger(issued.database, "/bang-vang/2022")
    last = await as_a_stranger(issued.database, "/bang-vang")

    assert (before.status_code, before.headers["location"]) == (
        303,
        "/dang-nhap?den=/bang-vang/2022",
    )
    assert (hanging.status_code, last.status_code) == (200, 200)
    said = shown(hanging.text)
    hangs = f"Quyết định số {number(issued.database)}: niêm yết từ ngày 15/7/2022 tại"
    assert f"{hangs} Bảng tin, ít nhất đến hết ngày 04/8/2022." in said
    assert "Đăng nhập để xem tất cả" in said
    assert 'aria-label="Các trang của phong trào"' not in hanging.text


async def test_what_hangs_no_longer_is_for_those_who_sign_in(issued: Issued) -> None:
    post(issued.database, taken_down_on=date(2022, 8, 5))

    answers = [
        await as_a_stranger(issued.database, path)
        for path in ("/bang-vang/2022", "/bang-vang", "/bang-vang/2031")
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 303]


async def test_a_state_secret_hangs_nowhere(issued: Issued) -> None:
    post(issued.database)
    keep_secret(issued.database)

    async with read_as(issued.database, await nowhere(), STAFF) as reader:
        page = await reader.page("/bang-vang/2022")
    stranger = await as_a_stranger(issued.database, "/bang-vang/2022")

    assert "Chưa có kết quả khen thưởng nào được ban hành." in shown(page)
    assert stranger.status_code == 303


async def test_honours_come_a_page_at_a_time_in_a_fixed_number_of_statements(
    issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with read_as(issued.database, await nowhere(), STAFF) as reader:
        with counted(issued.database) as whole:
            page = await reader.page("/bang-vang/2022")
        monkeypatch.setattr("api.web.year.honours._MANY", 1)
        with counted(issued.database) as one:
            start = await reader.page("/bang-vang/2022")
        place = start.partition("?sau=")[2].partition('"')[0]
        second = await reader.page(f"/bang-vang/2022?sau={place}")

    def people(read: str) -> list[list[str]]:
        return [row for row in rows(read) if row[-1] == number(issued.database)]

    assert len(whole) == len(one)
    assert people(start) + people(second) == people(page)[:2]
    assert len(people(page)) > 1


async def test_an_office_without_results_says_so(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, STAFF) as reader:
        page = await reader.page("/bang-vang")

    assert "Chưa có kết quả khen thưởng nào được ban hành." in shown(page)
