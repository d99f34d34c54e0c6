"""What it takes to hold a secret ballot: the keys of its boxes, and chance."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random, SystemRandom

from sqlalchemy.exc import SQLAlchemyError

from ballots.keys import Keys
from domain.council.rounds import LINES
from store.database import Database
from store.tables import SealedSheet


@dataclass(frozen=True)
class BallotBox:
    """Opens boxes and shuffles what was in them; *chance* is the system's own.

    *lines* is how many a box, and so each sheet in it, is about at most.
    """

    keys: Keys
    chance: Random = field(default_factory=SystemRandom)
    lines: int = LINES

    def forget(self, database: Database, spent: Iterable[str]) -> None:
        """Destroy the keys of boxes that are counted, then what is left of sheets.

        The keys go first: without them a sheet says nothing, wherever it is left.
        """
        keys = [bytes.fromhex(public) for public in spent]
        for public in keys:
            self.keys.destroy(public)
        if keys:
            with suppress(SQLAlchemyError, sqlite3.Error):
                database.scrub(SealedSheet)
