"""A decision's number: of its year, without a leap unawares, put right before issue."""

from tests.edges.rows import told
from tests.journeys.cast import Cast
from tests.office import CLERK, DIRECTOR

PATH = "/decisions/2022-1-qd1"
SERIES = "QĐ-VPĐĐBQH&HĐND"


async def test_a_number_is_refused_out_of_turn_and_put_right_before_the_issue(
    passed: Cast,
) -> None:
    await passed.act(DIRECTOR, f"{PATH}/decide", {"others": "approve"})
    body = {"number": 7, "year": 2022, "series": SERIES}
    year = await passed.refused(CLERK, f"{PATH}/number", {**body, "year": 2031})
    leap = await passed.refused(CLERK, f"{PATH}/number", {**body, "number": 700})
    given = {**body, "number": 700, "reason": "Sổ chung của Văn phòng."}
    await passed.act(CLERK, f"{PATH}/number", given)
    why = {"reason": "Vào nhầm số."}
    unsaid = await passed.refused(CLERK, f"{PATH}/renumber", body)
    stranger = await passed.refused("ctqh-02", f"{PATH}/renumber", body | why)

    answer = await passed.act(CLERK, f"{PATH}/renumber", body | why)
    registers = await passed.pages("/decision-numbers", year=2022)
    await passed.act(CLERK, f"{PATH}/issue")
    late = await passed.refused(CLERK, f"{PATH}/renumber", body | why)

    assert (year, leap) == ((409, "number_year"), (409, "number_leap"))
    assert (unsaid, stranger) == ((422, "invalid"), (403, "not_allowed"))
    assert (answer["number"], late) == (f"07/{SERIES}", (409, "target_over"))
    assert registers == [
        {
            "series": SERIES,
            "year": 2022,
            "numbers": [{"number": 7, "decision": "2022-1-qd1"}],
            "holes": [{"first": 1, "last": 6}],
        }
    ]
    acts = await passed.pages(f"/campaigns/{passed.code}/acts")
    [changed] = [act for act in acts if act["kind"] == "renumber"]
    assert changed["payload"]["from"] == {"number": f"700/{SERIES}", "year": 2022}
    said = {text for *_, text in await told(passed, "renumbered")}
    assert len(said) == 1
    assert f"mang số 07/{SERIES}, thay cho số 700/{SERIES}" in said.pop()
