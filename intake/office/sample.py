"""The sample office: fictional people with dates relative to a campaign's year."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails

from domain.rules.criteria import DisciplineLevel, RatingLevel
from domain.rules.rulepack import Absence
from intake.documents import read_document
from intake.faults import object_to, objection
from intake.fields import DepartmentCode, Text, only
from intake.office.positions import LEADERSHIP, Position
from intake.office.year import (
    Account,
    AccountKind,
    DutyKind,
    Initiative,
    OfficeYear,
    SampleDepartment,
    SampleDiscipline,
    SampleLeave,
    SampleLetterhead,
    SamplePerson,
    SampleSeat,
    SeatKind,
)
from intake.parts import ONCE, Part, Slug, repeated_at

# No 29 February: it must be a date in every year.
_MONTH_AND_DAY = (
    r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|"
    r"(0[13578]|1[02])-31"
)
_MONTH_AND_DAY_ALLOWED = "tháng và ngày có thật ở mọi năm, dạng THÁNG-NGÀY (như 03-01)"


class RelativeDay(Part):
    """A day in a year counted from the campaign's year, which is 0."""

    year: int = Field(ge=-60, le=1)
    day: Annotated[str, only(_MONTH_AND_DAY, _MONTH_AND_DAY_ALLOWED)]

    def in_year(self, year: int) -> date:
        """Give the date in a campaign of *year*."""
        month, day = self.day.split("-")
        return date(year + self.year, int(month), int(day))


class DisciplineEntry(Part):
    """A disciplinary measure as the file writes it."""

    level: DisciplineLevel
    decided_on: RelativeDay

    def in_year(self, year: int) -> SampleDiscipline:
        """Give the measure its date."""
        return SampleDiscipline(self.level, self.decided_on.in_year(year))


class LeaveEntry(Part):
    """A leave as the file writes it."""

    why: Absence
    first_day: RelativeDay
    last_day: RelativeDay

    def in_year(self, year: int) -> SampleLeave:
        """Give the leave its dates."""
        first, last = self.first_day.in_year(year), self.last_day.in_year(year)
        return SampleLeave(self.why, first, last)


class InitiativeEntry(Part):
    """A recognised initiative as the file writes it."""

    title: Text
    recognised_on: RelativeDay

    def in_year(self, year: int) -> Initiative:
        """Give the initiative its date."""
        return Initiative(self.title, self.recognised_on.in_year(year))


class DepartmentEntry(Part):
    """A department as the file writes it."""

    code: DepartmentCode
    name: Text
    rating: RatingLevel
    standing_secretariat: bool = False


class PersonEntry(Part):
    """A person as the file writes them."""

    code: Slug
    name: Text
    department: DepartmentCode
    position: Position
    hired: RelativeDay
    rating: RatingLevel | None = None
    duties: tuple[DutyKind, ...] = ()
    discipline: DisciplineEntry | None = None
    leave: LeaveEntry | None = None
    initiative: InitiativeEntry | None = None

    def in_year(self, year: int, mail_domain: str) -> SamplePerson:
        """Give the person their dates."""
        return SamplePerson(
            code=self.code,
            name=self.name,
            email=f"{self.code}@{mail_domain}",
            department=self.department,
            position=self.position,
            hired_on=self.hired.in_year(year),
            rating=self.rating,
            duties=self.duties,
            discipline=self.discipline.in_year(year) if self.discipline else None,
            leave=self.leave.in_year(year) if self.leave else None,
            initiative=self.initiative.in_year(year) if self.initiative else None,
        )


class LetterheadEntry(Part):
    """How the office's papers are headed."""

    parent: Text = ""
    place: Text
    symbol: Text


class SeatEntry(Part):
    """A council seat as the file writes it."""

    person: Slug
    seat: SeatKind


class AccountEntry(Part):
    """An outsider's account as the file writes it."""

    code: Slug
    name: Text
    kind: AccountKind
    organisation: Text


