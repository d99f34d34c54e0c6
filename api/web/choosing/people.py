"""The people that an act may name, in the order of Vietnamese lists."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlmodel import col, select

from api.web.choosing.asked import Asked, Option, finds
from api.web.words import gettext
from domain.acts import ACTS
from domain.calendar import ONE_DAY
from domain.roles import DESK, ROLE_NAMES
from intake.acts.naming import Named
from store.office.in_force import in_force
from store.office.master import today
from store.office.people import ROLE_OF_OFFICE, members
from store.office.posts import nominable, served_in
from store.office.standing import roles_today
from store.plans import pack_of
from store.tables import (
    Appointment,
    Council,
    CouncilSeat,
    Department,
    Office,
    Person,
    ServiceSpan,
    SessionMember,
)

_ONE, _WHOLE = gettext("Cá nhân"), gettext("Tập thể")
_DEPUTIES = (Office.DEPUTY_DIRECTOR, Office.DEPARTMENT_HEAD)


def _named(people: Iterable[Person], group: str = "") -> list[Option]:
    return [Option(each.id, each.name, group) for each in people]


def _listed(asked: Asked, query: Any) -> list[Person]:
    """Read people once each, by their names."""
    ordered = query.order_by(col(Person.sort_key), col(Person.id))
    return [*{each.id: each for each in asked.session.exec(ordered)}.values()]


@finds(Named.STAFF, "directory")
def staff(asked: Asked) -> list[Option]:
    """Offer who works in the department today."""
    return _named(members(asked.session, asked.department, today(asked.session)))


@finds(Named.SUBJECT, "directory")
def subjects(asked: Asked) -> Iterator[Option]:
    """Offer the department and its people: of today, or of the phase that is judged.

    Without the department's desk everybody registers for themselves alone.
    """
    session, code = asked.session, asked.department
    registering = ACTS[asked.kind].window == "registration"
    desk = roles_today(session, asked.person, code) & DESK
    row = session.get_one(Department, code)
    if row.collective and (desk or not registering):
        yield Option(code, row.name, _WHOLE)
    day = today(session)
    found = members(session, code, day) if registering else _nominable(asked)
    yield from _named(
        (each for each in found if desk or not registering or each.id == asked.person),
        _ONE,
    )


def _nominable(asked: Asked) -> list[Person]:
    """List who served in the department on the last day, or left it in the year."""
    phase = asked.phase
    assert phase is not None  # noqa: S101 -- a department's target is in one
    rules = pack_of(asked.session, phase).policies
    return nominable(
        asked.session, asked.department, phase.period_end, rules.consider_leavers
    )


@finds(Named.LEAVER, "directory")
def leavers(asked: Asked) -> list[Option]:
    """Offer who left the department in the year of the phase."""
    assert asked.phase is not None  # noqa: S101 -- as above
    last = asked.phase.period_end
    served = served_in(asked.department, date(last.year, 1, 1), last)
    gone = col(ServiceSpan.ends) <= min(last + ONE_DAY, today(asked.session))
    return _named(_listed(asked, served.where(gone)))


@finds(Named.SESSION_MEMBER, "sessions")
def session_members(asked: Asked) -> list[Option]:
    """Offer whoever is invited to the session, or named since."""
    theirs = col(SessionMember.person) == col(Person.id)
    query = select(Person).join(SessionMember, theirs)
    query = query.where(SessionMember.session == asked.target.key)
    return _named(_listed(asked, query))


@finds(Named.ASSESSOR, "directory")
def assessors(asked: Asked) -> list[Option]:
    """Offer who sits on the initiative council today."""
    theirs = col(CouncilSeat.person) == col(Person.id)
    query = select(Person).join(CouncilSeat, theirs)
    query = query.where(
        CouncilSeat.council == Council.INITIATIVE,
        in_force(CouncilSeat, today(asked.session)),
    )
    return _named(_listed(asked, query))


@finds(Named.DELEGATE, "posts")
def deputies(asked: Asked) -> Iterator[Option]:
    """Offer who may sign for the director, by what they are."""
    theirs = col(Appointment.person) == col(Person.id)
    query = select(Person, Appointment.office).join(Appointment, theirs)
    held = query.where(
        col(Appointment.office).in_(_DEPUTIES),
        in_force(Appointment, today(asked.session)),
    )
    rows = asked.session.exec(held.order_by(col(Person.sort_key), col(Person.id))).all()
    for office in _DEPUTIES:
        name = ROLE_NAMES[ROLE_OF_OFFICE[office]]
        group = name[0].upper() + name[1:]
        yield from _named((who for who, what in rows if what == office), group)
