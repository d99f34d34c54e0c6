"""The calendar that the library and the overrides make together."""

from datetime import date, timedelta

import pytest

from domain.calendar import RollPolicy
from intake.calendar import Override, vietnamese_calendar

CALENDAR = vietnamese_calendar()

# The weekdays off that the authorities announced, year by year.
ANNOUNCED = {
    2021: ["01-01", "02-10..02-16", "04-21", "04-30", "05-03", "09-02..09-03"],
    2022: ["01-03", "01-31..02-04", "04-11", "05-02..05-03", "09-01..09-02"],
    2023: ["01-02", "01-20..01-26", "05-01..05-03", "09-01", "09-04"],
    2024: ["01-01", "02-08..02-14", "04-18", "04-29..05-01", "09-02..09-03"],
    2025: ["01-01", "01-27..01-31", "04-07", "04-30..05-02", "09-01..09-02"],
    2026: [
        "01-01..01-02",
        "02-16..02-20",
        "04-27",
        "04-30..05-01",
        "08-31..09-02",
        "11-24",
    ],
}


def days_of(year: int, spans: list[str]) -> list[date]:
    """Spell out spans such as 02-10..02-16, without their weekends."""
    days = []
    for span in spans:
        first, _, last = span.partition("..")
        day = date.fromisoformat(f"{year}-{first}")
        while day <= date.fromisoformat(f"{year}-{last or first}"):
            days += [day] if day.weekday() < 5 else []
            day += timedelta(days=1)
    return days


@pytest.mark.parametrize("year", ANNOUNCED)
def test_the_weekdays_off_are_the_announced_ones(year):
    off = sorted(d for d in CALENDAR.days_off if d.year == year and d.weekday() < 5)

    assert off == days_of(year, ANNOUNCED[year])


@pytest.mark.parametrize("year", range(2021, 2032))
def test_five_working_days_of_every_year_are_off_for_tet(year):
    days = [date(year, 1, 15) + timedelta(days=n) for n in range(45)]

    off = [d for d in days if d.weekday() < 5 and not CALENDAR.is_working(d)]

    assert len(off) == 5


def test_the_make_up_saturdays_are_worked():
    found = {day for day in CALENDAR.worked_weekends if day.year > 2020}

    assert found == {
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2026, 1, 10),
        date(2026, 8, 22),
    }


# DOMAIN §5: the period's end, its weekday, and the day to which an act may be done.
PERIOD_ENDS = [
    (date(2022, 6, 30), "Thu", date(2022, 6, 30)),
    (date(2022, 12, 31), "Sat", date(2023, 1, 3)),
    (date(2023, 6, 30), "Fri", date(2023, 6, 30)),
    (date(2023, 12, 31), "Sun", date(2024, 1, 2)),
    (date(2024, 6, 30), "Sun", date(2024, 7, 1)),
    (date(2024, 12, 31), "Tue", date(2024, 12, 31)),
    (date(2025, 6, 30), "Mon", date(2025, 6, 30)),
    (date(2025, 12, 31), "Wed", date(2025, 12, 31)),
    (date(2026, 6, 30), "Tue", date(2026, 6, 30)),
    (date(2026, 12, 31), "Thu", date(2026, 12, 31)),
    (date(2027, 6, 30), "Wed", date(2027, 6, 30)),
    (date(2027, 12, 31), "Fri", date(2027, 12, 31)),
    (date(2028, 12, 31), "Sun", date(2029, 1, 2)),
    (date(2029, 6, 30), "Sat", date(2029, 7, 2)),
    (date(2030, 6, 30), "Sun", date(2030, 7, 1)),
]


@pytest.mark.parametrize(("period_end", "weekday", "due"), PERIOD_ENDS)
def test_an_act_due_at_a_period_end_rolls_to_the_next_working_day(
    period_end, weekday, due
):
    rolled = CALENDAR.roll(period_end, RollPolicy.FORWARD)

    assert (period_end.strftime("%a"), rolled) == (weekday, due)


def test_ten_working_days_after_2022_end_before_tet():
    assert CALENDAR.shift(date(2022, 12, 31), 10) == date(2023, 1, 16)


def test_the_new_year_swap_of_2026_that_the_library_misses_is_known():
    working = [CALENDAR.is_working(date(2026, 1, day)) for day in (2, 9, 10, 11)]

    assert working == [False, True, True, False]


def override(day: date, working: bool) -> Override:
    return Override(day, working, "Theo thông báo của Văn phòng", "TB 01/TB-VP")


def test_an_override_wins_over_the_library_and_over_the_built_in_ones():
    calendar = vietnamese_calendar(
        [
            override(date(2026, 1, 2), working=True),
            override(date(2026, 1, 10), working=False),
            override(date(2026, 8, 22), working=False),
            override(date(2026, 8, 31), working=True),
            override(date(2026, 11, 23), working=False),
            override(date(2026, 11, 28), working=True),
        ],
    )

    working = [
        calendar.is_working(day)
        for day in (
            date(2026, 1, 2),
            date(2026, 1, 10),
            date(2026, 8, 22),
            date(2026, 8, 31),
            date(2026, 11, 23),
            date(2026, 11, 28),
        )
    ]

    assert working == [True, False, False, True, False, True]


def test_a_holiday_on_a_weekend_can_be_made_a_working_day():
    hung_kings_day = date(2026, 4, 26)

    calendar = vietnamese_calendar([override(hung_kings_day, working=True)])

    assert calendar.is_working(hung_kings_day)


def test_the_last_of_two_overrides_of_one_day_counts():
    day = date(2026, 3, 2)

    calendar = vietnamese_calendar(
        [override(day, working=False), override(day, working=True)]
    )

    assert calendar.is_working(day)


def test_every_year_has_weekends_and_holidays_are_known_as_far_as_the_library_goes():
    days = [date(2100, 9, 2), date(2101, 9, 2), date(2101, 9, 3)]  # a holiday

    found = [(CALENDAR.knows(day), CALENDAR.is_working(day)) for day in days]

    assert (CALENDAR.first, CALENDAR.last) == (date(1901, 1, 1), date(2100, 12, 31))
    assert found == [(True, False), (False, True), (False, False)]


def test_an_override_counts_in_a_year_that_the_library_does_not_know():
    day = date(2101, 9, 2)

    calendar = vietnamese_calendar([override(day, working=False)])

    assert not calendar.is_working(day)
