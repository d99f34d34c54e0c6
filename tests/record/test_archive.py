"""A campaign in one file: whole, as far as one may read, and checked by anybody."""

import csv
import tracemalloc
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

import cli
from api.downloads.campaign_papers import drawn_papers
from papers.archive.campaign import Archivist
from papers.archive.writing import DIGESTS, INDEX, Archive, fit_name
from papers.official.every import EVERY_PAPER
from papers.official.kinds import PaperOf
from store.files.attachments import Content, Holder, add
from store.files.room import FileRoom
from store.files.vault import Vault
from store.tables import (
    Campaign,
    Case,
    CouncilSession,
    Decision,
    HolderKind,
    Nomination,
    Phase,
    Submission,
)
from tests.office import DIRECTOR, SECRETARIAT
from tests.outbox.ledger import MORNING
from tests.papers.test_sheets import read
from tests.record.conftest import Played
from tests.record.played import export
from tests.record.test_download import asked

ARCHIVE, STAFF = "/campaigns/2022/archive", "ttdn-05"
_HOLDERS: Mapping[PaperOf, Any] = {
    PaperOf.CAMPAIGN: Campaign,
    PaperOf.PHASE: Phase,
    PaperOf.PART: Submission,
    PaperOf.SESSION: CouncilSession,
    PaperOf.DECISION: Decision,
    PaperOf.LINE: Nomination,
    PaperOf.CASE: Case,
}


@pytest.fixture
def room(tmp_path: Path) -> FileRoom:
    return FileRoom(Vault(tmp_path / "files"))


@pytest.fixture
def archived(played: Played, room: FileRoom, tmp_path: Path) -> Path:
    """The archive that whoever keeps the database makes."""
    file = tmp_path / "2022.zip"
    with played.database.read() as session, file.open("xb") as out:
        campaign = session.get_one(Campaign, "2022")
        Archivist(session, room.vault, None, records=True).write(campaign, (), out)
    return file


def digests(file: ZipFile) -> dict[str, str]:
    lines = file.read(DIGESTS).decode().splitlines()
    return {line[66:]: line[:64] for line in lines}


def there(played: Played) -> set[str]:
    """Name the papers that some thing of the campaign has just now."""
    with played.database.read() as session:
        return {
            kind.name
            for kind in EVERY_PAPER
            for row in session.exec(select(_HOLDERS[kind.holder])).all()
            if kind.once(session, row)
        }


