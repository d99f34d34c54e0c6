"""E1 to E5 and E32: ties, quorum, the absent, nominees, a council formed anew."""

import pytest

from tests.council.day import FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET
from tests.council.votes import COUNCIL, TELLERS, convened, joins, leaves
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR, SECRETARIAT

PASSED, FAILED = "council_passed", "council_failed"


@pytest.mark.parametrize(("chair_yes", "outcome"), [(True, PASSED), (False, FAILED)])
async def test_e01_an_open_tie_goes_to_the_chairs_side_and_the_minutes_say_so(
    council: Cast, chair_yes: bool, outcome: str
) -> None:
    vote = await convened(council)
    await vote.open()
    await vote.hands(OPEN, 9, 0)
    # The nominee sits in the council and steps out: eight are left.
    await vote.hands(OWN_OPEN, 4, 4, chair_yes=chair_yes)
    await vote.all_cast({}, COUNCIL)

    await vote.close()

    said = {
        True: "Ngang phiếu: 4/8 thành viên đồng ý; theo ý kiến của chủ tọa.",
        False: "Ngang phiếu: 4/8 thành viên đồng ý; cần ít nhất 5.",
    }
    assert (await vote.outcomes())[OWN_OPEN] == (outcome, said[chair_yes])


async def test_e02_a_secret_tie_does_not_pass_until_a_second_round_carries_it(
    council: Cast,
) -> None:
    leaves(council, "ttdn-01", "2022-07-01")
    vote = await convened(council)
    eight = [person for person in COUNCIL if person != "ttdn-01"]
    await vote.open(absent=["ttdn-01"])
    await vote.hands(OPEN, 8, 0)
    await vote.hands(OWN_OPEN, 7, 0)
    await vote.all_cast({FLAG: 4}, eight)
    await vote.close()
    first = await vote.outcomes()
    again = {"present": eight, "tellers": TELLERS, "lines": [vote.lines[FLAG]]}
    path = f"{vote.path}/order-second-round"
    by_secretary = await council.refused(SECRETARIAT, path, again)
    await council.act(DIRECTOR, path, again)
    await vote.all_cast({FLAG: 3}, eight, 2)
    await vote.close()

    tied = "Ngang phiếu: 4/8 thành viên đồng ý; cần ít nhất 5."
    assert first[FLAG] == (FAILED, tied)
    assert by_secretary == (403, "not_allowed")
    assert await vote.counts(FLAG) == [(4, 4, 0, 8), (5, 3, 0, 8)]
    assert (await vote.outcomes())[FLAG] == (PASSED, None)
    third = await council.refused(DIRECTOR, path, again)
    assert third == (409, "second_secret_round")
    kinds = [act.split()[1] for act in await council.acts()]
    assert kinds.count("count_ballots") == 2


async def test_e02_a_line_that_failed_twice_is_not_voted_on_again(
    council: Cast,
) -> None:
    vote = await convened(council)
    again = {"present": COUNCIL, "tellers": TELLERS, "lines": [vote.lines[FLAG]]}
    path = f"{vote.path}/order-second-round"
    await vote.open()
    await vote.hands(OPEN, 8, 1)
    await vote.hands(OWN_OPEN, 8, 0)
    await vote.all_cast({FLAG: 5}, COUNCIL)
    await vote.close()
    await council.act(DIRECTOR, path, again)
    await vote.all_cast({FLAG: 5}, COUNCIL, 2)
    await vote.close()

    third = await council.refused(DIRECTOR, path, again)

    assert third == (409, "second_secret_round")
    assert await vote.counts(FLAG) == [(4, 5, 0, 9)] * 2
    assert (await vote.outcomes())[FLAG][0] == FAILED


async def test_e02_there_is_no_second_round_for_a_line_that_has_passed(
    council: Cast,
) -> None:
    vote = await convened(council)
    await vote.open()
    await vote.hands(OPEN, 4, 5)
    await vote.hands(OWN_OPEN, 8, 0)
    await vote.all_cast({}, COUNCIL)
    await vote.close()
    path = f"{vote.path}/order-second-round"
    body = {"present": COUNCIL, "tellers": TELLERS}

    passed = await council.refused(
        DIRECTOR, path, {**body, "lines": [vote.lines[FLAG]]}
    )
    by_hand = await council.refused(
        DIRECTOR, path, {**body, "lines": [vote.lines[OPEN]]}
    )

    assert (passed, by_hand) == ((409, "second_secret_round"),) * 2
    assert (await vote.outcomes())[OPEN][0] == FAILED


