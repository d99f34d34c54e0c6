"""What an exported record is made of, one entry a line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.council.ballots import CodedChoice
from domain.record import Head, Link, TracedLink, digest_of

FORMAT = "thidua-record/1"
# How many said yes, no, and neither; None where that is not told, or not yet known.
Figures = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class ChainEntry:
    """Whose record it is, and where its chain ends; *head* is None when that is lost.

    *told* are those whom time has told since the last act.
    """

    format: str
    chain: str
    head: Head | None
    told: tuple[Any, ...]


@dataclass(frozen=True)
class CommandEntry:
    """What somebody has sent, as the service has kept it beside the record."""

    id: str
    campaign: str
    actor: str
    behalf: str | None
    delegation: str | None
    kind: str
    target: str
    phase: str | None
    department: str | None
    window: str | None
    body: dict[str, Any]
    fingerprint: str
    received_at: str
    state: str

    @property
    def same(self) -> str:
        """Digest again what the fingerprint was made of when the command came."""
        made_of = ("campaign", "actor", "behalf", "kind", "target", "body")
        place = ("phase", "department", "window")
        return digest_of({name: getattr(self, name) for name in (*made_of, *place)})


@dataclass(frozen=True)
class ActEntry:
    """One act: its link, what it said unless that is erased, and its command.

    What it left in the rows is its *trace*; acts from before that was kept have none.
    """

    link: TracedLink | Link
    digest: str
    many: int
    salt: str | None
    said: dict[str, Any] | None
    trace: dict[str, Any] | None
    command: CommandEntry | None

    @property
    def target(self) -> str:
        """What the act was aimed at, as its trace has it, or else its command."""
        if self.trace is not None:
            return self.trace["target"] or ""
        return self.command.target if self.command else ""

    @property
    def body(self) -> dict[str, Any] | None:
        """What somebody said with it; None where that is erased."""
        return None if self.said is None else self.said.get("said", {})


@dataclass(frozen=True)
class StateEntry:
    """In which state a thing stands, by the name of its kind and its key."""

    kind: str
    key: str
    state: str


@dataclass(frozen=True)
class VoteEntry:
    """What a round came to on one line; *entries* are on its board, if it has one."""

    line: str
    subject: str
    title: str
    method: str
    threshold: str
    electors: int
    ballots: int | None
    yes: int | None
    no: int | None
    blank: int | None
    masked: bool
    carried: bool | None
    void: bool
    entries: tuple[CodedChoice, ...]

    @property
    def figures(self) -> Figures:
        """How many said what."""
        return self.yes, self.no, self.blank


@dataclass(frozen=True)
class RoundEntry:
    """One round of a session's vote, and how many have cast in it."""

    session: str
    round: int
    cast: int
    closed: bool
    counted_by: str | None
    lines: tuple[VoteEntry, ...]


@dataclass(frozen=True)
class OutcomeEntry:
    """What a session has come to on one line."""

    session: str
    line: str
    yes: int | None
    no: int | None
    blank: int | None
    outcome: str | None

    @property
    def figures(self) -> Figures:
        """How many said what."""
        return self.yes, self.no, self.blank


@dataclass(frozen=True)
class DecisionEntry:
    """A decision: under which number, by whom, and what on each line."""

    id: str
    series: str | None
    number: int | None
    year: int | None
    decided_by: str | None
    head: Head | None
    outcomes: dict[str, str | None]


@dataclass(frozen=True)
class NoticeEntry:
    """One message, as it stands in the mailbox of whoever got it."""

    task: str
    kind: str
    step: str
    version: int
    recipient: str
    subject: str
    body: str
    at: str

    @property
    def key(self) -> tuple[str, str, str, int, str]:
        """What goes out once, ever."""
        return self.task, self.kind, self.step, self.version, self.recipient

    @property
    def name(self) -> str:
        """Its key, as it is written for people."""
        return notice_name(self.key)


@dataclass(frozen=True)
class FileEntry:
    """A file with its holder: what it is, who attached it, and who took it away."""

    id: str
    holder: str
    key: str
    sha256: str
    added_by: str
    added_at: str
    voided_by: str | None
    voided_at: str | None


def notice_name(key: Iterable[object]) -> str:
    """Write a message's key, or what several have in common, for people."""
    return " ".join(str(part) for part in key if part != "")


@dataclass(frozen=True)
class EndEntry:
    """How many entries stand before it: a file that was cut off has no such end."""

    entries: int


Entry = (
    ChainEntry
    | ActEntry
    | CommandEntry
    | StateEntry
    | RoundEntry
    | OutcomeEntry
    | DecisionEntry
    | FileEntry
    | NoticeEntry
    | EndEntry
)
# What each is called in the file.
ENTRIES: dict[str, type[Entry]] = {
    "chain": ChainEntry,
    "act": ActEntry,
    "command": CommandEntry,
    "state": StateEntry,
    "round": RoundEntry,
    "outcome": OutcomeEntry,
    "decision": DecisionEntry,
    "file": FileEntry,
    "notice": NoticeEntry,
    "end": EndEntry,
}


def ended(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Put behind entries how many they are."""
    many = 0
    for entry in entries:
        yield entry
        many += 1
    yield EndEntry(many)
