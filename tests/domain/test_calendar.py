"""The working days and instants of DOMAIN §5."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.calendar import (
    ONE_DAY,
    VIETNAM,
    RollPolicy,
    WorkingCalendar,
    day_vi,
    due_day,
    end_of,
    local_day,
    moment,
    resume_after,
    start_of,
    working_time,
)

SWAPPED_MONDAY = date(2024, 4, 29)
MAKE_UP_SATURDAY = date(2024, 5, 4)

OFFICE = WorkingCalendar(
    days_off=frozenset(
        {
            date(2022, 9, 1),
            date(2022, 9, 2),
            date(2023, 1, 1),
            date(2023, 1, 2),
            *(date(2023, 1, day) for day in range(20, 27)),
            SWAPPED_MONDAY,
            date(2024, 4, 30),
            date(2024, 5, 1),
        }
    ),
    worked_weekends=frozenset({MAKE_UP_SATURDAY}),
    first=date(2022, 1, 1),
    last=date(2024, 12, 31),
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Offices with odd holidays and make-up days, known for years around them."""
    some_days = st.dates(date(2022, 6, 1), date(2023, 6, 30))
    off = draw(st.frozensets(some_days, max_size=40))
    worked = draw(st.frozensets(some_days, max_size=10))
    return WorkingCalendar(
        days_off=off,
        worked_weekends=frozenset(d for d in worked - off if d.weekday() >= 5),
        first=date(2020, 1, 1),
        last=date(2025, 12, 31),
    )


DAYS = st.dates(date(2022, 6, 1), date(2023, 6, 30))
INSTANTS = st.builds(moment, DAYS, st.just(time.min) | st.times())


def local(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM).astimezone(UTC)


def test_a_swapped_monday_is_off_and_its_make_up_saturday_is_worked():
    week = [SWAPPED_MONDAY + timedelta(days=n) for n in range(7)]

    worked = [day for day in week if OFFICE.is_working(day)]

    assert worked == [date(2024, 5, 2), date(2024, 5, 3), MAKE_UP_SATURDAY]


def test_the_first_day_of_a_term_is_not_counted():
    assert OFFICE.shift(date(2022, 12, 31), 10) == date(2023, 1, 16)


def test_a_term_counts_backwards_in_the_same_way():
    assert OFFICE.shift(date(2023, 1, 3), -2) == date(2022, 12, 29)


def test_a_term_counts_the_make_up_saturday():
    assert OFFICE.shift(date(2024, 4, 26), 3) == MAKE_UP_SATURDAY


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        (RollPolicy.FORWARD, date(2023, 1, 3)),
        (RollPolicy.BACKWARD, date(2022, 12, 30)),
        (RollPolicy.NONE, date(2022, 12, 31)),
    ],
)
def test_a_deadline_on_a_day_off_rolls_as_the_policy_says(policy, due):
    assert OFFICE.roll(date(2022, 12, 31), policy) == due


@pytest.mark.parametrize("policy", list(RollPolicy))
def test_a_deadline_on_the_make_up_saturday_stays(policy):
    assert OFFICE.roll(MAKE_UP_SATURDAY, policy) == MAKE_UP_SATURDAY


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2022, 12, 31), date(2023, 1, 16), 10),
        (date(2022, 12, 30), date(2023, 1, 2), 0),
        (date(2023, 1, 3), date(2023, 1, 3), 0),
        (date(2023, 1, 3), date(2022, 12, 29), -2),
    ],
)
def test_working_days_between_two_days_leave_out_the_first(start, end, count):
    assert OFFICE.working_days_between(start, end) == count


QUESTIONS = {
    "is_working": (lambda: OFFICE.is_working(date(2025, 1, 1)), True),
    "next_working": (lambda: OFFICE.next_working(date(2025, 1, 4)), date(2025, 1, 6)),
    "previous_working": (
        lambda: OFFICE.previous_working(date(2021, 12, 26)),
        date(2021, 12, 24),
    ),
    "shift": (lambda: OFFICE.shift(OFFICE.last, 1), date(2025, 1, 1)),
    "shift back": (lambda: OFFICE.shift(OFFICE.first, -1), date(2021, 12, 31)),
    "roll": (
        lambda: OFFICE.roll(date(2199, 12, 29), RollPolicy.FORWARD),
        date(2199, 12, 30),
    ),
    "between": (
        lambda: OFFICE.working_days_between(OFFICE.last, date(2025, 1, 6)),
        4,
    ),
}


