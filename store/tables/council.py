"""Council sessions, their members, their votes by show of hands, and decisions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.delegation import Capacity
from domain.record.papers import PaperOutcome
from domain.states import DecisionKind, DecisionState, LineState, SessionState
from store.tables.columns import JSON_TYPE, TEXT_TYPE, coded
from store.tables.office import Seat


class CouncilSession(SQLModel, table=True):
    """One meeting of the council on one list."""

    __tablename__ = "council_sessions"
    __table_args__ = (
        UniqueConstraint("phase", "number"),
        CheckConstraint(
            "state <> 'concluded' OR (minutes IS NOT NULL "
            "AND signed_by_chair IS NOT NULL AND signed_by_secretary IS NOT NULL)",
            name="concluded_by_signed_minutes",
        ),
    )
    id: str = Field(primary_key=True, max_length=80)
    campaign: str = Field(foreign_key="campaigns.id")
    phase: str = Field(foreign_key="phases.id")
    number: int
    state: SessionState = Field(
        default=SessionState.CONVENED, sa_type=coded(SessionState)
    )
    meets_at: datetime
    place: str = Field(max_length=200)
    opened_at: datetime | None = None
    counted_at: datetime | None = None
    minutes: str | None = Field(default=None, sa_type=TEXT_TYPE)
    signed_by_chair: str | None = Field(default=None, foreign_key="people.id")
    signed_by_secretary: str | None = Field(default=None, foreign_key="people.id")
    # By which acts of all chains it was last judged what becomes of its lines, where
    # nothing is left to settle.
    judged_by: dict[str, Any] | None = Field(default=None, sa_type=JSON_TYPE)


class SessionMember(SQLModel, table=True):
    """A member, invited or named since; *present* is None until known."""

    __tablename__ = "session_members"
    session: str = Field(primary_key=True, foreign_key="council_sessions.id")
    person: str = Field(primary_key=True, foreign_key="people.id")
    seat: Seat = Field(sa_type=coded(Seat))
    confirmed: bool | None = None
    present: bool | None = None


class SessionLine(SQLModel, table=True):
    """One line before the council: the counted hands and what follows from them."""

    __tablename__ = "session_lines"
    __table_args__ = (
        CheckConstraint(
            "(yes IS NULL) = (no IS NULL) AND (yes IS NULL) = (blank IS NULL)",
            name="counted_whole",
        ),
        CheckConstraint(
            "yes IS NULL OR (yes >= 0 AND no >= 0 AND blank >= 0)", name="not_negative"
        ),
        # In the order in which they are listed.
        Index("ix_session_lines_listed", "session", "position", "line"),
    )
    session: str = Field(primary_key=True, foreign_key="council_sessions.id")
    line: UUID = Field(primary_key=True, foreign_key="nominations.id", index=True)
    position: int
    yes: int | None = None
    no: int | None = None
    blank: int | None = None
    chair_yes: bool | None = None
    chosen: bool = False  # by the chair, of lines tied for the last seats of a quota
    outcome: LineState | None = Field(default=None, sa_type=coded(LineState))
    reason: str | None = Field(default=None, sa_type=TEXT_TYPE)


class Dissent(SQLModel, table=True):
    """A member's opinion, kept by name at the member's own wish."""

    __tablename__ = "dissents"
    session: str = Field(primary_key=True, foreign_key="council_sessions.id")
    line: UUID = Field(primary_key=True, foreign_key="nominations.id")
    person: str = Field(primary_key=True, foreign_key="people.id")
    opinion: str = Field(sa_type=TEXT_TYPE)


class Decision(SQLModel, table=True):
    """The director's decision on what the council passed, or one that amends it."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("phase", "ordinal"),
        UniqueConstraint("series", "number_year", "number"),
        CheckConstraint(
            "state IN ('pending', 'returned') "
            "OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "state NOT IN ('numbered', 'issued', 'rescinded') "
            "OR (number IS NOT NULL AND number_year IS NOT NULL "
            "AND series IS NOT NULL)",
            name="numbered_before_issue",
        ),
        CheckConstraint("(kind = 'award') = (amends IS NULL)", name="amends_another"),
        CheckConstraint(
            "(capacity IS NULL) = (behalf IS NULL)", name="signed_in_a_capacity"
        ),
    )
    id: str = Field(primary_key=True, max_length=80)
    campaign: str = Field(foreign_key="campaigns.id")
    phase: str = Field(foreign_key="phases.id")
    ordinal: int
    # None by the simplified procedure: no council has met.
    session: str | None = Field(default=None, foreign_key="council_sessions.id")
    kind: DecisionKind = Field(default=DecisionKind.AWARD, sa_type=coded(DecisionKind))
    amends: str | None = Field(default=None, foreign_key="decisions.id")
    content: dict[str, Any] | None = Field(default=None, sa_type=JSON_TYPE)
    state: DecisionState = Field(
        default=DecisionState.PENDING, sa_type=coded(DecisionState)
    )
    decided_by: str | None = Field(default=None, foreign_key="people.id")
    decided_at: datetime | None = None
    behalf: str | None = Field(default=None, foreign_key="people.id")
    delegation: str | None = Field(default=None, foreign_key="delegations.id")
    capacity: Capacity | None = Field(default=None, sa_type=coded(Capacity))
    series: str | None = Field(default=None, max_length=32)
    number: int | None = None
    number_year: int | None = None
    issued_at: datetime | None = None
    # Where the record stood at the issue, to be printed with it.
    head_seq: int | None = None
    head_digest: str | None = Field(default=None, max_length=64)


