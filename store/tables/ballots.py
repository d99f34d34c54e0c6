"""Rounds of the vote: who may vote on what, who has cast, sealed sheets and boards."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from domain.council.ballots import Choice, Method
from store.tables.columns import JSON_TYPE, TEXT_TYPE, coded

_ROUND = (["session", "round"], ["voting_rounds.session", "voting_rounds.number"])
_LINE = (
    ["session", "round", "line"],
    ["round_lines.session", "round_lines.round", "round_lines.line"],
)

# By hands, or on paper. Said in these words, it is found by an index.
COUNTED_BY_PEOPLE: Any = text("method <> 'sheets'")


class VotingRound(SQLModel, table=True):
    """One vote on some lines of a session, by the council as it was when it opened.

    *public_key* seals the sheets; the key that opens them is never in the database.
    """

    __tablename__ = "voting_rounds"
    session: str = Field(primary_key=True, foreign_key="council_sessions.id")
    number: int = Field(primary_key=True)
    roll: list[str] = Field(sa_type=JSON_TYPE)
    present: list[str] = Field(sa_type=JSON_TYPE)
    public_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    opened_at: datetime
    closed_at: datetime | None = None
    counted_by: UUID | None = None


class RoundLine(SQLModel, table=True):
    """One line in one round: who steps out, who is flagged, what the round came to.

    *electors* is the whole that *threshold* is of; rules that change later do not
    change it. A masked line has no figures, a
    line voided has no outcome, and both stay.
    """

    __tablename__ = "round_lines"
    __table_args__ = (
        # Few are, and whoever counts asks which. Of all lines, PostgreSQL would take it
        # for that of their key, as long as it has not counted the table.
        Index(
            "ix_round_lines_by_people",
            "session",
            "method",
            "round",
            "line",
            sqlite_where=COUNTED_BY_PEOPLE,
            postgresql_where=COUNTED_BY_PEOPLE,
        ),
        ForeignKeyConstraint(*_ROUND),
        CheckConstraint(
            "(yes IS NULL) = (no IS NULL) AND (yes IS NULL) = (blank IS NULL)",
            name="counted_whole",
        ),
        CheckConstraint(
            "yes IS NULL OR (yes >= 0 AND no >= 0 AND blank >= 0)", name="not_negative"
        ),
        CheckConstraint("NOT masked OR yes IS NULL", name="masked_without_figures"),
        CheckConstraint(
            "voided_at IS NULL OR (carried IS NULL AND void_reason IS NOT NULL)",
            name="void_without_outcome",
        ),
    )
    session: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    line: UUID = Field(primary_key=True, foreign_key="nominations.id", index=True)
    method: Method = Field(sa_type=coded(Method))
    threshold: str = Field(max_length=32)
    electors: int
    recused: list[str] = Field(sa_type=JSON_TYPE)
    flagged: list[str] = Field(default=[], sa_type=JSON_TYPE)
    ballots: int | None = None
    yes: int | None = None
    no: int | None = None
    blank: int | None = None
    masked: bool = False
    carried: bool | None = None
    voided_at: datetime | None = None
    void_reason: str | None = Field(default=None, sa_type=TEXT_TYPE)


class Teller(SQLModel, table=True):
    """A member who watches the count of a round, and says that it was right."""

    __tablename__ = "tellers"
    __table_args__ = (ForeignKeyConstraint(*_ROUND),)
    session: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    person: str = Field(primary_key=True, foreign_key="people.id")
    attested_at: datetime | None = None


class Recusal(SQLModel, table=True):
    """A member who will not vote on a line, and why; said before the voting opens."""

    __tablename__ = "recusals"
    session: str = Field(primary_key=True, foreign_key="council_sessions.id")
    line: UUID = Field(primary_key=True, foreign_key="nominations.id")
    person: str = Field(primary_key=True, foreign_key="people.id")
    reason: str = Field(sa_type=TEXT_TYPE)
    at: datetime


class BallotCast(SQLModel, table=True):
    """That a member has cast, which everybody may know; never what."""

    __tablename__ = "ballots_cast"
    __table_args__ = (ForeignKeyConstraint(*_ROUND),)
    session: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    person: str = Field(primary_key=True, foreign_key="people.id")
    at: datetime


class SealedSheet(SQLModel, table=True):
    """One sheet, sealed; deleted when the round is counted."""

    __tablename__ = "sealed_sheets"
    __table_args__ = (ForeignKeyConstraint(*_ROUND),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    session: str
    round: int
    content: bytes = Field(sa_type=LargeBinary)


class BoardEntry(SQLModel, table=True):
    """One ballot on the published board of one line."""

    __tablename__ = "board_entries"
    __table_args__ = (ForeignKeyConstraint(*_LINE),)
    session: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    line: UUID = Field(primary_key=True)
    code: str = Field(primary_key=True, max_length=24)
    choice: Choice = Field(sa_type=coded(Choice))


class PaperCount(SQLModel, table=True):
    """What one teller counted on paper; two who agree count the line."""

    __tablename__ = "paper_counts"
    __table_args__ = (
        ForeignKeyConstraint(*_LINE),
        CheckConstraint(
            "collected <= issued AND valid + invalid = collected "
            "AND valid >= 0 AND invalid >= 0",
            name="adds_up",
        ),
        CheckConstraint(
            "(carried IS NULL AND yes IS NOT NULL AND no IS NOT NULL "
            "AND blank IS NOT NULL AND yes + no + blank = valid) OR (carried IS NOT "
            "NULL AND yes IS NULL AND no IS NULL AND blank IS NULL)",
            name="figures_or_outcome",
        ),
    )
    session: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    line: UUID = Field(primary_key=True)
    teller: str = Field(primary_key=True, foreign_key="people.id")
    issued: int
    collected: int
    valid: int
    invalid: int
    yes: int | None = None
    no: int | None = None
    blank: int | None = None
    carried: bool | None = None
