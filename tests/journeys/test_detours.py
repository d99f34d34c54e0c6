"""The ordinary detours of a phase: late, silent, recalled, returned, extended."""

from tests.journeys.cast import HEADS, Cast, at, line, praise
from tests.office import DIRECTOR, SECRETARIAT

CTQH, CTHDND, HCTCQT, TTDN = HEADS


async def department_states(cast: Cast) -> dict[str, str]:
    """How each department stands in the first phase."""
    rows = await cast.pages(f"/phases/{cast.phase1}/departments")
    return {row["department"]: row["state"] for row in rows}


async def sent_to(cast: Cast, person: str, since: str) -> list[tuple[str, str, str]]:
    """What somebody was written since a day: moment, kind and step."""
    notices = await cast.pages(f"/campaigns/{cast.code}/notices")
    return [
        (notice["at"], notice["kind"], notice["step"])
        for notice in notices
        if notice["recipient"] == person and notice["at"] >= since
    ]


async def test_e08_a_silent_department_is_escalated_and_passed_over_only_by_name(
    june: Cast,
) -> None:
    for department in (CTQH, CTHDND, HCTCQT):
        await june.submit(june.phase1, department, praise(f"{department.lower()}-02"))

    await june.until(at("2022-07-08"))
    for department in (CTQH, CTHDND, HCTCQT):
        await june.appraise(june.phase1, department)
    publish = f"/phases/{june.phase1}/publish"
    silent = await june.refused(SECRETARIAT, publish)
    posted = await june.act(SECRETARIAT, publish, {"without": [TTDN]})

    assert (await department_states(june))[TTDN] == "overdue"
    assert silent == (409, "not_all_in")
    assert (posted["lines"], posted["without"]) == (3, [TTDN])
    assert await sent_to(june, "ttdn-01", "2022-06-30") == [
        ("2022-06-30T01:00:00Z", "submission_due", "due_day"),
        ("2022-06-30T17:00:00Z", "submission_missed", ""),
        ("2022-07-01T01:00:00Z", "submission_due", "overdue_1"),
        ("2022-07-08T02:00:00Z", "published", ""),
    ]
    assert await sent_to(june, DIRECTOR, "2022-07-01") == [
        ("2022-07-07T01:00:00Z", "submission_due", "overdue_5"),
        ("2022-07-08T02:00:00Z", "published", ""),
    ]


async def test_e09_a_late_department_sends_within_the_time_the_chair_gives(
    june: Cast,
) -> None:
    await june.until(at("2022-07-01", "08:30"))
    late, refused = june.desk(june.phase1, CTQH), june.desk(june.phase1, CTHDND)
    lines = {"lines": praise("ctqh-02")}
    too_late = await june.refused(HEADS[CTQH], f"{late}/submit", lines)
    for department, path in ((CTQH, late), (CTHDND, refused)):
        reason = {"reason": "Trưởng phòng đi công tác."}
        await june.act(HEADS[department], f"{path}/request-late", reason)
    yes = {"accept": True, "until": "2022-07-05", "reason": "Lý do chính đáng."}
    no = {"accept": False, "reason": "Không có lý do chính đáng."}
    await june.act(DIRECTOR, f"{late}/answer-late", yes)
    await june.act(DIRECTOR, f"{refused}/answer-late", no)

    await june.until(at("2022-07-05", "23:59"))
    await june.submit(june.phase1, CTQH, praise("ctqh-02"))

    assert too_late == (409, "too_late")
    assert await department_states(june) == {
        CTQH: "submitted",
        CTHDND: "late_refused",
        HCTCQT: "overdue",
        TTDN: "overdue",
    }