class DecisionLine(SQLModel, table=True):
    """One line before the director, and the answer of a superior where one is due.

    *posting* is the number of the one in which its result was made public.
    """

    __tablename__ = "decision_lines"
    decision: str = Field(primary_key=True, foreign_key="decisions.id")
    line: UUID = Field(primary_key=True, foreign_key="nominations.id", index=True)
    outcome: LineState | None = Field(default=None, sa_type=coded(LineState))
    reason: str | None = Field(default=None, sa_type=TEXT_TYPE)
    forwarded_at: datetime | None = None
    answered_at: datetime | None = None
    answered_on: date | None = None
    posting: int | None = None


class SignedPaper(SQLModel, table=True):
    """What a decision or minutes that were signed on paper state, by the scan.

    *figures* are by line: for it, against it, blank. It is *settled* at once where it
    says what the record does.
    """

    __tablename__ = "signed_papers"
    __table_args__ = (
        UniqueConstraint("decision", "file"),
        UniqueConstraint("session", "file"),
        CheckConstraint("(decision IS NULL) <> (session IS NULL)", name="of_one_thing"),
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"
        ),
        CheckConstraint(
            "(outcome IS NULL) = (reason IS NULL)", name="settled_with_why"
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    decision: str | None = Field(default=None, foreign_key="decisions.id")
    session: str | None = Field(default=None, foreign_key="council_sessions.id")
    file: UUID = Field(foreign_key="attachments.id")
    number: int | None = None
    number_year: int | None = None
    series: str | None = Field(default=None, max_length=32)
    signed_on: date | None = None
    signed_by: str | None = Field(default=None, max_length=200)
    awarded: int | None = None
    sitting: int | None = None
    met_on: date | None = None
    present: int | None = None
    figures: dict[str, list[int]] | None = Field(default=None, sa_type=JSON_TYPE)
    recorded_by: str = Field(foreign_key="people.id")
    recorded_at: datetime
    settled_by: str | None = Field(default=None, foreign_key="people.id")
    settled_at: datetime | None = None
    outcome: PaperOutcome | None = Field(default=None, sa_type=coded(PaperOutcome))
    reason: str | None = Field(default=None, sa_type=TEXT_TYPE)


class Posting(SQLModel, table=True):
    """Where results of a decision hang, since when and at least until when.

    What a superior decides later hangs in another one.
    """

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("on_view_until >= posted_on", name="on_view_for_a_time"),
        CheckConstraint(
            "taken_down_on IS NULL OR taken_down_on > on_view_until",
            name="on_view_long_enough",
        ),
    )
    decision: str = Field(primary_key=True, foreign_key="decisions.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    posted_on: date
    place: str = Field(sa_type=TEXT_TYPE)
    on_view_until: date
    taken_down_on: date | None = None


class Report(SQLModel, table=True):
    """A computed sơ kết or tổng kết; a later answer makes a new version."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("campaign", "kind", "phase", "version"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    campaign: str = Field(foreign_key="campaigns.id")
    phase: str | None = Field(default=None, foreign_key="phases.id")
    kind: str = Field(max_length=16)
    version: int
    at: datetime
    content: dict[str, Any] = Field(sa_type=JSON_TYPE)
