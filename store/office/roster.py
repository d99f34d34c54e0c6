"""A roster written into the rows: whole, or not at all.

A roster says how things are and, of what changed, rarely since when: then it is
since the day of the import. What contradicts the rows is refused, not overwritten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from domain.names import clean, search_key, sort_key
from domain.posts import POSTS, PostCode
from intake.office.contradictions import (
    ANOTHER_SECRETARIAT,
    DEPARTMENT_ENDED,
    MAYBE_ONE,
    NO_DEPARTMENT,
    NO_SECRETARIAT,
    STILL_SEATED,
    TWO_IN_ONE_POST,
    Contradiction,
    contradicts,
)
from intake.office.positions import LEADERSHIP
from intake.office.roster import Roster, RosterPerson
from store import record
from store.office import people
from store.office.duties import write_duties, write_seats
from store.office.in_force import in_force
from store.office.sample import person_row
from store.office.service import Service
from store.office.twins import twins
from store.tables import Appointment, Council, Department, Office, Person, ServiceSpan

_SOLE = [office for office in Office if POSTS[PostCode(office)].sole]


@dataclass
class Imported:
    """What an import has written, and what is still to be seen to."""

    departments: int = 0
    people: int = 0
    renamed: int = 0
    spans: int = 0
    offices: int = 0
    seats: int = 0
    ended: int = 0
    notes: list[str] = field(default_factory=list)


def import_roster(
    session: Session, roster: Roster, day: date, secretariat: str | None = None
) -> Imported:
    """Write a roster as it is on *day*. Raises Contradiction, with all of them.

    *secretariat* names the department that keeps the campaign, in an office whose
    rows do not say so yet, as the roster's own mark does.
    """
    done, secretariat = Imported(), secretariat or roster.secretariat
    against = [*_write_departments(session, roster, done, day)]
    against += _name_secretariat(session, secretariat)
    fresh = _write_people(session, roster.people, done)
    session.flush()
    for service in _services(session, roster.people, fresh, day):
        service.write()
        against += service.against
        done.spans += service.spans_added
        done.offices += service.offices_added
        done.ended += service.ended
    done.offices += write_duties(session, roster.people, fresh, day)
    done.seats, ill_seated = write_seats(session, roster.people, day)
    against += [*ill_seated, *_two_in_one_post(session, day)]
    if against:
        raise Contradiction(against)
    record.append_office(session, "import_roster", _facts(roster, day, secretariat))
    done.notes = _notes(session, roster, day)
    return done


def _write_departments(
    session: Session, roster: Roster, done: Imported, day: date
) -> Iterable[str]:
    """Add what is new; a department with no name in the file keeps the one it has."""
    known = {row.code: row for row in session.exec(select(Department))}
    for department in roster.departments:
        row = known.get(department.code)
        if department.code == LEADERSHIP:
            continue
        if row is None:
            starts = min(p.hired_on for p in _of(roster, department.code))
            name = clean(department.name)
            session.add(Department(code=department.code, name=name, starts=starts))
            done.departments += 1
        elif row.ends is not None and row.ends <= day:
            yield contradicts(row.code, DEPARTMENT_ENDED, ends=row.ends)
        elif department.name not in (department.code, row.name):
            row.name, row.version = clean(department.name), row.version + 1
            session.add(row)
            done.renamed += 1


def _of(roster: Roster, department: str) -> Iterable[RosterPerson]:
    return (person for person in roster.people if person.department == department)


def _name_secretariat(session: Session, code: str | None) -> Iterable[str]:
    if code is None:
        return
    session.flush()
    row = session.get(Department, code)
    others = session.exec(
        select(Department.code).where(
            col(Department.secretariat), Department.code != code
        )
    ).all()
    if row is None:
        yield contradicts(code, NO_DEPARTMENT)
    elif others:
        yield contradicts(code, ANOTHER_SECRETARIAT, others=", ".join(others))
    elif not row.secretariat:
        row.secretariat = True
        session.add(row)


def _write_people(
    session: Session, roster: Sequence[RosterPerson], done: Imported
) -> set[str]:
    """Add who is new and update names; return the codes of who is new."""
    known = {row.id: row for row in session.exec(select(Person))}
    for person in roster:
        row = known.get(person.code)
        if row is None:
            session.add(person_row(person.code, person.name, person.email))
            done.people += 1
        elif _renamed(row, person):
            session.add(row)
            done.renamed += 1
    return {person.code for person in roster} - known.keys()


def _renamed(row: Person, person: RosterPerson) -> bool:
    name, email = clean(person.name), person.email or row.email
    if (row.name, row.email) == (name, email):
        return False
    row.name, row.email, row.version = name, email, row.version + 1
    row.sort_key, row.search_key = sort_key(name), search_key(name)
    return True


def _services(
    session: Session, roster: Sequence[RosterPerson], fresh: set[str], day: date
) -> Iterable[Service]:
    spans: dict[str, list[ServiceSpan]] = {}
    for span in session.exec(select(ServiceSpan).order_by(col(ServiceSpan.starts))):
        spans.setdefault(span.person, []).append(span)
    held: dict[str, list[Appointment]] = {}
    for office in session.exec(select(Appointment).order_by(col(Appointment.id))):
        held.setdefault(office.person, []).append(office)
    for person in roster:
        yield Service(
            session=session,
            person=person,
            day=day,
            fresh=person.code in fresh,
            spans=spans.get(person.code, []),
            held=held.get(person.code, []),
        )


def _facts(roster: Roster, day: date, secretariat: str | None) -> dict[str, Any]:
    """Say for the record what the roster said; names stand in the rows alone."""
    return {
        "day": day.isoformat(),
        "secretariat": secretariat,
        "departments": [department.code for department in roster.departments],
        "people": [
            {
                "person": person.code,
                "department": person.department,
                "position": person.position,
                "hired_on": person.hired_on.isoformat(),
                "left_on": person.left_on.isoformat() if person.left_on else None,
                **_beside(person),
            }
            for person in roster.people
        ],
    }


def _beside(person: RosterPerson) -> dict[str, Any]:
    """Say what somebody is charged with beside the position, if anything."""
    said = {
        "duties": list(person.duties),
        "seat": person.seat,
        "initiative_seat": person.initiative_seat,
    }
    return {name: value for name, value in said.items() if value}


def _two_in_one_post(session: Session, day: date) -> Iterable[str]:
    session.flush()
    rows = session.exec(
        select(Appointment)
        .where(col(Appointment.office).in_(_SOLE), in_force(Appointment, day))
        .order_by(Appointment.person)
    )
    holders: dict[tuple[Office, str], list[str]] = {}
    for row in rows:
        holders.setdefault((row.office, row.department or ""), []).append(row.person)
    for (office, department), persons in holders.items():
        if len(persons) > 1:
            name = POSTS[PostCode(office)].name
            post = f"{name} {department}" if department else name
            yield contradicts(post, TWO_IN_ONE_POST, persons=", ".join(persons))


def _notes(session: Session, roster: Roster, day: date) -> list[str]:
    notes = []
    if not people.secretariat(session, day):
        notes.append(NO_SECRETARIAT)
    alike = twins(session, [person.code for person in roster.people])
    notes += [
        MAYBE_ONE.format(person=person, others=", ".join(sorted(those)))
        for person, those in sorted(alike.items())
        if person < min(those)
    ]
    left = {p.code for p in roster.people if p.left_on and p.left_on < day}
    seated = sorted(
        {
            seat.person
            for council in Council
            for seat in people.seats(session, day, council)
            if seat.person in left
        }
    )
    if seated:
        notes.append(STILL_SEATED.format(persons=", ".join(seated)))
    return notes
