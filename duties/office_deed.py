"""One act on the office's rows: whom it tells, and its link in the office's chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from pydantic_core import to_jsonable_python
from sqlmodel import Session

from domain.calendar import local_day
from domain.record import OFFICE
from domain.record.traces import Trace, digest_words
from papers.notices import render
from papers.office import row_vi
from store import record
from store.clock import now
from store.database import insert_missing
from store.office.agency import head_in
from store.office.histories import HISTORIES
from store.office.people import living
from store.tables import Act, Notice, Person

_NAMES = {"departments": "phòng", "people": "thông tin cá nhân"}
_NOBODY = "cơ quan"


def name_of(about: str) -> str:
    """Name a kind of rows."""
    kind = HISTORIES.get(about)
    return kind.name if kind else _NAMES[about]


@dataclass
class OfficeDeed:
    """One act of somebody's on the office's rows: what it says, and whom it tells."""

    session: Session
    actor: str
    at: datetime
    id: UUID = field(default_factory=uuid4)
    trace: Trace = field(default_factory=Trace)

    @classmethod
    def begin(cls, session: Session, actor: str) -> "OfficeDeed":
        """Begin an act at the database's time."""
        return cls(session, actor, now(session))

    def tell(
        self,
        kind: str,
        recipients: Iterable[str | None],
        *,
        task: str | None = None,
        **facts: Any,
    ) -> None:
        """Write one notice to each of *recipients* who lives, but whoever acts.

        What may be told again by another act is of this one, unless it has a *task*.
        """
        task = task or f"office/{self.id}"
        said = {"actor": self.name_of(self.actor), **facts}
        subject, body = render(kind, said, head=self._head)
        others = {each for each in recipients if each} - {self.actor}
        told = living(self.session, others, local_day(self.at))
        notices = [
            {
                "campaign": OFFICE,
                "task": task,
                "kind": kind,
                "step": "",
                "version": 1,
                "recipient": person,
                "subject": subject,
                "body": body,
                "at": self.at,
            }
            for person in sorted(told)
        ]
        insert_missing(self.session, Notice, notices)
        words = digest_words(subject, body, self.at)
        self.trace.tell((task, kind, "", 1, words), sorted(told))

    def remind(self) -> None:
        """Let the next act of the office vouch for what is told without one."""
        record.hold_told(self.session, OFFICE, self.trace.told)

    @cached_property
    def _head(self) -> str:
        return head_in(self.session)

    def name_of(self, person: str | None) -> str:
        """Name somebody; a change of nobody's is the office's."""
        row = self.session.get(Person, person) if person else None
        return row.name if row else _NOBODY

    def write(
        self,
        kind: str,
        what: str,
        concerned: Iterable[str],
        old: dict[str, Any] | None,
        new: dict[str, Any] | None,
    ) -> None:
        """Tell and record that a row was written which has no history of its own."""
        said = {"old": row_vi(old), "new": row_vi(new), "why": ""}
        self.tell("office_changed", concerned, what=what, **said)
        self.close(kind, {"old": old, "new": new})

    def close(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Append the act to the office's chain."""
        self.session.flush()
        act = Act(id=self.id, campaign=OFFICE, kind=kind, actor=self.actor, at=self.at)
        said = to_jsonable_python(dict(facts))
        record.append(self.session, act, said, self.trace)
