"""A deed: all that one act writes, in one transaction, ended by its record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from domain.calendar import local_day
from domain.record import PROCESS
from domain.record.traces import Trace, digest_words
from domain.roles import HEAD
from papers.notices import Advice, render
from store import record
from store.database import insert_missing, insert_selected
from store.plans import head_of, warnings_of
from store.tables import Act, Campaign, Notice, Phase

Recipients = Iterable[str] | SelectOfScalar[str]


@dataclass
class Deed:
    """Collects the lines, facts and notices of one act until it is recorded."""

    session: Session
    campaign: str
    kind: str
    at: datetime
    actor: str = PROCESS
    phase: str | None = None
    behalf: str | None = None
    delegation: str | None = None
    command: UUID | None = None
    id: UUID = field(default_factory=uuid4)
    lines: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    start: list[str] = field(default_factory=list)
    wake: list[str] = field(default_factory=list)
    # What it leaves in the rows; None where an act says all by itself.
    trace: Trace | None = field(default_factory=Trace)
    # The deadlines that it has set, by owner and name.
    dated: set[tuple[str, str]] = field(default_factory=set)
    # Keys of ballot boxes, to be destroyed once this is committed.
    spent: list[str] = field(default_factory=list)
    _notices: list[dict[str, Any]] = field(default_factory=list)
    # What is said to whoever a query selects, when it is written.
    _to_selected: list[tuple[dict[str, Any], SelectOfScalar[str]]] = field(
        default_factory=list
    )

    def __post_init__(self) -> None:
        # A session forgets what nobody holds, and a campaign, with its plan and its
        # rules, is long and asked for again and again.
        self._held = self.session.get(Campaign, self.campaign)

    @property
    def day(self) -> date:
        """The day of the act, in Vietnam."""
        return local_day(self.at)

    @property
    def head(self) -> str:
        """How the agency calls whoever leads it, by the plan of the campaign."""
        return head_of(self._held.plan) if self._held else HEAD

    def notify(
        self,
        task: str,
        kind: str,
        recipients: Recipients,
        step: str = "",
        version: int = 1,
        *,
        again: bool = False,
        advice: Advice | None = None,
        **facts: Any,
    ) -> int:
        """Plan one notice a recipient; return how many people are named.

        The key (task, kind, step, version, recipient) goes out once, ever: what may
        be said *again* by another act of the kind carries its command in the task.
        """
        subject, body = render(kind, facts, step, advice, self._warning(), self.head)
        if again:
            task = f"{task}/{self.command}"
        says = {
            "campaign": self.campaign,
            "task": task,
            "kind": kind,
            "step": step,
            "version": version,
            "subject": subject,
            "body": body,
            "at": self.at,
        }
        if isinstance(recipients, SelectOfScalar):
            self._to_selected.append((says, recipients))
            return 0
        people = sorted(set(recipients))
        self._notices += [{**says, "recipient": person} for person in people]
        self._tell(says, people)
        return len(people)

    def _tell(self, says: dict[str, Any], people: Sequence[str] | int) -> None:
        if self.trace is not None and people:
            words = digest_words(says["subject"], says["body"], says["at"])
            key = says["task"], says["kind"], says["step"], says["version"], words
            self.trace.tell(key, people)

    def _warning(self) -> str | None:
        """Say what the rules warn of that the act's phase goes by, or any phase."""
        if self._held is None or not warnings_of(self._held):
            return None
        phase = self.session.get(Phase, self.phase) if self.phase else None
        return " ".join(warnings_of(self._held, phase.pack if phase else None)) or None

    def send_notices(self) -> None:
        """Write the planned notices, in one statement, and one for each selection."""
        insert_missing(self.session, Notice, self._notices)
        for says, selected in self._to_selected:
            told = insert_selected(self.session, Notice, ["recipient"], selected, says)
            self._tell(says, told)
        self._notices, self._to_selected = [], []

    def moved(self, before: StrEnum | str | None, after: StrEnum, *keys: Any) -> None:
        """Note that things, by their keys, came from a state to another."""
        if self.trace is not None:
            self.trace.move(before, after, map(str, keys))

    def remind(self) -> None:
        """Write the planned notices of what is no act; the next act vouches for them.

        Call it last: it holds the chain's head.
        """
        self.session.flush()
        self.send_notices()
        if self.trace is not None and self.trace.told:
            record.hold_told(self.session, self.campaign, self.trace.told)

    def close(self) -> None:
        """Write the notices, and last the act itself under the chain's head."""
        record.append_all(self.session, [self.written()])

    def written(self) -> record.NewAct:
        """Write all but the act itself, and say how that is to be recorded."""
        self.session.flush()
        self.send_notices()
        act = Act(
            id=self.id,
            campaign=self.campaign,
            kind=self.kind,
            actor=self.actor,
            behalf=self.behalf,
            at=self.at,
            command=self.command,
            lines=self.lines,
        )
        return record.NewAct(act, self.facts, self.trace)