@pytest.mark.parametrize(("ask", "answer"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_year_whose_holidays_are_not_known_has_its_weekends(ask, answer):
    assert ask() == answer


def test_the_calendar_says_which_days_it_knows_the_holidays_around():
    days = [OFFICE.first - ONE_DAY, OFFICE.first, OFFICE.last, OFFICE.last + ONE_DAY]

    assert [OFFICE.knows(day) for day in days] == [False, True, True, False]


def test_a_suspension_of_years_moves_a_deadline_beyond_the_known_holidays():
    moved = resume_after(
        OFFICE, end_of(date(2024, 6, 28)), local(2024, 6, 28, 9), local(2026, 7, 1, 9)
    )

    assert moved == end_of(date(2026, 7, 1))


def test_the_same_day_cannot_be_off_and_worked():
    day = frozenset({MAKE_UP_SATURDAY})

    with pytest.raises(ValueError, match="2024-05-04 cannot be both"):
        WorkingCalendar(day, day, OFFICE.first, OFFICE.last)


def test_a_calendar_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="2024-12-31 to 2022-01-01"):
        WorkingCalendar(frozenset(), frozenset(), OFFICE.last, OFFICE.first)


def test_the_thirtieth_of_june_ends_at_17_utc():
    day = date(2022, 6, 30)

    bounds = (start_of(day), end_of(day))

    assert bounds == (
        datetime(2022, 6, 29, 17, tzinfo=UTC),
        datetime(2022, 6, 30, 17, tzinfo=UTC),
    )


def test_a_local_moment_is_kept_in_utc():
    at = moment(date(2022, 6, 30), time(23, 59, 59))

    assert (at, at.tzinfo) == (datetime(2022, 6, 30, 16, 59, 59, tzinfo=UTC), UTC)


def test_the_last_microsecond_belongs_to_the_day_and_midnight_to_the_next():
    day = date(2022, 6, 30)
    last = moment(day, time(23, 59, 59, 999_999))

    seen = [
        (local_day(at), start_of(day) <= at < end_of(day)) for at in (last, end_of(day))
    ]

    assert seen == [(day, True), (date(2022, 7, 1), False)]


def test_the_first_instant_belongs_to_the_day():
    day = date(2022, 6, 30)
    before = start_of(day) - timedelta(microseconds=1)

    seen = [
        (local_day(at), start_of(day) <= at < end_of(day))
        for at in (before, start_of(day))
    ]

    assert seen == [(date(2022, 6, 29), False), (day, True)]


@pytest.mark.parametrize(
    ("due_at", "day"),
    [
        (end_of(date(2022, 6, 30)), date(2022, 6, 30)),
        (local(2022, 6, 30, 17), date(2022, 6, 30)),
    ],
)
def test_the_due_day_is_the_last_on_which_an_act_is_in_time(due_at, day):
    assert due_day(due_at) == day


@pytest.mark.parametrize(
    "use",
    [
        local_day,
        due_day,
    ],
)
def test_an_instant_without_a_zone_is_refused(use):
    naive = start_of(date(2022, 6, 30)).replace(tzinfo=None)

    with pytest.raises(ValueError, match="has no time zone"):
        use(naive)


@pytest.mark.parametrize(
    ("suspended_at", "resumed_at", "due"),
    [
        pytest.param(
            local(2022, 12, 27, 10),
            local(2022, 12, 28, 10),
            date(2023, 1, 4),
            id="one day from hour to hour",
        ),
        pytest.param(
            local(2022, 12, 27, 10),
            local(2022, 12, 27, 15),
            date(2023, 1, 4),
            id="part of a day counts whole",
        ),
        pytest.param(
            local(2022, 12, 27),
            local(2022, 12, 29),
            date(2023, 1, 5),
            id="two whole days",
        ),
        pytest.param(
            local(2022, 12, 30, 10),
            local(2023, 1, 3, 10),
            date(2023, 1, 4),
            id="a weekend and a holiday inside cost nothing",
        ),
        pytest.param(
            local(2022, 12, 31),
            local(2023, 1, 3),
            date(2023, 1, 3),
            id="nothing but a weekend and a holiday",
        ),
        pytest.param(
            local(2022, 12, 1),
            local(2023, 1, 31),
            date(2023, 3, 2),
            id="the deadline fell into the suspension",
        ),
        pytest.param(
            local(2023, 1, 4),
            local(2023, 1, 31),
            date(2023, 1, 3),
            id="the deadline had passed",
        ),
        pytest.param(
            local(2022, 12, 27, 10),
            local(2022, 12, 27, 10),
            date(2023, 1, 3),
            id="resumed at once",
        ),
    ],
)
def test_a_suspension_moves_a_deadline_by_the_working_days_lost(
    suspended_at, resumed_at, due
):
    deadline = end_of(date(2023, 1, 3))

    moved = resume_after(OFFICE, deadline, suspended_at, resumed_at)

    assert moved == end_of(due)


def test_a_suspension_keeps_the_time_of_day():
    deadline = local(2022, 12, 30, 17)

    moved = resume_after(
        OFFICE, deadline, local(2022, 12, 28, 9), local(2022, 12, 29, 9)
    )

    assert moved == local(2023, 1, 3, 17)


def test_a_suspension_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="comes after"):
        resume_after(
            OFFICE,
            end_of(date(2023, 1, 3)),
            local(2022, 12, 28),
            local(2022, 12, 27),
        )


