"""How long each step of a phase took, and where it waited."""

from datetime import UTC, datetime

from domain.reports.steps import PhaseStep, TimedStep, timed, waited_longest

_S = PhaseStep


def day(of_june: int, hour: int = 0) -> datetime:
    """Give a moment of June."""
    return datetime(2022, 6, of_june, hour, tzinfo=UTC)


def test_each_step_begins_where_the_one_before_ended_and_one_not_done_is_left_out() -> (
    None
):
    ends = {_S.SUBMISSION: day(10), _S.MEETING: day(20, 5), _S.VOTE: day(20, 4)}

    found = timed(day(1), ends, {_S.MEETING: day(18)})

    assert found == [
        TimedStep(_S.SUBMISSION, day(1), day(10), None),
        TimedStep(_S.MEETING, day(10), day(20, 5), day(18)),
        TimedStep(_S.VOTE, day(20, 5), day(20, 5), None),
    ]
    assert [(each.days, each.late) for each in found] == [(9, 0), (11, 3), (0, 0)]
    assert waited_longest(found) == found[1]


def test_a_phase_that_has_not_opened_took_no_time() -> None:
    assert timed(None, {_S.SUBMISSION: day(10)}, {}) == []
    assert waited_longest([]) is None
