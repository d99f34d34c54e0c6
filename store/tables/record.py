"""Commands, the chain of acts, notices, and what the process itself stands on."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    false,
    text,
)
from sqlmodel import Field, SQLModel

from domain.states import CommandState
from store.tables.columns import JSON_TYPE, TEXT_TYPE, coded

_WAITING = text("state = 'received'")
# Each as its database is asked, or it does not see that the index will do.
_OWED_SQLITE = text("state <> 'received' AND followed_up = 0")
_OWED_POSTGRES = text("state <> 'received' AND NOT followed_up")
_UNPLANNED = text("planned_at IS NULL")


class Command(SQLModel, table=True):
    """A human act, written down before anything else happens."""

    __tablename__ = "commands"
    __table_args__ = (
        UniqueConstraint("actor", "idempotency_key"),
        CheckConstraint(
            "(state IN ('applied', 'refused', 'discarded')) = (ended_at IS NOT NULL)",
            name="ended_when_ended",
        ),
        CheckConstraint(
            "(state IN ('refused', 'discarded')) = (refusals IS NOT NULL)",
            name="refused_with_reasons",
        ),
        Index(
            "ix_commands_waiting",
            "target",
            "seq",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_commands_target", "target", "kind"),
        Index(
            "ix_commands_owed",
            "seq",
            sqlite_where=_OWED_SQLITE,
            postgresql_where=_OWED_POSTGRES,
        ),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(default_factory=uuid4, unique=True)
    campaign: str = Field(foreign_key="campaigns.id")
    actor: str = Field(foreign_key="people.id")
    behalf: str | None = Field(default=None, foreign_key="people.id")
    delegation: str | None = Field(default=None, foreign_key="delegations.id")
    kind: str = Field(max_length=40)
    target: str = Field(max_length=150)
    phase: str | None = Field(default=None, max_length=70)
    department: str | None = Field(default=None, max_length=32)
    window: str | None = Field(default=None, max_length=32)
    payload: dict[str, Any] = Field(sa_type=JSON_TYPE)
    idempotency_key: str = Field(max_length=200)
    fingerprint: str = Field(max_length=64)
    received_at: datetime
    state: CommandState = Field(
        default=CommandState.RECEIVED, sa_type=coded(CommandState)
    )
    tries: int = 1
    ended_at: datetime | None = None
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSON_TYPE)
    refusals: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON_TYPE)
    # What is left to be done after it: workflows to start and to wake, and public
    # keys of ballot boxes whose other half is to be destroyed. Once it has ended, all
    # that is owed to the engine until that has said that it has *followed up*.
    start: list[str] = Field(default=[], sa_type=JSON_TYPE)
    wake: list[str] = Field(default=[], sa_type=JSON_TYPE)
    spent: list[str] = Field(default=[], sa_type=JSON_TYPE)
    followed_up: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}
    )


class Act(SQLModel, table=True):
    """One link of a chain; `store.record` gives it its place and digests."""

    __tablename__ = "acts"
    __table_args__ = (
        UniqueConstraint("campaign", "seq"),
        UniqueConstraint("campaign", "previous"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    campaign: str = Field(foreign_key="chains.campaign")
    seq: int = 0
    previous: str = Field(default="", max_length=64)
    digest: str = Field(default="", max_length=64)
    kind: str = Field(max_length=40)
    actor: str = Field(max_length=64)
    behalf: str | None = Field(default=None, max_length=64)
    at: datetime
    command: UUID | None = Field(default=None, unique=True)
    lines: list[str] = Field(default=[], sa_type=JSON_TYPE)
    # How many lines there are: a list of all that there are is long.
    many: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    payload_digest: str = Field(default="", max_length=64)
    # What it left in the rows, in codes: which states were reached, and who was told.
    trace: dict[str, Any] | None = Field(default=None, sa_type=JSON_TYPE)


class ActPayload(SQLModel, table=True):
    """What an act said; may be erased, and the chain still verifies."""

    __tablename__ = "act_payloads"
    act: UUID = Field(primary_key=True, foreign_key="acts.id")
    salt: bytes = Field(sa_type=LargeBinary)
    payload: dict[str, Any] = Field(sa_type=JSON_TYPE)


class Chain(SQLModel, table=True):
    """The head of a chain, a campaign's or the office's own (`domain.record.OFFICE`).

    A campaign's is locked last in every transaction, the office's first: acts on its
    rows are few, and each must see what the one before has made of them.
    """

    __tablename__ = "chains"
    campaign: str = Field(primary_key=True)
    seq: int
    digest: str = Field(max_length=64)
    # Whom time has told since the last act: the next one's trace has it.
    told: list[Any] = Field(
        default=[],
        sa_type=JSON_TYPE,
        sa_column_kwargs={"server_default": "[]"},
    )


class Notice(SQLModel, table=True):
    """One message to one person, about one step of one version of one task."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("task", "kind", "step", "version", "recipient"),
        Index(
            "ix_notices_unplanned",
            "id",
            sqlite_where=_UNPLANNED,
            postgresql_where=_UNPLANNED,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(foreign_key="chains.campaign", index=True)
    task: str = Field(max_length=200)
    kind: str = Field(max_length=40)
    step: str = Field(max_length=40)
    version: int
    recipient: str = Field(foreign_key="people.id", index=True)
    subject: str = Field(sa_type=TEXT_TYPE)
    body: str = Field(sa_type=TEXT_TYPE)
    at: datetime
    read_at: datetime | None = None
    # When it was seen on which channels it goes out; on none, where none is on.
    planned_at: datetime | None = None


class Lease(SQLModel, table=True):
    """Who may do a thing that only one process may do, and until when."""

    __tablename__ = "leases"
    name: str = Field(primary_key=True, max_length=32)
    holder: str = Field(max_length=64)
    until: datetime


class SteppedClock(SQLModel, table=True):
    """The moment at which a rehearsal stands; a living database has no row here."""

    __tablename__ = "stepped_clock"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: int = Field(default=1, primary_key=True)
    moment: datetime
