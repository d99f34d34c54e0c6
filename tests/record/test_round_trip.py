"""An office taken out and put into an empty database: the same rows and records."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

import cli
from ballots.box import BallotBox
from ballots.keys import Keys
from papers.archive.office import OfficeFile, leave
from store.database import Database
from store.files.attachments import Content, Holder, add
from store.files.vault import Vault
from store.moving.rows import leaving, tables
from store.moving.settling import votes_are_open
from store.tables import HolderKind, Nomination
from tests.databases import ON_BOTH, Databases, as_owner
from tests.office import SECRETARIAT
from tests.record.conftest import Played
from tests.record.test_archive import changed
from tests.scale.lists import Lists
from tests.scale.story import prepare_many


@contextmanager
def empty(databases: Databases) -> Iterator[Database]:
    """A database with tables and nothing in them, as their owner sees it."""
    made = databases.fresh()
    if databases.kind == "sqlite":
        yield made
    else:
        with as_owner(made) as owned:
            yield owned
    databases.drop(made)


@pytest.fixture
def left(played: Played, tmp_path: Path) -> Path:
    """The office, in a file."""
    file = tmp_path / "office.zip"
    with played.database.read() as session, file.open("xb") as out:
        leave(session, Vault(tmp_path / "files"), out)
    return file


def rows(database: Database) -> dict[str, list[bytes]]:
    """Read every row there is, as text."""
    with database.read() as session:
        return {table.name: list(leaving(session, table)) for table in tables()}


def run(database: Database, home: Path, *arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_DATABASE_URL", database.url)
        patch.setenv("THIDUA_HOME", str(home))
        return cli.run(arguments)


@ON_BOTH
def test_an_office_is_the_same_row_by_row_and_its_records_are_whole(
    played: Played,
    left: Path,
    databases: Databases,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with empty(databases) as other:
        code = run(other, tmp_path / "home", "restore", str(left))
        verified = run(other, tmp_path / "home", "verify")
        found = rows(other)

    said = capsys.readouterr().out
    assert (code, verified) == (0, 0), said
    assert found == rows(played.database)
    assert found["nominations"]
    assert said.count("2022: nhật ký nguyên vẹn") == 2
    assert said.count("Cơ quan: nhật ký nguyên vẹn") == 2


def test_the_contents_of_files_come_along_under_their_digests(
    played: Played, tmp_path: Path
) -> None:
    before, after = Vault(tmp_path / "before"), Vault(tmp_path / "after")
    file = tmp_path / "office.zip"
    with before.incoming() as coming:
        coming.write(b"%PDF-1.7 minutes")
        before.keep(coming).close()
        kept = Content(coming.sha256, coming.size, "application/pdf")
    with played.database.write() as session, file.open("xb") as out:
        line = session.exec(select(Nomination.id)).first()
        holder = Holder(HolderKind.LINE, str(line))
        add(session, holder, "x.pdf", kept, SECRETARIAT)
        leave(session, before, out)
        session.rollback()

    many = OfficeFile(file).keep_contents(after)

    assert many == 1
    assert after.find(kept.sha256).read_bytes() == b"%PDF-1.7 minutes"


def test_what_keeps_facts_as_they_are_is_back_and_numbers_go_on(
    left: Path, databases: Databases, tmp_path: Path
) -> None:
    with empty(databases) as other:
        run(other, tmp_path / "home", "restore", str(left))
        refused = pytest.raises(IntegrityError, match="only a move changes")
        with other.engine.connect() as connection, refused:
            connection.exec_driver_sql("UPDATE nominations SET state = 'awarded'")
        with other.engine.begin() as connection:
            last = connection.exec_driver_sql("SELECT max(id) FROM notices").scalar()
            new = connection.exec_driver_sql(
                "INSERT INTO notices (campaign, task, kind, step, version, recipient, "
                "subject, body, at) SELECT campaign, 'x', kind, step, version, "
                "recipient, subject, body, at FROM notices LIMIT 1 RETURNING id"
            ).scalar()

    assert last is not None
    assert new == last + 1


def test_a_command_takes_an_office_out_and_what_it_wrote_is_checked(
    played: Played, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "office.zip"

    code = run(played.database, tmp_path / "home", "export-office", str(file))
    checked = run(played.database, tmp_path / "home", "verify", str(file))

    said = capsys.readouterr().out
    assert (code, checked) == (1, 0), said  # the scene's files have no contents
    assert "Mất nội dung: noi-dung/" in said
    assert "Mọi tệp trong bản lưu khớp với mã kiểm tra." in said


def test_an_office_that_somebody_lives_in_takes_no_other(
    played: Played, left: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(played.database)

    code = run(played.database, tmp_path / "home", "restore", str(left))

    assert code == 2
    assert "chỉ khôi phục vào cơ sở còn trống" in capsys.readouterr().err
    assert rows(played.database) == before


def with_digest(file: Path, change: dict[str, bytes]) -> Path:
    """Change parts and their digests too, as whoever forges a file does."""
    with ZipFile(file) as archive:
        told = archive.read("SHA256SUMS").decode()
    for name, content in change.items():
        lines = [x for x in told.splitlines() if not x.endswith(f"  {name}")]
        told = "\n".join([*lines, f"{sha256(content).hexdigest()}  {name}", ""])
    return changed(file, {**change, "SHA256SUMS": told.encode()})


def an_act_more(file: Path) -> bytes:
    """Write a row of a table with a key that is there already."""
    with ZipFile(file) as archive:
        content = archive.read("bang/people.jsonl")
    return content + content.splitlines(keepends=True)[0]


BAD: dict[str, Any] = {
    "no row": {"bang/people.jsonl": b"[]\n"},
    "no json": {"bang/people.jsonl": b"{\n"},
    "a column too few": {"bang/people.jsonl": b'{"id":"x"}\n'},
    "deep": {"bang/people.jsonl": b"[" * 100_000 + b"\n"},
    "a day that is none": {
        "bang/calendar_overrides.jsonl": json.dumps(
            {"day": "2022-13-40", "working": True, "reason": "x", "version": 1}
        ).encode()
        + b"\n"
    },
    "no head": {"co-quan.json": b"{}"},
    "another format": {
        "co-quan.json": b'{"format": "x", "revision": "1", "made_at": "x"}'
    },
}


@pytest.mark.parametrize("fault", [*BAD, "a key twice", "a part changed", "no zip"])
def test_a_file_that_is_not_whole_leaves_nothing_behind(
    left: Path,
    sqlite_databases: Databases,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    match fault:
        case "a key twice":
            bad = with_digest(left, {"bang/people.jsonl": an_act_more(left)})
        case "a part changed":
            bad = changed(left, {"bang/people.jsonl": b""})
        case "no zip":
            bad = tmp_path / "x.zip"
            bad.write_bytes(b"PK\x03\x04 nothing")
        case _:
            bad = with_digest(left, BAD[fault])

    with empty(sqlite_databases) as other:
        before = rows(other)
        code = run(other, tmp_path / "home", "restore", str(bad))
        found = rows(other)

    assert code == 2
    assert "hưa ghi gì" in capsys.readouterr().err
    assert found == before


def test_an_office_of_another_release_is_refused(
    left: Path,
    sqlite_databases: Databases,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ZipFile(left) as archive:
        head = json.loads(archive.read("co-quan.json"))
    old = with_digest(
        left, {"co-quan.json": json.dumps({**head, "revision": "0001"}).encode()}
    )

    with empty(sqlite_databases) as other:
        code = run(other, tmp_path / "home", "restore", str(old))

    assert code == 2
    assert "Bản xuất là của phiên bản 0001" in capsys.readouterr().err


def test_while_a_sealed_vote_is_open_nothing_is_exported(
    played: Played,
    sqlite_databases: Databases,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    database = sqlite_databases.fresh()
    prepare_many(database)
    story = Lists(database, box=BallotBox(Keys(tmp_path / "keys")), each=1)
    voting = next(moment for moment in story.whole() if is_open(database))
    file = tmp_path / "office.zip"

    code = run(database, tmp_path / "home", "export-office", str(file))

    assert (code, file.exists()) == (2, False), voting
    assert not is_open(played.database)
    assert "Đang có lượt bỏ phiếu kín chưa kiểm" in capsys.readouterr().err
    sqlite_databases.drop(database)


def is_open(database: Database) -> bool:
    with database.read() as session:
        return votes_are_open(session)


@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_a_service_that_owns_nothing_cannot_restore(
    left: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], databases: Databases
) -> None:
    made = databases.fresh()

    code = run(made, tmp_path / "home", "restore", str(left))

    assert code == 2
    assert "quyền của chủ các bảng" in capsys.readouterr().err
    databases.drop(made)
