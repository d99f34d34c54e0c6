"""Matters beside the phases: petitions, complaints, denunciations, rescissions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from domain.cases import OVER
from domain.states import CaseKind, CaseState
from store.tables.columns import TEXT_TYPE, coded

_OVER = ", ".join(f"'{state}'" for state in sorted(OVER))
_OPEN_RESCISSION = text(
    f"kind = 'rescission' AND state NOT IN ({_OVER}) AND state <> 'draft'"
)


class Case(SQLModel, table=True):
    """One matter; whoever writes it down edits it freely until it is filed.

    *event_on* is the day that its clock counts from: when a complainant came to know
    of it, or when the conclusion came that speaks against an award.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(
            f"(state IN ({_OVER})) = (ended_at IS NOT NULL)", name="ended_when_over"
        ),
        CheckConstraint("(state = 'draft') = (filed_at IS NULL)", name="filed"),
        CheckConstraint(
            "(state = 'resolved') = (founded IS NOT NULL)", name="resolved_either_way"
        ),
        CheckConstraint(
            "denouncer IS NULL OR kind = 'denunciation'", name="denouncer_of_one"
        ),
        # An award is undone once.
        Index(
            "uq_cases_rescission",
            "line",
            unique=True,
            sqlite_where=_OPEN_RESCISSION,
            postgresql_where=_OPEN_RESCISSION,
        ),
    )
    id: UUID = Field(primary_key=True)
    campaign: str = Field(foreign_key="campaigns.id", index=True)
    kind: CaseKind = Field(sa_type=coded(CaseKind))
    state: CaseState = Field(default=CaseState.DRAFT, sa_type=coded(CaseState))
    title: str = Field(max_length=200)
    matter: str = Field(sa_type=TEXT_TYPE)
    line: UUID | None = Field(default=None, foreign_key="nominations.id", index=True)
    event_on: date | None = None
    recorded_by: str = Field(foreign_key="people.id")
    # Read by nobody but whoever has to protect this person.
    denouncer: str | None = Field(default=None, sa_type=TEXT_TYPE)
    filed_at: datetime | None = None
    report: str | None = Field(default=None, sa_type=TEXT_TYPE)
    founded: bool | None = None
    conclusion: str | None = Field(default=None, sa_type=TEXT_TYPE)
    ended_at: datetime | None = None
    version: int = 1
