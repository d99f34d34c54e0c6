"""Matters beside the phases, and who has a share in them or spoke on them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.cases.procedures import OVER
from domain.states import CaseKind, CaseState
from store.tables.columns import JSON_TYPE, TEXT_TYPE, coded
from store.tables.office import SubjectKind

_OVER = ", ".join(f"'{state}'" for state in sorted(OVER))
_OPEN_RESCISSION = text(
    f"kind = 'rescission' AND state NOT IN ({_OVER}) AND state <> 'draft'"
)


class Case(SQLModel, table=True):
    """One matter; whoever writes it down edits it freely until it is filed.

    *event_on* is the day that its clock counts from: when a complainant came to know
    of it, when the conclusion came that speaks against an award, when an initiative
    was first used, when something was achieved. *subject*, *award* (a title) and
    *basis* (cases of the simplified procedure) are of an ad hoc commendation;
    *counts_for* (a year) and *certificate* (its number) of an initiative.
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
        CheckConstraint(
            "(kind = 'ad_hoc') = (award IS NOT NULL) AND "
            "(award IS NULL) = (basis IS NULL) AND "
            "(award IS NULL) = (subject IS NULL) AND "
            "(award IS NULL) = (subject_kind IS NULL)",
            name="award_for_somebody",
        ),
        CheckConstraint(
            "(state = 'certified') = (certificate IS NOT NULL) AND "
            "(certificate IS NULL) = (counts_for IS NULL)",
            name="certified_by_number",
        ),
        UniqueConstraint("counts_for", "certificate"),
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
    subject_kind: SubjectKind | None = Field(
        default=None, sa_type=coded(SubjectKind, "subject_kind")
    )
    subject: str | None = Field(default=None, max_length=64)
    award: str | None = Field(default=None, max_length=32)
    basis: list[str] | None = Field(default=None, sa_type=JSON_TYPE)
    documents: list[str] = Field(default=[], sa_type=JSON_TYPE)
    recorded_by: str = Field(foreign_key="people.id")
    # Read by nobody but whoever has to protect this person.
    denouncer: str | None = Field(default=None, sa_type=TEXT_TYPE)
    filed_at: datetime | None = None
    report: str | None = Field(default=None, sa_type=TEXT_TYPE)
    founded: bool | None = None
    conclusion: str | None = Field(default=None, sa_type=TEXT_TYPE)
    counts_for: int | None = None
    certificate: int | None = None
    ended_at: datetime | None = None
    # When it came to where it stands, and how often it was put off since.
    stepped_on: date | None = None
    extended: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    version: int = 1


class CaseAuthor(SQLModel, table=True):
    """An author of an initiative, with a share of it in percent."""

    __tablename__ = "case_authors"
    __table_args__ = (CheckConstraint("share BETWEEN 1 AND 100", name="of_a_whole"),)
    case: UUID = Field(primary_key=True, foreign_key="cases.id")
    person: str = Field(primary_key=True, foreign_key="people.id", index=True)
    share: int


class CaseOpinion(SQLModel, table=True):
    """What a council's member said in writing of a matter: once, by name.

    On an initiative it finds it eligible or not and scores it.
    """

    __tablename__ = "case_opinions"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="a_score"),
    )
    case: UUID = Field(primary_key=True, foreign_key="cases.id")
    person: str = Field(primary_key=True, foreign_key="people.id")
    agrees: bool
    score: int | None = None
    opinion: str | None = Field(default=None, sa_type=TEXT_TYPE)
    at: datetime
