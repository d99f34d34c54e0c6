"""All papers of a phase in one file: whose they are, what is broken, and who leaves."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

from sqlmodel import col, select

from papers.archive.reading import wrong_parts
from store.clock import now
from store.files.room import FileRoom
from store.files.vault import Vault
from store.tables import Appointment, Submission, WordLayout
from tests.api.web.council.conftest import Meeting
from tests.api.web.packing import packed
from tests.api.web.test_pages import shown
from tests.office import SECRETARIAT
from tests.papers.reading import pages, words

HERE = "/tham-dinh/2022-1/giay-to"
FILE = f"{HERE}/tep"


def listed(content: bytes) -> dict[str, str]:
    """Read the index: what stands for each part, its digest or why there is none."""
    with ZipFile(BytesIO(content)) as unzipped:
        rows = csv.reader(StringIO(unzipped.read("MUC-LUC.csv").decode("utf-8-sig")))
    return {name: last for name, _, _, last in [*rows][1:]}


async def test_each_gets_the_papers_that_are_theirs_to_read_and_others_none(
    meeting: Meeting, tmp_path: Path
) -> None:
    room = FileRoom(Vault(tmp_path / "files"))
    people = (SECRETARIAT, "ctqh-03", "ttdn-03", "noi-nhan-01")
    async with meeting.visited(*people, files=room) as browsers:
        *readers, recipient = browsers
        for each in readers:
            await packed(each, HERE)
        files = [(await each.get(FILE)).content for each in readers]
        closed = await recipient.post(HERE)
        with meeting.database.write() as session:
            theirs = col(Appointment.person) == SECRETARIAT
            for held in session.exec(select(Appointment).where(theirs)):
                session.delete(held)
        taken = await readers[0].get(FILE)

    names = [" ".join(listed(each)) for each in files]
    minutes = [each.count("Biên bản bình xét của phòng") for each in names]
    assert minutes == [4, 2, 0]  # each as PDF and in Word
    assert all("Báo cáo thành tích, Khổng Minh Tuệ" in each for each in names)
    assert closed.status_code == 403
    assert (taken.status_code, taken.headers["location"]) == (303, HERE)


async def test_papers_are_drawn_both_ways_and_what_is_broken_is_named(
    meeting: Meeting, tmp_path: Path
) -> None:
    with meeting.database.write() as session:
        part = session.get_one(Submission, ("2022-1", "CTQH"))
        part.peer_review = {"held_on": "2022-06-20"}
    room = FileRoom(Vault(tmp_path / "files"))
    async with meeting.visited(SECRETARIAT, files=room) as [secretary]:
        none = await secretary.get(FILE)
        before = (await secretary.get(HERE)).text
        page = await packed(secretary, HERE)
        answers = [await secretary.get(FILE) for _ in range(2)]
        desk = (await secretary.get("/tham-dinh/2022-1")).text

    [content, again] = [each.content for each in answers]
    parts = listed(content)
    broken = {name: why for name, why in parts.items() if " " in why}
    assert [name.partition(".")[2] for name in broken] == ["pdf", "docx"]
    assert all("Biên bản bình xét của phòng, Phòng Công tác" in x for x in broken)
    assert "Thiếu 2 tệp" in shown(page)
    file = tmp_path / "giay-to.zip"
    file.write_bytes(content)
    assert [*wrong_parts(file)] == []
    with ZipFile(file) as unzipped:
        index = unzipped.read("MUC-LUC.html").decode()
        letter = next(x for x in parts if "Tờ trình của phòng" in x and ".pdf" in x)
        said = " ".join(pages(unzipped.read(letter)))
        word = words(unzipped.read(letter.replace(".pdf", ".docx")))
    assert "Kính gửi: Hội đồng Thi đua - Khen thưởng" in said
    assert "Kính gửi: Hội đồng Thi đua - Khen thưởng" in word
    assert "lỗi của phần mềm" in index
    assert again == content
    assert answers[0].headers["content-length"] == str(len(content))
    assert none.headers["location"] == HERE
    assert "Đã lập" not in before
    assert f'href="{HERE}"' in desk


async def test_a_layout_of_the_office_that_cannot_be_filled_leaves_the_pdf(
    meeting: Meeting, tmp_path: Path
) -> None:
    with meeting.database.write() as session:
        at, by = now(session), SECRETARIAT
        session.add(WordLayout(kind="paper", content=b"PK", put_by=by, put_at=at))
    room = FileRoom(Vault(tmp_path / "files"))
    async with meeting.visited("ttdn-03", files=room) as [staff]:
        page = await packed(staff, HERE)
        content = (await staff.get(FILE)).content

    parts = listed(content)
    word = {why[:36] for name, why in parts.items() if name.endswith(".docx")}
    assert word == {"Mẫu Word của cơ quan không điền được"}
    assert not [x for x in parts if x.endswith(".pdf") and " " in parts[x]]
    assert "Mẫu Word của cơ quan không điền được" in shown(page)


async def test_where_there_is_no_room_for_files_it_is_said(meeting: Meeting) -> None:
    async with meeting.visited("ttdn-03") as [staff]:
        page = await packed(staff, HERE)

    assert "Việc này dừng giữa chừng; hãy thử lại." in shown(page)
