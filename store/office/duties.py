"""What a roster says beside the positions: duties of people, and seats of councils."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select

from domain.posts import POSTS, PostCode
from intake.office.contradictions import ANOTHER_SEAT, TWO_IN_ONE_POST, contradicts
from intake.office.roster import RosterPerson
from store.office.in_force import in_force
from store.tables import Appointment, Council, CouncilSeat, Office, Seat


def write_duties(
    session: Session, people: Iterable[RosterPerson], fresh: set[str], day: date
) -> int:
    """Give the duties that are not held yet; return how many. None is ended."""
    rows = session.exec(select(Appointment).where(col(Appointment.ends).is_(None)))
    held = {(row.person, row.office, row.department) for row in rows}
    given = [
        _duty(person, Office(duty), person.hired_on if person.code in fresh else day)
        for person in people
        for duty in person.duties
    ]
    added = [
        row for row in given if (row.person, row.office, row.department) not in held
    ]
    session.add_all(added)
    return len(added)


def _duty(person: RosterPerson, office: Office, since: date) -> Appointment:
    of_department = office is Office.DEPARTMENT_SECRETARY
    department = person.department if of_department else None
    return Appointment(
        person=person.code, office=office, department=department, starts=since
    )


def write_seats(
    session: Session, people: Sequence[RosterPerson], day: date
) -> tuple[int, list[str]]:
    """Give the seats that are not held yet, since *day*.

    Return how many, and what contradicts the rows.
    """
    rows = session.exec(select(CouncilSeat).where(in_force(CouncilSeat, day)))
    held = {(row.council, row.person): row.seat for row in rows}
    added, against = 0, list[str]()
    for person in people:
        for council, seat in _seats(person).items():
            sits = held.get((council, person.code))
            if sits is None:
                held[council, person.code] = seat
                session.add(
                    CouncilSeat(
                        council=council, person=person.code, seat=seat, starts=day
                    )
                )
                added += 1
            elif sits is not seat:
                was = POSTS[PostCode(f"{council}_{sits}")].name
                against.append(contradicts(person.code, ANOTHER_SEAT, seat=was))
    return added, [*against, *_two_chairs(held)]


def _seats(person: RosterPerson) -> Mapping[Council, Seat]:
    said = {
        Council.EMULATION: person.seat,
        Council.INITIATIVE: person.initiative_seat,
    }
    return {council: Seat(seat) for council, seat in said.items() if seat}


def _two_chairs(held: Mapping[tuple[Council, str], Seat]) -> Iterable[str]:
    for council in Council:
        chairs = sorted(
            person
            for (of, person), seat in held.items()
            if of is council and seat is Seat.CHAIR
        )
        if len(chairs) > 1:
            post = POSTS[PostCode(f"{council}_{Seat.CHAIR}")].name
            yield contradicts(post, TWO_IN_ONE_POST, persons=", ".join(chairs))
