"""The sample sign-ins: for each role, one person who holds it today."""

from datetime import date

from sqlalchemy import not_
from sqlmodel import Session, col, select

from domain.roles import ROLE_NAMES, Role, own_words
from store.database import one_of
from store.office.agency import head_in
from store.office.in_force import in_force
from store.office.master import today
from store.office.people import holders, seats, secretariat
from store.tables import Office, Seat, ServiceSpan


def sign_ins(session: Session) -> list[tuple[str, str]]:
    """Name a person, by their code, for each role that is held; another each time."""
    named: dict[str, Role] = {}
    for role, holding in _held(session, today(session)).items():
        person = next((each for each in holding if each not in named), None)
        if person is not None:
            named[person] = role
    head = head_in(session)
    names = {role: own_words(name, head) for role, name in ROLE_NAMES.items()}
    return [(person, names[role]) for person, role in named.items()]


def _held(session: Session, day: date) -> dict[Role, list[str]]:
    offices = {office: holders(session, office, day) for office in Office}
    council = {seat: list[str]() for seat in Seat}
    for row in seats(session, day):
        council[row.seat].append(row.person)
    secretary = council[Seat.SECRETARY]
    return {
        Role.DIRECTOR: offices[Office.DIRECTOR],
        Role.DEPUTY_DIRECTOR: offices[Office.DEPUTY_DIRECTOR],
        Role.UNION_CHAIR: offices[Office.UNION_CHAIR],
        # Whoever keeps the council's papers has the most to do here.
        Role.SECRETARIAT: sorted(
            secretariat(session, day), key=lambda person: person not in secretary
        ),
        Role.COUNCIL_SECRETARY: secretary,
        Role.RECORDS_CLERK: offices[Office.RECORDS_CLERK],
        Role.DEPARTMENT_HEAD: offices[Office.DEPARTMENT_HEAD],
        Role.COUNCIL_MEMBER: council[Seat.MEMBER],
        Role.STAFF: _without_office(session, day, offices, council),
        Role.AUDITOR: offices[Office.AUDITOR],
    }


def _without_office(
    session: Session, day: date, *held: dict[Office, list[str]] | dict[Seat, list[str]]
) -> list[str]:
    busy = {person for each in held for people in each.values() for person in people}
    person = col(ServiceSpan.person)
    at_work = in_force(ServiceSpan, day), not_(one_of(person, busy))
    query = select(ServiceSpan.person).where(*at_work).order_by(person)
    # One of them is named, who is not yet for another role.
    return list(session.exec(query.limit(len(Role))))
