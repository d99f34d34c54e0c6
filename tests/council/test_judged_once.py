"""What becomes of the lines is judged once, and anew where anything has happened."""

from typing import Any

import pytest

from activities.services.council import sessions
from tests.council.day import OPEN, OWN_OPEN
from tests.council.votes import COUNCIL, TELLERS, Vote, convened
from tests.journeys.cast import Cast
from tests.office import DIRECTOR, SECRETARIAT, a_power


async def counted(council: Cast) -> Vote:
    """Hold the vote to its attested count."""
    vote = await convened(council)
    await vote.open()
    await vote.hands(OPEN, 9, 0)
    await vote.hands(OWN_OPEN, 8, 0)
    await vote.all_cast({}, COUNCIL)
    await vote.close()
    for teller in TELLERS:
        await council.act(teller, f"{vote.path}/attest-count")
    return vote


async def something_happens(council: Cast, day: str) -> None:
    """Do what has nothing to do with it: nobody looks into what an act is about."""
    await council.act(DIRECTOR, f"/campaigns/{council.code}/delegate", a_power(day))


@pytest.mark.parametrize(
    ("before", "between", "times"),
    [(False, False, 1), (True, False, 2), (False, True, 2), (True, True, 3)],
    ids=["nothing", "before the first", "before the second", "before both"],
)
async def test_minutes_are_signed_without_judging_anew_unless_something_has_happened(
    council: Cast,
    before: bool,
    between: bool,
    times: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[Any] = []
    judge = sessions.course_of

    def course_of(*said: Any) -> Any:
        judged.append(said)
        return judge(*said)

    monkeypatch.setattr(sessions, "course_of", course_of)
    vote = await counted(council)

    if before:
        await something_happens(council, "2022-07-20")
    first = await council.act(SECRETARIAT, f"{vote.path}/sign-minutes")
    if between:
        await something_happens(council, "2022-07-21")
    second = await council.act(DIRECTOR, f"{vote.path}/sign-minutes")

    assert len(judged) == times
    assert (first["state"], second["state"]) == ("counted", "concluded")
    assert len(second["passed"]) == len(vote.lines)
