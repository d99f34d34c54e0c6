"""E22, E23: the director returns, or declines, one line among others."""

from typing import Any
from uuid import uuid4

from tests.edges.rows import lines_of, states_of, told
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR

FIRST, SECOND, THIRD = "ctqh-02", "cthdnd-02", "hctcqt-02"
DECIDE = "/decisions/2022-1-qd{}/decide"
WHY = "Thành tích trùng với đợt đột xuất."


async def ruled(cast: Cast, **outcomes: dict[str, Any]) -> dict[str, Any]:
    """Write rulings on named lines, and approve all the others."""
    lines = await lines_of(cast)
    named = {subject.replace("_", "-"): said for subject, said in outcomes.items()}
    rulings = [{"line": lines[who]["id"], **said} for who, said in named.items()]
    return {"rulings": rulings, "others": "approve"}


async def test_e22_a_returned_line_goes_back_alone_with_reason_and_questions(
    passed: Cast,
) -> None:
    back = {
        "outcome": "return",
        "reason": "Chưa rõ minh chứng.",
        "questions": ["Ai chủ trì đề án?", "Đề án áp dụng từ ngày nào?"],
    }

    await passed.act(DIRECTOR, DECIDE.format(1), await ruled(passed, ctqh_02=back))

    assert await states_of(passed) == {
        FIRST: "returned_to_council",
        SECOND: "director_approved",
        THIRD: "director_approved",
    }
    (phase, _) = await passed.get(f"/campaigns/{passed.code}/phases")
    assert (phase["state"], phase["round"]) == ("council_review", 1)
    council = sorted(seat.person for seat in passed.year.council)
    assert await told(passed, "returned_to_council") == [
        (
            "2022-07-14T02:00:00Z",
            "returned_to_council",
            who,
            "Chánh Văn phòng trả lại 1 đề nghị của «Giai đoạn 1» để Hội đồng xem lại. "
            "Lý do: Chưa rõ minh chứng. Câu hỏi: Ai chủ trì đề án?; Đề án áp dụng từ "
            "ngày nào?",
        )
        for who in council
    ]
    await vote_again(passed, "2022-07-20")
    assert await ballots(passed) == [3, 1]


async def vote_again(cast: Cast, day: str) -> None:
    """Let the council take up what came back."""
    session = await cast.convene(cast.phase1, at(day))
    await cast.until(at(day))
    await cast.vote(session)


async def ballots(cast: Cast) -> list[int]:
    """Count the lines of each session."""
    sessions = await cast.pages(f"/phases/{cast.phase1}/council-sessions")
    return [len(session["lines"]) for session in sessions]


async def test_e22_the_council_may_change_its_mind_on_what_came_back(
    passed: Cast,
) -> None:
    back = {"outcome": "return", "reason": "Chưa rõ minh chứng."}
    await passed.act(DIRECTOR, DECIDE.format(1), await ruled(passed, ctqh_02=back))

    session = await passed.convene(passed.phase1, at("2022-07-20"))
    await passed.until(at("2022-07-20"))
    await passed.vote(session, {FIRST: 9})

    assert (await states_of(passed))[FIRST] == "council_failed"


async def test_e22_after_the_last_return_the_director_decides_with_a_reason(
    passed: Cast,
) -> None:
    back = await ruled(passed, ctqh_02={"outcome": "return", "reason": "Chưa rõ."})
    await passed.act(DIRECTOR, DECIDE.format(1), back)
    await vote_again(passed, "2022-07-20")
    await passed.act(DIRECTOR, DECIDE.format(2), back)
    await vote_again(passed, "2022-07-27")

    again = await passed.refused(DIRECTOR, DECIDE.format(3), back)
    silent = await ruled(passed, ctqh_02={"outcome": "decline"})
    unexplained = await passed.refused(DIRECTOR, DECIDE.format(3), silent)
    waits = (await states_of(passed))[FIRST]
    no = await ruled(passed, ctqh_02={"outcome": "decline", "reason": WHY})
    await passed.act(DIRECTOR, DECIDE.format(3), no)

    assert (again, unexplained) == (
        (409, "too_many_returns"),
        (409, "reason_missing"),
    )
    assert waits == "council_passed"
    assert (await states_of(passed))[FIRST] == "director_declined"


async def test_e22_questions_come_with_a_return_only(passed: Cast) -> None:
    asked = {"outcome": "approve", "questions": ["Ai chủ trì đề án?"]}

    refused = await passed.refused(
        DIRECTOR, DECIDE.format(1), await ruled(passed, ctqh_02=asked)
    )

    assert refused == (409, "questions_without_return")
    assert set((await states_of(passed)).values()) == {"council_passed"}


async def test_e23_one_is_declined_with_a_reason_and_the_others_are_awarded(
    passed: Cast,
) -> None:
    no = {"outcome": "decline", "reason": WHY}
    await passed.act(DIRECTOR, DECIDE.format(1), await ruled(passed, ctqh_02=no))
    await passed.issue("2022-1-qd1", 7, 2022)

    assert await states_of(passed) == {
        FIRST: "director_declined",
        SECOND: "awarded",
        THIRD: "awarded",
    }
    body = (
        "Đề nghị tặng «Giấy khen của Chánh Văn phòng» cho Âu Thị Hạnh Nguyên không "
        f"được chấp nhận. Lý do: {WHY}"
    )
    assert await told(passed, "declined") == [
        ("2022-07-14T02:00:00Z", "declined", who, body)
        for who in ("ctqh-01", "ctqh-02", "ctqh-03")
    ]
    (phase, _) = await passed.get(f"/campaigns/{passed.code}/phases")
    assert phase["state"] == "closed"


async def test_e23_a_name_that_the_council_did_not_pass_cannot_be_added(
    passed: Cast,
) -> None:
    stranger = {"line": str(uuid4()), "outcome": "approve"}
    body = {"rulings": [stranger], "others": "approve"}

    refused = await passed.refused(DIRECTOR, DECIDE.format(1), body)

    assert refused == (404, "unknown_line")
    assert set((await states_of(passed)).values()) == {"council_passed"}
