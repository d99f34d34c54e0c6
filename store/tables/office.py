"""Master data: who works where, holds which office and sits on which council."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.tables.columns import JSON_TYPE, KEY_TYPE, TEXT_TYPE, coded


class SubjectKind(StrEnum):
    """Titles go to a person or to a collective."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


class Office(StrEnum):
    """An office somebody holds: a relation to the agency or to one department."""

    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    UNION_CHAIR = "union_chair"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_SECRETARY = "department_secretary"
    RECORDS_CLERK = "records_clerk"
    AUDITOR = "auditor"
    RECIPIENT = "recipient"


class Council(StrEnum):
    """The council that votes on nominations, or the one that finds initiatives."""

    EMULATION = "emulation"
    INITIATIVE = "initiative"


class Seat(StrEnum):
    """A place on a council."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class Department(SQLModel, table=True):
    """A department; only a *collective* can be nominated itself."""

    __tablename__ = "departments"
    code: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    collective: bool = True
    secretariat: bool = False
    starts: date
    ends: date | None = None
    version: int = 1


class Person(SQLModel, table=True):
    """Somebody the office knows; the id is a code, never a name."""

    __tablename__ = "people"
    id: str = Field(primary_key=True, max_length=64)
    name: str = Field(max_length=200)
    sort_key: str = Field(max_length=400, index=True, sa_type=KEY_TYPE)
    search_key: str = Field(max_length=400)
    email: str | None = Field(default=None, max_length=200)
    born_on: date | None = None
    died_on: date | None = None
    version: int = 1


class ToldApart(SQLModel, table=True):
    """Two codes of which somebody has said that they are two people.

    *one* sorts before *other*; else they would be told apart twice.
    """

    __tablename__ = "told_apart"
    __table_args__ = (CheckConstraint("one < other", name="in_order"),)
    one: str = Field(foreign_key="people.id", primary_key=True)
    other: str = Field(foreign_key="people.id", primary_key=True)


class ServiceSpan(SQLModel, table=True):
    """A person's time in one department, or in another agency before."""

    __tablename__ = "service_spans"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends > starts", name="in_order"),
        CheckConstraint(
            "(department IS NULL) <> (agency IS NULL)", name="here_or_elsewhere"
        ),
        UniqueConstraint("person", "starts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="people.id", index=True)
    department: str | None = Field(
        default=None, foreign_key="departments.code", index=True
    )
    agency: str | None = Field(default=None, max_length=200)
    starts: date
    ends: date | None = None  # exclusive
    version: int = 1


class Appointment(SQLModel, table=True):
    """An office held from one day until before another."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends > starts", name="in_order"),
        UniqueConstraint("person", "office", "department", "starts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="people.id", index=True)
    office: Office = Field(sa_type=coded(Office))
    department: str | None = Field(default=None, foreign_key="departments.code")
    starts: date
    ends: date | None = None
    version: int = 1


class CouncilSeat(SQLModel, table=True):
    """A seat on one of the councils, by its formation decision."""

    __tablename__ = "council_seats"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends > starts", name="in_order"),
        UniqueConstraint("council", "person", "starts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    council: Council = Field(default=Council.EMULATION, sa_type=coded(Council))
    person: str = Field(foreign_key="people.id")
    seat: Seat = Field(sa_type=coded(Seat))
    starts: date
    ends: date | None = None
    formation: str | None = Field(default=None, max_length=200)
    version: int = 1


class Rating(SQLModel, table=True):
    """The yearly performance rating of a person or a department."""

    __tablename__ = "ratings"
    __table_args__ = (
        Index("ix_ratings_listed", "year", "kind", "subject"),
        # A rule asks how many of the whole agency are rated how.
        Index("ix_ratings_level", "year", "kind", "level"),
    )
    kind: SubjectKind = Field(sa_type=coded(SubjectKind), primary_key=True)
    subject: str = Field(primary_key=True, max_length=64)
    year: int = Field(primary_key=True)
    level: str = Field(max_length=32)
    version: int = 1


class Discipline(SQLModel, table=True):
    """A disciplinary measure; *level* is a code of the rule pack."""

    __tablename__ = "disciplines"
    __table_args__ = (UniqueConstraint("person", "level", "decided_on"),)
    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="people.id", index=True)
    level: str = Field(max_length=32)
    decided_on: date
    ends_on: date | None = None
    version: int = 1


class Leave(SQLModel, table=True):
    """A long absence that a rule on service time may ask about."""

    __tablename__ = "leaves"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends > starts", name="in_order"),
        UniqueConstraint("person", "starts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="people.id", index=True)
    kind: str = Field(max_length=32)
    starts: date
    ends: date | None = None
    result: str | None = Field(default=None, max_length=32)
    version: int = 1


class Recognition(SQLModel, table=True):
    """A recognised initiative or an accepted piece of research."""

    __tablename__ = "recognitions"
    __table_args__ = (UniqueConstraint("person", "kind", "year"),)
    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="people.id", index=True)
    kind: str = Field(max_length=32)
    year: int
    scope: str = Field(default="agency", max_length=32)
    version: int = 1


class PastAward(SQLModel, table=True):
    """What somebody was granted before, by a decision that is not in the record here.

    Either a *person*, or a *department* as a collective. *title* is a code of the
    rules, *called* how they name it; of which *year* it is, and by whose decision,
    which stands on paper.
    """

    __tablename__ = "past_awards"
    __table_args__ = (
        UniqueConstraint("person", "title", "year"),
        UniqueConstraint("department", "title", "year"),
        CheckConstraint(
            "(person IS NULL) <> (department IS NULL)", name="of_one_subject"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    person: str | None = Field(default=None, foreign_key="people.id", index=True)
    department: str | None = Field(default=None, foreign_key="departments.code")
    title: str = Field(max_length=32)
    called: str = Field(max_length=200)
    year: int
    number: str = Field(max_length=64)
    decided_on: date
    decided_by: str = Field(max_length=200)
    version: int = 1

    @property
    def subject(self) -> str:
        """Say who was granted it, by their code."""
        return self.person or self.department or ""


class CalendarOverride(SQLModel, table=True):
    """A day that works, or does not, against the published calendar."""

    __tablename__ = "calendar_overrides"
    day: date = Field(primary_key=True)
    working: bool
    reason: str = Field(sa_type=TEXT_TYPE)
    source: str = Field(sa_type=TEXT_TYPE)
    version: int = 1


class ProposalEnd(StrEnum):
    """How a proposal ended."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # nobody has answered: that grants nothing


class Proposal(SQLModel, table=True):
    """A change to the office's rows that waits for a second pair of eyes.

    *about* and *key* name the row that it changes, *version* what the proposer knew;
    *next_at* is when it is next reminded of, or lapses.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (ended_at IS NULL)", name="ended_with_an_outcome"
        ),
        CheckConstraint(
            "outcome <> 'confirmed' OR ended_by <> proposed_by", name="two_people"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    about: str = Field(max_length=32)
    key: str | None = Field(default=None, max_length=64)
    verb: str = Field(max_length=16)
    said: dict[str, Any] = Field(sa_type=JSON_TYPE)
    version: int | None = None
    posts: list[str] = Field(sa_type=JSON_TYPE)
    person: str | None = Field(default=None, foreign_key="people.id")
    proposed_by: str = Field(foreign_key="people.id")
    proposed_at: datetime
    due_at: datetime | None = None
    next_at: datetime | None = Field(default=None, index=True)
    outcome: ProposalEnd | None = Field(default=None, sa_type=coded(ProposalEnd))
    ended_by: str | None = Field(default=None, foreign_key="people.id")
    ended_at: datetime | None = None
    reason: str | None = Field(default=None, sa_type=TEXT_TYPE)
