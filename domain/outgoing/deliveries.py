"""One notice on one channel: how it stands, and what a try may come to."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256


class Channel(StrEnum):
    """A way out; what stands in the system itself is the truth, and is none."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class DeliveryState(StrEnum):
    """How a notice stands on a channel."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    OBSOLETE = "obsolete"
    DISCARDED = "discarded"


_D = DeliveryState
DELIVERY_MOVES: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    _D.HELD: frozenset({_D.WAITING, _D.OBSOLETE, _D.DISCARDED}),
    _D.WAITING: frozenset(
        {_D.HELD, _D.SENDING, _D.OBSOLETE, _D.DISCARDED, _D.FAILED, _D.BOUNCED}
    ),
    # Back to waiting when nobody answered, or said to come again.
    _D.SENDING: frozenset({_D.SENT, _D.WAITING, _D.FAILED, _D.BOUNCED}),
    # A letter that was taken may still come back.
    _D.SENT: frozenset({_D.BOUNCED}),
    # Tried again by hand, once the address is right.
    _D.FAILED: frozenset({_D.WAITING, _D.OBSOLETE, _D.DISCARDED}),
    _D.BOUNCED: frozenset({_D.WAITING, _D.OBSOLETE, _D.DISCARDED}),
    _D.OBSOLETE: frozenset(),
    _D.DISCARDED: frozenset(),
}


class Result(StrEnum):
    """What one try came to."""

    SENT = "sent"
    # The server said to come again: 4xx.
    LATER = "later"
    # It refuses the letter, or the address: 5xx.
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no_such_address"
    # The connection broke after the letter was handed over: it may have been taken.
    UNKNOWN = "unknown"
    # No connection, or no sign-in: nothing was handed over.
    AWAY = "away"


class Cause(StrEnum):
    """Why a delivery ended without being sent."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no_such_address"
    RETURNED = "returned"
    TOO_OFTEN = "too_often"
    OVER = "over"
    OUT_OF_OFFICE = "out_of_office"
    NOT_WANTED = "not_wanted"
    BY_HAND = "by_hand"


# A letter that a server puts off again and again is given up after about five days.
MOST_TRIES = 24
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)
# A server that is away is asked again after half a minute, and in the end twice an
# hour, for as long as it takes.
_AWAY_FIRST, _AWAY_LONGEST = timedelta(seconds=30), timedelta(minutes=30)


def try_again_after(tries: int) -> timedelta:
    """Say how long a letter waits that has been put off so many times."""
    return _doubled(_FIRST, tries, _LONGEST)


def ask_again_after(failures: int) -> timedelta:
    """Say how long a channel rests that has been away so many times in a row."""
    return _doubled(_AWAY_FIRST, failures, _AWAY_LONGEST)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    return min(first * (1 << min(max(times - 1, 0), 16)), longest)


def ledger_key(channel: Channel, *notice: object) -> str:
    """Name a delivery, for ever, by its channel and the key of its notice.

    The id of the message is made of it: sent once more, it is the same message.
    """
    said = "\x1f".join([channel.value, *map(str, notice)])
    return sha256(said.encode()).hexdigest()[:40]
