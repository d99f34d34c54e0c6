"""How the office scores a year in its Cụm or Khối, and what the bloc made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from store.tables.columns import JSON_TYPE


class Scorecard(SQLModel, table=True):
    """The office's own score of a year; stands once the director has confirmed it."""

    __tablename__ = "scorecards"
    __table_args__ = (
        CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name="confirmed_by_somebody",
        ),
    )
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    bloc: str = Field(max_length=200)
    criteria: list[dict[str, Any]] = Field(sa_type=JSON_TYPE)
    confirmed_by: str | None = Field(default=None, foreign_key="people.id")
    confirmed_at: datetime | None = None
    version: int = 1


class BlocResult(SQLModel, table=True):
    """Where the bloc ranked the office in a year, and the papers about it by kind."""

    __tablename__ = "bloc_results"
    __table_args__ = (
        CheckConstraint("rank >= 1 AND rank <= units", name="ranked_among_units"),
    )
    year: int = Field(primary_key=True, foreign_key="scorecards.year")
    rank: int
    units: int
    papers: dict[str, str] = Field(sa_type=JSON_TYPE)
    version: int = 1
