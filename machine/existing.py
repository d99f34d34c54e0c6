"""Open a database that is there, or say in a sentence what is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from typer.exceptions import TyperException

from store.database import Database


class NoDatabase(TyperException):
    """There is no database to work in; the message says what to do about it."""


@contextmanager
def existing(address: str, *, new: bool = False) -> Iterator[Database]:
    """Open the database, which must have its tables unless it is *new*.

    Raises NoDatabase, also when it goes away while it is used.
    """
    database = _open(address, new=new)
    try:
        if not new and not inspect(database.engine).has_table("people"):
            raise NoDatabase("Cơ sở dữ liệu chưa có bảng: hãy chạy `thidua migrate`.")
        yield database
    except OperationalError:
        raise NoDatabase(
            "Không dùng được cơ sở dữ liệu: chưa chạy, đang bị giữ, hoặc sai địa chỉ "
            "hay mật khẩu."
        ) from None
    finally:
        database.close()


def _open(address: str, *, new: bool) -> Database:
    try:
        _prepare_file(address, new=new)
        return Database(address)
    except (ArgumentError, ImportError, OSError):
        raise NoDatabase(
            "THIDUA_DATABASE_URL hoặc THIDUA_HOME chưa đúng: không mở được ở đó."
        ) from None


def _prepare_file(address: str, *, new: bool) -> None:
    """SQLite would make an empty file of a wrong name."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    file = Path(url.database)
    if new:
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.exists():
        raise NoDatabase(f"Chưa có cơ sở dữ liệu «{file}»: hãy chạy `thidua migrate`.")
