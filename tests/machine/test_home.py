"""An office's folder: its database is made whole or not at all."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import func, select

from machine.existing import NoDatabase
from machine.home import FirstStart, open_database
from machine.signins import sign_ins
from rehearsal.sample import play_up_to
from store.clock import stand_still
from store.database import Database
from store.tables import Person
from tests.machine.running import Home
from tests.machine.test_up import SIGN_INS

SAMPLE = FirstStart(play_up_to, "đang diễn tập.")
PRACTICE = FirstStart(play_up_to, "đang soạn.", stands_still=True)


def count(database: Database) -> int:
    """Count the people."""
    with database.read() as session:
        return session.exec(select(func.count()).select_from(Person)).one()


def tear(file: Path) -> None:
    """Leave a half-made database behind."""
    for part in ("", "-wal", "-shm"):
        Path(f"{file.with_suffix('.new')}{part}").write_text("torn")


def files(folder: Path) -> list[str]:
    """Name what is in a folder."""
    return [each.name for each in folder.iterdir()]


@pytest.mark.long  # it plays the year so far
async def test_a_half_made_database_is_made_anew(tmp_path: Path) -> None:
    file, said = tmp_path / "thidua.db", list[str]()
    tear(file)

    for _start in range(2):
        database = await open_database(file, said.append, SAMPLE)
        found = count(database)
        database.close()

    assert (found, files(tmp_path)) == (40, ["thidua.db"])
    assert said == [f"Lần đầu chạy ở «{tmp_path}»: đang diễn tập."]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "DROP TABLE alembic_version",  # its first migration finds the tables there,
    ],
)
async def test_a_database_that_cannot_be_brought_to_this_release_is_told(
    tmp_path: Path, spoil: str
) -> None:
    file = tmp_path / "thidua.db"
    Home(tmp_path).furnish()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(spoil)

    with pytest.raises(NoDatabase) as refused:
        await open_database(file, print, SAMPLE)

    assert str(refused.value) == (
        f"Không dùng được «{file}»: tệp hỏng, đang bị giữ, hoặc của một bản mới hơn."
    )


@pytest.mark.parametrize(
    ("first", "stands", "sentence"),
    [
        (
            SAMPLE,
            True,
            "Thư mục này là nơi thực hành, có đồng hồ đứng yên: hãy dùng `thidua "
            "practice`, hoặc chọn thư mục khác bằng THIDUA_HOME.",
        ),
        (
            PRACTICE,
            False,
            "Thư mục này là của một văn phòng đi theo giờ thật, không thực hành trong "
            "đó được: hãy chọn thư mục khác bằng THIDUA_HOME.",
        ),
    ],
)
async def test_an_office_of_the_other_clock_is_not_opened(
    tmp_path: Path, first: FirstStart, stands: bool, sentence: str
) -> None:
    Home(tmp_path).furnish()
    with closing(Database(Home(tmp_path).database)) as database:
        if stands:
            with database.write() as session:
                stand_still(session, datetime(2026, 6, 30, tzinfo=UTC))

    with pytest.raises(NoDatabase) as refused:
        await open_database(tmp_path / "thidua.db", print, first)

    assert str(refused.value) == sentence


async def test_a_sign_in_is_shown_for_each_role_that_somebody_holds(
    tmp_path: Path, sqlite_database: Database
) -> None:
    Home(tmp_path).furnish()
    database = await open_database(tmp_path / "thidua.db", print, SAMPLE)

    with database.read() as session:
        sample = sign_ins(session)
    with sqlite_database.read() as session:
        nobody = sign_ins(session)
    database.close()

    assert [f"  {person:<12} {role}" for person, role in sample] == SIGN_INS
    assert nobody == []
