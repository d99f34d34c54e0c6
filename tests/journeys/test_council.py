"""The council and the director: quorum, thresholds, refusals, the way back."""

from tests.journeys.cast import Cast, a_plan, at, line
from tests.office import CLERK, DIRECTOR, SECRETARIAT


async def line_states(cast: Cast) -> dict[str, str]:
    """How each line of the first phase stands."""
    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    return {each["subject"]: each["state"] for each in lines}


async def phase_state(cast: Cast) -> str:
    """How the first phase stands."""
    phases = await cast.get(f"/campaigns/{cast.code}/phases")
    state: str = phases[0]["state"]
    return state


async def test_without_a_quorum_no_vote_is_opened_and_the_session_is_called_anew(
    july: Cast,
) -> None:
    council = [seat.person for seat in july.year.council]
    first = await july.convene(july.phase1, at("2022-07-14"))
    body = {"present": council[:5]}
    short = await july.refused(DIRECTOR, f"/council-sessions/{first}/open-voting", body)
    second = await july.convene(july.phase1, at("2022-07-15"))
    body = {"present": council[:6]}
    opened = await july.act(DIRECTOR, f"/council-sessions/{second}/open-voting", body)

    sessions = await july.pages(f"/phases/{july.phase1}/council-sessions")
    assert short == (409, "quorum")
    assert opened == {"present": 6, "members": 9}
    assert [session["state"] for session in sessions] == ["adjourned", "voting"]


async def test_an_absent_member_counts_as_not_agreeing(july: Cast) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))

    # 7 of 9 are there: 4 yes are a majority of those present, not of the council.
    await july.vote(session, {"ctqh-02": 3, "cthdnd-02": 2}, absent=("ld-02", "ld-03"))

    assert await line_states(july) == {
        "ctqh-02": "council_failed",
        "cthdnd-02": "council_passed",
        "hctcqt-02": "council_passed",
    }


async def test_hands_that_do_not_add_up_are_refused(july: Cast) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    path = f"/council-sessions/{session}"
    present = {"present": [seat.person for seat in july.year.council]}
    await july.act(DIRECTOR, f"{path}/open-voting", present)
    first = (await july.ballot(session))[0]["id"]

    hands = {"lines": [{"line": first, "yes": 8, "no": 2}]}
    too_many = await july.refused("hctcqt-03", f"{path}/record-show-of-hands", hands)
    minutes = {"minutes": "Chưa biểu quyết xong."}
    too_soon = await july.refused("hctcqt-03", f"{path}/close-voting", minutes)

    assert (too_many, too_soon) == ((409, "count_wrong"), (409, "not_counted"))


async def test_a_dissent_is_kept_by_name(july: Cast) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    path = f"/council-sessions/{session}"
    present = {"present": [seat.person for seat in july.year.council]}
    await july.act(DIRECTOR, f"{path}/open-voting", present)
    lines = await july.ballot(session)
    hands = [{"line": each["id"], "yes": 8, "no": 1} for each in lines]
    hands[0]["dissents"] = [{"person": "ld-02", "opinion": "Thành tích chưa rõ."}]
    await july.act("hctcqt-03", f"{path}/record-show-of-hands", {"lines": hands})

    sessions = await july.pages(f"/phases/{july.phase1}/council-sessions")

    assert [each["dissents"] for each in sessions[0]["lines"]] == [
        [{"person": "ld-02", "opinion": "Thành tích chưa rõ."}],
        [],
        [],
    ]


async def test_the_director_declines_one_returns_one_and_the_rest_goes_on(
    july: Cast,
) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.vote(session)
    lines = {
        each["subject"]: each["id"]
        for each in await july.pages(f"/phases/{july.phase1}/lines")
    }
    rulings = [
        {"line": lines["ctqh-02"], "outcome": "decline", "reason": "Trùng thành tích."},
        {"line": lines["cthdnd-02"], "outcome": "return", "reason": "Đề nghị làm rõ."},
    ]
    silent = await july.refused(
        DIRECTOR, f"/decisions/{july.phase1}-qd1/decide", {"rulings": rulings}
    )
    await july.decide(f"{july.phase1}-qd1", {"rulings": rulings, "others": "approve"})
    back = await phase_state(july)
    await july.issue(f"{july.phase1}-qd1", 15, 2022)
    second = await july.convene(july.phase1, at("2022-07-20"))
    await july.vote(second)
    await july.decide(f"{july.phase1}-qd2")
    taken = await july.refused(
        CLERK,
        f"/decisions/{july.phase1}-qd2/number",
        {"number": 15, "year": 2022, "series": "QĐ-VP"},
    )
    await july.issue(f"{july.phase1}-qd2", 16, 2022)

    assert silent == (409, "not_all_ruled")
    assert back == "council_review"
    assert taken == (409, "number_taken")
    assert await phase_state(july) == "closed"
    assert await line_states(july) == {
        "ctqh-02": "director_declined",
        "cthdnd-02": "awarded",
        "hctcqt-02": "awarded",
    }


async def test_a_silent_director_is_reminded_then_passed_by_sideways(
    july: Cast,
) -> None:
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.vote(session)

    await july.until(at("2022-08-20"))

    notices = await july.pages(f"/campaigns/{july.code}/notices")
    assert [
        (notice["at"], notice["step"], notice["recipient"])
        for notice in notices
        if notice["kind"] == "decision_due"
    ] == [
        ("2022-08-02T01:00:00Z", "before_2", "ld-01"),
        ("2022-08-03T01:00:00Z", "before_1", "ld-01"),
        ("2022-08-04T01:00:00Z", "due_day", "ld-01"),
        ("2022-08-05T01:00:00Z", "overdue_1", "ld-02"),
        ("2022-08-05T01:00:00Z", "overdue_1", "ld-03"),
        ("2022-08-08T01:00:00Z", "overdue_2", "hctcqt-01"),
        ("2022-08-08T01:00:00Z", "overdue_2", "hctcqt-03"),
        ("2022-08-09T01:00:00Z", "overdue_3", "ld-04"),
    ]
    assert set((await line_states(july)).values()) == {"council_passed"}


async def test_comments_are_taken_while_the_list_is_posted(cast: Cast) -> None:
    await cast.launch(a_plan())
    await cast.until(at("2022-06-20"))
    await cast.review(cast.phase1, "CTQH", "2022-06-20")
    lines = await cast.submit(cast.phase1, "CTQH", [line("ctqh-02", "GIAY_KHEN")])
    await cast.until(at("2022-07-01"))
    await cast.appraise(cast.phase1, "CTQH")
    path = f"/phases/{cast.phase1}"
    without = {"without": ["CTHDND", "HCTCQT", "TTDN"]}
    await cast.act(SECRETARIAT, f"{path}/publish", without)
    said = {"text": "Đề nghị xem lại minh chứng.", "line": lines[0]}
    await cast.act("ttdn-02", f"{path}/comment", said)

    early = await cast.refused(
        SECRETARIAT,
        f"{path}/convene",
        {"meets_at": at("2022-07-14").isoformat(), "place": "Phòng họp số 1"},
    )
    await cast.until(at("2022-07-11"))
    late = await cast.refused("ttdn-02", f"{path}/comment", said)

    comments = await cast.pages(f"{path}/comments")
    assert [(c["author"], c["body"], c["line"]) for c in comments] == [
        ("ttdn-02", "Đề nghị xem lại minh chứng.", lines[0])
    ]
    assert (early, late) == ((409, "wrong_state"), (409, "wrong_state"))
