"""Registrations, submissions and their nomination lines."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field, SQLModel

from domain.rules.criteria import CommendationType
from domain.states import SPENT_LINES, LineState, RegistrationState, SubmissionState
from store.tables.columns import JSON_TYPE, TEXT_TYPE, coded
from store.tables.office import SubjectKind

_SPENT = ", ".join(f"'{state}'" for state in sorted(SPENT_LINES))
_LIVE_LINE = text(f"state NOT IN ({_SPENT})")
_LIVE_REGISTRATION = text("state NOT IN ('lapsed', 'withdrawn')")


class Registration(SQLModel, table=True):
    """What a subject aims for in a campaign."""

    __tablename__ = "registrations"
    __table_args__ = (
        Index(
            "uq_registrations_live",
            "campaign",
            "kind",
            "subject",
            "title",
            unique=True,
            sqlite_where=_LIVE_REGISTRATION,
            postgresql_where=_LIVE_REGISTRATION,
        ),
        # In the order in which they are listed.
        Index(
            "ix_registrations_listed",
            "campaign",
            "department",
            "subject",
            "title",
            "at",
            "id",
        ),
        Index("ix_registrations_subject", "campaign", "subject"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    campaign: str = Field(foreign_key="campaigns.id")
    department: str = Field(foreign_key="departments.code")
    kind: SubjectKind = Field(sa_type=coded(SubjectKind))
    subject: str = Field(max_length=64)
    title: str = Field(max_length=32)
    state: RegistrationState = Field(sa_type=coded(RegistrationState))
    at: datetime


class Draft(SQLModel, table=True):
    """What a department is still writing; edited freely, with a version."""

    __tablename__ = "drafts"
    phase: str = Field(primary_key=True, foreign_key="phases.id", max_length=70)
    department: str = Field(
        primary_key=True, foreign_key="departments.code", max_length=32
    )
    content: dict[str, Any] = Field(sa_type=JSON_TYPE)
    version: int = 1


class ListHeadings(SQLModel, table=True):
    """What the headings of a department's own spreadsheet mean, of one *list* of it."""

    __tablename__ = "list_headings"
    department: str = Field(
        primary_key=True, foreign_key="departments.code", max_length=32
    )
    list: str = Field(primary_key=True, max_length=32)
    meant: dict[str, str] = Field(sa_type=JSON_TYPE)


class Submission(SQLModel, table=True):
    """The envelope of one department in one phase: there is one, and no second."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('submitted', 'received', 'returned_for_supplement', "
            "'resubmitted', 'appraised') "
            "OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL)",
            name="submitted_by_somebody",
        ),
        CheckConstraint(
            "state NOT IN ('received', 'returned_for_supplement', 'resubmitted', "
            "'appraised') OR received_at IS NOT NULL",
            name="received_once",
        ),
        CheckConstraint(
            "(state = 'returned_for_supplement') = (flagged IS NOT NULL)",
            name="flagged_while_returned",
        ),
    )
    phase: str = Field(primary_key=True, foreign_key="phases.id", max_length=70)
    department: str = Field(
        primary_key=True, foreign_key="departments.code", max_length=32
    )
    state: SubmissionState = Field(
        default=SubmissionState.NOT_STARTED, sa_type=coded(SubmissionState)
    )
    launched_at: datetime | None = None
    peer_review: dict[str, Any] | None = Field(default=None, sa_type=JSON_TYPE)
    submitted_at: datetime | None = None
    submitted_by: str | None = Field(default=None, foreign_key="people.id")
    received_at: datetime | None = None
    rounds: int = 0
    flagged: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON_TYPE)
    late_reason: str | None = Field(default=None, sa_type=TEXT_TYPE)


class Nomination(SQLModel, table=True):
    """One line: one subject for one title. Only `move` changes its state."""

    __tablename__ = "nominations"
    __table_args__ = (
        # Once for a subject, a title and a period, in whatever campaign.
        Index(
            "uq_nominations_live",
            "kind",
            "subject",
            "title",
            "period",
            unique=True,
            sqlite_where=_LIVE_LINE,
            postgresql_where=_LIVE_LINE,
        ),
        # In the order in which they are listed.
        Index("ix_nominations_listed", "phase", "title", "department", "subject", "id"),
        Index("ix_nominations_department", "phase", "department"),
        Index("ix_nominations_subject", "subject", "period"),
        Index("ix_nominations_period", "period"),
        # Few are, and whoever reads a list asks which of them are closed.
        Index(
            "ix_nominations_secret",
            "campaign",
            sqlite_where=text("secret = 1"),
            postgresql_where=text("secret"),
        ),
        CheckConstraint("(state = 'on_hold') = (held_from IS NOT NULL)", name="held"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    campaign: str = Field(foreign_key="campaigns.id", index=True)
    phase: str = Field(foreign_key="phases.id")
    department: str = Field(foreign_key="departments.code")
    kind: SubjectKind = Field(sa_type=coded(SubjectKind))
    subject: str = Field(max_length=64)
    title: str = Field(max_length=32)
    period: str = Field(max_length=70)
    achieved_from: date
    achieved_to: date
    evidence: dict[str, Any] = Field(sa_type=JSON_TYPE)
    commendation_type: CommendationType = Field(
        default=CommendationType.MERIT, sa_type=coded(CommendationType)
    )
    secret: bool = False
    state: LineState = Field(sa_type=coded(LineState))
    held_from: LineState | None = Field(
        default=None, sa_type=coded(LineState, "held_from")
    )
    moves: int = 1


class NominationMove(SQLModel, table=True):
    """One step of a line, written before the line itself and by the same act."""

    __tablename__ = "nomination_moves"
    __table_args__ = (
        ForeignKeyConstraint(
            ["act"], ["acts.id"], deferrable=True, initially="DEFERRED"
        ),
    )
    line: UUID = Field(primary_key=True)
    n: int = Field(primary_key=True)
    from_state: LineState | None = Field(
        default=None, sa_type=coded(LineState, "from_state")
    )
    to_state: LineState = Field(sa_type=coded(LineState))
    act: UUID
    at: datetime
    reason: str | None = Field(default=None, sa_type=TEXT_TYPE)
    # What the rules said against it: a code, a sentence, the rule and its law each.
    refusals: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON_TYPE)


class Opinion(SQLModel, table=True):
    """What a department says of somebody who left it in the year."""

    __tablename__ = "opinions"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    phase: str = Field(foreign_key="phases.id", index=True)
    department: str = Field(foreign_key="departments.code")
    person: str = Field(foreign_key="people.id")
    author: str = Field(foreign_key="people.id")
    text: str = Field(sa_type=TEXT_TYPE)
    at: datetime


class Comment(SQLModel, table=True):
    """What somebody says of a list in public notice."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_listed", "phase", "at", "id"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    phase: str = Field(foreign_key="phases.id")
    line: UUID | None = Field(default=None, foreign_key="nominations.id")
    author: str = Field(foreign_key="people.id")
    body: str = Field(sa_type=TEXT_TYPE)
    at: datetime