async def test_e09_an_accepted_latecomer_who_stays_silent_is_overdue_again(
    june: Cast,
) -> None:
    await june.until(at("2022-07-01", "08:30"))
    path = june.desk(june.phase1, CTQH)
    await june.act(HEADS[CTQH], f"{path}/request-late", {"reason": "Xin thêm ngày."})
    body = {"accept": True, "until": "2022-07-05", "reason": "Đồng ý."}
    await june.act(DIRECTOR, f"{path}/answer-late", body)

    await june.until(at("2022-07-07", "08:30"))
    states = await department_states(june)
    without = {"without": [CTQH, CTHDND, HCTCQT, TTDN]}
    await june.act(SECRETARIAT, f"/phases/{june.phase1}/publish", without)
    await june.until(at("2022-07-14"))

    assert states[CTQH] == "overdue"
    desk = await sent_to(june, "ctqh-01", "2022-07-01T02")
    assert [each for each in desk if each[1].startswith("submission")] == [
        ("2022-07-04T01:00:00Z", "submission_due", "before_1"),
        ("2022-07-05T01:00:00Z", "submission_due", "due_day"),
        ("2022-07-05T17:00:00Z", "submission_missed", ""),
        ("2022-07-06T01:00:00Z", "submission_due", "overdue_1"),
    ]
    # The common deadline's second step is of 4 July, the latecomer's of the 7th;
    # the list is posted on that day, and nothing is escalated after it.
    secretariat = await sent_to(june, SECRETARIAT, "2022-07-01T02")
    assert [each for each in secretariat if each[1] == "submission_due"] == [
        ("2022-07-04T01:00:00Z", "submission_due", "overdue_2"),
        ("2022-07-07T01:00:00Z", "submission_due", "overdue_2"),
    ]
    director = await sent_to(june, DIRECTOR, "2022-07-07T02")
    assert [each for each in director if each[1] == "submission_due"] == []


async def test_a_list_is_recalled_and_replaced_until_it_is_received(
    june: Cast,
) -> None:
    path = june.desk(june.phase1, CTQH)
    await june.submit(june.phase1, CTQH, [*praise("ctqh-02"), *praise("ctqh-03")])
    await june.act(HEADS[CTQH], f"{path}/recall")
    await june.submit(june.phase1, CTQH, [*praise("ctqh-03"), *praise("ctqh-04")])
    await june.act(SECRETARIAT, f"{path}/receive")

    again = await june.refused(HEADS[CTQH], f"{path}/recall")
    twice = await june.refused(
        HEADS[CTQH], f"{path}/submit", {"lines": praise("ctqh-05")}
    )

    lines = await june.pages(f"/phases/{june.phase1}/lines")
    assert [(each["subject"], each["state"]) for each in lines] == [
        ("ctqh-02", "withdrawn"),
        ("ctqh-03", "nominated"),
        ("ctqh-04", "nominated"),
    ]
    assert (again, twice) == ((409, "wrong_state"), (409, "wrong_state"))


async def test_e08_a_nil_return_closes_the_matter_cleanly(june: Cast) -> None:
    path = june.desk(june.phase1, TTDN)
    reason = {"reason": "Giai đoạn này không có thành tích nổi bật."}
    await june.act(HEADS[TTDN], f"{path}/file-nil-return", reason)

    await june.until(at("2022-07-08"))

    assert (await department_states(june))[TTDN] == "nil_return"
    assert await sent_to(june, "ttdn-01", "2022-06-20T03") == []