async def test_e03_without_a_quorum_nothing_opens_and_the_delay_goes_up(
    council: Cast,
) -> None:
    vote = await convened(council)
    few = {"present": COUNCIL[:5], "tellers": COUNCIL[:2]}

    short = await council.refused(DIRECTOR, f"{vote.path}/open-voting", few)
    await council.until(at("2022-07-16"))

    assert short == (409, "quorum")
    assert vote.rows() == []
    told = [each for each in vote.notices("meeting_due") if "overdue" in each[1]]
    assert told == [("07-14", "overdue_1", "ld-01"), ("07-15", "overdue_2", "ld-01")]
    second = await convened(council, at("2022-07-18"))
    assert (await second.open())["present"] == 9


async def test_e03_a_poll_in_writing_needs_the_chairs_word_and_a_quorum_of_answers(
    council: Cast,
) -> None:
    vote = await convened(council)
    poll = {"in_writing": True, "tellers": TELLERS, "until": "2022-07-18"}
    path = f"{vote.path}/open-voting"
    refusals = [
        await council.refused(SECRETARIAT, path, poll),
        await council.refused("ld-02", path, poll),
        await council.refused(DIRECTOR, path, {**poll, "present": COUNCIL}),
        await council.refused(DIRECTOR, path, {**poll, "in_writing": False}),
    ]
    await council.act(DIRECTOR, path, poll)
    await vote.all_cast({OPEN: 1}, COUNCIL[:5])
    missing = {"minutes": "Lấy ý kiến bằng văn bản.", "without": COUNCIL[5:]}
    few = await council.refused(SECRETARIAT, f"{vote.path}/close-voting", missing)
    await vote.all_cast({}, COUNCIL[5:])

    await vote.close()

    assert refusals == [
        (403, "not_allowed"),
        (403, "not_allowed"),
        (409, "nobody_meets"),
        (409, "quorum"),
    ]
    assert few == (409, "quorum")
    outcomes = await vote.outcomes()
    assert outcomes[OPEN] == (PASSED, None)
    assert await vote.counts(OPEN) == [(8, 1, 0, 9)]
    assert {state for state, _ in outcomes.values()} == {PASSED}


async def test_e04_an_absent_member_is_reminded_and_casts_until_the_count(
    council: Cast,
) -> None:
    vote = await convened(council)
    there = [person for person in COUNCIL if person not in ("ld-02", "ld-03")]
    await vote.open(absent=["ld-02", "ld-03"], until="2022-07-15")
    await vote.hands(OPEN, 7, 0)
    await vote.hands(OWN_OPEN, 6, 0)
    await vote.all_cast({}, there)
    path = f"{vote.path}/close-voting"
    waited = await council.refused(SECRETARIAT, path, {"minutes": "Đã họp."})

    await council.until(at("2022-07-15", "10:00"))
    await vote.cast_ballot("ld-02")
    both = {"minutes": "Đã họp.", "without": ["ld-02", "ld-03"]}
    cast_already = await council.refused(SECRETARIAT, path, both)
    await vote.close(without=["ld-03"])

    assert waited == (409, "not_cast")
    assert cast_already == (409, "not_awaited")
    assert vote.notices("ballots_due") == [
        ("07-14", "before_1", "ld-02"),
        ("07-14", "before_1", "ld-03"),
        ("07-15", "due_day", "ld-02"),
        ("07-15", "due_day", "ld-03"),
    ]
    # Who never answered stays in the whole and agrees to nothing.
    assert await vote.counts(FLAG) == [(8, 0, 0, 9)]
    assert await vote.counts(OPEN) == [(7, 0, 0, 9)]
    assert (await vote.outcomes())[SECRET] == (PASSED, None)


async def test_e04_a_sheet_that_never_came_counts_as_not_agreeing(
    council: Cast,
) -> None:
    vote = await convened(council)
    there = COUNCIL[:7]
    await vote.open(absent=COUNCIL[7:])
    await vote.hands(OPEN, 7, 0)
    await vote.hands(OWN_OPEN, 6, 0)
    await vote.all_cast({}, there)

    await vote.close(without=COUNCIL[7:])

    # Seven of seven who voted, and seven of nine who sit: less than four fifths.
    said = "7/9 thành viên đồng ý; cần ít nhất 8."
    assert (await vote.outcomes())[SECRET] == (FAILED, said)


