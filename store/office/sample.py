"""The sample office as rows: fictional people, with the dates of one year."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from sqlmodel import Session, SQLModel

from domain.names import clean, search_key, sort_key
from intake.office.positions import LEADERSHIP
from intake.office.year import Account, OfficeYear, SamplePerson
from store import record
from store.office.service import OFFICES
from store.tables import (
    Appointment,
    Council,
    CouncilSeat,
    Department,
    Discipline,
    Leave,
    Office,
    OfficeLetterhead,
    Person,
    Rating,
    Recognition,
    Seat,
    ServiceSpan,
    SubjectKind,
)

# Before anybody was hired: the office has always been there.
_ALWAYS = date(2000, 1, 1)
_ONE_DAY = timedelta(days=1)


def load_office(session: Session, office: OfficeYear) -> None:
    """Write the whole office into an empty database."""
    session.add_all(_departments(office))
    session.add_all(person_row(p.code, p.name, p.email) for p in office.people)
    session.add_all(person_row(a.code, a.name, a.email) for a in office.accounts)
    session.flush()
    for person in office.people:
        session.add_all(_of_person(person, office.year))
    session.add_all(_account(account) for account in office.accounts)
    if office.letterhead is not None:
        session.add(OfficeLetterhead(**asdict(office.letterhead)))
    for council, seats in (
        (Council.EMULATION, office.council),
        (Council.INITIATIVE, office.initiative_council),
    ):
        session.add_all(
            CouncilSeat(
                council=council, person=s.person, seat=Seat(s.seat), starts=_ALWAYS
            )
            for s in seats
        )
    session.flush()
    codes = [p.code for p in office.people] + [a.code for a in office.accounts]
    record.append_office(session, "load_office", {"year": office.year, "people": codes})


def person_row(code: str, name: str, email: str | None) -> Person:
    """Make a person's row, with the keys to sort and to find it by."""
    return Person(
        id=code,
        name=clean(name),
        sort_key=sort_key(name),
        search_key=search_key(name),
        email=email,
    )


def _departments(office: OfficeYear) -> Iterable[SQLModel]:
    for department in office.departments:
        yield Department(
            code=department.code,
            name=department.name,
            secretariat=department.standing_secretariat,
            starts=_ALWAYS,
        )
        yield Rating(
            kind=SubjectKind.COLLECTIVE,
            subject=department.code,
            year=office.year,
            level=department.rating,
        )


def _of_person(person: SamplePerson, year: int) -> Iterable[SQLModel]:
    yield from _service(person)
    if person.rating is not None:
        yield Rating(
            kind=SubjectKind.INDIVIDUAL,
            subject=person.code,
            year=year,
            level=person.rating,
        )
    if person.discipline is not None:
        yield Discipline(
            person=person.code,
            level=person.discipline.level,
            decided_on=person.discipline.decided_on,
        )
    if person.leave is not None:
        yield Leave(
            person=person.code,
            kind=person.leave.why,
            starts=person.leave.first_day,
            ends=person.leave.last_day + _ONE_DAY,
        )
    if person.initiative is not None:
        yield Recognition(person=person.code, kind="initiative", year=year)


def _service(person: SamplePerson) -> Iterable[SQLModel]:
    leads = person.department == LEADERSHIP
    if not leads:
        yield ServiceSpan(
            person=person.code, department=person.department, starts=person.hired_on
        )
    if person.position in OFFICES:
        yield Appointment(
            person=person.code,
            office=OFFICES[person.position],
            department=None if leads else person.department,
            starts=person.hired_on,
        )
    for duty in person.duties:
        office = Office(duty)
        of_department = office is Office.DEPARTMENT_SECRETARY
        yield Appointment(
            person=person.code,
            office=office,
            department=person.department if of_department else None,
            starts=person.hired_on,
        )


def _account(account: Account) -> SQLModel:
    return Appointment(person=account.code, office=Office(account.kind), starts=_ALWAYS)
