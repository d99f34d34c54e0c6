"""The sample office grown to thousands: more departments, and more people at a desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import SQLModel, col, func, select

from intake.office.positions import Position
from intake.office.year import OfficeYear, SamplePerson
from store.database import Database
from store.office.sample import person_row
from store.tables import Appointment, Department, Office, Person, ServiceSpan

DESK = 5  # who is written to for one department: its head and four others
_ALWAYS = date(2000, 1, 1)


def grow(database: Database, departments: int) -> None:
    """Bring a sample office to so many departments, with a whole desk in each."""
    with database.write() as session:
        desks = dict(
            session.exec(
                select(Appointment.department, func.count())
                .where(col(Appointment.department).is_not(None))
                .group_by(col(Appointment.department))
            ).all()
        )
        new = [f"P{n:05}" for n in range(departments - len(desks))]
        session.add_all(
            Department(code=code, name=f"Phòng số {n}", starts=_ALWAYS)
            for n, code in enumerate(new)
        )
        places = [*desks, *new]
        rows = [list(_staff(code, desks.get(code, 0))) for code in places]
        for kind in (Person, ServiceSpan, Appointment):
            session.add_all(r for each in rows for r in each if isinstance(r, kind))
            session.flush()


def _staff(department: str, there: int) -> Iterator[SQLModel]:
    """Fill a desk that has so many people; the first of an empty one is its head."""
    for n in range(there, DESK):
        person = f"{department.lower()}-s{n}"
        office = Office.DEPARTMENT_SECRETARY if n else Office.DEPARTMENT_HEAD
        yield person_row(person, f"Người thứ {n} của {department}", None)
        yield ServiceSpan(person=person, department=department, starts=_ALWAYS)
        yield Appointment(
            person=person, office=office, department=department, starts=_ALWAYS
        )


def enlarged(office: OfficeYear, departments: int, each: int) -> OfficeYear:
    """Give an office so many departments, each with so many who may be nominated.

    Whoever comes in is as the sample's own good workers are, and is called
    ``<department>-n<number>``; a new department has a head besides.
    """
    worker = next(p for p in office.staff if p.code == "ctqh-05")
    model = office.departments[0]
    new = [
        replace(
            model, code=f"P{n:05}", name=f"Phòng số {n}", standing_secretariat=False
        )
        for n in range(departments - len(office.departments))
    ]
    heads = [
        replace(_moved(worker, department.code, "-01"), position=Position.TRUONG_PHONG)
        for department in new
    ]
    whole = (*office.departments, *new)
    people = (
        _moved(worker, department.code, f"-n{n:03}")
        for department in whole
        for n in range(each)
    )
    return replace(office, departments=whole, people=(*office.people, *heads, *people))


def _moved(worker: SamplePerson, department: str, number: str) -> SamplePerson:
    code = f"{department.lower()}{number}"
    return replace(
        worker,
        code=code,
        name=f"Người {number} của {department}",
        email=f"{code}@example.vn",
        department=department,
    )
