"""What a channel is: it opens a way out, and hands one message over at a time."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.outgoing.deliveries import Channel
from papers.mail.letters import Attached, LetterPart
from store.outbox.trying import Tried
from store.tables import Notice, Person


class Unreachable(Exception):
    """The other side cannot be reached, or does not let us in: nothing was sent."""


@dataclass(frozen=True)
class Outgoing:
    """What goes out to one person, under a key by which it is known again.

    It is of so many deliveries, each with how often it was tried before.
    """

    key: str
    tries: Mapping[int, int]
    to: Person
    notices: Sequence[Notice]
    parts: Sequence[LetterPart]
    at: datetime
    attached: Sequence[Attached] = ()

    @property
    def ids(self) -> frozenset[int]:
        """The deliveries that it is."""
        return frozenset(self.tries)


class OpenWay(Protocol):
    """A way that is open: it may be used again and again, for one at a time."""

    def send(self, outgoing: Outgoing) -> Tried:
        """Hand one message over, and say what came of it. Raises Unreachable."""


class Carrier(Protocol):
    """One channel: its name, its pace, and how a way is opened on it."""

    @property
    def channel(self) -> Channel:
        """The channel that it is."""

    @property
    def at_once(self) -> int:
        """How many messages it takes in one batch."""

    @property
    def pace(self) -> timedelta:
        """How long it is from one message to the next."""

    @property
    def link(self) -> str:
        """Where the system is on the web; empty when nobody said."""

    def open(self) -> AbstractContextManager[OpenWay]:
        """Open a way out. Raises Unreachable."""
