"""Files that stand with something; their contents lie outside the database."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from store.tables.columns import coded

_STANDS = text("voided_at IS NULL")


class HolderKind(StrEnum):
    """What a file may stand with."""

    LINE = "line"
    SESSION = "session"
    CASE = "case"
    DECISION = "decision"


class Attachment(SQLModel, table=True):
    """A file under its name with one thing, until somebody takes it away."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint(
            "(voided_at IS NULL) = (voided_by IS NULL)", name="voided_by_somebody"
        ),
        CheckConstraint("size > 0", name="not_empty"),
        # The same content stands once with a thing, however often it is sent.
        Index(
            "uq_attachments_standing",
            "holder",
            "key",
            "sha256",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        # In the order in which they are listed.
        Index("ix_attachments_listed", "holder", "key", "added_at", "id"),
        Index(
            "ix_attachments_kept",
            "sha256",
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    holder: HolderKind = Field(sa_type=coded(HolderKind))
    key: str = Field(max_length=80)
    name: str = Field(max_length=255)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    added_by: str = Field(foreign_key="people.id")
    added_at: datetime
    voided_by: str | None = Field(default=None, foreign_key="people.id")
    voided_at: datetime | None = None
