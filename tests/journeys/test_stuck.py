"""An act that a fault of ours keeps from its end holds up nobody and loses nothing."""

from typing import Any
from uuid import UUID

import pytest

from activities.effects.registry import EFFECTS, Answer, Call
from tests.journeys.cast import HEADS, Cast, at, praise
from tests.office import SECRETARIAT

CTQH, CTHDND, _, _ = HEADS


async def test_a_stuck_list_keeps_its_place_and_is_applied_when_the_fault_is_mended(
    june: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended = EFFECTS["submit"]

    def faulty(call: Call, body: Any) -> Answer | None:
        if call.department == CTQH:
            raise OSError  # as where a disk is full
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
        for row in await june.pages(f"/phases/{june.phase1}/departments")
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


async def test_an_act_that_failed_is_discarded_by_the_secretariat_and_ends_so(
    june: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(_call: Call, _body: Any) -> Answer | None:
        raise KeyError

    monkeypatch.setitem(EFFECTS, "submit", mistaken)
    head, desk = june.office.person(HEADS[CTQH]), june.desk(june.phase1, CTQH)
    body, key = {"lines": praise("ctqh-02")}, b"hai".hex()
    answer = await head.post(f"{desk}/submit", body, key=key)
    failed = answer.json()
    why = {"reason": "Phòng lập lại danh sách."}
    path = f"/commands/{failed['command']}/discard"
    nobody = await june.refused(HEADS[CTQH], path, why)
    silent = await june.refused(SECRETARIAT, path)
    unknown = await june.refused(SECRETARIAT, f"/commands/{UUID(int=1)}/discard", why)
    done = await june.act(SECRETARIAT, path, why)
    monkeypatch.undo()

    assert (answer.status_code, failed["state"]) == (202, "failed")
    assert nobody == (403, "not_allowed")
    assert silent == (422, "invalid")
    assert unknown == (404, "unknown_command")
    assert done == {
        "command": failed["command"],
        "act": "submit",
        "target": f"department:{june.phase1}:{CTQH}",
    }
    assert (await june.get(f"/commands/{failed['command']}"))["state"] == "discarded"
    again = await head.post(f"{desk}/submit", body, key=key)
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "Thao tác này đã bị bỏ: Phòng lập lại danh sách.",
    )
    await june.submit(june.phase1, CTQH, praise("ctqh-02"))
    acts = [each.split(" ")[1:3] for each in await june.acts()]
    assert [each for each in acts if each[0] in ("command_failed", "discard")] == [
        ["command_failed", "thidua"],
        ["discard", SECRETARIAT],
    ]