async def test_e10_a_supplement_answers_the_flagged_lines_and_only_those(
    june: Cast,
) -> None:
    path = june.desk(june.phase1, CTQH)
    first, second = await june.submit(
        june.phase1, CTQH, [*praise("ctqh-02"), *praise("ctqh-03")]
    )
    await june.act(SECRETARIAT, f"{path}/receive")
    returned = {
        "items": [{"line": first, "missing": "Báo cáo thành tích"}],
        "reason": "Thiếu giấy tờ.",
        "until": "2022-06-24",
    }
    await june.act(SECRETARIAT, f"{path}/return-for-supplement", returned)

    def answer(of: str) -> dict[str, object]:
        return {"lines": [{"line": of, "achievement": "Đã bổ sung."}]}

    other = await june.refused(HEADS[CTQH], f"{path}/supplement", answer(second))
    await june.until(at("2022-06-27", "09:00"))
    await june.act(HEADS[CTQH], f"{path}/supplement", answer(first))
    await june.until(at("2022-06-29", "09:00"))

    lines = await june.pages(f"/phases/{june.phase1}/lines")
    assert other == (409, "not_flagged")
    assert [each["evidence"]["achievement"] for each in lines] == [
        "Đã bổ sung.",
        "Thành tích của ctqh-03 cho GIAY_KHEN.",
    ]
    assert await sent_to(june, "ctqh-01", "2022-06-20T03") == [
        ("2022-06-21T01:00:00Z", "supplement_due", "before_3"),
        ("2022-06-23T01:00:00Z", "supplement_due", "before_1"),
        ("2022-06-24T01:00:00Z", "supplement_due", "due_day"),
        ("2022-06-27T01:00:00Z", "supplement_due", "overdue_1"),
    ]


async def test_an_extension_for_all_replans_every_reminder(june: Cast) -> None:
    await june.until(at("2022-06-28"))
    body = {
        "deadline": "submission",
        "until": "2022-07-04",
        "reason": "Trùng kỳ họp Hội đồng nhân dân.",
    }
    await june.act(SECRETARIAT, f"/phases/{june.phase1}/extend-deadline", body)

    await june.until(at("2022-07-04", "23:59"))
    await june.submit(june.phase1, CTQH, praise("ctqh-02"))
    await june.until(at("2022-07-05", "09:00"))

    phases = await june.get(f"/campaigns/{june.code}/phases")
    assert phases[0]["state"] == "appraisal"
    assert await department_states(june) == {
        CTQH: "submitted",
        CTHDND: "overdue",
        HCTCQT: "overdue",
        TTDN: "overdue",
    }
    assert await sent_to(june, "ctqh-03", "2022-06-28") == [
        ("2022-06-28T02:00:00Z", "extended", ""),
        ("2022-06-29T01:00:00Z", "submission_due", "before_3"),
        ("2022-06-30T01:00:00Z", "submission_due", "period_end"),
        ("2022-07-01T01:00:00Z", "submission_due", "before_1"),
        ("2022-07-04T01:00:00Z", "submission_due", "due_day"),
    ]


async def test_an_extension_for_one_leaves_the_others_as_they_are(june: Cast) -> None:
    await june.until(at("2022-06-28"))
    body = {
        "deadline": "submission",
        "until": "2022-07-04",
        "reason": "Phòng phục vụ kỳ họp.",
        "department": CTQH,
    }
    await june.act(SECRETARIAT, f"/phases/{june.phase1}/extend-deadline", body)

    await june.until(at("2022-07-01", "09:00"))
    await june.submit(june.phase1, CTQH, praise("ctqh-02"))

    assert await department_states(june) == {
        CTQH: "submitted",
        CTHDND: "overdue",
        HCTCQT: "overdue",
        TTDN: "overdue",
    }


async def test_an_act_before_its_window_or_of_a_yearly_title_is_refused(
    june: Cast,
) -> None:
    path = june.desk(june.phase1, CTQH)
    yearly = {"lines": [line("ctqh-02", "LDTT")]}
    title = await june.refused(HEADS[CTQH], f"{path}/submit", yearly)
    stranger = {"lines": praise("ttdn-02")}
    other = await june.refused(HEADS[CTQH], f"{path}/submit", stranger)
    staff = await june.refused(
        "ctqh-05", f"{path}/submit", {"lines": praise("ctqh-02")}
    )
    empty = await june.refused(HEADS[CTQH], f"{path}/submit", {"lines": []})

    assert (title, other, staff, empty) == (
        (409, "title_not_in_phase"),
        (409, "not_of_department"),
        (403, "not_allowed"),
        (422, "invalid"),
    )
    assert await june.pages(f"/phases/{june.phase1}/lines") == []
