"""Tries of getting in, counted in the database: for all processes, restarted or not."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, literal
from sqlmodel import Session, col, delete

from domain.accounts.lifetimes import Tries
from store.accounts.secrets import digest
from store.database import insert_or_change
from store.tables import SignInTry

# Enough to tell accounts and addresses apart, and too little to find out by it what was
# typed: a password stands in the wrong field, now and then.
_KNOWN_BY = 6


def take_try(
    session: Session, tries: Tries, of: str, at: datetime
) -> tuple[int, datetime]:
    """Count one try; give how many it makes, and when the count is over.

    A count begins with the first, and anew when it is over.
    """
    ends_at: Any = col(SignInTry.ends_at)
    over, end = ends_at <= at, literal(at + tries.within, ends_at.type)
    changes = {
        "many": case((over, 1), else_=col(SignInTry.many) + 1),
        "ends_at": case((over, end), else_=ends_at),
    }
    row = {"key": _key(of), "many": 1, "ends_at": at + tries.within}
    found = insert_or_change(session, SignInTry, row, changes)
    return found.many, found.ends_at


def forget_tries(session: Session, of: Collection[str], at: datetime) -> None:
    """Begin to count anew, and forget all counts that are over."""
    over = col(SignInTry.ends_at) <= at
    these = col(SignInTry.key).in_([*map(_key, of)])
    session.exec(delete(SignInTry).where(these | over))


def _key(of: str) -> str:
    return digest(of)[:_KNOWN_BY]
