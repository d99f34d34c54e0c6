"""What crosses the engine: ids, codes, dates and states; never a name or a text."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.states import CommandState


@dataclass(frozen=True)
class Start:
    """What every workflow starts with; the rest it loads from the rows.

    *moment* is set only where a rehearsed run renews itself: where its clock stands.
    """

    key: str
    moment: datetime | None = None


@dataclass(frozen=True)
class CommandRef:
    """A command as the engine may know it; one that was stuck is tried again."""

    id: UUID
    kind: str
    received_at: datetime
    tries: int = 1

    @property
    def update_id(self) -> str:
        """The id by which the engine tells one try from another."""
        return str(self.id) if self.tries == 1 else f"{self.id}/{self.tries}"


@dataclass(frozen=True)
class Due:
    """One deadline that a workflow keeps, at its present version."""

    version: int
    opens_at: datetime | None
    due_at: datetime


@dataclass(frozen=True)
class NextReminder:
    """The next reminder or escalation of a deadline that still waits."""

    deadline: str
    version: int
    at: datetime


@dataclass(frozen=True)
class Situation:
    """Where one workflow stands, as the rows say it.

    *seq* is the head of the campaign's chain when the rows were read: of two
    situations the one with the higher *seq* is the newer. *moment* is set in a
    rehearsal only: whoever learns where it stands learns what time it is, and that
    its clock is a stepped one.
    """

    seq: int
    stage: str
    moment: datetime | None = None
    ended: bool = False
    suspended: bool = False
    dues: dict[str, Due] = field(default_factory=dict)
    rungs: tuple[NextReminder, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How an act ended, and which workflows are to start or to look again."""

    situation: Situation
    state: CommandState | None = None
    start: tuple[str, ...] = ()
    wake: tuple[str, ...] = ()


@dataclass(frozen=True)
class Climb:
    """Send the latest reminder that is due by *now*, if *version* still stands."""

    owner: str
    deadline: str
    version: int
    now: datetime


@dataclass(frozen=True)
class CloseWindow:
    """Close what *deadline* of *owner* keeps open, if *version* still stands."""

    owner: str
    deadline: str
    version: int


@dataclass(frozen=True)
class Enter:
    """Let a phase go from one stage to the next because its time has come."""

    owner: str
    stage: str
    next_stage: str


@dataclass(frozen=True)
class RunStatus:
    """What a rehearsal's conductor asks: is it at work, and when will it wake.

    *told* are the workflows that this run has started or woken, in that order.
    """

    busy: bool
    wake: datetime | None
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutboxProgress:
    """How far an outbox has come: is there more to send at once, or for how long rest.

    *rest* is in seconds; None: until somebody says that there is something new.
    """

    more: bool
    rest: float | None = None