def verify(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = cli.run(["verify", str(file)])
    return code, capsys.readouterr().out.splitlines()


async def test_an_auditor_downloads_everything_with_the_digest_of_each_part(
    played: Played, room: FileRoom
) -> None:
    async with asked(played, room, ARCHIVE) as answer:
        content = ZipFile(BytesIO(answer.content))

    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-length"] == str(len(answer.content))
    told = digests(content)
    assert {*content.namelist()} == {*told, INDEX, DIGESTS}
    for name, digest in told.items():
        assert sha256(content.read(name)).hexdigest() == digest
    assert content.read("nhat-ky/2022.jsonl") == b"".join(
        export(played.database, "2022")
    )
    assert {name.split("/")[0] for name in told} >= {
        *("ke-hoach.json", "quy-dinh.json", "nhat-ky", "danh-sach", "giay-to")
    }
    papers = [name for name in told if name.startswith("giay-to/")]
    assert {name.split("/")[1] for name in papers} == there(played)
    assert {content.read(name)[:5] for name in papers} == {b"%PDF-"}
    [lines] = read(content.read("danh-sach/de-nghi-2022-1.xlsx")).values()
    assert len(lines) > 2
    [before] = read(content.read("danh-sach/khen-thuong-truoc.xlsx")).values()
    assert [row[2:5] for row in before[-1:]] == [
        ["ctqh-02", 2020, "Lao động tiên tiến"]
    ]


async def test_the_secretariat_gets_what_it_may_read_and_the_director_none(
    played: Played, room: FileRoom
) -> None:
    async with asked(played, room, ARCHIVE, SECRETARIAT) as answer:
        names = ZipFile(BytesIO(answer.content)).namelist()
    async with asked(played, room, ARCHIVE, DIRECTOR) as refused:
        pass
    async with asked(played, room, ARCHIVE.replace("2022", "1999")) as unknown:
        pass

    assert [each for each in names if each.startswith("nhat-ky/")] == []
    assert "danh-sach/de-nghi-2022-1.xlsx" in names
    assert (refused.status_code, unknown.status_code) == (403, 404)


def test_of_one_moment_an_archive_is_the_same_bytes(
    played: Played, room: FileRoom, tmp_path: Path
) -> None:
    written = []
    for name in ("first.zip", "again.zip"):
        with played.database.read() as session, (tmp_path / name).open("xb") as out:
            campaign = session.get_one(Campaign, "2022")
            papers = drawn_papers(session, "2022", "http://x", None)
            Archivist(session, room.vault, None, records=True).write(
                campaign, papers, out
            )
        written.append((tmp_path / name).read_bytes())

    assert written[0] == written[1]


def test_what_is_a_state_secret_is_on_no_paper_for_whoever_may_not_read_it(
    played: Played,
) -> None:
    with played.database.write() as session:
        lines = session.exec(select(Nomination).order_by(col(Nomination.id))).all()
        line = next(each for each in lines if each.subject != STAFF)
        own = f"achievement-report/{line.id}.pdf"
        line.secret = True
        session.flush()
        named = {
            reader: {x.name for x in drawn_papers(session, "2022", "", reader)}
            for reader in (None, STAFF)
        }
        session.rollback()

    assert own not in named[None] | named[STAFF]  # made and kept apart
    assert "minutes" not in {each.split("/")[0] for each in named[STAFF]}
    assert {"decision", "plan"} <= {each.split("/")[0] for each in named[STAFF]}


def test_an_archive_is_found_whole_and_its_record_too_without_any_database(
    archived: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("THIDUA_DATABASE_URL", "sqlite:///khong-co/thidua.db")

    code, said = verify(archived, capsys)

    assert code == 0
    assert said[0] == "Mọi tệp trong bản lưu khớp với mã kiểm tra."
    assert said[1].startswith("2022: nhật ký nguyên vẹn")


def changed(file: Path, change: dict[str, bytes | None]) -> Path:
    """Write an archive anew with some parts changed, taken out or put in."""
    other = file.with_name("changed.zip")
    with ZipFile(file) as before, ZipFile(other, "w") as after:
        for name in before.namelist():
            content = change.get(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
        for name in change.keys() - {*before.namelist()}:
            after.writestr(name, change[name] or b"")
    return other


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ke-hoach.json", b"{}", "ke-hoach.json: nội dung đã bị sửa."),
        ("ke-hoach.json", None, "ke-hoach.json: bị mất."),
        ("la.txt", b"x", "la.txt: không có trong danh sách mã kiểm tra."),
    ],
)
def test_a_part_that_was_changed_lost_or_put_in_is_named(
    archived: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    code, lines = verify(changed(archived, {name: content}), capsys)

    assert (code, lines[0]) == (1, said)


def test_a_zip_that_is_no_archive_is_refused_with_one_sentence(
    archived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["verify", str(changed(archived, {DIGESTS: None}))])

    said = capsys.readouterr()
    assert code == 2
    assert "Tệp zip không phải bản lưu" in said.err


def test_a_content_that_is_lost_or_is_another_is_said_to_be_and_not_passed_on(
    archived: Path,
) -> None:
    with ZipFile(archived) as content:
        rows = list(csv.reader(StringIO(content.read(INDEX).decode("utf-8-sig"))))

    lost = [row for row in rows if row[3] == "MẤT NỘI DUNG"]
    assert lost
    assert {row[0].split("/")[1] for row in lost} == {"de-nghi", "vu-viec"}
    assert {row[0] for row in lost}.isdisjoint(ZipFile(archived).namelist())


def test_an_attached_file_is_there_under_its_own_name(
    played: Played, room: FileRoom, tmp_path: Path
) -> None:
    with room.vault.incoming() as coming:
        coming.write(b"%PDF-1.7 minutes")
        room.vault.keep(coming).close()
        kept = Content(coming.sha256, coming.size, "application/pdf")
    with played.database.write() as session, (tmp_path / "a.zip").open("xb") as out:
        council = session.exec(select(CouncilSession)).first()
        assert council is not None
        holder = Holder(HolderKind.SESSION, council.id)
        add(session, holder, "Biên bản: phiên 1/2022.pdf", kept, SECRETARIAT)
        key, campaign = council.id, session.get_one(Campaign, "2022")
        Archivist(session, room.vault, None, records=False).write(campaign, (), out)
        session.rollback()

    with ZipFile(tmp_path / "a.zip") as archive:
        name = f"tep/phien-hop/{key}/01-Biên bản- phiên 1-2022.pdf"
        assert archive.read(name) == b"%PDF-1.7 minutes"


def test_a_part_of_any_length_takes_little_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    with (tmp_path / "long.zip").open("xb") as out:
        archive = Archive(out, MORNING)
        archive.add("long", "Dài", (b"x" * 2**16 for _ in range(2**10)), packed=True)
        archive.close()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 4 * 2**20


@given(st.text())
def test_a_name_is_one_on_every_system_and_leads_nowhere_else(name: str) -> None:
    fit = fit_name(name)

    assert 0 < len(fit) <= 140
    assert not {*fit} & {*'/\\:*?"<>|\x00\n\r'}
    assert fit not in (".", "..")
    assert fit_name(fit) == fit


def test_a_command_archives_a_campaign_and_leaves_nothing_half(
    played: Played,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = str(played.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("THIDUA_DATABASE_URL", url)
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "home"))
    file = tmp_path / "a.zip"

    done = cli.run(["archive", "2022", str(file)])
    again = cli.run(["archive", "2022", str(file)])
    unknown = cli.run(["archive", "1999", str(tmp_path / "b.zip")])

    said = capsys.readouterr()
    assert (done, again, unknown) == (1, 2, 2)  # the scene's files have no contents
    assert "Đã lưu" in said.out
    assert "Mất nội dung: tep/" in said.out
    assert not (tmp_path / "b.zip").exists()
