"""E36: a decision was printed with a wrong name or title."""

from typing import Any

import pytest
from sqlmodel import col, select

from store.tables import Decision, Nomination
from tests.edges.rows import lines_of, told
from tests.journeys.cast import Cast
from tests.office import CLERK, DIRECTOR
from tests.store.chains import flaws

FIRST, CORRECTION = "/decisions/2022-1-qd1", "/decisions/2022-1-qd2"
NOW = "2022-07-14T02:00:00Z"
WRONG, RIGHT = "Âu Thị Hạnh Nguyện", "Âu Thị Hạnh Nguyên"


async def an_issued_decision(cast: Cast) -> None:
    """Let the director decide, and the clerk issue: the phase is over with it."""
    await cast.decide("2022-1-qd1")
    await cast.issue("2022-1-qd1", 7, 2022)


def rows(cast: Cast) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read the first decision and all lines, as they stand in their rows."""
    with cast.office.database.read() as session:
        decision = session.get_one(Decision, "2022-1-qd1").model_dump()
        lines = session.exec(select(Nomination).order_by(col(Nomination.id)))
        return decision, [line.model_dump() for line in lines]


def a_correction(line: str | None = None) -> dict[str, Any]:
    """What was printed, and how it reads rightly."""
    body = {"printed": WRONG, "corrected": RIGHT, "reason": "Lỗi đánh máy."}
    return body | ({"line": line} if line else {})


async def test_e36_a_correction_is_a_decision_of_its_own_and_edits_nothing(
    passed: Cast,
) -> None:
    await an_issued_decision(passed)
    line = (await lines_of(passed))["ctqh-02"]["id"]
    before = rows(passed)

    await passed.act(DIRECTOR, f"{FIRST}/correct", a_correction(line))
    await passed.issue("2022-1-qd2", 8, 2022)

    assert rows(passed) == before
    decisions = await passed.pages(f"/phases/{passed.phase1}/decisions")
    kept = ("id", "kind", "state", "number", "decided_by", "amends", "amended_by")
    assert [[each[name] for name in kept] for each in decisions] == [
        ["2022-1-qd1", "award", "issued", 7, DIRECTOR, None, ["2022-1-qd2"]],
        ["2022-1-qd2", "correction", "issued", 8, DIRECTOR, "2022-1-qd1", []],
    ]
    assert decisions[1]["content"] == a_correction(line)
    body = (
        f"Quyết định số 08/QĐ-VP sửa đổi Quyết định số 07/QĐ-VP: «{WRONG}» sửa thành "
        f"«{RIGHT}». Lý do: Lỗi đánh máy."
    )
    notices = await told(passed, "corrected")
    assert {notice[3] for notice in notices} == {body}
    assert {"ctqh-02", "ctqh-01", "noi-nhan-01"} < {notice[2] for notice in notices}
    phases = await passed.get(f"/campaigns/{passed.code}/phases")
    assert phases[0]["state"] == "closed"
    with passed.office.database.read() as session:
        assert flaws(session, passed.code) == []


async def test_e36_the_clerk_is_asked_to_number_a_correction(passed: Cast) -> None:
    await an_issued_decision(passed)
    await passed.act(DIRECTOR, f"{FIRST}/correct", a_correction())

    tasks = await passed.office.person(CLERK).pages("/me/tasks")
    twice = await passed.refused(DIRECTOR, f"{FIRST}/correct", a_correction())
    taken = {"number": 7, "year": 2022, "series": "QĐ-VP"}
    refused = await passed.refused(CLERK, f"{CORRECTION}/number", taken)

    assert [(task["kind"], task["path"]) for task in tasks] == [
        ("number", f"/api/v1{CORRECTION}/number")
    ]
    assert [who for _, _, who, _ in await told(passed, "correction_signed")] == [
        "hctcqt-01",
        "hctcqt-03",
        CLERK,
    ]
    assert (twice, refused) == ((409, "already_corrected"), (409, "number_taken"))


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"corrected": WRONG}, 409, "nothing_to_correct"),
        ({"line": "00000000-0000-4000-8000-000000000001"}, 404, "unknown_line"),
        ({"reason": ""}, 422, "invalid"),
    ],
)
async def test_e36_a_correction_of_nothing_is_refused(
    passed: Cast, wrong: dict[str, Any], status: int, code: str
) -> None:
    await an_issued_decision(passed)

    body = a_correction() | wrong
    refused = await passed.refused(DIRECTOR, f"{FIRST}/correct", body)

    assert refused == (status, code)
    decisions = await passed.pages(f"/phases/{passed.phase1}/decisions")
    assert [each["id"] for each in decisions] == ["2022-1-qd1"]


async def test_e36_what_is_not_issued_is_not_corrected(passed: Cast) -> None:
    early = await passed.refused(DIRECTOR, f"{FIRST}/correct", a_correction())
    await an_issued_decision(passed)
    staff = await passed.refused(CLERK, f"{FIRST}/correct", a_correction())

    assert (early, staff) == ((409, "wrong_state"), (403, "not_allowed"))
