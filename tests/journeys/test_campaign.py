"""The campaign's own acts: amended, suspended, cancelled, two at a time, closed."""

import json

from engine.client import Engine
from intake.rulepacks import from_data, load_packs
from store.database import Database
from store.tables import Campaign
from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, line
from tests.office import DIRECTOR, SECRETARIAT, UNION, open_office, prepare


async def deadline(cast: Cast, name: str) -> dict[str, object]:
    """One deadline of the first phase."""
    rows = await cast.pages(f"/campaigns/{cast.code}/deadlines")
    owner = f"phase:{cast.phase1}"
    row = next(r for r in rows if r["owner"] == owner and r["name"] == name)
    return {key: row[key] for key in ("version", "due_at", "original_due_at")}


async def test_a_campaign_is_launched_once_both_sides_have_signed_the_pact(
    cast: Cast,
) -> None:
    await cast.office.person(DIRECTOR).act("/campaigns", a_plan())
    path = f"/campaigns/{cast.code}"

    early = await cast.refused(DIRECTOR, f"{path}/launch")
    await cast.act(UNION, f"{path}/sign-pact")
    half = await cast.refused(DIRECTOR, f"{path}/launch")
    twice = await cast.refused(UNION, f"{path}/sign-pact")
    clerk = await cast.refused("ctqh-02", f"{path}/launch")

    assert (early, half, twice, clerk) == (
        (409, "wrong_state"),
        (409, "wrong_state"),
        (409, "already_signed"),
        (403, "not_allowed"),
    )


async def test_a_campaign_launched_years_late_goes_at_once_to_the_appraisal(
    database: Database, engine: Engine
) -> None:
    prepare(database, 2026, at("2026-11-25", "08:00"))
    async with open_office(database, engine) as office:
        cast = Cast(office)
        await cast.launch(a_plan(), although_past=True)

        phases = await cast.get(f"/campaigns/{cast.code}/phases")
        departments = [
            row["state"]
            for phase in (cast.phase1, cast.phase2)
            for row in await cast.pages(f"/phases/{phase}/departments")
        ]

    assert [phase["state"] for phase in phases] == ["appraisal", "appraisal"]
    assert departments == ["overdue"] * 2 * len(HEADS)


async def test_a_suspension_stops_acts_and_notices_and_moves_every_deadline(
    cast: Cast,
) -> None:
    await cast.launch(a_plan())
    await cast.until(at("2022-02-14"))
    path = f"/campaigns/{cast.code}"
    reason = {"reason": "Phục vụ kỳ họp bất thường."}
    await cast.act(DIRECTOR, f"{path}/suspend", reason)
    before = await cast.notices()

    await cast.until(at("2022-03-14"))
    during = await cast.notices()
    register = f"{cast.desk(cast.phase1, 'CTQH')}/register"
    aims = {"aims": [aim("ctqh-01", "LDTT")]}
    refused = await cast.refused("ctqh-01", register, aims)
    await cast.act(DIRECTOR, f"{path}/resume")
    await cast.act("ctqh-01", register, aims)

    # 20 working days were lost, from Monday to Monday.
    assert during == before
    assert refused == (409, "wrong_state")
    assert await deadline(cast, "registration") == {
        "version": 2,
        "due_at": "2022-03-28T17:00:00Z",
        "original_due_at": "2022-02-28T17:00:00Z",
    }


async def test_an_amended_date_replans_and_a_period_never_moves(cast: Cast) -> None:
    plan = a_plan()
    await cast.launch(plan)
    await cast.until(at("2022-02-14"))
    path = f"/campaigns/{cast.code}/amend"
    moved = a_plan()
    moved["phases"][0]["registration_due"] = "2022-03-04"
    longer = a_plan()
    longer["phases"][0]["period_end"] = "2022-07-15"
    longer["phases"][1]["period_start"] = "2022-07-16"

    period = await cast.refused(DIRECTOR, path, {"plan": longer, "reason": "Kéo dài."})
    await cast.act(DIRECTOR, path, {"plan": moved, "reason": "Nghỉ Tết."})

    assert period == (409, "period_fixed")
    assert await deadline(cast, "registration") == {
        "version": 2,
        "due_at": "2022-03-04T17:00:00Z",
        "original_due_at": "2022-02-28T17:00:00Z",
    }
    assert (await deadline(cast, "submission"))["version"] == 1


async def test_a_cancelled_campaign_goes_silent(cast: Cast) -> None:
    await cast.launch(a_plan())
    await cast.until(at("2022-02-14"))
    reason = {"reason": "Sáp nhập cơ quan."}
    await cast.act(DIRECTOR, f"/campaigns/{cast.code}/cancel", reason)
    before = await cast.notices()

    await cast.until(at("2023-02-01"))

    over = await cast.refused(DIRECTOR, f"/campaigns/{cast.code}/cancel", reason)
    assert await cast.notices() == before
    assert over == (409, "target_over")


async def test_a_thematic_campaign_runs_beside_the_regular_one(cast: Cast) -> None:
    await cast.launch(a_plan())
    beside = Cast(cast.office, "chuyen-de-2022")
    await beside.launch(a_plan("chuyen-de-2022.yaml"))
    await cast.until(at("2022-10-10"))
    dates = await beside.pages(f"/campaigns/{beside.code}/deadlines")
    await beside.review(beside.phase1, "CTQH", "2022-10-10")
    await beside.submit(beside.phase1, "CTQH", [line("ctqh-02", "GIAY_KHEN")])

    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    others = await beside.pages(f"/phases/{beside.phase1}/lines")

    assert lines == []
    assert [each["period"] for each in others] == [beside.phase1]
    assert {row["owner"] for row in dates} == {
        f"campaign:{beside.code}",
        f"phase:{beside.phase1}",
    }
    assert beside.phase1 not in str(await cast.notices())


