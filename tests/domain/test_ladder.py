"""The ladder of DOMAIN §5: who is written to, when, about one deadline."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    VIETNAM,
    WorkingCalendar,
    end_of,
    local_day,
    moment,
    start_of,
)
from domain.ladder import (
    OWED_BY_COUNCIL,
    OWED_BY_DEPARTMENT,
    OWED_BY_DIRECTOR,
    OWED_BY_SECRETARIAT,
    Addressee,
    Rung,
    Step,
    climb,
    latest_overdue,
)
from tests.domain.test_calendar import INSTANTS, calendars

YEAR_END = date(2022, 12, 31)  # a Saturday; Monday compensates New Year's Day

OFFICE = WorkingCalendar(
    days_off=frozenset({date(2022, 9, 1), date(2022, 9, 2), date(2023, 1, 2)}),
    worked_weekends=frozenset(),
    first=date(2022, 1, 1),
    last=date(2023, 12, 31),
)

Line = tuple[str, str, tuple[Addressee, ...]]


def lines(steps: tuple[Step, ...]) -> list[Line]:
    """Show steps with the time that people in Vietnam read."""
    return [
        (step.code, step.at.astimezone(VIETNAM).strftime("%a %Y-%m-%d %H:%M"), step.to)
        for step in steps
    ]


def coded(steps: tuple[Step, ...]) -> list[tuple[str, date]]:
    return [(step.code, local_day(step.at)) for step in steps]


def test_a_department_is_reminded_until_the_thirtieth_of_june_then_escalated():
    due = date(2022, 6, 30)
    department, head = Addressee.DEPARTMENT, Addressee.DEPARTMENT_HEAD

    steps = climb(OWED_BY_DEPARTMENT, end_of(due), OFFICE, period_end=due)

    assert lines(steps) == [
        ("before_30", "Thu 2022-05-19 08:00", (department,)),
        ("before_15", "Thu 2022-06-09 08:00", (department,)),
        ("before_7", "Tue 2022-06-21 08:00", (department,)),
        ("before_3", "Mon 2022-06-27 08:00", (department,)),
        ("before_1", "Wed 2022-06-29 08:00", (department,)),
        ("due_day", "Thu 2022-06-30 08:00", (department, head)),
        ("overdue_1", "Fri 2022-07-01 08:00", (head,)),
        ("overdue_2", "Mon 2022-07-04 08:00", (Addressee.SECRETARIAT,)),
        ("overdue_3", "Tue 2022-07-05 08:00", (Addressee.DEPUTY_DIRECTOR,)),
        ("overdue_5", "Thu 2022-07-07 08:00", (Addressee.DIRECTOR,)),
    ]


def test_a_weekend_year_end_is_reminded_on_itself_and_on_the_working_day_before():
    due_at = end_of(date(2023, 1, 3))

    steps = climb(OWED_BY_SECRETARIAT, due_at, OFFICE, period_end=YEAR_END)

    assert coded(steps) == [
        ("before_3", date(2022, 12, 28)),
        ("before_1", date(2022, 12, 30)),  # the last working day before the end, too
        ("period_end", date(2022, 12, 31)),
        ("due_day", date(2023, 1, 3)),
        ("overdue_1", date(2023, 1, 4)),
        ("overdue_3", date(2023, 1, 6)),
    ]


def test_a_period_end_far_from_the_deadline_is_reminded_on_its_own():
    due_at = end_of(date(2023, 1, 12))

    steps = climb(OWED_BY_DIRECTOR, due_at, OFFICE, period_end=YEAR_END)

    assert lines(steps[:3]) == [
        ("before_period_end", "Fri 2022-12-30 08:00", (Addressee.DIRECTOR,)),
        ("period_end", "Sat 2022-12-31 08:00", (Addressee.DIRECTOR,)),
        ("before_2", "Tue 2023-01-10 08:00", (Addressee.DIRECTOR,)),
    ]


def test_steps_of_one_moment_become_the_more_urgent_one_for_all_their_people():
    due_at = end_of(date(2022, 12, 28))

    steps = climb(OWED_BY_DEPARTMENT, due_at, OFFICE, period_end=YEAR_END)

    assert lines(steps[-4:]) == [
        (
            "overdue_2",
            "Fri 2022-12-30 08:00",
            (Addressee.SECRETARIAT, Addressee.DEPARTMENT),
        ),
        ("period_end", "Sat 2022-12-31 08:00", (Addressee.DEPARTMENT,)),
        ("overdue_3", "Tue 2023-01-03 08:00", (Addressee.DEPUTY_DIRECTOR,)),
        ("overdue_5", "Thu 2023-01-05 08:00", (Addressee.DIRECTOR,)),
    ]


def test_a_last_reminder_on_a_day_off_goes_out_the_working_day_before():
    steps = climb(OWED_BY_COUNCIL, end_of(YEAR_END), OFFICE)

    assert coded(steps) == [
        ("before_3", date(2022, 12, 28)),
        ("due_day", date(2022, 12, 30)),  # before_1 falls on it
        ("overdue_1", date(2023, 1, 3)),
        ("overdue_2", date(2023, 1, 4)),
    ]


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        (time(7), date(2023, 1, 3)),
        (time(8), date(2023, 1, 3)),
        (time(8, 1), date(2023, 1, 4)),
        (time(17), date(2023, 1, 4)),
    ],
)
def test_the_last_reminder_comes_before_a_deadline_in_the_morning(due, reminded):
    rungs = [Rung("due_day", 0, (Addressee.COUNCIL_MEMBER,))]

    steps = climb(rungs, moment(date(2023, 1, 4), due), OFFICE)

    assert coded(steps) == [("due_day", reminded)]


def test_steps_before_the_window_opens_are_left_out():
    opens = moment(date(2022, 6, 29), time(8))

    steps = climb(OWED_BY_COUNCIL, end_of(date(2022, 6, 30)), OFFICE, not_before=opens)

    assert coded(steps) == [
        ("before_1", date(2022, 6, 29)),  # at the very instant of the opening
        ("due_day", date(2022, 6, 30)),
        ("overdue_1", date(2022, 7, 1)),
        ("overdue_2", date(2022, 7, 4)),
    ]


def test_a_rung_goes_out_at_its_own_hour():
    rungs = [Rung("before_1", -1, (Addressee.UNION,), at=time(16, 30))]

    steps = climb(rungs, end_of(date(2022, 6, 30)), OFFICE)

    assert steps == (
        Step(
            "before_1",
            datetime(2022, 6, 29, 9, 30, tzinfo=UTC),
            (Addressee.UNION,),
        ),
    )


def test_no_rungs_mean_no_steps():
    steps = climb([], end_of(YEAR_END), OFFICE, period_end=YEAR_END)

    assert steps == ()


@pytest.mark.parametrize(
    ("rungs", "escalation"),
    [
        (OWED_BY_SECRETARIAT, [Addressee.DEPUTY_DIRECTOR, Addressee.DIRECTOR]),
        (
            OWED_BY_DIRECTOR,
            [Addressee.DEPUTY_DIRECTOR, Addressee.SECRETARIAT, Addressee.UNION],
        ),
        (OWED_BY_COUNCIL, [Addressee.COUNCIL_CHAIR, Addressee.DIRECTOR]),
    ],
)
def test_what_is_overdue_is_told_to_others_than_the_one_who_owes(rungs, escalation):
    told = [person for rung in rungs if rung.days > 0 for person in rung.to]

    assert told == escalation


@pytest.mark.parametrize(
    ("hour", "sent", "skipped"),
    [
        (time(7, 59, 59, 999_999), "before_1", ["before_3"]),
        (time(8), "due_day", ["before_3", "before_1"]),
    ],
)
def test_after_an_outage_only_the_latest_overdue_step_goes_out(hour, sent, skipped):
    due = date(2022, 6, 30)
    steps = climb(OWED_BY_COUNCIL, end_of(due), OFFICE)
    by_code = {step.code: step for step in steps}

    answer = latest_overdue(reversed(steps), moment(due, hour))

    assert answer == (by_code[sent], tuple(by_code[code] for code in skipped))


def test_before_the_first_step_nothing_is_overdue():
    steps = climb(OWED_BY_COUNCIL, end_of(date(2022, 6, 30)), OFFICE)

    assert latest_overdue(steps, start_of(date(2022, 6, 1))) == (None, ())


LADDERS = st.one_of(
    st.sampled_from(
        [OWED_BY_DEPARTMENT, OWED_BY_SECRETARIAT, OWED_BY_DIRECTOR, OWED_BY_COUNCIL]
    ),
    st.lists(
        st.builds(
            Rung,
            code=st.uuids().map(str),
            days=st.integers(-30, 10),
            to=st.tuples(st.sampled_from(Addressee)),
            at=st.times(),
        ),
        max_size=6,
    ),
)
PERIOD_ENDS = st.none() | st.dates(date(2022, 6, 1), date(2023, 6, 30))


@given(LADDERS, INSTANTS, calendars(), st.none() | INSTANTS, PERIOD_ENDS)
def test_a_ladder_is_sorted_and_starts_no_earlier_than_its_window(
    rungs, due_at, calendar, opens, period_end
):
    steps = climb(rungs, due_at, calendar, opens, period_end)

    moments = [step.at for step in steps]
    assert moments == sorted(set(moments))
    assert opens is None or all(at >= opens for at in moments)
    assert all(len(step.to) == len(set(step.to)) for step in steps)


@given(LADDERS, INSTANTS, calendars())
def test_reminders_come_before_the_deadline_and_escalations_after(
    rungs, due_at, calendar
):
    days = {rung.code: rung.days for rung in rungs}

    steps = climb(rungs, due_at, calendar)

    assert all((step.at < due_at) == (days[step.code] <= 0) for step in steps)
    assert all(calendar.is_working(local_day(step.at)) for step in steps)


@given(
    LADDERS,
    INSTANTS,
    calendars(),
    PERIOD_ENDS,
    st.timedeltas(timedelta(), timedelta(99)),
)
def test_moving_a_deadline_later_moves_no_step_earlier(
    rungs, due_at, calendar, period_end, by
):
    before = climb(rungs, due_at, calendar, period_end=period_end)

    after = climb(rungs, due_at + by, calendar, period_end=period_end)

    moved = {step.code: step.at for step in after}
    assert all(moved.get(step.code, step.at) >= step.at for step in before)


@given(LADDERS, INSTANTS, calendars(), PERIOD_ENDS)
def test_whoever_a_rung_names_is_written_to_by_the_steps_that_are_planned(
    rungs, due_at, calendar, period_end
):
    told = {person for rung in rungs for person in rung.to}

    steps = climb(rungs, due_at, calendar, period_end=period_end)

    assert {person for step in steps for person in step.to} == told


def test_who_may_act_from_a_sunday_on_is_invited_on_monday_and_not_reminded_that_day():
    opens, due = start_of(date(2022, 5, 1)), end_of(date(2022, 5, 31))  # a Sunday
    office = replace(OFFICE, days_off=OFFICE.days_off | {date(2022, 5, 2)})

    steps = climb(OWED_BY_DEPARTMENT, due, office, opens, invites=opens)
    later = climb(
        OWED_BY_DEPARTMENT, due, office, start_of(date(2022, 5, 10)), invites=opens
    )

    assert coded(steps)[:2] == [
        ("invitation", date(2022, 5, 3)),
        ("before_15", date(2022, 5, 10)),
    ]
    assert coded(later) == coded(steps)[1:]
