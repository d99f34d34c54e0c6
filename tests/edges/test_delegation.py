"""E24: the director is absent, and somebody signs for him, in time and in scope."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from activities.commands import Commands
from domain.delegation import DELEGABLE
from domain.states import CommandState, DecisionState
from engine.client import Engine
from engine.messages import CommandRef
from intake.rulepacks import load_packs
from store.database import Database
from store.tables import Act, ActPayload, Appointment
from tests.edges.rows import commands_of, objection, the_decision, told
from tests.journeys.cast import Cast, at
from tests.journeys.conftest import acting
from tests.journeys.test_own_clock import eventually
from tests.office import (
    DIRECTOR,
    NO_BALLOTS,
    SECRETARIAT,
    open_office,
    set_clock,
)
from tests.store.chains import flaws

DEPUTY, OTHER, HEAD = "ld-02", "ld-03", "ctqh-01"
BASIS = "Giấy ủy quyền số 12/GUQ-VP ngày 14/7/2022"
DECREE = "Nghị định 30/2020/NĐ-CP, Điều 13"
SOURCE = f"{BASIS}; {DECREE}"
TITLE = "Kế hoạch phát động phong trào thi đua năm 2022"
DECIDE = "/decisions/2022-1-qd1/decide"
APPROVE = {"others": "approve"}
NOW = "2022-07-14T02:00:00Z"


def a_power(**changes: Any) -> dict[str, Any]:
    """What the director gives a deputy: to decide, from 14 to 20 July."""
    whole: dict[str, Any] = {
        "to": DEPUTY,
        "capacity": "signed_for",
        "acts": ["decide"],
        "starts": "2022-07-14",
        "until": "2022-07-20",
        "basis": BASIS,
    }
    return whole | changes


async def give(cast: Cast, **changes: Any) -> str:
    """Let the director give a power; return its code."""
    path = f"/campaigns/{cast.code}/delegate"
    answer = await cast.act(DIRECTOR, path, a_power(**changes))
    code: str = answer["delegation"]
    return code


async def revoke(cast: Cast, code: str) -> None:
    """Let the director take a power back."""
    path = f"/campaigns/{cast.code}/revoke-delegation"
    body = {"delegation": code, "reason": "Chánh Văn phòng về sớm."}
    await cast.act(DIRECTOR, path, body)


UNDECIDED = {
    "state": DecisionState.PENDING,
    "decided_by": None,
    "decided_at": None,
    "behalf": None,
    "delegation": None,
    "capacity": None,
}


async def test_e24_a_deputy_decides_for_the_director_and_every_row_says_so(
    passed: Cast,
) -> None:
    code = await give(passed)
    await passed.act(DEPUTY, DECIDE, APPROVE)

    assert the_decision(passed) == {
        "state": DecisionState.DECIDED,
        "decided_by": DEPUTY,
        "decided_at": at("2022-07-14"),
        "behalf": DIRECTOR,
        "delegation": code,
        "capacity": "signed_for",
    }
    (command,) = commands_of(passed, "decide")
    assert (command.actor, command.behalf, command.delegation) == (
        DEPUTY,
        DIRECTOR,
        code,
    )
    with passed.office.database.read() as session:
        act, payload = session.exec(
            select(Act, ActPayload)
            .join(ActPayload, col(ActPayload.act) == col(Act.id))
            .where(Act.command == command.id)
        ).one()
        assert (act.actor, act.behalf) == (DEPUTY, DIRECTOR)
        assert payload.payload["delegation"] == code
        assert flaws(session, passed.code) == []
    assert await passed.pages(f"/campaigns/{passed.code}/delegations") == [
        {
            "id": "2022-uq1",
            "given_by": DIRECTOR,
            "given_at": NOW,
            "delegate": DEPUTY,
            "capacity": "signed_for",
            "acts": ["decide"],
            "starts": "2022-07-14",
            "ends": "2022-07-21",
            "basis": BASIS,
            "revoked_at": None,
            "revoked_because": None,
        }
    ]
    body = (
        "Tạ Quang Nhuận ký KT. Chánh Văn phòng từ ngày 14/7/2022 đến hết ngày "
        f"20/7/2022 trong «{TITLE}»: Quyết định. Căn cứ: {BASIS}"
    )
    assert await told(passed, "delegation_given") == [
        (NOW, "delegation_given", who, body)
        for who in ("hctcqt-01", SECRETARIAT, DEPUTY)
    ]


async def test_e24_a_delegate_beyond_the_scope_is_refused_with_the_source(
    passed: Cast,
) -> None:
    await give(passed, acts=["suspend"])

    refused = await objection(passed, DEPUTY, DECIDE, APPROVE)

    assert refused == (
        403,
        {
            "code": "beyond_delegation",
            "detail": "Ủy quyền ký KT. Chánh Văn phòng không gồm việc «Quyết định»; "
            "chỉ gồm: Tạm dừng phong trào.",
            "rule": "delegation.scope",
            "source": SOURCE,
            "certainty": "verified",
            "warning": None,
        },
    )
    assert the_decision(passed) == UNDECIDED
    assert commands_of(passed, "decide") == []


async def test_e24_a_delegate_before_or_after_the_period_is_refused_with_the_source(
    passed: Cast,
) -> None:
    await give(passed, starts="2022-07-15")
    period = "từ 15/7/2022 đến hết 20/7/2022."

    early = await objection(passed, DEPUTY, DECIDE, APPROVE)
    await passed.until(at("2022-07-21", "00:00"))
    late = await objection(passed, DEPUTY, DECIDE, APPROVE)

    assert [(status, why["rule"], why["source"]) for status, why in (early, late)] == [
        (403, "delegation.period", SOURCE)
    ] * 2
    assert [why["detail"] for _, why in (early, late)] == [
        "Ủy quyền ký KT. Chánh Văn phòng không có hiệu lực vào ngày "
        f"{day}/7/2022: {period}"
        for day in (14, 21)
    ]
    assert the_decision(passed) == UNDECIDED
    assert commands_of(passed, "decide") == []


async def test_e24_a_power_that_was_taken_back_is_refused_at_once_and_told(
    passed: Cast,
) -> None:
    code = await give(passed)
    await revoke(passed, code)

    refused = await objection(passed, DEPUTY, DECIDE, APPROVE)
    path = f"/campaigns/{passed.code}/revoke-delegation"
    again = {"delegation": code, "reason": "Nhắc lại."}
    twice = await passed.refused(DIRECTOR, path, again)
    unknown = {"delegation": "2022-uq9", "reason": "Không có."}
    nobody = await passed.refused(DIRECTOR, path, unknown)

    assert (refused[0], refused[1]["rule"]) == (403, "delegation.period")
    assert (twice, nobody) == ((409, "delegation_over"), (404, "unknown_delegation"))
    assert the_decision(passed) == UNDECIDED
    body = (
        "Tạ Quang Nhuận thôi ký KT. Chánh Văn phòng từ 09 giờ 00 ngày 14/7/2022. "
        "Lý do: Chánh Văn phòng về sớm."
    )
    assert await told(passed, "delegation_revoked", "delegation_ended") == [
        (NOW, "delegation_revoked", who, body)
        for who in ("hctcqt-01", SECRETARIAT, DEPUTY)
    ]


async def test_e24_a_power_ends_by_itself_and_both_sides_are_told(passed: Cast) -> None:
    await give(passed)

    await passed.until(at("2022-07-22"))

    ends, ended = "2022-07-19T01:00:00Z", "2022-07-21T01:00:00Z"
    everybody = ("hctcqt-01", SECRETARIAT, DIRECTOR, DEPUTY)
    assert await told(passed, "delegation_ends", "delegation_ended") == [
        *(
            (
                ends,
                "delegation_ends",
                who,
                "Tạ Quang Nhuận ký KT. Chánh Văn phòng đến hết ngày 20/7/2022. Sau đó "
                "những việc này lại do Chánh Văn phòng ký: Quyết định.",
            )
            for who in everybody
        ),
        *(
            (
                ended,
                "delegation_ended",
                who,
                "Tạ Quang Nhuận đã thôi ký KT. Chánh Văn phòng: ủy quyền có hiệu lực "
                "đến hết ngày 20/7/2022.",
            )
            for who in everybody
        ),
    ]
    deadlines = await passed.pages(f"/campaigns/{passed.code}/deadlines")
    (deadline,) = (d for d in deadlines if d["name"] == "delegation-1")
    assert (deadline["due_at"], deadline["closed_at"]) == (
        "2022-07-20T17:00:00Z",
        ended,
    )


async def test_e24_reminders_and_tasks_reach_the_delegate_only_while_in_force(
    passed: Cast,
) -> None:
    before = await passed.office.person(DEPUTY).pages("/me/tasks")
    await give(passed, until="2022-08-03")
    given = await passed.office.person(DEPUTY).pages("/me/tasks")
    await passed.until(at("2022-08-04"))
    after = await passed.office.person(DEPUTY).pages("/me/tasks")

    assert (before, after) == ([], [])
    assert given == [
        {
            "kind": "decide",
            "path": f"/api/v1{DECIDE}",
            "title": "Quyết định: Giai đoạn 1",
            "campaign": "2022",
            "due_at": "2022-08-04T17:00:00Z",
            "overdue": False,
            "behalf": DIRECTOR,
            "why": "Bạn được ủy quyền ký việc này.",
            "ends": "Xong khi bạn hoặc người cùng trách nhiệm làm việc «Quyết định».",
        }
    ]
    assert [
        (moment, who) for moment, _, who, _ in await told(passed, "decision_due")
    ] == [
        ("2022-08-02T01:00:00Z", DIRECTOR),
        ("2022-08-02T01:00:00Z", DEPUTY),
        ("2022-08-03T01:00:00Z", DIRECTOR),
        ("2022-08-03T01:00:00Z", DEPUTY),
        ("2022-08-04T01:00:00Z", DIRECTOR),
    ]


async def test_e24_an_act_received_on_the_last_day_stands_when_it_is_applied_later(
    before_the_director: Database, engine: Engine
) -> None:
    database = before_the_director
    async with acting(database, engine) as cast:
        code = await give(cast)
        await cast.until(at("2022-07-20", "23:59"))
    async with open_office(database, engine, work=False, patience=0.1) as asleep:
        sent = await asleep.person(DEPUTY).post(DECIDE, APPROVE)
        set_clock(database, at("2022-07-21", "00:00"))
        late = await asleep.person(DEPUTY).refused(DECIDE, APPROVE)

    async with acting(database, engine) as cast:
        sent_to = sent.json()["location"].removeprefix("/api/v1")

        async def ended() -> Any:
            return (await cast.office.person(DEPUTY).get(sent_to))["state"]

        await eventually(ended, "applied")

        assert (sent.status_code, late) == (202, (403, "beyond_delegation"))
        assert the_decision(cast) == {
            "state": DecisionState.DECIDED,
            "decided_by": DEPUTY,
            "decided_at": at("2022-07-20", "23:59"),
            "behalf": DIRECTOR,
            "delegation": code,
            "capacity": "signed_for",
        }


async def test_e24_a_revocation_counts_from_its_receipt_though_it_waits_to_be_applied(
    before_the_director: Database, engine: Engine
) -> None:
    database = before_the_director
    async with acting(database, engine) as cast:
        await give(cast)
    async with open_office(database, engine, work=False, patience=0.1) as asleep:
        back = {"delegation": "2022-uq1", "reason": "Chánh Văn phòng về sớm."}
        path = "/campaigns/2022/revoke-delegation"
        revoked = await asleep.person(DIRECTOR).post(path, back)
        decided = await asleep.person(DEPUTY).post(DECIDE, APPROVE)
        cast = Cast(asleep)
        (command,) = commands_of(cast, "decide")

        Commands(database, load_packs(), box=NO_BALLOTS).apply_command(
            CommandRef(command.id, command.kind, command.received_at)
        )

        (ended,) = commands_of(cast, "decide")
        (waiting,) = commands_of(cast, "revoke_delegation")
        assert (revoked.status_code, decided.status_code) == (202, 202)
        assert waiting.state is CommandState.RECEIVED
        assert [each["rule"] for each in ended.refusals or []] == ["delegation.period"]
        assert the_decision(cast) == UNDECIDED


async def test_e24_a_power_ends_with_the_office_of_the_delegate_or_of_the_director(
    passed: Cast,
) -> None:
    await give(passed)
    database = passed.office.database
    refused = []
    for person in (DEPUTY, DIRECTOR):
        leave_office(database, person, date(2022, 7, 14))
        refused.append(await objection(passed, DEPUTY, DECIDE, APPROVE))
        leave_office(database, person, None)

    await passed.act(DEPUTY, DECIDE, APPROVE)

    assert [(status, why["rule"]) for status, why in refused] == [
        (403, "delegation.in_office")
    ] * 2


def leave_office(database: Database, person: str, day: date | None) -> None:
    """Let somebody hold no office from a day on, or hold it again."""
    with database.write() as session:
        for row in session.exec(
            select(Appointment).where(Appointment.person == person)
        ):
            row.ends = day


@pytest.mark.parametrize(
    ("wrong", "code", "rule"),
    [
        ({"to": HEAD}, "wrong_capacity", "delegation.capacity"),
        (
            {"to": DEPUTY, "capacity": "by_authorisation"},
            "wrong_capacity",
            "delegation.capacity",
        ),
        (
            {"to": HEAD, "capacity": "by_order"},
            "not_delegable",
            "delegation.scope",
        ),
        ({"acts": ["decide", "delegate"]}, "not_delegable", "delegation.scope"),
        ({"acts": ["cancel"]}, "not_delegable", "delegation.scope"),
        ({"starts": "2022-07-13"}, "bad_period", "delegation.period"),
        ({"until": "2022-07-13"}, "bad_period", "delegation.period"),
        ({"to": DIRECTOR}, "delegate_self", None),
        ({"to": "khong-ai"}, "unknown_subject", None),
    ],
)
async def test_e24_what_may_not_be_delegated_is_refused_and_nothing_is_given(
    passed: Cast, wrong: dict[str, Any], code: str, rule: str | None
) -> None:
    path = f"/campaigns/{passed.code}/delegate"

    _, why = await objection(passed, DIRECTOR, path, a_power(**wrong))

    assert (why["code"], why["rule"], why["source"]) == (code, rule, rule and DECREE)
    assert await passed.pages(f"/campaigns/{passed.code}/delegations") == []
    assert await told(passed, "delegation_given") == []


async def test_e24_who_holds_a_power_does_not_pass_it_on(passed: Cast) -> None:
    await give(passed, acts=sorted(DELEGABLE))

    on = await passed.refused(
        DEPUTY, f"/campaigns/{passed.code}/delegate", a_power(to=OTHER)
    )
    back = await passed.refused(
        DEPUTY,
        f"/campaigns/{passed.code}/revoke-delegation",
        {"delegation": "2022-uq1", "reason": "Không cần nữa."},
    )

    assert (on, back) == ((403, "not_allowed"), (403, "not_allowed"))


async def test_e24_a_head_of_department_signs_by_authorisation(passed: Cast) -> None:
    await give(passed, to=HEAD, capacity="by_authorisation")

    await passed.act(HEAD, DECIDE, APPROVE)

    signed = the_decision(passed)
    assert (signed["decided_by"], signed["capacity"]) == (HEAD, "by_authorisation")


async def test_e24_a_suspended_campaign_does_not_lengthen_a_power(passed: Cast) -> None:
    await give(passed, acts=["resume"])
    reason = {"reason": "Chờ kiện toàn tổ chức."}
    await passed.act(DIRECTOR, f"/campaigns/{passed.code}/suspend", reason)
    await passed.until(at("2022-07-19"))

    await passed.act(DEPUTY, f"/campaigns/{passed.code}/resume")

    deadlines = await passed.pages(f"/campaigns/{passed.code}/deadlines")
    dues = {d["name"]: d["due_at"] for d in deadlines if d["closed_at"] is None}
    assert dues["delegation-1"] == "2022-07-20T17:00:00Z"
    assert dues["decision"] == "2022-08-09T17:00:00Z"


async def test_e24_a_power_ends_with_its_campaign(passed: Cast) -> None:
    await give(passed)
    reason = {"reason": "Sáp nhập đơn vị."}

    await passed.act(DIRECTOR, f"/campaigns/{passed.code}/cancel", reason)

    (power,) = await passed.pages(f"/campaigns/{passed.code}/delegations")
    assert (power["revoked_at"], power["revoked_because"]) == (
        NOW,
        "Phong trào đã bị hủy.",
    )
    assert [who for _, _, who, _ in await told(passed, "delegation_revoked")] == [
        "hctcqt-01",
        SECRETARIAT,
        DEPUTY,
    ]
