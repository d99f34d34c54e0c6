"""A campaign in one file is long work: left, come back to, and each one's own."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import httpx2
import pytest
from sqlmodel import col, select

from api.downloads.campaign_archive import ArchiveWriter
from papers.archive.campaign import DrawnPaper
from papers.archive.reading import wrong_parts
from store.files.room import FileRoom
from store.files.vault import Vault
from store.tables import Appointment, Submission
from tests.api.web.council.conftest import Meeting
from tests.api.web.packing import packed
from tests.api.web.test_pages import shown
from tests.office import AUDITOR, DIRECTOR, SECRETARIAT
from tests.record.test_archive import digests

HERE = "/nhat-ky/2022/luu-tru"
FILE = f"{HERE}/tep"


@pytest.fixture
def room(tmp_path: Path) -> FileRoom:
    return FileRoom(Vault(tmp_path / "files"))


async def test_a_campaign_is_packed_while_somebody_is_away_as_they_may_read_it(
    meeting: Meeting, room: FileRoom, tmp_path: Path
) -> None:
    people = (SECRETARIAT, AUDITOR, DIRECTOR)
    async with meeting.visited(*people, files=room) as browsers:
        secretary, auditor, director = browsers
        before = await secretary.get(FILE)
        record = (await secretary.get("/nhat-ky/2022")).text
        page = await packed(secretary, HERE)
        others = (await auditor.get(HERE)).text
        await packed(auditor, HERE)
        answers = [await each.get(FILE) for each in (secretary, auditor)]
        plain = await auditor.get("/api/v1/campaigns/2022/archive")
        refused = await director.post(HERE)
        with meeting.database.write() as session:
            theirs = col(Appointment.person) == SECRETARIAT
            for held in session.exec(select(Appointment).where(theirs)):
                session.delete(held)
        no_more = await secretary.get(FILE)

    named = [{*told(each, tmp_path)} for each in answers]
    assert [*named[1] - named[0]] == ["nhat-ky/2022.jsonl"]
    assert named[1] == {*told(plain, tmp_path)}
    assert any(name.startswith("giay-to/") for name in named[0])
    assert f'href="{HERE}"' in record
    assert "Đã đóng gói, theo những gì đã ghi đến" in shown(page)
    assert "Đã đóng gói" not in others
    assert (before.status_code, before.headers["location"]) == (303, HERE)
    assert refused.status_code == 403
    assert (no_more.status_code, no_more.headers["location"]) == (303, HERE)


def told(answer: httpx2.Response, folder: Path) -> dict[str, str]:
    """Read which part has which digest, in a file of which each part is whole."""
    file = folder / "luu-tru.zip"
    file.write_bytes(answer.content)
    assert [*wrong_parts(file)] == []
    assert answer.headers["content-length"] == str(len(answer.content))
    with ZipFile(file) as unzipped:
        return digests(unzipped)


async def test_a_paper_that_cannot_be_drawn_is_named_and_all_else_is_there(
    meeting: Meeting, room: FileRoom, tmp_path: Path
) -> None:
    with meeting.database.write() as session:
        part = session.get_one(Submission, ("2022-1", "CTQH"))
        part.peer_review = {"held_on": "2022-06-20"}
    async with meeting.visited(AUDITOR, files=room) as [auditor]:
        page = await packed(auditor, HERE)
        answer = await auditor.get(FILE)

    parts = told(answer, tmp_path)
    minutes = [name for name in parts if name.startswith("giay-to/review-minutes")]
    assert "Thiếu 1 tệp" in shown(page)
    assert "Biên bản bình xét của phòng (pdf): Không lập được vì lỗi" in shown(page)
    assert len(minutes) == 1
    assert "nhat-ky/2022.jsonl" in parts


async def test_how_far_it_is_is_shown_paper_by_paper(
    meeting: Meeting, room: FileRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    counted = ArchiveWriter._counted

    def watched(self: ArchiveWriter, *given: object) -> Iterator[DrawnPaper]:
        for paper in counted(self, *given):  # type: ignore[arg-type]
            seen.append((self.done, self.papers))
            yield paper

    monkeypatch.setattr(ArchiveWriter, "_counted", watched)
    async with meeting.visited(SECRETARIAT, files=room) as [secretary]:
        await packed(secretary, HERE)

    many = len(seen)
    assert seen == [(n, many) for n in range(many)]
    assert many > 3


async def test_where_there_is_no_room_for_files_it_is_said(meeting: Meeting) -> None:
    async with meeting.visited(SECRETARIAT) as [secretary]:
        page = await packed(secretary, HERE)

    assert "Việc này dừng giữa chừng; hãy thử lại." in shown(page)
