"""When a letter may arrive."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import VIETNAM
from domain.outgoing.deliveries import ask_again_after, try_again_after
from domain.outgoing.hours import CLOSES, OPENS, gathered_at, goes_out_at, is_quiet
from intake.calendar import vietnamese_calendar
from tests.journeys.cast import at

CALENDAR = vietnamese_calendar(())
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1000)).map(
    lambda time: at("2022-01-01") + time
)
LATE = at("2022-06-30", "20:00")
SPANS = st.none() | st.timedeltas(-timedelta(days=3), timedelta(days=12))


@pytest.mark.parametrize(
    ("now", "due_at", "goes"),
    [
        (at("2022-06-20", "09:00"), None, at("2022-06-20", "09:00")),
        (at("2022-06-20", "22:00"), None, at("2022-06-21", "07:00")),
        (at("2022-06-20", "05:00"), None, at("2022-06-20", "07:00")),
        (at("2022-06-24", "20:00"), None, at("2022-06-27", "07:00")),
        (at("2022-09-01", "09:00"), None, at("2022-09-05", "07:00")),
        # Due at midnight: nobody would know in time.
        (
            at("2022-06-30", "20:00"),
            at("2022-07-01", "00:00"),
            at("2022-06-30", "20:00"),
        ),
        # Overdue already: it can wait.
        (
            at("2022-06-30", "20:00"),
            at("2022-06-30", "17:00"),
            at("2022-07-01", "07:00"),
        ),
        # A swapped Saturday is worked.
        (at("2024-05-04", "09:00"), None, at("2024-05-04", "09:00")),
    ],
)
def test_a_letter_waits_for_the_morning_unless_something_falls_due_before(
    now: datetime, due_at: datetime | None, goes: datetime
) -> None:
    assert goes_out_at(now, due_at, CALENDAR) == goes


@settings(deadline=None)
@given(now=MOMENTS, left=SPANS)
def test_nothing_arrives_in_quiet_hours_that_could_wait(
    now: datetime, left: timedelta | None
) -> None:
    due_at = None if left is None else now + left

    goes = goes_out_at(now, due_at, CALENDAR)

    assert goes >= now
    if is_quiet(goes, CALENDAR):
        assert due_at is not None
        assert now < due_at <= goes_out_at(now, None, CALENDAR)
    else:
        assert OPENS <= goes.astimezone(VIETNAM).time() < CLOSES
    if due_at is not None and due_at > now:
        assert goes < due_at


@settings(deadline=None)
@given(now=MOMENTS, left=SPANS)
def test_one_letter_a_day_comes_at_eight_and_what_cannot_wait_before(
    now: datetime, left: timedelta | None
) -> None:
    due_at = None if left is None else now + left

    goes = gathered_at(now, due_at, CALENDAR)

    local = goes.astimezone(VIETNAM)
    at_eight = (local.hour, local.minute) == (8, 0) and CALENDAR.is_working(
        local.date()
    )
    assert at_eight or (due_at is not None and now < due_at)
    if due_at is not None and due_at > now:
        assert goes < due_at


def test_who_is_asked_again_is_asked_less_and_less_often_and_never_given_up() -> None:
    away = [ask_again_after(n).total_seconds() for n in range(1, 200)]
    put_off = [try_again_after(n) for n in range(1, 24)]

    assert away[:4] == [30, 60, 120, 240]
    assert away[-1] == 1800
    assert sum(put_off, timedelta()) > timedelta(days=3)
