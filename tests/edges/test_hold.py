"""E19: a line waits while something about it is verified, and nobody forgets it."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from store.tables import Case, Decision, NominationMove, Phase
from tests.edges.rows import lines_of, objection, states_of, told
from tests.journeys.cast import Cast, at, praise
from tests.office import CLERK, DIRECTOR, SECRETARIAT, UNION
from tests.store.chains import flaws

WORTHY = "ctqh-02"
CASE = "11111111-1111-4111-8111-111111111111"
ANOTHER = "22222222-2222-4222-8222-222222222222"
PATH = f"/cases/{CASE}"
# Of another department, and one who knows what the own sends before it is posted.
FILER, COLLEAGUE = "ttdn-02", "ctqh-05"
CLEARED = {"outcome": "unfounded", "conclusion": "Thành tích đúng như báo cáo."}
SO = {"outcome": "founded", "conclusion": "Số liệu kê khai sai.", "ends_line": True}


async def written(
    cast: Cast, who: str, key: str = CASE, **changed: Any
) -> dict[str, Any]:
    """Write a complaint against the worthy one down, not filed yet."""
    body = {
        "campaign": cast.code,
        "kind": "complaint",
        "title": "Số liệu thành tích",
        "matter": "Số liệu trong báo cáo thành tích chưa đúng.",
        "line": (await lines_of(cast))[WORTHY]["id"],
        "event_on": "2022-07-10",
        **changed,
    }
    answer = await cast.office.person(who).put(f"/cases/{key}", body)
    found: dict[str, Any] = answer.json()
    return found


async def taken_up(
    cast: Cast, key: str = CASE, filer: str = FILER, **changed: Any
) -> None:
    """Let a complaint be filed and taken up."""
    await written(cast, filer, key, **changed)
    await cast.act(filer, f"/cases/{key}/file-case")
    await cast.act(SECRETARIAT, f"/cases/{key}/accept-case", {})


async def passed_without(cast: Cast) -> None:
    """Let the council pass, and the director approve, all that is before them."""
    session = await cast.convene(cast.phase1, at("2022-07-14"))
    await cast.until(at("2022-07-14"))
    await cast.vote(session)
    await cast.decide("2022-1-qd1")
    await cast.issue("2022-1-qd1", 7, 2022)


def how_it_went(cast: Cast, line: str) -> list[tuple[str | None, str]]:
    """Read the moves of a line from the third on."""
    with cast.office.database.read() as session:
        moves = session.exec(
            select(NominationMove)
            .where(NominationMove.line == UUID(line), NominationMove.n > 2)
            .order_by(NominationMove.n)
        ).all()
        return [(each.from_state, each.to_state) for each in moves]


async def test_e19_a_line_before_the_council_waits_and_is_reopened_when_cleared(
    july: Cast,
) -> None:
    line = (await lines_of(july))[WORTHY]["id"]
    await taken_up(july)
    held = await states_of(july)
    await passed_without(july)
    phases = await july.get(f"/campaigns/{july.code}/phases")

    await july.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)

    assert held == {
        WORTHY: "on_hold",
        "cthdnd-02": "eligible",
        "hctcqt-02": "eligible",
    }
    assert phases[0]["state"] == "closed"
    again = await july.get(f"/campaigns/{july.code}/phases")
    assert again[0]["state"] == "council_review"
    session = await july.convene(july.phase1, at("2022-07-20", "14:00"))
    await july.until(at("2022-07-20", "14:00"))
    await july.vote(session)
    await july.decide("2022-1-qd2")
    await july.issue("2022-1-qd2", 9, 2022)
    assert set((await states_of(july)).values()) == {"awarded"}
    assert how_it_went(july, line) == [
        ("eligible", "on_hold"),
        ("on_hold", "eligible"),
        ("eligible", "on_ballot"),
        ("on_ballot", "council_passed"),
        ("council_passed", "director_approved"),
        ("director_approved", "awarded"),
    ]
    reviews = await july.pages(f"/campaigns/{july.code}/reports")
    assert [(r["phase"], r["version"]) for r in reviews] == [
        ("2022-1", 1),
        ("2022-1", 2),
    ]
    with july.office.database.read() as session_:
        assert session_.get_one(Phase, "2022-1").closed_at is not None
        assert flaws(session_, july.code) == []


async def test_e19_a_line_cleared_while_the_others_are_voted_on_waits_for_a_vote(
    july: Cast,
) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    await taken_up(july)
    await july.until(at("2022-07-14"))
    present = await july.open_vote(session)
    await july.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)
    await july.raise_hands(session, present, {})

    path = f"/council-sessions/{session}"
    await july.act(SECRETARIAT, f"{path}/close-voting", {"minutes": "Đã họp."})
    for who in (SECRETARIAT, DIRECTOR):
        await july.act(who, f"{path}/sign-minutes")

    assert await states_of(july) == {
        WORTHY: "eligible",
        "cthdnd-02": "council_passed",
        "hctcqt-02": "council_passed",
    }


async def test_e19_a_line_that_passed_leaves_its_list_and_gets_one_of_its_own(
    passed: Cast,
) -> None:
    await taken_up(passed)
    await passed.decide("2022-1-qd1")
    before = await states_of(passed)

    await passed.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)

    assert before == {
        WORTHY: "on_hold",
        "cthdnd-02": "director_approved",
        "hctcqt-02": "director_approved",
    }
    decisions = await passed.pages(f"/phases/{passed.phase1}/decisions")
    line = (await lines_of(passed))[WORTHY]["id"]
    assert [(d["id"], d["state"], len(d["lines"])) for d in decisions] == [
        ("2022-1-qd1", "decided", 2),
        ("2022-1-qd2", "pending", 1),
    ]
    assert decisions[1]["lines"][0]["line"] == line
    assert (await states_of(passed))[WORTHY] == "council_passed"
    waits = await told(passed, "line_held", "line_released")
    assert [(kind, who) for _, kind, who, _ in waits] == [
        *(("line_held", who) for who in ("ctqh-01", WORTHY, "ctqh-03")),
        *(("line_released", who) for who in ("ctqh-01", WORTHY, "ctqh-03")),
    ]
    assert {text for *_, text in waits if "giữ" in text} == {
        "Đề nghị tặng «Giấy khen của Chánh Văn phòng» cho Âu Thị Hạnh Nguyên được tạm "
        "giữ để xác minh theo quy định. Xác minh xong, đề nghị được xét tiếp, kể cả "
        "khi giai đoạn đã kết thúc."
    }


async def test_e19_what_is_signed_and_not_issued_is_held_too(passed: Cast) -> None:
    await passed.decide("2022-1-qd1")
    await taken_up(passed)
    await passed.issue("2022-1-qd1", 7, 2022)
    issued = await states_of(passed)

    await passed.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)
    await passed.decide("2022-1-qd2")
    await passed.issue("2022-1-qd2", 8, 2022)

    assert issued == {WORTHY: "on_hold", "cthdnd-02": "awarded", "hctcqt-02": "awarded"}
    assert set((await states_of(passed)).values()) == {"awarded"}


async def test_e19_a_line_that_is_being_voted_on_waits_once_it_is_counted(
    july: Cast,
) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.until(at("2022-07-14"))
    await july.vote_only(session, {})
    await taken_up(july)
    counted = (await states_of(july))[WORTHY]

    for who in ("hctcqt-03", DIRECTOR):
        await july.act(who, f"/council-sessions/{session}/sign-minutes")

    assert counted == "on_ballot"
    assert (await states_of(july))[WORTHY] == "on_hold"
    [decision] = await july.pages(f"/phases/{july.phase1}/decisions")
    assert len(decision["lines"]) == 2


async def test_e19_a_line_cleared_after_its_council_was_called_gets_another(
    july: Cast,
) -> None:
    await taken_up(july)
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)
    await july.until(at("2022-07-14"))
    await july.vote(session)
    await july.decide("2022-1-qd1")
    await july.issue("2022-1-qd1", 7, 2022)

    phases = await july.get(f"/campaigns/{july.code}/phases")
    waiting = await states_of(july)
    another = await july.convene(july.phase1, at("2022-07-20", "14:00"))
    await july.until(at("2022-07-20", "14:00"))
    await july.vote(another)

    assert phases[0]["state"] == "council_review"
    assert phases[0]["round"] == 0
    assert waiting[WORTHY] == "eligible"
    assert (await states_of(july))[WORTHY] == "council_passed"


async def test_e19_a_matter_that_was_so_ends_its_line(july: Cast) -> None:
    await taken_up(july)

    await july.act(DIRECTOR, f"{PATH}/resolve-case", SO)

    assert (await states_of(july))[WORTHY] == "ineligible"
    ended = await told(july, "line_ended")
    assert {who for _, _, who, _ in ended} == {"ctqh-01", "ctqh-03", WORTHY}
    assert ended[0][3].endswith("không được xét nữa. Kết luận: Số liệu kê khai sai.")
    case = await july.office.person(FILER).get(PATH)
    assert (case["state"], case["founded"], case["conclusion"]) == (
        "resolved",
        True,
        "Số liệu kê khai sai.",
    )


async def test_e19_of_two_matters_the_last_one_lets_the_line_go(july: Cast) -> None:
    await taken_up(july)
    await taken_up(july, ANOTHER, title="Việc khác")

    await july.act(FILER, f"{PATH}/withdraw-case", {"reason": "Đã rõ."})
    still = (await states_of(july))[WORTHY]
    await july.act(DIRECTOR, f"/cases/{ANOTHER}/resolve-case", CLEARED)

    assert (still, (await states_of(july))[WORTHY]) == ("on_hold", "eligible")


async def test_e19_when_all_is_held_the_phase_ends_and_comes_back(passed: Cast) -> None:
    keys = await all_taken_up(passed)
    phases = await passed.get(f"/campaigns/{passed.code}/phases")

    await passed.act(DIRECTOR, f"/cases/{keys[0]}/resolve-case", CLEARED)

    with passed.office.database.read() as session:
        decisions = session.exec(select(Decision).order_by(Decision.ordinal)).all()
        assert [row.state for row in decisions] == ["returned", "pending"]
    again = await passed.get(f"/campaigns/{passed.code}/phases")
    assert (phases[0]["state"], again[0]["state"]) == ("closed", "director_review")


@pytest.mark.parametrize("numbered", [False, True])
async def test_e19_a_signed_decision_that_is_left_with_nobody_is_not_issued(
    passed: Cast, numbered: bool
) -> None:
    first, seven = "/decisions/2022-1-qd1", {"number": 7, "year": 2022, "series": "QĐ"}
    await passed.decide("2022-1-qd1")
    if numbered:
        await passed.act(CLERK, f"{first}/number", seven)
    keys = await all_taken_up(passed)

    refused = await passed.refused(
        CLERK,
        f"{first}/{'issue' if numbered else 'number'}",
        None if numbered else seven,
    )
    tasks = await passed.office.person(CLERK).pages("/me/tasks")
    phases = await passed.get(f"/campaigns/{passed.code}/phases")
    await passed.act(DIRECTOR, f"/cases/{keys[0]}/resolve-case", CLEARED)
    await passed.decide("2022-1-qd2")
    if numbered:
        again = await passed.refused(CLERK, "/decisions/2022-1-qd2/number", seven)
        assert again == (409, "number_taken")
    await passed.issue("2022-1-qd2", 8, 2022)

    assert refused == (409, "target_over")
    assert [t for t in tasks if "qd1" in t["path"]] == []
    assert phases[0]["state"] == "closed"
    void, granted = await passed.pages(f"/phases/{passed.phase1}/decisions")
    why = "Đề nghị cuối cùng của quyết định được tạm giữ để xác minh theo quy định."
    assert (void["state"], void["number"], void["content"]) == (
        ("rescinded", 7, {"reason": why})
        if numbered
        else ("returned", None, {"reason": why})
    )
    assert (granted["state"], len(granted["lines"])) == ("issued", 1)
    which, asked = (
        (" số 07/QĐ", "Số đó không dùng cho quyết định khác.")
        if numbered
        else ("", "Không vào số.")
    )
    assert {(who, text) for *_, who, text in await told(passed, "decision_void")} == {
        (
            who,
            f"Quyết định{which} của «Giai đoạn 1» đã ký nhưng không còn đề nghị nào "
            f"nên không ban hành. {why} {asked}",
        )
        for who in (CLERK, "hctcqt-01", SECRETARIAT)
    }


async def all_taken_up(cast: Cast) -> list[str]:
    """Let a complaint about every line be taken up."""
    lines = await lines_of(cast)
    keys = [f"{n}{CASE[1:]}" for n in range(3, 3 + len(lines))]
    for key, subject in zip(keys, sorted(lines), strict=True):
        await taken_up(cast, key, line=lines[subject]["id"])
    return keys


async def posted_without_the_held(cast: Cast) -> None:
    """Hold the worthy one's line before it is appraised, and post the others."""
    for department in ("CTQH", "CTHDND"):
        worthy = f"{department.lower()}-02"
        await cast.submit(cast.phase1, department, praise(worthy))
    await taken_up(cast, filer=COLLEAGUE, event_on="2022-06-20")
    for department in ("CTQH", "CTHDND"):
        await cast.appraise(cast.phase1, department)
    await cast.until(at("2022-07-01"))
    without = {"without": ["HCTCQT", "TTDN"]}
    await cast.act(SECRETARIAT, f"/phases/{cast.phase1}/publish", without)


