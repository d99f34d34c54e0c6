"""The folder of an office: its database, made whole or not at all."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import DatabaseError

from machine.existing import NoDatabase
from store.clock import NotARehearsal, now, stands_at
from store.database import Database
from store.migrate import upgrade

_FOR_PRACTICE = (
    "Thư mục này là nơi thực hành, có đồng hồ đứng yên: hãy dùng `thidua practice`, "
    "hoặc chọn thư mục khác bằng THIDUA_HOME."
)
_FOR_LIFE = (
    "Thư mục này là của một văn phòng đi theo giờ thật, không thực hành trong đó được: "
    "hãy chọn thư mục khác bằng THIDUA_HOME."
)
# Fills an empty database with an office, and with its year up to a moment.
Fill = Callable[[Database, datetime], Awaitable[None]]


@dataclass(frozen=True)
class FirstStart:
    """How a new office is filled, what is said of it, and by which clock it goes."""

    fill: Fill
    said: str
    stands_still: bool = False


async def open_database(
    file: Path, say: Callable[[str], None], first: FirstStart
) -> Database:
    """Open a database with the tables of this release; a new one is filled first.

    Raises NoDatabase, also for one that goes by another clock.
    """
    if not await asyncio.to_thread(file.exists):
        say(f"Lần đầu chạy ở «{file.parent}»: {first.said}")
        await _make(file, first.fill)
    database = await asyncio.to_thread(_open, file)
    if _stands_still(database) is not first.stands_still:
        database.close()
        raise NoDatabase(_FOR_PRACTICE if not first.stands_still else _FOR_LIFE)
    return database


def _stands_still(database: Database) -> bool:
    with database.read() as session:
        try:
            stands_at(session)
        except NotARehearsal:
            return False
    return True


async def _make(file: Path, fill: Fill) -> None:
    """Make it under another name, so that a half-made one is never opened."""
    draft = file.with_suffix(".new")
    database = await asyncio.to_thread(_open_anew, draft)
    with database.read() as session:
        moment = now(session)
    await fill(database, moment)
    database.close()  # and with the last connection all is in the one file
    await asyncio.to_thread(draft.rename, file)


def _open(file: Path) -> Database:
    database = Database(f"sqlite:///{file}")
    try:
        upgrade(database)
    except (DatabaseError, CommandError):  # the second: it knows a later migration
        database.close()
        raise NoDatabase(
            f"Không dùng được «{file}»: tệp hỏng, đang bị giữ, hoặc của một bản mới "
            "hơn."
        ) from None
    return database


def _open_anew(file: Path) -> Database:
    for part in ("", "-wal", "-shm"):
        Path(f"{file}{part}").unlink(missing_ok=True)
    return _open(file)
