"""One thing that is owed: the act, what it is aimed at, until when, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import WorkflowId
from domain.roles import Role


@dataclass(frozen=True)
class Until:
    """The deadline that something is owed by: who keeps it, and its name."""

    owner: str
    name: str


@dataclass(frozen=True)
class Duty:
    """An act that is owed, by all who hold one of *roles*, or by those *named*.

    A role of a department is held in *department*; *but* are people who owe it never.
    *stands_in* is the director for whom a deputy would do it.
    """

    act: str
    target: WorkflowId
    campaign: str
    title: str
    until: Until | None
    due_at: datetime | None
    roles: frozenset[Role]
    department: str | None = None
    named: frozenset[str] | None = None
    but: frozenset[str] = frozenset()
    stands_in: str | None = None
