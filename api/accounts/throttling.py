"""So many tries and no more: for an account, and for an address."""

import math
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from domain.accounts.lifetimes import Tries
from domain.refusals import Refusal, Refused
from store.accounts.tries import forget_tries, take_try
from store.clock import real_now
from store.database import Database


class Throttled(Refused):
    """Tried too often; *seconds* is after how long it may be tried again."""

    def __init__(self, seconds: int) -> None:
        minutes = math.ceil(seconds / 60)
        said = f"Đã thử quá nhiều lần; hãy thử lại sau {minutes} phút."
        super().__init__(Refusal("too_many_tries", said))
        self.seconds = seconds


def take(database: Database, counts: dict[str, Tries]) -> bool:
    """Count one try for each; say whether it was the last one for what is named last.

    Raises Throttled when there were too many, and then nothing is counted.
    """
    with database.write() as session:
        at = real_now(session)
        last = [_take(session, of, tries, at) for of, tries in counts.items()]
        return last[-1]


def forget(database: Database, of: Collection[str]) -> None:
    """Begin to count anew."""
    with database.write() as session:
        forget_tries(session, of, real_now(session))


def _take(session: Session, of: str, tries: Tries, at: datetime) -> bool:
    many, ends_at = take_try(session, tries, of, at)
    if many > tries.many:
        raise Throttled(max(1, math.ceil((ends_at - at).total_seconds())))
    return many == tries.many
