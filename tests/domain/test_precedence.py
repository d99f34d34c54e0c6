"""Which deadlines may not overtake which, and where they go by another calendar."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acts import DEADLINES
from domain.calendar import RollPolicy, end_of, moment, resume_after, start_of
from domain.deadlines import DeadlineKind
from domain.ladder import LADDERS, Ladder, at_short_notice
from domain.precedence import LEADS_TO, Overtaking, overtakings
from domain.rerolling import FIXED, rerolled
from intake.calendar import vietnamese_calendar
from intake.phases import DATED

K = DeadlineKind
COUNTED = {kind for kind, rule in DEADLINES.items() if rule.counted}
CALENDAR = vietnamese_calendar()
ENDS = {
    K.REGISTRATION: end_of(date(2022, 2, 28)),
    K.SUBMISSION: end_of(date(2022, 6, 30)),
    K.APPRAISAL: end_of(date(2022, 7, 14)),
    K.COUNCIL: end_of(date(2022, 7, 28)),
}


def overtaken(kind: DeadlineKind, day: date, since: datetime | None = None) -> list[K]:
    found = overtakings({kind: end_of(day)}, ENDS, since)
    return [each.overtaken for each in found]


def test_a_deadline_overtakes_all_that_it_leads_to_and_ends_before() -> None:
    assert overtaken(K.REGISTRATION, date(2022, 8, 1)) == [
        K.SUBMISSION,
        K.APPRAISAL,
        K.COUNCIL,
    ]
    assert overtaken(K.SUBMISSION, date(2022, 7, 15)) == [K.APPRAISAL]
    assert overtaken(K.SUPPLEMENT, date(2022, 7, 29)) == [K.APPRAISAL, K.COUNCIL]


def test_what_ends_together_or_has_ended_is_not_overtaken() -> None:
    appraised = end_of(date(2022, 7, 14))

    assert overtaken(K.REGISTRATION, date(2022, 6, 30)) == []
    assert overtaken(K.SUBMISSION, date(2022, 7, 20), since=appraised) == []
    assert overtaken(K.SUBMISSION, date(2022, 8, 1), since=appraised) == [K.COUNCIL]


def test_the_plan_dates_what_stands_in_the_table() -> None:
    undated = {K.SUPPLEMENT, K.PUBLIC_NOTICE}

    assert {*LEADS_TO, *LEADS_TO.values()} - undated == DATED.keys()


def test_of_several_at_once_the_latest_is_judged() -> None:
    own = {K.SUBMISSION: end_of(date(2022, 7, 15))}

    assert list(overtakings({**ENDS, **own}, ENDS)) == [
        Overtaking(K.SUBMISSION, K.APPRAISAL, ENDS[K.APPRAISAL])
    ]


_days = st.dates(date(2022, 1, 1), date(2022, 12, 31))


@given(st.lists(_days, min_size=5, max_size=5), _days, st.integers(0, 100))
def test_what_stood_in_order_still_does_after_a_suspension(
    days: list[date], since: date, length: int
) -> None:
    kinds = [K.REGISTRATION, K.SUBMISSION, K.APPRAISAL, K.COUNCIL, K.DECISION]
    ends = dict(zip(kinds, map(end_of, sorted(days)), strict=True))
    stopped = start_of(since)

    moved = {
        kind: resume_after(CALENDAR, end, stopped, stopped + timedelta(length))
        for kind, end in ends.items()
    }

    assert list(overtakings(moved, moved)) == []


TODAY = date(2022, 6, 20)
# 30 June 2022, a Thursday, becomes a day off.
HOLIDAY = replace(CALENDAR, days_off=CALENDAR.days_off | {date(2022, 6, 30)})


@pytest.mark.parametrize(
    ("kind", "day", "planned", "expected"),
    [
        # what rolls by the plan
        (K.SUBMISSION, date(2022, 6, 30), date(2022, 6, 30), date(2022, 7, 1)),
        (K.APPRAISAL, date(2022, 7, 14), date(2022, 7, 14), date(2022, 7, 14)),
        # what somebody named a day for
        (K.SUBMISSION, date(2022, 6, 30), date(2022, 6, 28), date(2022, 7, 1)),
        (K.SUBMISSION, date(2022, 7, 5), date(2022, 6, 30), date(2022, 7, 5)),
        (K.SUPPLEMENT, date(2022, 6, 30), None, date(2022, 7, 1)),
        # what is counted in working days
        (K.PUBLIC_NOTICE, date(2022, 7, 4), None, date(2022, 7, 5)),
        (K.ISSUE, date(2022, 6, 29), None, date(2022, 6, 29)),
        # what never moves, and what is past
        (K.MEETING, date(2022, 6, 30), None, date(2022, 6, 30)),
        (K.PHASE, date(2022, 6, 30), None, date(2022, 6, 30)),
        (K.SUBMISSION, date(2022, 6, 17), date(2022, 6, 17), date(2022, 6, 17)),
    ],
)
def test_a_new_holiday_moves_what_rolls_and_what_is_counted_over_it(
    kind: DeadlineKind, day: date, planned: date | None, expected: date
) -> None:
    assert rerolled(kind, day, TODAY, CALENDAR, HOLIDAY, planned) == expected


@given(st.sampled_from(sorted(COUNTED)), _days, st.sampled_from(RollPolicy))
def test_a_holiday_that_is_taken_back_leaves_all_as_it_was(
    kind: DeadlineKind, planned: date, policy: RollPolicy
) -> None:
    by_plan, counted = CALENDAR.roll(planned, policy), CALENDAR.next_working(planned)
    for day, plan in ((by_plan, planned), (counted, None)):
        moved = rerolled(kind, day, TODAY, CALENDAR, HOLIDAY, plan, policy)

        back = rerolled(kind, moved, TODAY, HOLIDAY, CALENDAR, plan, policy)

        assert back == day


def test_a_kind_is_counted_or_fixed_and_never_both() -> None:
    assert frozenset() == COUNTED & FIXED


def test_a_meeting_at_short_notice_is_reminded_of_once_more() -> None:
    rungs = LADDERS[Ladder.COUNCIL]
    called, day = moment(date(2022, 7, 13), MORNING), date(2022, 7, 13)
    near, far = moment(day, AFTERNOON), moment(date(2022, 7, 20), AFTERNOON)

    [alone] = at_short_notice((), rungs, near, called)
    none = at_short_notice((), rungs, called + timedelta(minutes=30), called)
    enough = at_short_notice((replace(alone, at=called),), rungs, far, called)

    assert (alone.code, alone.at) == ("last_call", near - timedelta(hours=1))
    assert none == ()
    assert [step.at for step in enough] == [called]


MORNING, AFTERNOON = time(9), time(14)