@given(calendars(), DAYS)
def test_rolling_forward_lands_on_a_working_day_and_stays_there(calendar, day):
    rolled = calendar.roll(day, RollPolicy.FORWARD)

    assert rolled >= day
    assert calendar.is_working(rolled)
    assert calendar.roll(rolled, RollPolicy.FORWARD) == rolled


@given(calendars(), DAYS, st.integers(-40, 40))
def test_a_shift_from_a_working_day_can_be_taken_back(calendar, day, count):
    start = calendar.next_working(day)

    there = calendar.shift(start, count)

    assert calendar.is_working(there)
    assert calendar.working_days_between(start, there) == count
    assert calendar.shift(there, -count) == start


@given(calendars(), INSTANTS, INSTANTS, INSTANTS)
def test_a_suspension_never_moves_a_deadline_earlier(calendar, deadline, one, other):
    suspended_at, resumed_at = sorted((one, other))

    moved = resume_after(calendar, deadline, suspended_at, resumed_at)

    assert moved >= deadline
    assert moved == deadline or calendar.is_working(due_day(moved))


@given(calendars(), INSTANTS, INSTANTS, INSTANTS)
def test_a_suspension_leaves_no_less_working_time(calendar, deadline, one, other):
    suspended_at, resumed_at = sorted((one, other))
    assume(suspended_at < deadline)
    left = working_time(calendar, suspended_at, deadline)

    moved = resume_after(calendar, deadline, suspended_at, resumed_at)

    lost = working_time(calendar, suspended_at, resumed_at)
    assert working_time(calendar, suspended_at, moved) >= left + lost


@given(calendars(), INSTANTS, DAYS)
def test_a_suspension_without_working_days_moves_nothing(calendar, deadline, day):
    suspended_at = end_of(calendar.previous_working(day))
    resumed_at = start_of(calendar.shift(day, 1))

    moved = resume_after(calendar, deadline, suspended_at, resumed_at)

    assert moved == deadline


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 6, 30), "30/6/2022"),
        (date(2022, 12, 5), "05/12/2022"),
        (date(2023, 1, 3), "03/01/2023"),
        (date(2024, 2, 29), "29/02/2024"),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_written_with_a_nought(
    day: date, written: str
) -> None:
    assert day_vi(day) == written