@pytest.mark.parametrize(
    ("against", "state", "stage"),
    [(None, "eligible", "council_review"), ("Chưa rõ.", "ineligible", "closed")],
)
async def test_e19_a_line_cleared_before_it_was_appraised_is_waited_for(
    june: Cast, against: str | None, state: str, stage: str
) -> None:
    await posted_without_the_held(june)
    await june.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)
    line, desk = (await lines_of(june))[WORTHY]["id"], june.desk(june.phase1, "CTQH")
    await june.until(at("2022-07-13"))
    await passed_without(june)
    waiting = await june.get(f"/campaigns/{june.code}/phases")
    tasks = await june.office.person(SECRETARIAT).pages("/me/tasks")
    finding = {"line": line, "eligible": False, "reason": against}

    found = {"findings": [finding] if against else []}
    await june.act(SECRETARIAT, f"{desk}/appraise", found)

    assert waiting[0]["state"] == "director_review"
    assert [(t["path"], t["due_at"]) for t in tasks if t["kind"] == "appraise"] == [
        (f"/api/v1{desk}/appraise", "2022-07-15T17:00:00Z")
    ]
    assert (await states_of(june))[WORTHY] == state
    after = await june.get(f"/campaigns/{june.code}/phases")
    assert after[0]["state"] == stage
    dues = await june.pages(f"/campaigns/{june.code}/deadlines")
    assert "appraisal" not in {
        d["name"] for d in dues if d["owner"] == "phase:2022-1" and not d["closed_at"]
    }


