"""Members of a collective: of whom the same is written they are counted, not read."""

from dataclasses import replace
from datetime import date
from random import Random
from uuid import uuid4

from sqlmodel import Session, SQLModel, select

from domain.states import RegistrationState
from intake.rulepacks import load_packs
from store.database import Database
from store.findings.judging import titles_of
from store.findings.roll import call_the_roll
from store.office.sample import person_row
from store.tables import (
    Department,
    Discipline,
    Leave,
    Nomination,
    Phase,
    Rating,
    Registration,
    ServiceSpan,
    SubjectKind,
)
from tests.store.rows import CAMPAIGN, MOMENT, PHASE, a_deed, a_line, write_lines
from tests.store.rows import found as found_office

_SHIPPED = next(pack for pack in load_packs() if pack.code == "VN2017")
_MEET_MORE = replace(
    _SHIPPED.policies,
    participants_meet=("VN2017.LDTT.registered", "VN2017.LDTT.rating"),
)
_PACKS = (_SHIPPED, replace(_SHIPPED, policies=_MEET_MORE))
_PLACES = ("A", "B", "C")
_LEVELS = (None, "NOT_COMPLETED", "COMPLETED", "EXCELLENT")


def test_members_are_counted_as_if_each_was_read(database: Database) -> None:
    with database.write() as session:
        _found(session, Random(7), each=40)

    with database.read() as session:
        phase = session.get_one(Phase, PHASE)
        lines = [_about(place) for place in _PLACES]
        titles = titles_of(session.exec(select(Nomination)))
        whole, few = call_the_roll(session, phase), call_the_roll(session, phase, lines)

    for pack in _PACKS:
        assert [few.collective(pack, place, titles) for place in _PLACES] == [
            whole.collective(pack, place, titles) for place in _PLACES
        ]
    assert all(len(few.members[place]) < 40 for place in _PLACES)


def test_who_differs_from_nobody_is_not_read(database: Database) -> None:
    with database.write() as session:
        found_office(session)
        session.add(Department(code="A", name="Phòng A", starts=date(2000, 1, 1)))
        for n in range(300):
            _serve(session, f"a-{n:03}", "A", date(2010, 1, 1))

    with database.read() as session:
        phase = session.get_one(Phase, PHASE)
        roll = call_the_roll(session, phase, [_about("A")])

    assert roll.members == {"A": {"a-000": 300}}


def _about(place: str) -> Nomination:
    return a_line(kind=SubjectKind.COLLECTIVE, subject=place, department=place)


def _found(session: Session, chance: Random, each: int) -> None:
    """Write departments of people of whom many things are written, or none."""
    found_office(session)
    for place in _PLACES:
        name = f"Phòng {place}"
        session.add(Department(code=place, name=name, starts=date(2000, 1, 1)))
    lines = []
    for place in _PLACES:
        for n in range(each):
            person = f"{place.lower()}-{n:02}"
            first, second = chance.choices(
                ["2022-01-01", "2021-06-01", "2022-05-02"], k=2
            )
            _serve(session, person, place, date.fromisoformat(first))
            session.add_all(
                _written_of(chance, person, place, date.fromisoformat(second))
            )
            if chance.random() < 0.2:
                lines.append(a_line(subject=person, department=place))
    deed = a_deed(session)
    write_lines(deed, lines)
    deed.close()


def _serve(session: Session, person: str, place: str, since: date) -> None:
    session.add(person_row(person, f"Người {person}", None))
    session.flush()
    session.add(ServiceSpan(person=person, department=place, starts=since))


def _written_of(chance: Random, person: str, place: str, day: date) -> list[SQLModel]:
    """Choose what is written of somebody: nothing, or some of it."""
    level = chance.choice(_LEVELS)
    rows: list[SQLModel] = []
    if level:
        kind = SubjectKind.INDIVIDUAL
        rows.append(Rating(kind=kind, subject=person, year=2022, level=level))
    if chance.random() < 0.5:
        rows.append(_registration(chance, person, place))
    if chance.random() < 0.1:
        begun, until = date(2019, 1, 1), chance.choice([date(2020, 1, 1), day])
        earlier = {"agency": "Sở Nội vụ", "starts": begun, "ends": until}
        rows.append(ServiceSpan(person=person, **earlier))
    if chance.random() < 0.1:
        until = chance.choice([None, date(2022, 11, 1)])
        rows.append(Leave(person=person, kind="training", starts=day, ends=until))
    if chance.random() < 0.1:
        measure = chance.choice(["REPRIMAND", "WARNING"])
        on = chance.choice([day, date(2022, 12, 31), date(2023, 1, 1)])
        rows.append(Discipline(person=person, level=measure, decided_on=on))
    return rows


def _registration(chance: Random, person: str, place: str) -> Registration:
    return Registration(
        id=uuid4(),
        campaign=CAMPAIGN,
        department=place,
        kind=SubjectKind.INDIVIDUAL,
        subject=person,
        title="LDTT",
        state=chance.choice(
            [RegistrationState.REGISTERED, RegistrationState.WITHDRAWN]
        ),
        at=MOMENT,
    )
