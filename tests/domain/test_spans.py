"""Which days a process may name."""

from datetime import date

from domain.spans import DaySpan, days_of_process

ENDS = date(2026, 6, 30)


def test_a_process_names_days_from_two_months_before_to_half_a_year_after() -> None:
    today = date(2026, 3, 2)

    span = days_of_process(2026, ENDS, today)

    assert span == DaySpan(date(2025, 10, 31), today, date(2026, 12, 27))


def test_a_process_that_is_years_late_goes_on_from_today() -> None:
    today = date(2028, 3, 1)

    span = days_of_process(2026, ENDS, today)

    assert span == DaySpan(date(2025, 10, 31), today, date(2028, 8, 28))


def test_a_campaign_may_be_prepared_long_before_its_year() -> None:
    today = date(2025, 5, 5)

    assert days_of_process(2026, ENDS, today).first == today