async def test_e19_a_line_cleared_after_its_phase_is_appraised_and_goes_on(
    june: Cast,
) -> None:
    await posted_without_the_held(june)
    await june.until(at("2022-07-13"))
    await passed_without(june)
    closed = await june.get(f"/campaigns/{june.code}/phases")

    await june.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)
    await june.act(SECRETARIAT, f"{june.desk(june.phase1, 'CTQH')}/appraise")
    session = await june.convene(june.phase1, at("2022-07-20", "14:00"))
    await june.until(at("2022-07-20", "14:00"))
    await june.vote(session)

    assert closed[0]["state"] == "closed"
    assert (await states_of(june))[WORTHY] == "council_passed"


async def test_a_matter_has_clocks_and_reminds_whoever_owes_its_next_step(
    july: Cast,
) -> None:
    await written(july, FILER)
    await july.act(FILER, f"{PATH}/file-case")
    tasks = await july.office.person(SECRETARIAT).pages("/me/tasks")
    await july.until(at("2022-07-26"))
    await july.act(SECRETARIAT, f"{PATH}/accept-case", {"is_complex": True})
    await july.until(at("2022-09-12"))

    dues = await july.pages(f"/campaigns/{july.code}/deadlines")
    ours = {d["name"]: d["due_at"] for d in dues if d["owner"] == f"case:{CASE}"}
    # 13/7 and ten days is a Saturday; 26/7 and 45 days is a Friday.
    assert ours == {
        "case_acceptance": "2022-07-25T17:00:00Z",
        "case_resolution": "2022-09-09T17:00:00Z",
    }
    assert ("accept_case", f"/api/v1{PATH}/accept-case") in [
        (task["kind"], task["path"]) for task in tasks
    ]
    late = await told(july, "case_acceptance_due", "case_resolution_due")
    desk, deputies = ("hctcqt-01", "hctcqt-03"), ("ld-02", "ld-03")
    assert [(day[5:10], kind, who) for day, kind, who, _ in late] == [
        (day, f"case_{what}_due", who)
        for what, reminders in {
            "acceptance": {
                **dict.fromkeys(("07-20", "07-22", "07-25"), desk),
                "07-26": deputies,
            },
            "resolution": {
                **dict.fromkeys(("09-07", "09-08", "09-09"), (DIRECTOR,)),
                "09-12": deputies,
            },
        }.items()
        for day, people in reminders.items()
        for who in people
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"event_on": None}, "case_incomplete"),
        ({"line": CASE}, "unknown_line"),
        ({"kind": "denunciation"}, "not_allowed"),
        ({"kind": "rescission"}, "not_allowed"),
        ({"denouncer": "Một người"}, "case_field"),
        ({"campaign": "2021"}, "unknown_campaign"),
    ],
)
async def test_a_matter_that_lacks_what_it_needs_is_not_written(
    july: Cast, changed: dict[str, Any], code: str
) -> None:
    refused = await written(july, FILER, **changed)

    assert refused["type"] == f"/problems/{code}"
    with july.office.database.read() as session:
        assert session.exec(select(Case)).all() == []


