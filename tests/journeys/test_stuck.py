"""An act that a fault of ours keeps from its end holds up nobody and loses nothing."""

from typing import Any

import pytest

from activities.effects.registry import EFFECTS, Answer, Call
from tests.databases import LATER_ON_POSTGRES
from tests.journeys.cast import HEADS, Cast, at, praise
from tests.office import SECRETARIAT

pytestmark = LATER_ON_POSTGRES

CTQH, CTHDND, _, _ = HEADS


async def test_a_stuck_list_keeps_its_place_and_is_applied_when_the_fault_is_mended(
    june: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended = EFFECTS["submit"]

    def faulty(call: Call, body: Any) -> Answer | None:
        if call.department == CTQH:
            raise ZeroDivisionError
        return mended(call, body)

    monkeypatch.setitem(EFFECTS, "submit", faulty)
    path = june.desk(june.phase1, CTQH)
    head = june.office.person(HEADS[CTQH])
    body = {"lines": praise("ctqh-02")}
    answer = await head.post(f"{path}/submit", body, key="một".encode().hex())
    stuck = answer.json()
    await june.submit(june.phase1, CTHDND, praise("cthdnd-02"))
    again = await june.refused(HEADS[CTQH], f"{path}/recall")
    await june.until(at("2022-07-01"))
    closed = {
        row["department"]: row["state"]
        for row in await june.get(f"/phases/{june.phase1}/departments")
    }
    monkeypatch.undo()
    retry = f"/commands/{stuck['command']}/try-again"
    nobody = await june.refused(HEADS[CTQH], retry)
    done = await june.office.person(SECRETARIAT).post(retry)
    twice = await june.refused(SECRETARIAT, retry)

    notices = await june.notices()
    lines = await june.pages(f"/phases/{june.phase1}/lines")
    assert (answer.status_code, stuck["state"]) == (202, "stuck")
    assert again == (409, "wrong_state")
    assert closed == {
        "CTQH": "peer_reviewed",
        "CTHDND": "submitted",
        "HCTCQT": "overdue",
        "TTDN": "overdue",
    }
    assert [n.split(" ")[2] for n in notices if " command_stuck " in n] == [
        ">hctcqt-01:",
        ">hctcqt-03:",
    ]
    assert (nobody, twice) == ((403, "not_allowed"), (409, "not_stuck"))
    assert done.json()["state"] == "applied"
    assert [(each["subject"], each["state"]) for each in lines] == [
        ("cthdnd-02", "nominated"),
        ("ctqh-02", "nominated"),
    ]
