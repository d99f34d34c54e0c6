"""The folder of an office: its database, made whole or not at all."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import DatabaseError

from machine.existing import NoDatabase
from store.clock import now
from store.database import Database
from store.migrate import upgrade

# Fills an empty database with an office, and with its year up to a moment.
Fill = Callable[[Database, datetime], Awaitable[None]]


async def open_database(file: Path, say: Callable[[str], None], fill: Fill) -> Database:
    """Open a database with the tables of this release; a new one is filled first.

    Raises NoDatabase.
    """
    if not await asyncio.to_thread(file.exists):
        say(
            f"Lần đầu chạy ở «{file.parent}»: văn phòng mẫu đang diễn tập phong trào "
            "của năm đến hôm nay, chừng nửa phút."
        )
        await _make(file, fill)
    return await asyncio.to_thread(_open, file)


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