async def test_a_step_out_of_turn_or_by_somebody_else_is_refused(july: Cast) -> None:
    await written(july, FILER)
    early = await july.refused(SECRETARIAT, f"{PATH}/accept-case", {})
    strange = await july.refused(UNION, f"{PATH}/file-case")
    await july.act(FILER, f"{PATH}/file-case")
    twice = await july.refused(FILER, f"{PATH}/file-case")
    reported = await july.refused(SECRETARIAT, f"{PATH}/report-case", {"report": "x"})
    await july.act(SECRETARIAT, f"{PATH}/accept-case", {})
    desk = await july.refused(SECRETARIAT, f"{PATH}/resolve-case", CLEARED)
    unfounded = await july.refused(
        DIRECTOR, f"{PATH}/resolve-case", {**CLEARED, "ends_line": True}
    )

    assert [early, strange, twice, reported, desk, unfounded] == [
        (404, "unknown_target"),  # a draft is there for nobody else
        (404, "unknown_target"),
        (409, "wrong_state"),
        (409, "wrong_state"),
        (403, "not_allowed"),
        (409, "nothing_against_line"),
    ]
    assert (await states_of(july))[WORTHY] == "on_hold"


async def test_a_complaint_too_late_is_refused_with_its_source(july: Cast) -> None:
    await written(july, FILER, event_on="2022-04-13")

    status, reason = await objection(july, FILER, f"{PATH}/file-case", {})

    assert (status, reason) == (
        409,
        {
            "code": "complaint_filing",
            "detail": "Thời hạn gửi là 90 ngày kể từ ngày biết được (13/4/2022), đã "
            "hết ngày 12/7/2022.",
            "rule": "VN2017.sla.complaint_filing",
            "source": "Luật Khiếu nại 2011 Điều 9",
            "certainty": "verified",
            "warning": None,
        },
    )


async def test_who_denounced_is_told_to_nobody_but_who_protects_them(
    july: Cast,
) -> None:
    secret = "Người gửi tin xin giấu tên"
    body = {"kind": "denunciation", "denouncer": secret, "title": "Nội dung kín"}
    await written(july, UNION, **body)
    await july.act(UNION, f"{PATH}/file-case")
    await july.act(DIRECTOR, f"{PATH}/accept-case", {})
    await july.act(DIRECTOR, f"{PATH}/resolve-case", CLEARED)

    seen = {}
    for who in (DIRECTOR, UNION, SECRETARIAT, CLERK, WORTHY):
        answer = await july.office.person(who).look(PATH)
        seen[who] = answer.json().get("denouncer") if answer.status_code == 200 else 404
    assert seen == {
        DIRECTOR: secret,
        UNION: secret,
        SECRETARIAT: 404,
        CLERK: 404,
        WORTHY: 404,
    }
    for path in ("notices", "acts", "cases", "deadlines"):
        text = (await july.office.person(WORTHY).look(f"/campaigns/2022/{path}")).text
        assert secret not in text
        assert "Nội dung kín" not in text
        assert CLEARED["conclusion"] not in text
