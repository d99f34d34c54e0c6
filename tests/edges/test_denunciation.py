"""Denunciations: longer times for what is complex, and none against the leaders."""

from typing import Any

import pytest

from tests.edges.rows import objection, told
from tests.edges.staff import recorded
from tests.edges.test_hold import PATH, WORTHY, written
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR, SECRETARIAT, UNION
from tests.store.chains import flaws

EXTEND = f"{PATH}/extend-case"
WHY = {"reason": "Phải xác minh ở nhiều nơi."}
MORE = {**WHY, "especially_complex": True}


async def filed(cast: Cast) -> None:
    """Let the union's chair hand in a denunciation, on 13 July."""
    await written(cast, UNION, kind="denunciation", event_on=None)
    await cast.act(UNION, f"{PATH}/file-case")


async def due(cast: Cast, name: str) -> str:
    """Read until when a matter's deadline runs."""
    director = cast.office.person(DIRECTOR)
    rows = await director.pages(f"/campaigns/{cast.code}/deadlines")
    [found] = [row["due_at"] for row in rows if row["name"] == name]
    return str(found)


async def test_a_denunciation_is_put_off_once_and_twice_if_especially_complex(
    july: Cast,
) -> None:
    await filed(july)
    await july.act(DIRECTOR, f"{PATH}/accept-case", {})
    dues = [await due(july, "case_resolution")]
    nobody = await july.refused(SECRETARIAT, EXTEND, WHY)
    await july.act(DIRECTOR, EXTEND, WHY)
    dues.append(await due(july, "case_resolution"))
    plain = await july.refused(DIRECTOR, EXTEND, WHY)
    await july.act(DIRECTOR, EXTEND, MORE)
    dues.append(await due(july, "case_resolution"))
    spent = await july.refused(DIRECTOR, EXTEND, MORE)

    # 30, 60 and 90 days from its acceptance on 13 July; 11 September is a Sunday.
    assert dues == [
        "2022-08-12T17:00:00Z",
        "2022-09-12T17:00:00Z",
        "2022-10-11T17:00:00Z",
    ]
    assert (nobody, plain, spent) == (
        (404, "unknown_target"),  # to the secretariat it is not there
        (409, "not_extended"),
        (409, "not_extended"),
    )
    notices = await told(july, "case_extended")
    assert {who for *_, who, _ in notices} == {UNION}
    assert "hết ngày 11/10/2022" in notices[-1][3]
    with july.office.database.read() as session:
        assert flaws(session, july.code) == []


async def test_what_was_complex_from_the_start_is_put_off_once_more_only(
    july: Cast,
) -> None:
    await filed(july)
    await july.act(DIRECTOR, f"{PATH}/accept-case", {"is_complex": True})
    first = await due(july, "case_resolution")
    plain = await july.refused(DIRECTOR, EXTEND, WHY)

    await july.act(DIRECTOR, EXTEND, MORE)

    assert first == "2022-09-12T17:00:00Z"
    assert plain == (409, "not_extended")
    assert await due(july, "case_resolution") == "2022-10-11T17:00:00Z"


async def test_taking_it_up_has_ten_working_days_where_it_is_checked_in_places(
    july: Cast,
) -> None:
    await filed(july)
    before = await due(july, "case_acceptance")

    await july.act(DIRECTOR, EXTEND, WHY)
    twice = await july.refused(DIRECTOR, EXTEND, MORE)

    # Seven working days from 13 July, then ten.
    assert (before, await due(july, "case_acceptance")) == (
        "2022-07-22T17:00:00Z",
        "2022-07-27T17:00:00Z",
    )
    assert twice == (409, "not_extended")
    await july.until(at("2022-07-28"))
    assert await july.refused(DIRECTOR, EXTEND, WHY) == (409, "not_extended")


@pytest.mark.parametrize(
    ("kind", "who", "changed"),
    [("complaint", "ttdn-02", {}), ("petition", "ttdn-02", {"event_on": None})],
)
async def test_only_a_denunciation_is_put_off(
    july: Cast, kind: str, who: str, changed: dict[str, Any]
) -> None:
    await written(july, who, kind=kind, **changed)
    await july.act(who, f"{PATH}/file-case")

    assert await july.refused(DIRECTOR, EXTEND, WHY) == (409, "wrong_state")


async def test_of_the_head_or_a_deputy_it_is_for_the_body_above(july: Cast) -> None:
    await recorded(
        july,
        "appointments",
        person=WORTHY,
        office="deputy_director",
        starts="2022-07-01",
    )
    await filed(july)

    status, reason = await objection(july, DIRECTOR, f"{PATH}/accept-case", {})
    await july.act(DIRECTOR, f"{PATH}/refuse-case", {"reason": "Chuyển cấp trên."})

    assert (status, reason["code"], reason["source"], reason["certainty"]) == (
        409,
        "above_leaders",
        "Luật Tố cáo 2018 Điều 12 khoản 1",
        "verified",
    )