class SampleOffice(Part):
    """The office, true in any year. Checks look backwards: the order matters."""

    code: Slug
    name: Text
    mail_domain: Annotated[str, only(r"[a-z0-9-]+(\.[a-z0-9-]+)+", "tên miền thư")]
    departments: tuple[DepartmentEntry, ...] = Field(min_length=1)
    people: tuple[PersonEntry, ...] = Field(min_length=1)
    council: tuple[SeatEntry, ...] = Field(min_length=1)
    initiative_council: tuple[SeatEntry, ...] = ()
    accounts: tuple[AccountEntry, ...] = ()
    letterhead: LetterheadEntry | None = None

    @field_validator("departments")
    @classmethod
    def _one_is_the_secretariat(
        cls, departments: tuple[DepartmentEntry, ...]
    ) -> tuple[DepartmentEntry, ...]:
        repeated = repeated_at([department.code for department in departments])
        object_to([objection(ONCE, at, "code") for at in repeated])
        if sum(department.standing_secretariat for department in departments) != 1:
            raise ValueError("đúng một phòng có `standing_secretariat: true`")
        return departments

    @field_validator("people")
    @classmethod
    def _people_fit_the_departments(
        cls, people: tuple[PersonEntry, ...], info: ValidationInfo
    ) -> tuple[PersonEntry, ...]:
        departments = info.data.get("departments", ())
        objections = [*_twice(people), *_posts_held_twice(people)]
        if departments:
            objections += _strangers(people, departments)
        object_to(objections)
        return people

    @field_validator("council", "initiative_council")
    @classmethod
    def _seats_fit_the_people(
        cls, seats: tuple[SeatEntry, ...], info: ValidationInfo
    ) -> tuple[SeatEntry, ...]:
        people = {person.code for person in info.data.get("people", ())}
        object_to([*_ill_seated(seats, people)])
        for sole in ("chair", "secretary"):
            if sum(seat.seat == sole for seat in seats) != 1:
                raise ValueError(f"đúng một người có `seat: {sole}`")
        return seats

    def in_year(self, year: int) -> OfficeYear:
        """Give the office the dates of a campaign of *year*."""
        return OfficeYear(
            year=year,
            code=self.code,
            name=self.name,
            departments=tuple(_department(entry) for entry in self.departments),
            people=tuple(p.in_year(year, self.mail_domain) for p in self.people),
            council=tuple(SampleSeat(s.person, s.seat) for s in self.council),
            initiative_council=tuple(
                SampleSeat(s.person, s.seat) for s in self.initiative_council
            ),
            accounts=tuple(_account(a, self.mail_domain) for a in self.accounts),
            letterhead=SampleLetterhead(**dict(self.letterhead))
            if self.letterhead
            else None,
        )


def read_office(text: str | bytes, name: str) -> SampleOffice:
    """Read the office whole, or raise `BadDocument` with everything wrong in it."""
    return read_document(text, SampleOffice, name)


def _department(entry: DepartmentEntry) -> SampleDepartment:
    return SampleDepartment(
        entry.code, entry.name, entry.rating, entry.standing_secretariat
    )


def _account(entry: AccountEntry, mail_domain: str) -> Account:
    return Account(
        code=entry.code,
        name=entry.name,
        email=f"{entry.code}@{mail_domain}",
        kind=entry.kind,
        organisation=entry.organisation,
    )


def _twice(people: tuple[PersonEntry, ...]) -> Iterator[InitErrorDetails]:
    for at in repeated_at([person.code for person in people]):
        yield objection(ONCE, at, "code")


def _strangers(
    people: tuple[PersonEntry, ...], departments: tuple[DepartmentEntry, ...]
) -> Iterator[InitErrorDetails]:
    known = [*(department.code for department in departments), LEADERSHIP]
    for at, person in enumerate(people):
        if person.department not in known:
            yield objection(f"một trong: {', '.join(known)}", at, "department")


def _posts_held_twice(people: tuple[PersonEntry, ...]) -> Iterator[InitErrorDetails]:
    """A department has one head and the office one director."""
    sole = {Position.TRUONG_PHONG, Position.CHANH_VAN_PHONG}
    posts = [(p.department, p.position) if p.position in sole else p for p in people]
    for at in repeated_at(posts):
        yield objection("chức vụ này chỉ một người giữ", at, "position")


def _ill_seated(
    seats: tuple[SeatEntry, ...], people: set[str]
) -> Iterator[InitErrorDetails]:
    for at in repeated_at([seat.person for seat in seats]):
        yield objection("mỗi người một ghế", at, "person")
    for at, seat in enumerate(seats):
        if people and seat.person not in people:
            yield objection("mã của một người trong `people`", at, "person")
