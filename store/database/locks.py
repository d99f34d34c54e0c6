"""Rows locked: so that nobody changes them, or nobody else does."""

from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

Row = TypeVar("Row", bound=SQLModel)


def lock_shared(session: Session, table: type[Row], *where: Any) -> list[Row]:
    """Read rows so that nobody changes them before this transaction ends.

    On SQLite a write transaction already excludes every other writer.
    """
    statement = select(table).where(*where).with_for_update(read=True)
    return list(session.exec(statement).all())


def lock(session: Session, table: type[Row], *where: Any) -> list[Row]:
    """Read rows so that nobody else locks or changes them before this ends."""
    return list(session.exec(locking(select(table).where(*where))).all())


def locking(query: Any) -> Any:
    """Let a query lock the rows that it reads.

    Keys never change: whoever writes a row that refers to one of these need not wait,
    nor can two such wait for each other.
    """
    locked = query.with_for_update(key_share=True)
    return locked.execution_options(populate_existing=True)


def lock_rows(session: Session, column: Any, *where: Any) -> None:
    """Take rows exclusively, however many, without reading them."""
    session.exec(select(column).where(*where).with_for_update(key_share=True)).all()
