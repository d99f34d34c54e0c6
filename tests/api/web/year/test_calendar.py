"""*Lịch*: what is to come, for all or for oneself, and what if a deadline moved."""

from engine.client import Engine
from store.database import Database
from store.tables import Deadline
from tests.api.web.test_pages import HEAD, registering, shown
from tests.api.web.year.reading import read_as, rows
from tests.counted import counted
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT

TRY = "/lich/2022/thu-doi"
APPRAISAL = f"{TRY}?owner=phase:2022-1&deadline=appraisal"


async def test_the_calendar_says_of_each_deadline_how_long_why_and_how_it_moves(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, SECRETARIAT) as reader:
        page = await reader.page("/lich")

    said = shown(page)
    assert "Thứ Hai, hết ngày 28/02/2022 còn 22 ngày làm việc" in said
    assert "Đăng ký thi đua – Giai đoạn 1" in said
    assert "Ngày ghi trong kế hoạch; hết hạn thì tự sang bước sau." in said
    assert "Dời bằng việc «Gia hạn» (Chánh Văn phòng; phòng thường trực thi đua)." in (
        said
    )
    assert "lời nhắc sẽ gửi nếu khi đó còn nợ" in said


async def test_ones_own_calendar_leaves_out_what_is_others(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, HEAD) as reader:
        every = shown(await reader.page("/lich/2022"))
        own = shown(await reader.page("/lich/2022?cua=toi"))

    assert "Tổng kết – Kế hoạch" in every
    assert "Tổng kết – Kế hoạch" not in own
    assert "Đăng ký thi đua – Giai đoạn 1" in own


async def test_moving_a_window_is_shown_as_a_difference_and_leads_to_the_act(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    asked = f"{TRY}?owner=phase:2022-1&deadline=submission&until=2022-07-09"

    async with read_as(sqlite_database, engine, SECRETARIAT) as reader:
        page = await reader.page(asked)
        form = await reader.page(
            "/lam/phases/2022-1/extend-deadline"
            "?ve=%2Flich%2F2022&deadline=submission&until=2022-07-09"
        )

    found = rows(page)
    assert ["bớt", "Thứ Năm hết ngày 30/6/2022", "hạn hiện nay"] in found
    assert ["thêm", "Thứ Bảy hết ngày 09/7/2022", "hạn mới"] in found
    assert any(row[:2] == ["bớt", "thứ Ba 21/6/2022"] for row in found)
    said = shown(page)
    assert "Ngày 09/7/2022 không phải ngày làm việc." in said
    assert "4 phòng còn nợ sẽ có thêm thời gian." in said
    link = (
        "/lam/phases/2022-1/extend-deadline"
        "?ve=%2Flich%2F2022&amp;deadline=submission&amp;until=2022-07-09"
    )
    assert f'href="{link}"' in page
    assert 'value="2022-07-09"' in form


async def test_who_may_not_move_a_deadline_sees_what_it_would_change_alone(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, HEAD) as reader:
        theirs = await reader.page(f"{APPRAISAL}&until=2022-07-15")
    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        directors = await reader.page(f"{APPRAISAL}&until=2022-07-15")

    assert "hạn mới" in theirs
    assert "/lam/" not in theirs
    moving = "/lam/campaigns/2022/move-deadline?ve=%2Flich%2F2022&amp;owner=phase"
    assert f"{moving}%3A2022-1" in directors


async def test_what_cannot_be_moved_says_why_and_keeps_the_day(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)

    async with read_as(sqlite_database, engine, DIRECTOR) as reader:
        answers = [
            await reader.http.get(f"{APPRAISAL}&until={day}")
            for day in ("2022-07-01", "mai", "2031-01-01")
        ]
        gone = await reader.http.get(f"{TRY}?owner=phase:2022-9&deadline=appraisal")

    assert [each.status_code for each in answers] == [409, 422, 409]
    assert "Hạn mới phải sau hạn hiện nay" in shown(answers[0].text)
    assert 'value="2022-07-01"' in answers[0].text
    assert "Hãy chọn ngày mới." in shown(answers[1].text)
    assert gone.status_code == 404


async def test_a_calendar_of_three_hundred_deadlines_takes_as_many_statements(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    due = at("2022-05-05")

    async with read_as(sqlite_database, engine, SECRETARIAT) as reader:
        await reader.page("/lich/2022")
        with counted(sqlite_database) as few:
            await reader.page("/lich/2022")
        with sqlite_database.write() as session:
            session.add_all(
                Deadline(
                    owner="campaign:2022",
                    name=f"delegation-{n}",
                    campaign="2022",
                    due_at=due,
                    original_due_at=due,
                )
                for n in range(300)
            )
        with counted(sqlite_database) as many:
            page = await reader.page("/lich/2022")

    assert len(many) == len(few)
    assert "Sau nữa" in page
