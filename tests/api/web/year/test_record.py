"""*Nhật ký*: acts in words, filtered, page by page, and nothing that few may know."""

import pytest
from sqlmodel import select

from domain.names import search_key, sort_key
from domain.record.traces import Trace
from store.clock import now
from store.database import Database
from store.record import append
from store.tables import Act, Command, Person
from tests.api.asking import commands, matters
from tests.api.conftest import Issued
from tests.api.web.test_pages import shown
from tests.api.web.year.reading import read_as, rows
from tests.counted import counted
from tests.office import AUDITOR, DIRECTOR, SECRETARIAT
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)
RECORD, STAFF, FILER = "/nhat-ky/2022", "ctqh-06", "ttdn-02"


def hide_one(database: Database) -> int:
    """Let the last act of the record be one on a denunciation; return its place."""
    with database.write() as session:
        commands(session, "2022", matters(session, "2022"))
        hidden = session.exec(select(Command).where(Command.actor == FILER)).one()
        act = Act(
            campaign="2022",
            kind="file_case",
            actor=FILER,
            at=now(session),
            command=hidden.id,
        )
        return append(session, act, {}, Trace(hidden.target))


async def test_an_act_is_told_in_words_from_which_state_to_which(
    issued: Issued,
) -> None:
    async with read_as(issued.database, await nowhere(), SECRETARIAT) as reader:
        page = await reader.page(f"{RECORD}?viec=issue")

    [act] = [row for row in rows(page) if row[0].isdecimal()]
    assert "Ban hành quyết định Giai đoạn 1" in act[3]
    assert "Quyết định: đã vào số → đã ban hành" in act[3]
    assert "đề nghị: Chánh Văn phòng đồng ý → đã tặng" in act[3]


async def test_the_record_is_filtered_by_whom_by_what_and_by_days(
    issued: Issued,
) -> None:
    async with read_as(issued.database, await nowhere(), SECRETARIAT) as reader:
        theirs = await reader.page(f"{RECORD}?ai={DIRECTOR}")
        launched = await reader.page(f"{RECORD}?viec=launch")
        never = await reader.page(f"{RECORD}?tu=2031-01-01&den=mai")

    def acts(page: str) -> list[list[str]]:
        return [row for row in rows(page) if row[0].isdecimal()]

    assert {row[2].split()[-1] for row in acts(theirs)} == {acts(launched)[0][2][-4:]}
    assert [row[3].split(" Kế hoạch")[0] for row in acts(launched)] == [
        "Phát động phong trào"
    ]
    assert "Không có việc nào như vậy." in shown(never)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hanh", ["Hồ Sỹ Hạnh", "Đỗ Đức HẠNH"]),
        ("HẠNH", ["Hồ Sỹ Hạnh", "Đỗ Đức HẠNH"]),
        ("do hanh", ["Đỗ Đức HẠNH"]),
        ("ld-01", ["Hồ Sỹ Hạnh"]),
        ("khong ai", []),
    ],
)
async def test_the_record_is_filtered_by_a_name_however_it_is_typed(
    issued: Issued, typed: str, found: list[str]
) -> None:
    with issued.database.write() as session:
        for code, name in ((DIRECTOR, "Hồ Sỹ Hạnh"), ("ctqh-01", "Đỗ Đức HẠNH")):
            person = session.get_one(Person, code)
            person.name, person.search_key = name, search_key(name)
            person.sort_key = sort_key(name)
    async with read_as(issued.database, await nowhere(), SECRETARIAT) as reader:
        page = await reader.page(f"{RECORD}?ai={typed}")

    who = {row[2] for row in rows(page) if row[0].isdecimal()}
    assert who == {*found}
    assert [each for each in found if f">{each}</a>" in page] == found
    assert ("Không có ai tên như vậy." in page) == (found == [])


async def test_of_a_closed_matter_stands_the_place_alone_and_no_filter_finds_it(
    issued: Issued,
) -> None:
    seq = hide_one(issued.database)

    async with read_as(issued.database, await nowhere(), STAFF) as reader:
        page = await reader.page(RECORD)
        by_whom = await reader.page(f"{RECORD}?ai={FILER}")
        by_all = await reader.page(f"{RECORD}?ai=n")
        by_kind = await reader.page(f"{RECORD}?viec=file_case")
    async with read_as(issued.database, await nowhere(), AUDITOR) as reader:
        auditors = await reader.page(f"{RECORD}?viec=file_case")

    assert rows(page)[1][0] == str(seq)
    assert rows(page)[1][2:] == ["", "Thuộc một vụ việc hạn chế người biết"]
    assert str(seq) not in {
        row[0] for row in [*rows(by_whom), *rows(by_all), *rows(by_kind)]
    }
    assert str(seq) in {row[0] for row in rows(auditors)}


async def test_of_lines_the_record_tells_those_who_judge_them_alone(
    issued: Issued,
) -> None:
    async with read_as(issued.database, await nowhere(), STAFF) as reader:
        page = await reader.page(f"{RECORD}?viec=issue")

    assert "đề nghị:" not in shown(page)
    assert "/record/export" not in page


async def test_the_record_comes_a_page_at_a_time_in_a_fixed_number_of_statements(
    issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with read_as(issued.database, await nowhere(), AUDITOR) as reader:
        with counted(issued.database) as whole:
            page = await reader.page(RECORD)
        monkeypatch.setattr("api.web.year.record._MANY", 2)
        with counted(issued.database) as few:
            first = await reader.page(f"{RECORD}?tu=2022-01-01")
        following = first.partition("tu=2022-01-01&amp;sau=")[2].partition('"')[0]
        second = await reader.page(f"{RECORD}?tu=2022-01-01&sau={following}")

    assert len(few) <= len(whole)
    assert rows(first)[1:] + rows(second)[1:] == rows(page)[1:5]
    assert "/api/v1/campaigns/2022/record/export" in page


async def test_recipients_do_not_read_the_record(issued: Issued) -> None:
    async with read_as(issued.database, await nowhere(), "noi-nhan-01") as reader:
        answer = await reader.http.get(RECORD)

    assert answer.status_code == 403
