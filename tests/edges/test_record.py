"""The record in use: its head on what is issued, and words that are erased from it."""

from tests.journeys.cast import Cast
from tests.office import CLERK, DIRECTOR, SECRETARIAT
from tests.store.chains import flaws

PATH = "/decisions/2022-1-qd1"


async def test_an_issued_decision_carries_the_head_of_the_record(passed: Cast) -> None:
    numbered = {"number": 1, "year": 2022, "series": "QĐ-VP"}
    await passed.act(DIRECTOR, f"{PATH}/decide", {"others": "approve"})
    await passed.act(CLERK, f"{PATH}/number", numbered)
    [before] = await passed.pages("/phases/2022-1/decisions")

    await passed.act(CLERK, f"{PATH}/issue")

    [issued] = await passed.pages("/phases/2022-1/decisions")
    acts = await passed.pages(f"/campaigns/{passed.code}/acts")
    [number] = [act for act in acts if act["kind"] == "number"]
    last = {"campaign": passed.code, "seq": number["seq"], "digest": number["digest"]}
    assert (before["head"], issued["head"]) == (None, last)


async def test_words_that_the_director_erases_are_read_by_nobody(passed: Cast) -> None:
    path = f"/campaigns/{passed.code}/erase-personal-data"
    acts = await passed.pages(f"/campaigns/{passed.code}/acts")
    sent = next(act for act in acts if act["kind"] == "submit")
    body = {"seq": sent["seq"], "reason": "Theo yêu cầu của người có dữ liệu."}

    desk = await passed.refused(SECRETARIAT, path, body)
    answer = await passed.act(DIRECTOR, path, body)
    again = await passed.refused(DIRECTOR, path, body)
    nothing = await passed.refused(DIRECTOR, path, {**body, "seq": 9999})

    acts = await passed.pages(f"/campaigns/{passed.code}/acts")
    with passed.office.database.read() as session:
        found = flaws(session, passed.code)
    assert answer == {"seq": sent["seq"]}
    assert (desk, again, nothing) == (
        (403, "not_allowed"),
        (409, "already_erased"),
        (404, "unknown_act"),
    )
    assert acts[sent["seq"] - 1] == {**sent, "payload": None}
    assert [flaw.code for flaw in found] == ["erased"]
