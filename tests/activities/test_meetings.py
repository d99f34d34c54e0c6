"""Who was at a meeting is judged by its day, and a meeting is held in its time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from store.database import Database
from store.tables import (
    CouncilSeat,
    CouncilSession,
    Person,
    ServiceSpan,
    SessionMember,
)
from tests.activities.paper import Paper
from tests.council.day import (
    EVERY_KIND,
    a_review,
    act,
    posted,
    registered,
    sent,
)
from tests.council.votes import COUNCIL
from tests.databases import Databases
from tests.journeys.cast import HEADS, at
from tests.office import SECRETARIAT

Opened = Callable[[str], AbstractContextManager[Paper]]
HEAD, SECRETARY = HEADS["CTQH"], "hctcqt-03"


@pytest.fixture(scope="session")
def opened(sqlite_databases: Databases) -> Opened:
    """A phase whose departments review their people, or whose council is to meet."""

    @contextmanager
    def copied(day: str) -> Iterator[Paper]:
        copy = sqlite_databases.fresh(f"meeting-{day}")
        try:
            yield Paper(copy)
        finally:
            sqlite_databases.drop(copy)

    for day, work in (("review", to_the_review), ("council", to_the_council)):
        made = sqlite_databases.fresh()
        work(made)
        sqlite_databases.keep(made, f"meeting-{day}")
    return copied


def to_the_review(database: Database) -> None:
    registered(database, EVERY_KIND).pass_to(at("2022-06-20"))


def to_the_council(database: Database) -> None:
    paper = registered(database, EVERY_KIND)
    sent(paper, EVERY_KIND)
    posted(paper, EVERY_KIND)


def review(paper: Paper, **said: Any) -> str:
    """Let a head write down the department's meeting of 20 June."""
    body = {**a_review("CTQH", HEAD), **said}
    return paper.act(HEAD, "record_peer_review", paper.desk("CTQH"), body)


def test_a_department_meets_once_reviewing_has_begun(opened: Opened) -> None:
    with opened("review") as paper:
        held = {day: review(paper, held_on=day) for day in ("2022-06-14", "2022-06-15")}

    assert held == {"2022-06-14": "held_too_early", "2022-06-15": "applied"}


def test_the_chair_of_a_meeting_is_one_of_those_present(opened: Opened) -> None:
    present = a_review("CTQH", HEAD)["present"]
    others = [person for person in present if person != HEAD]

    with opened("review") as paper:
        said = [
            review(paper, chaired_by="nobody-99"),
            review(paper, present=others, absent=[HEAD]),
            review(paper, present=others, absent=[HEAD], chaired_by=others[0]),
        ]

    assert said == ["chair_absent", "chair_absent", "applied"]


def test_who_was_there_is_judged_by_the_day_of_the_meeting_not_of_typing(
    opened: Opened,
) -> None:
    present = a_review("CTQH", HEAD)["present"]
    with opened("review") as paper:
        # One leaves after the meeting and one comes, before anybody types its minutes.
        change(paper, "ctqh-02", leaves="2022-06-22")
        change(paper, "ttdn-02", leaves="2022-06-22", to="CTQH")
        paper.pass_to(at("2022-06-24"))
        today = [p for p in present if p != "ctqh-02"] + ["ttdn-02"]

        said = [review(paper, present=today), review(paper)]

    assert said == ["attendance_wrong", "applied"]


def change(paper: Paper, person: str, leaves: str, to: str | None = None) -> None:
    """Let somebody leave a department, for another one or for good."""
    day = date.fromisoformat(leaves)
    with paper.database.write() as session:
        query = select(ServiceSpan).where(ServiceSpan.person == person)
        span = session.exec(query).one()
        span.ends = day
        session.add(span)
        if to:
            session.add(ServiceSpan(person=person, department=to, starts=day))


def test_whoever_died_before_a_meeting_is_neither_present_nor_absent(
    opened: Opened,
) -> None:
    present = a_review("CTQH", HEAD)["present"]
    with opened("review") as paper:
        with paper.database.write() as session:
            session.get_one(Person, "ctqh-02").died_on = date(2022, 6, 18)

        said = [
            review(paper, held_on="2022-06-20"),
            review(paper, present=[p for p in present if p != "ctqh-02"]),
            review(paper, held_on="2022-06-17"),
        ]

    assert said == ["attendance_wrong", "applied", "applied"]


def convene(paper: Paper, day: str) -> str:
    """Call the council together; return the target of its session."""
    body = {"meets_at": at(day, "14:00").isoformat(), "place": "Phòng họp số 1"}
    act(paper, SECRETARIAT, "convene", f"phase:{paper.phase}", body)
    with paper.database.read() as session:
        keys = session.exec(select(CouncilSession.id).order_by(CouncilSession.id))
        return f"council:{keys.all()[-1]}"


def test_the_council_of_the_meetings_day_is_invited(opened: Opened) -> None:
    with opened("council") as paper:
        with paper.database.write() as session:
            seats = session.exec(
                select(CouncilSeat).where(CouncilSeat.person == "ttdn-01")
            )
            for seat in seats:
                seat.ends = date(2022, 7, 15)
            new = {"person": "ttdn-02", "seat": "member"}
            session.add(CouncilSeat(**new, starts=date(2022, 7, 15)))

        target = convene(paper, "2022-07-15")

        with paper.database.read() as session:
            invited = session.exec(
                select(SessionMember.person).where(
                    SessionMember.session == target.removeprefix("council:")
                )
            )
            assert {*invited} == {*COUNCIL, "ttdn-02"} - {"ttdn-01"}
