"""Reminders and escalations, whatever happens to their deadline on the way."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from store.database import Database
from store.tables import Notice
from tests.activities.watched import Watched
from tests.databases import Databases
from tests.journeys.cast import HANOI, HEADS, a_plan, at
from tests.office import prepare, sample_office

DEPARTMENTS = sorted(HEADS)
Event = tuple[Any, ...]
June = Callable[[], AbstractContextManager[Watched]]


@pytest.fixture(scope="session")
def june(sqlite_databases: Databases) -> June:
    """15 June: the window is open, every department has reviewed its people."""

    @contextmanager
    def copied() -> Iterator[Watched]:
        copy = sqlite_databases.fresh("paper-june")
        try:
            yield Watched(copy)
        finally:
            sqlite_databases.drop(copy)

    made = sqlite_databases.fresh()
    to_june(made)
    sqlite_databases.keep(made, "paper-june")
    return copied


def to_june(database: Database) -> None:
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Watched(database)
    paper.launch(a_plan())
    paper.pass_to(at("2022-06-15", "07:00"))
    for department, head in HEADS.items():
        body = {
            "held_on": "2022-06-15",
            "present": members(department),
            "chaired_by": head,
            "minutes": "Tập thể phòng thống nhất.",
        }
        desk = paper.desk(department)
        assert paper.act(head, "record_peer_review", desk, body) == "applied"


def members(department: str) -> list[str]:
    staff = sample_office(2022).staff
    return [
        person.code
        for person in staff
        if person.department == department
        and person.hired_on <= at("2022-06-15").date()
    ]


def happens(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
    return st.tuples(st.just(name), *arguments)


_hours = st.sampled_from([1, 7, 24, 60, 24 * 5, 24 * 12])
_days = st.integers(1, 12)
_department = st.sampled_from(DEPARTMENTS)
EVENTS = st.one_of(
    happens("passes", _hours),
    happens("passes", _hours),
    happens("outage", _hours),
    happens("again", st.integers(0, 3)),
    happens("extend", _days),
    happens("extend_one", _department, _days),
    happens("submit", _department),
    happens("nil", _department),
    happens("recall", _department),
    happens("late", _department, _days),
    happens("closes"),
    happens("suspend"),
    happens("resume"),
)


@settings(max_examples=20, deadline=None, derandomize=True)
@example([("passes", 24 * 12), ("nil", "CTQH"), ("passes", 24 * 12), ("again", 0)])
@example([("outage", 24 * 20), ("late", "TTDN", 3), ("passes", 24 * 6)])
@example([("passes", 24 * 7), ("extend", 12), ("outage", 24 * 7), ("again", 1)])
@example([("passes", 24 * 7), ("suspend",), ("passes", 24 * 7), ("again", 0)])
@example([("passes", 24 * 7), ("closes",), ("passes", 24 * 7), ("again", 0)])
@given(st.lists(EVENTS, min_size=1, max_size=8))
def test_whatever_happens_a_ladder_tells_who_owes_and_tells_it_once(
    june: June, events: list[Event]
) -> None:
    with june() as campaign:
        for name, *arguments in events:
            getattr(campaign, name)(*arguments)

            campaign.require_all_well()


Line = tuple[str, str, int, list[str]]  # moment, step, version, who was told


def told(campaign: Watched) -> list[Line]:
    """List the reminders of the lists that are due: when, which and to whom."""
    with campaign.database.read() as session:
        rows = session.exec(
            select(Notice)
            .where(Notice.kind == "submission_due")
            .order_by(col(Notice.id))
        ).all()
    lines: dict[tuple[str, str, int], list[str]] = {}
    for row in rows:
        moment = row.at.astimezone(HANOI).strftime("%d/%m %H:%M")
        lines.setdefault((moment, row.step, row.version), []).append(row.recipient)
    return [(*key, sorted(people)) for key, people in lines.items()]


def all_but_one_answer(campaign: Watched) -> None:
    for department in ("CTHDND", "CTQH", "HCTCQT"):
        campaign.nil(department)


def test_who_stays_silent_is_reminded_and_then_spoken_of_upwards(june: June) -> None:
    with june() as campaign:
        all_but_one_answer(campaign)

        campaign.pass_to(at("2022-07-31"))

        assert told(campaign) == [
            ("21/06 08:00", "before_7", 1, ["ttdn-01", "ttdn-03"]),
            ("27/06 08:00", "before_3", 1, ["ttdn-01", "ttdn-03"]),
            ("29/06 08:00", "before_1", 1, ["ttdn-01", "ttdn-03"]),
            ("30/06 08:00", "due_day", 1, ["ttdn-01", "ttdn-03"]),
            ("01/07 08:00", "overdue_1", 1, ["ttdn-01"]),
            ("04/07 08:00", "overdue_2", 1, ["hctcqt-01", "hctcqt-03"]),
            ("05/07 08:00", "overdue_3", 1, ["ld-02", "ld-03"]),
            ("07/07 08:00", "overdue_5", 1, ["ld-01"]),
        ]


def test_when_all_have_answered_nobody_is_reminded(june: June) -> None:
    with june() as campaign:
        all_but_one_answer(campaign)
        campaign.submit("TTDN")

        campaign.pass_to(at("2022-07-31"))

        assert told(campaign) == []


def test_after_an_outage_only_the_latest_step_goes_out(june: June) -> None:
    with june() as campaign:
        all_but_one_answer(campaign)
        campaign.pass_to(at("2022-06-21", "08:00"))

        campaign.set_clock(at("2022-06-29", "10:00"))
        campaign.settle()

        assert told(campaign) == [
            ("21/06 08:00", "before_7", 1, ["ttdn-01", "ttdn-03"]),
            ("29/06 10:00", "before_1", 1, ["ttdn-01", "ttdn-03"]),
        ]


def test_a_reminder_is_not_sent_after_the_moment_it_reminds_of(june: June) -> None:
    with june() as campaign:
        all_but_one_answer(campaign)

        campaign.set_clock(at("2022-07-01", "07:00"))
        campaign.settle()

        assert told(campaign) == []


def test_a_moved_deadline_has_a_new_ladder_and_the_old_one_ends(june: June) -> None:
    with june() as campaign:
        all_but_one_answer(campaign)
        campaign.pass_to(at("2022-06-28"))
        campaign.extend(8)  # to 8 July

        campaign.pass_to(at("2022-07-11", "09:00"))

        assert told(campaign)[2:] == [
            ("29/06 08:00", "before_7", 2, ["ttdn-01", "ttdn-03"]),
            ("30/06 08:00", "period_end", 2, ["ttdn-01", "ttdn-03"]),
            ("05/07 08:00", "before_3", 2, ["ttdn-01", "ttdn-03"]),
            ("07/07 08:00", "before_1", 2, ["ttdn-01", "ttdn-03"]),
            ("08/07 08:00", "due_day", 2, ["ttdn-01", "ttdn-03"]),
            ("11/07 08:00", "overdue_1", 2, ["ttdn-01"]),
        ]


def test_the_same_climb_tells_once_however_often_it_runs(june: June) -> None:
    with june() as campaign:
        campaign.pass_to(at("2022-06-21", "08:00"))
        once = told(campaign)

        for _ in range(3):
            campaign.again(0)

        assert told(campaign) == once
        assert [step for _, step, _, _ in once] == ["before_7"]


def test_nobody_is_reminded_while_the_campaign_rests(june: June) -> None:
    with june() as campaign:
        all_but_one_answer(campaign)
        campaign.suspend()  # from a Wednesday to Friday of the week after
        campaign.pass_to(at("2022-06-24", "07:00"))
        resting = told(campaign)
        campaign.again(0)
        campaign.resume()

        campaign.pass_to(at("2022-07-12"))

        assert resting == []
        assert [(moment, step) for moment, step, *_ in told(campaign)] == [
            ("29/06 08:00", "before_period_end"),
            ("30/06 08:00", "before_7"),  # and the end of the period
            ("06/07 08:00", "before_3"),
            ("08/07 08:00", "before_1"),
            ("11/07 08:00", "due_day"),
            ("12/07 08:00", "overdue_1"),
        ]


def test_who_recalls_in_a_window_of_its_own_may_still_ask_to_be_late(
    june: June,
) -> None:
    with june() as campaign:
        campaign.extend_one("TTDN", 8)  # to 8 July
        campaign.submit("TTDN")
        campaign.recall("TTDN")
        campaign.pass_to(at("2022-07-11"))

        asked = campaign.act(
            HEADS["TTDN"],
            "request_late",
            campaign.desk("TTDN"),
            {"reason": "Trưởng phòng ốm."},
        )

        assert asked == "applied"
