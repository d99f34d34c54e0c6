"""The page of one nomination: what it says, and its files."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import httpx2
from sqlmodel import col, select

from store.database import Database
from store.files.room import FileRoom
from store.files.vault import Vault
from store.tables import Act, Attachment, Nomination
from tests.api.web.browsing import form_on
from tests.api.web.department.test_page import sent_in_time
from tests.api.web.test_pages import shown, sign_in
from tests.counted import counted
from tests.intake.test_files import PDF
from tests.journeys.cast import HEADS
from tests.office import open_office
from tests.scale.test_statements import nowhere

HEAD, OTHER = HEADS["CTQH"], "ttdn-03"


def the_line(database: Database) -> UUID:
    """Find the one line that was sent."""
    with database.read() as session:
        return session.exec(select(Nomination.id)).one()


def recorded(database: Database) -> list[str]:
    """List what the record says of files."""
    kinds = ("attach_file", "take_file_away")
    with database.read() as session:
        query = select(Act.kind).where(col(Act.kind).in_(kinds))
        return list(session.exec(query.order_by(col(Act.seq))))


async def attaches(
    http: httpx2.AsyncClient, page: str, files: Mapping[str, tuple[str, bytes]]
) -> httpx2.Response:
    """Send the form of a page without scripts."""
    return await http.post(f"{page}/tep", files=files)


async def test_papers_of_a_nomination_are_attached_and_taken_away_without_scripts(
    sqlite_database: Database, tmp_path: Path
) -> None:
    sent_in_time(sqlite_database)
    page = f"/de-nghi/{the_line(sqlite_database)}"
    room = FileRoom(Vault(tmp_path), most_bytes=2**20, most_of_one=1)
    async with open_office(
        sqlite_database, await nowhere(), work=False, files=room
    ) as office:
        http = office.http
        await sign_in(http, HEAD)
        empty = await http.get(page)
        wrong = [
            await attaches(http, page, {"tep": each})
            for each in (
                ("", b""),
                ("a.exe", PDF),
                ("a.pdf", b"no"),
                ("a.pdf", PDF + b" " * 2**21),
            )
        ]
        done = await attaches(http, page, {"tep": ("Tờ trình.pdf", PDF)})
        more = await attaches(http, page, {"tep": ("b.pdf", PDF + b" ")})
        there = await http.get(page)
        [file] = _standing(sqlite_database)
        fetched = await http.get(f"/api/v1/attachments/{file}")
        gone = await http.post(f"{page}/tep/{file}/go", data={"a": "b"})

    assert "Mỗi tệp lớn nhất 1 MiB, nhiều nhất 1 tệp" in shown(empty.text)
    assert [each.status_code for each in wrong] == [422, 415, 415, 413]
    assert "Chỉ nhận các loại tệp" in shown(wrong[1].text)
    assert (done.status_code, more.status_code) == (303, 409)
    assert "Tờ trình.pdf" in shown(there.text)
    assert fetched.content == PDF
    assert gone.status_code == 303
    assert _standing(sqlite_database) == []
    assert len(recorded(sqlite_database)) == 2


def _standing(database: Database) -> list[UUID]:
    with database.read() as session:
        query = select(Attachment.id).where(col(Attachment.voided_at).is_(None))
        return list(session.exec(query))


async def test_others_of_the_office_read_what_they_may_and_attach_nothing(
    sqlite_database: Database, tmp_path: Path
) -> None:
    sent_in_time(sqlite_database)
    page = f"/de-nghi/{the_line(sqlite_database)}"
    room = FileRoom(Vault(tmp_path))
    async with open_office(
        sqlite_database, await nowhere(), work=False, files=room
    ) as office:
        await sign_in(office.http, OTHER)
        hidden = await office.http.get(page)
        refused = await attaches(office.http, page, {"tep": ("a.pdf", PDF)})
        await sign_in(office.http, "ctqh-02")
        own = await office.http.get(page)
        with counted(sqlite_database) as sent:
            await office.http.get(page)

    assert (hidden.status_code, refused.status_code) == (404, 404)
    assert "Nội dung đề nghị" in shown(own.text)
    assert "Chọn tệp" not in shown(own.text)
    assert len(sent) < 30
    assert form_on(own.text)[0] == "/dang-xuat"
    assert _standing(sqlite_database) == []
