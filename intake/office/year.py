"""The sample office in one year: its people, with what the year's titles depend on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.rules.criteria import DisciplineLevel, RatingLevel
from domain.rules.rulepack import Absence
from intake.office.positions import LEADERSHIP, Position

DutyKind = Literal["department_secretary", "records_clerk"]
SeatKind = Literal["chair", "vice_chair", "member", "secretary"]
AccountKind = Literal["auditor", "recipient"]


@dataclass(frozen=True)
class SampleDiscipline:
    """A disciplinary measure and the day on which it was decided."""

    level: DisciplineLevel
    decided_on: date


@dataclass(frozen=True)
class SampleLeave:
    """A leave, its last day included."""

    why: Absence
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Initiative:
    """An initiative that the office has recognised."""

    title: str
    recognised_on: date


@dataclass(frozen=True)
class SampleDepartment:
    """A department and how its year was rated; only a *collective* is nominated."""

    code: str
    name: str
    rating: RatingLevel
    standing_secretariat: bool
    collective: bool = True


@dataclass(frozen=True)
class SamplePerson:
    """A person in one year, with what the year's titles depend on."""

    code: str
    name: str
    email: str
    department: str
    position: Position
    hired_on: date
    rating: RatingLevel | None
    duties: tuple[DutyKind, ...]
    discipline: SampleDiscipline | None
    leave: SampleLeave | None
    initiative: Initiative | None


@dataclass(frozen=True)
class SampleSeat:
    """A person's seat on a council."""

    person: str
    seat: SeatKind


@dataclass(frozen=True)
class Account:
    """Someone from outside who may only read."""

    code: str
    name: str
    email: str
    kind: AccountKind
    organisation: str


@dataclass(frozen=True)
class SampleLetterhead:
    """How papers are headed: the body above, where they are signed, by which symbol."""

    parent: str
    place: str
    symbol: str


@dataclass(frozen=True)
class OfficeYear:
    """The office with its dates of one year."""

    year: int
    code: str
    name: str
    departments: tuple[SampleDepartment, ...]
    people: tuple[SamplePerson, ...]
    council: tuple[SampleSeat, ...]
    initiative_council: tuple[SampleSeat, ...]
    accounts: tuple[Account, ...]
    letterhead: SampleLetterhead | None = None

    @property
    def leadership(self) -> tuple[SamplePerson, ...]:
        """List the leaders, who belong to no department."""
        return tuple(p for p in self.people if p.department == LEADERSHIP)

    @property
    def staff(self) -> tuple[SamplePerson, ...]:
        """List the people of the departments, whom the plan's targets count."""
        return tuple(p for p in self.people if p.department != LEADERSHIP)