async def test_e33_a_phase_changes_its_rules_only_by_a_recorded_act(cast: Cast) -> None:
    await cast.launch(a_plan())
    path = f"/campaigns/{cast.code}/migrate-rules"
    body = {"phase": cast.phase2, "pack": "VN2024", "reason": "Luật mới có hiệu lực."}

    nobody = await cast.refused(SECRETARIAT, path, body)
    unknown = await cast.refused(DIRECTOR, path, {**body, "pack": "VN1999"})
    await cast.act(DIRECTOR, path, body)

    phases = await cast.get(f"/campaigns/{cast.code}/phases")
    acts = await cast.pages(f"/campaigns/{cast.code}/acts")
    assert (nobody, unknown) == ((403, "not_allowed"), (404, "unknown_pack"))
    assert [phase["pack"] for phase in phases] == ["VN2017", "VN2024"]
    assert acts[-1]["payload"]["said"] == body


async def test_e30_the_same_key_gives_the_same_answer_and_another_body_none(
    cast: Cast,
) -> None:
    await cast.launch(a_plan())
    await cast.until(at("2022-01-20"))
    path = f"{cast.desk(cast.phase1, 'CTQH')}/register"
    head = cast.office.person(HEADS["CTQH"])
    body = {"aims": [aim("ctqh-01", "LDTT")]}

    first = await head.post(path, body, key="một lần".encode().hex())
    again = await head.post(path, body, key="một lần".encode().hex())
    other = {"aims": [aim("ctqh-02", "LDTT")]}
    reused = await head.post(path, other, key="một lần".encode().hex())
    keyless = await cast.office.http.post(
        f"/api/v1{path}", json=body, headers={"X-Thidua-Person": head.id}
    )

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.json()["answer"] == {"registered": 1}
    assert (reused.status_code, reused.json()["type"]) == (422, "/problems/key_reused")
    assert (keyless.status_code, keyless.json()["type"]) == (
        400,
        "/problems/key_missing",
    )


async def test_each_phase_is_judged_by_the_rules_of_its_own_period_end(
    database: Database, engine: Engine
) -> None:
    text = json.dumps(a_plan()).replace("2023", "2026").replace("2022", "2025")
    prepare(database, 2025, at("2025-01-02", "08:00"))

    async with open_office(database, engine) as office:
        cast = Cast(office, "2025")
        await cast.launch(json.loads(text))
        phases = await cast.get("/campaigns/2025/phases")

    # The decree of 2025 took over on 1 July, between the two ends.
    assert [phase["pack"] for phase in phases] == ["VN2024", "VN2025"]
    with database.read() as session:
        kept = session.get_one(Campaign, "2025").packs
    assert sorted(kept) == ["VN2024", "VN2025"]
    assert [from_data(kept[code]) for code in sorted(kept)] == [
        pack for pack in load_packs() if pack.code in kept
    ]


async def test_a_line_withdrawn_before_the_director_does_not_hold_up_the_others(
    july: Cast,
) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.vote(session)
    lines = await july.pages(f"/phases/{july.phase1}/lines")
    gone = {"line": lines[0]["id"], "reason": "Người được đề nghị xin rút."}
    path = f"{july.desk(july.phase1, lines[0]['department'])}/withdraw-line"
    await july.act(HEADS[lines[0]["department"]], path, gone)

    await july.decide(f"{july.phase1}-qd1")
    await july.issue(f"{july.phase1}-qd1", 15, 2022)

    after = await july.pages(f"/phases/{july.phase1}/lines")
    assert [each["state"] for each in after] == ["withdrawn", "awarded", "awarded"]
    phases = await july.get(f"/campaigns/{july.code}/phases")
    assert phases[0]["state"] == "closed"


async def test_a_pact_half_signed_and_a_launch_put_off_are_reminded_of(
    cast: Cast,
) -> None:
    await cast.office.person(DIRECTOR).act("/campaigns", a_plan())
    await cast.act(DIRECTOR, f"/campaigns/{cast.code}/sign-pact")
    await cast.until(at("2022-01-11", "12:00"))
    await cast.act(UNION, f"/campaigns/{cast.code}/sign-pact")
    await cast.until(at("2022-01-20", "12:00"))

    notices = await cast.pages(f"/campaigns/{cast.code}/notices")
    assert [
        (n["at"], n["kind"], n["step"], n["recipient"])
        for n in notices
        if n["kind"].endswith("_due")
    ] == [
        ("2022-01-06T01:00:00Z", "pact_due", "before_1", "ld-04"),
        ("2022-01-07T01:00:00Z", "pact_due", "due_day", "ld-04"),
        ("2022-01-10T01:00:00Z", "pact_due", "overdue_1", "ld-02"),
        ("2022-01-10T01:00:00Z", "pact_due", "overdue_1", "ld-03"),
        ("2022-01-11T01:00:00Z", "pact_due", "overdue_2", "hctcqt-01"),
        ("2022-01-11T01:00:00Z", "pact_due", "overdue_2", "hctcqt-03"),
        ("2022-01-14T01:00:00Z", "launch_due", "before_2", "ld-01"),
        ("2022-01-17T01:00:00Z", "launch_due", "before_1", "ld-01"),
        ("2022-01-18T01:00:00Z", "launch_due", "due_day", "ld-01"),
        ("2022-01-19T01:00:00Z", "launch_due", "overdue_1", "ld-02"),
        ("2022-01-19T01:00:00Z", "launch_due", "overdue_1", "ld-03"),
        ("2022-01-20T01:00:00Z", "launch_due", "overdue_2", "hctcqt-01"),
        ("2022-01-20T01:00:00Z", "launch_due", "overdue_2", "hctcqt-03"),
    ]