async def test_e05_a_nominee_leaves_vote_and_whole_and_a_head_votes_on_the_own_people(
    council: Cast,
) -> None:
    vote = await convened(council)
    await vote.open()
    await vote.hands(OPEN, 9, 0)
    await vote.hands(OWN_OPEN, 8, 0)
    whole = await vote.sheet("ld-01")
    own = await vote.sheet("ctqh-01")
    stolen = {
        "line": vote.lines[OWN_SECRET],
        "choice": "yes",
        "code": "0000" + "-0000" * 3,
    }
    path = f"{vote.path}/ballot"
    refused = await council.office.person("ctqh-01").post(
        path, {**own, "marks": [*own["marks"], stolen]}
    )
    await vote.all_cast({}, COUNCIL)
    await vote.close()

    asked = {mark["line"] for mark in own["marks"]}
    assert asked == {vote.lines[SECRET], vote.lines[FLAG]}
    assert len(whole["marks"]) == 3
    [reason] = refused.json()["errors"]
    assert (refused.status_code, reason["code"], reason["rule"], reason["source"]) == (
        409,
        "recused",
        "VN2017.BANG_KHEN_TINH.vote",
        "Quy chế của Hội đồng (mặc định, tỷ lệ để trình cấp tỉnh)",
    )
    assert await vote.counts(OWN_SECRET) == [(8, 0, 0, 8)]
    assert await vote.counts(SECRET) == [(9, 0, 0, 9)]
    [first] = await council.pages(f"{vote.path}/rounds")
    recused = {row["line"]: row["recused"] for row in first["lines"]}
    assert recused[vote.lines[OWN_SECRET]] == ["ctqh-01"]
    assert recused[vote.lines[SECRET]] == []


async def test_e32_the_council_of_the_day_votes_whoever_was_invited(
    council: Cast,
) -> None:
    vote = await convened(council)
    leaves(council, "ttdn-01", "2022-07-13")
    joins(council, "ttdn-02", "2022-07-13")
    there = [person for person in COUNCIL if person != "ttdn-01"]

    gone = await council.refused(
        DIRECTOR, f"{vote.path}/open-voting", {"present": COUNCIL, "tellers": TELLERS}
    )
    await vote.open(absent=["ttdn-01"])
    seatless = await council.refused(
        "ttdn-01", f"{vote.path}/ballot", await vote.sheet("ld-01")
    )
    await vote.hands(OPEN, 8, 0)
    await vote.hands(OWN_OPEN, 7, 0)
    await vote.all_cast({}, [*there, "ttdn-02"])
    await vote.close()

    assert gone == (409, "not_a_member")
    assert seatless == (403, "no_seat")
    assert await vote.counts(FLAG) == [(9, 0, 0, 9)]


async def test_e32_a_council_formed_anew_under_the_vote_votes_again(
    council: Cast,
) -> None:
    vote = await convened(council)
    await vote.open(until="2022-07-18")
    await vote.hands(OPEN, 9, 0)
    await vote.hands(OWN_OPEN, 8, 0)
    await vote.all_cast({}, COUNCIL)
    leaves(council, "ttdn-01", "2022-07-14")
    await council.until(at("2022-07-14", "10:00"))
    minutes = {"minutes": "Đã họp."}
    void = await council.refused(SECRETARIAT, f"{vote.path}/close-voting", minutes)
    eight = [person for person in COUNCIL if person != "ttdn-01"]
    secret = [vote.lines[line] for line in (SECRET, OWN_SECRET, FLAG)]
    again = {
        "present": eight,
        "tellers": TELLERS,
        "lines": [*secret, vote.lines[OPEN], vote.lines[OWN_OPEN]],
        "reason": "Hội đồng được kiện toàn ngày 14/7/2022.",
    }
    await council.act(DIRECTOR, f"{vote.path}/repeat-vote", again)
    await vote.hands(OPEN, 8, 0)
    await vote.hands(OWN_OPEN, 7, 0)
    await vote.all_cast({FLAG: 1}, eight, 2)
    await vote.close()

    assert void == (409, "roll_changed")
    assert await vote.counts(FLAG) == [(None, None, None, 9), (7, 1, 0, 8)]
    assert {row.void_reason for row in vote.rows() if row.round == 1} == {
        "Hội đồng được kiện toàn ngày 14/7/2022."
    }
    first, _ = await council.pages(f"{vote.path}/rounds")
    assert len(first["cast"]) == 9
    board = await council.refused_to_read(f"{vote.path}/rounds/1/board")
    assert board == (404, "unknown_board")


async def test_e25_who_was_not_there_does_not_sign_for_whoever_presided(
    council: Cast,
) -> None:
    vote = await convened(council)
    there = [person for person in COUNCIL if person != DIRECTOR]
    sitting = {"present": there, "tellers": TELLERS}
    await council.act(SECRETARIAT, f"{vote.path}/open-voting", sitting)
    await vote.hands(OPEN, 8, 0)
    await vote.hands(OWN_OPEN, 7, 0)
    await vote.all_cast({}, there)
    await vote.close(without=[DIRECTOR])
    for teller in TELLERS:
        await council.act(teller, f"{vote.path}/attest-count")

    absent = await council.refused(DIRECTOR, f"{vote.path}/sign-minutes")
    await council.act("ld-02", f"{vote.path}/sign-minutes")

    assert absent == (409, "not_a_signer")
