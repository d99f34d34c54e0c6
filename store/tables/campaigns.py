"""Campaigns, who signs in them, phases, and every deadline that runs in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from domain.delegation import Capacity
from domain.states import CampaignState, PhaseState, WindowState
from store.tables.columns import JSON_TYPE, TEXT_TYPE, coded

_OPEN_DEADLINE = text("closed_at IS NULL")
_STEP_AHEAD = text("ended_at IS NULL")
_CLOSING = text("state = 'closing'")


class Campaign(SQLModel, table=True):
    """One emulation movement, with the plan and the rules it was launched under."""

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'pending_union', 'cancelled') "
            "OR pact_signed_at IS NOT NULL",
            name="pact_before_launch",
        ),
        CheckConstraint(
            "state NOT IN ('running', 'suspended', 'closed') "
            "OR (launched_at IS NOT NULL AND launched_by IS NOT NULL)",
            name="launched_by_somebody",
        ),
        CheckConstraint(
            "(state = 'suspended') = (suspended_at IS NOT NULL)",
            name="suspended_since",
        ),
        Index("uq_campaigns_draft_key", "drafted_by", "draft_key", unique=True),
    )
    id: str = Field(primary_key=True, max_length=64)
    title: str = Field(max_length=500)
    kind: str = Field(max_length=16)
    year: int
    state: CampaignState = Field(
        default=CampaignState.DRAFT, sa_type=coded(CampaignState)
    )
    plan: dict[str, Any] = Field(sa_type=JSON_TYPE)
    packs: dict[str, Any] = Field(default={}, sa_type=JSON_TYPE)
    # The office's own days, by which the deadlines that run were last rolled.
    own_days: dict[str, Any] = Field(
        default={},
        sa_type=JSON_TYPE,
        sa_column_kwargs={"server_default": "{}"},
    )
    signed_by_director: str | None = Field(default=None, foreign_key="people.id")
    signed_by_union: str | None = Field(default=None, foreign_key="people.id")
    pact_signed_at: datetime | None = None
    launched_at: datetime | None = None
    launched_by: str | None = Field(default=None, foreign_key="people.id")
    suspended_at: datetime | None = None
    closed_at: datetime | None = None
    # Where its files were handed over to, and when.
    archived_on: date | None = None
    archived_with: str | None = Field(default=None, sa_type=TEXT_TYPE)
    # Who sent the draft under which key, and what it said then.
    drafted_by: str | None = Field(default=None, max_length=64)
    draft_key: str | None = Field(default=None, max_length=200)
    draft_fingerprint: str | None = Field(default=None, max_length=64)
    version: int = 1


class Delegation(SQLModel, table=True):
    """The power to sign for the director: certain acts of a campaign, for a time."""

    __tablename__ = "delegations"
    __table_args__ = (
        UniqueConstraint("campaign", "number"),
        CheckConstraint("ends > starts", name="in_order"),
        CheckConstraint("given_by <> delegate", name="to_somebody_else"),
        CheckConstraint(
            "(revoked_at IS NULL) = (revoked_because IS NULL)", name="revoked_with_why"
        ),
    )
    id: str = Field(primary_key=True, max_length=80)
    campaign: str = Field(foreign_key="campaigns.id")
    number: int
    given_by: str = Field(foreign_key="people.id")
    given_at: datetime
    delegate: str = Field(foreign_key="people.id", index=True)
    capacity: Capacity = Field(sa_type=coded(Capacity))
    acts: list[str] = Field(sa_type=JSON_TYPE)
    starts: date
    ends: date  # exclusive
    basis: str = Field(sa_type=TEXT_TYPE)
    revoked_at: datetime | None = None
    revoked_because: str | None = Field(default=None, sa_type=TEXT_TYPE)


class Phase(SQLModel, table=True):
    """One phase of a campaign; *period_end* never moves."""

    __tablename__ = "phases"
    __table_args__ = (UniqueConstraint("campaign", "number"),)
    id: str = Field(primary_key=True, max_length=70)
    campaign: str = Field(foreign_key="campaigns.id")
    number: int
    name: str = Field(max_length=200)
    final: bool
    state: PhaseState = Field(default=PhaseState.PLANNED, sa_type=coded(PhaseState))
    period_start: date
    period_end: date
    pack: str = Field(max_length=16)
    titles: list[str] = Field(sa_type=JSON_TYPE)
    round: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None


class Deadline(SQLModel, table=True):
    """A moment that one workflow keeps; moving it makes a new version."""

    __tablename__ = "deadlines"
    __table_args__ = (
        CheckConstraint("version >= 1", name="versions_from_one"),
        Index("ix_deadlines_listed", "campaign", "due_at", "owner", "name"),
        Index(
            "ix_deadlines_open",
            "owner",
            "name",
            sqlite_where=_OPEN_DEADLINE,
            postgresql_where=_OPEN_DEADLINE,
        ),
    )
    owner: str = Field(primary_key=True, max_length=150)
    name: str = Field(primary_key=True, max_length=32)
    campaign: str = Field(foreign_key="campaigns.id")
    version: int = 1
    opens_at: datetime | None = None
    due_at: datetime
    original_due_at: datetime
    period_end: date | None = None  # reminded of too, wherever the deadline moves
    closed_at: datetime | None = None


class LadderStep(SQLModel, table=True):
    """One reminder or escalation of one version of a deadline."""

    __tablename__ = "ladder_steps"
    __table_args__ = (
        Index(
            "ix_ladder_steps_ahead",
            "owner",
            "name",
            sqlite_where=_STEP_AHEAD,
            postgresql_where=_STEP_AHEAD,
        ),
    )
    owner: str = Field(primary_key=True, max_length=150)
    name: str = Field(primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    code: str = Field(primary_key=True, max_length=32)
    at: datetime
    to: list[str] = Field(sa_type=JSON_TYPE)
    # It comes at the deadline's end or after it, and tells of who is late.
    overdue: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    ended_at: datetime | None = None
    notices: int | None = None  # None when the step was passed over


class Window(SQLModel, table=True):
    """When one department may send one kind of act; its row is what closing takes."""

    __tablename__ = "windows"
    __table_args__ = (
        CheckConstraint("due_at > opens_at", name="in_order"),
        # Every act asks whether there is one.
        Index(
            "ix_windows_closing",
            "state",
            sqlite_where=_CLOSING,
            postgresql_where=_CLOSING,
        ),
    )
    phase: str = Field(primary_key=True, foreign_key="phases.id", max_length=70)
    kind: str = Field(primary_key=True, max_length=32)
    department: str = Field(
        primary_key=True, foreign_key="departments.code", max_length=32
    )
    opens_at: datetime
    due_at: datetime  # exclusive
    own: bool = False  # moved for this department alone
    state: WindowState = Field(default=WindowState.OPEN, sa_type=coded(WindowState))
