"""How long it holds what lets somebody in, and how often it may be tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A session ends with the working day, and when nobody has used it for a while.
LONGEST, IDLE = timedelta(hours=12), timedelta(hours=2)
# That something is used is written down so often: whoever reads need not write.
SEEN_EVERY = timedelta(minutes=5)
# For so long after a password was given, what is secret or final may be done: these
# acts, by each of which a decision is signed or issued, casting a secret ballot, and
# all that gives power over accounts.
FRESH = timedelta(minutes=10)
FRESH_ACTS = frozenset({"decide", "resolve_case", "correct", "issue"})
# One-time codes: of a new account, and of one whose password is lost.
INVITATION, RESET = timedelta(days=7), timedelta(days=1)
# API tokens, in days.
TOKEN_DAYS = 366


@dataclass(frozen=True)
class Tries:
    """So many tries in so much time."""

    many: int
    within: timedelta


# Of a name from one address, and from all: by ten tries nobody keeps its owner out.
OF_ACCOUNT = Tries(10, timedelta(minutes=15))
FROM_ALL = Tries(100, timedelta(minutes=15))
# An office may have one address for all who sign in of a morning.
OF_ADDRESS = Tries(100, timedelta(minutes=15))


def holds(seen_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Say whether a session still holds: neither over nor left alone."""
    return at < ends_at and at < seen_at + IDLE


def is_fresh(confirmed_at: datetime | None, at: datetime) -> bool:
    """Say whether a password was given just now."""
    return confirmed_at is not None and at < confirmed_at + FRESH


def is_seen_anew(seen_at: datetime | None, at: datetime) -> bool:
    """Say whether it is to be written down that something is used."""
    return seen_at is None or at >= seen_at + SEEN_EVERY
