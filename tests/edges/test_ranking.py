"""E6, E21: more pass than the quota has room for; the others keep the lower title."""

from typing import Any

from tests.council.day import FIGHTERS
from tests.council.votes import COUNCIL, TELLERS, Vote, convened
from tests.edges.rows import told
from tests.journeys.cast import Cast
from tests.office import DIRECTOR, SECRETARIAT

PASSED, DOWNGRADED = "council_passed", "council_downgraded"
HEAD, STAFF, OTHER, THIRD = FIGHTERS


async def voted(cast: Cast, against: dict[str, int]) -> tuple[Vote, Any]:
    """Hold the vote, with so many noes on a person's lines; return its answer."""
    vote = await convened(cast)
    return vote, await cast.vote_only(vote.session, against)


async def fighters(vote: Vote) -> dict[str, str]:
    """Read what became of each fighter's line."""
    outcomes = await vote.outcomes()
    return {who: outcomes[who, "CSTDCS"][0] for who in FIGHTERS}


def line_of(vote: Vote, who: str) -> str:
    """Name a fighter's line."""
    return vote.lines[who, "CSTDCS"]


async def again(vote: Vote, who: list[str], noes: dict[str, int]) -> Any:
    """Vote once more on the tied."""
    body = {"present": COUNCIL, "tellers": TELLERS}
    body["lines"] = [line_of(vote, each) for each in who]
    await vote.cast.act(DIRECTOR, f"{vote.path}/order-second-round", body)
    against = {(each, "CSTDCS"): count for each, count in noes.items()}
    await vote.all_cast(against, COUNCIL, 2)
    return await vote.close()


async def signed(vote: Vote) -> dict[str, str]:
    """Attest, sign, and read how every line of the fighters stands."""
    for teller in await vote.cast.unattested(vote.session):
        await vote.cast.just_act(teller, f"{vote.path}/attest-count")
    for who in (SECRETARIAT, DIRECTOR):
        await vote.cast.act(who, f"{vote.path}/sign-minutes")
    lines = await vote.cast.pages(f"/phases/{vote.cast.phase1}/lines")
    return {
        f"{each['subject']} {each['title']}": each["state"]
        for each in lines
        if each["subject"] in FIGHTERS
    }


async def test_e06_votes_decide_first_and_by_their_share_of_who_may_vote(
    too_many: Cast,
) -> None:
    # The head of the department steps out of the own line: eight of eight agree.
    vote, answer = await voted(too_many, {STAFF: 1, THIRD: 1, OTHER: 2})

    assert "tied" not in answer
    assert await fighters(vote) == {
        HEAD: PASSED,
        STAFF: DOWNGRADED,
        OTHER: DOWNGRADED,
        THIRD: DOWNGRADED,
    }
    reason = (await vote.outcomes())[STAFF, "CSTDCS"][1]
    assert reason == (
        "Đạt phiếu nhưng xếp sau 1 đề nghị được chọn (không quá 15% tổng số cá nhân "
        "đạt danh hiệu Lao động tiên tiến; xếp theo số phiếu, sáng kiến, người trực "
        "tiếp làm việc, số năm đã đạt, vòng bỏ phiếu lại, ý kiến của Chủ tịch Hội "
        "đồng); giữ «Lao động tiên tiến»."
    )


async def test_e21_who_is_downgraded_keeps_the_lower_title(too_many: Cast) -> None:
    vote, _ = await voted(too_many, {STAFF: 1, THIRD: 1, OTHER: 2})

    states = await signed(vote)
    before = await told(too_many, "downgraded")
    await too_many.decide("2022-1-qd1")
    await too_many.issue("2022-1-qd1", 7, 2022)

    after = await told(too_many, "downgraded")
    assert before == []
    assert {STAFF, OTHER, THIRD} < {who for _, _, who, _ in after}
    assert HEAD not in {who for _, _, who, text in after if "Khổng Minh Tuệ" in text}
    assert states == {
        **{f"{who} LDTT": PASSED for who in FIGHTERS},
        **{f"{who} CSTDCS": DOWNGRADED for who in FIGHTERS},
        f"{HEAD} CSTDCS": PASSED,
    }


async def test_e06_of_equals_who_works_directly_comes_before_a_head(
    too_many: Cast,
) -> None:
    vote, answer = await voted(too_many, {OTHER: 1})

    tied = sorted(line_of(vote, who) for who in (STAFF, THIRD))
    assert answer["tied"] == {"CSTDCS": {"lines": tied, "seats": 1}}
    assert await fighters(vote) == {
        HEAD: DOWNGRADED,
        STAFF: PASSED,
        OTHER: DOWNGRADED,
        THIRD: PASSED,
    }


async def test_e06_a_second_round_among_the_tied_decides(too_many: Cast) -> None:
    vote, _ = await voted(too_many, {OTHER: 1})
    early = await too_many.refused(SECRETARIAT, f"{vote.path}/sign-minutes")
    body = {"present": COUNCIL, "tellers": TELLERS, "lines": [line_of(vote, HEAD)]}
    not_tied = await too_many.refused(DIRECTOR, f"{vote.path}/order-second-round", body)

    answer = await again(vote, [STAFF, THIRD], {STAFF: 1})

    assert (early, not_tied) == ((409, "quota"), (409, "second_secret_round"))
    assert "tied" not in answer
    states = await signed(vote)
    assert states[f"{THIRD} CSTDCS"] == PASSED
    assert states[f"{STAFF} CSTDCS"] == DOWNGRADED


async def test_e06_who_is_still_tied_is_chosen_by_the_chair(too_many: Cast) -> None:
    vote, _ = await voted(too_many, {OTHER: 1})
    path = f"{vote.path}/settle-tie"
    third = {"lines": [line_of(vote, THIRD)]}
    early = await too_many.refused(DIRECTOR, path, third)
    answer = await again(vote, [STAFF, THIRD], {})
    secretary = await too_many.refused(SECRETARIAT, path, third)
    both = {"lines": [line_of(vote, STAFF), line_of(vote, THIRD)]}
    too_much = await too_many.refused(DIRECTOR, path, both)
    strange = {"lines": [line_of(vote, THIRD), line_of(vote, HEAD)]}
    beside = await too_many.refused(DIRECTOR, path, strange)

    await too_many.act(DIRECTOR, path, third)

    late = await too_many.refused(DIRECTOR, path, third)
    assert len(answer["tied"]["CSTDCS"]["lines"]) == 2
    assert [early, secretary, too_much, beside, late] == [
        (409, "second_round_first"),
        (403, "not_allowed"),
        (409, "seats_wrong"),
        (409, "not_tied"),
        (409, "not_tied"),
    ]
    states = await signed(vote)
    assert states[f"{THIRD} CSTDCS"] == PASSED
    assert states[f"{STAFF} CSTDCS"] == DOWNGRADED


async def test_e06_a_second_round_orders_the_tied_and_fails_none_of_them(
    too_many: Cast,
) -> None:
    vote, answer = await voted(too_many, {})

    # Six, three and none of nine: each of them is below the seven that carry a line.
    last = await again(vote, [STAFF, OTHER, THIRD], {STAFF: 3, OTHER: 6, THIRD: 9})

    assert len(answer["tied"]["CSTDCS"]["lines"]) == 3
    assert "tied" not in last
    assert await fighters(vote) == {
        HEAD: DOWNGRADED,
        STAFF: PASSED,
        OTHER: DOWNGRADED,
        THIRD: DOWNGRADED,
    }
    states = await signed(vote)
    assert {states[f"{who} CSTDCS"] for who in (HEAD, OTHER, THIRD)} == {DOWNGRADED}
    assert states[f"{STAFF} CSTDCS"] == PASSED


async def test_e06_who_ties_again_below_the_threshold_goes_to_the_chair(
    too_many: Cast,
) -> None:
    vote, _ = await voted(too_many, {})
    tied = [STAFF, OTHER, THIRD]
    part = {"present": COUNCIL, "tellers": TELLERS, "lines": [line_of(vote, STAFF)]}
    alone = await too_many.refused(DIRECTOR, f"{vote.path}/order-second-round", part)

    answer = await again(vote, tied, dict.fromkeys(tied, 6))

    whole = {**part, "lines": [line_of(vote, who) for who in tied]}
    third = await too_many.refused(DIRECTOR, f"{vote.path}/order-second-round", whole)
    still = await fighters(vote)
    named = {"lines": [line_of(vote, THIRD)]}
    await too_many.act(DIRECTOR, f"{vote.path}/settle-tie", named)
    assert (alone, third) == ((409, "tied_apart"), (409, "second_secret_round"))
    assert len(answer["tied"]["CSTDCS"]["lines"]) == 3
    assert still == {HEAD: DOWNGRADED, **dict.fromkeys(tied, PASSED)}
    states = await signed(vote)
    assert {who: states[f"{who} CSTDCS"] for who in FIGHTERS} == {
        HEAD: DOWNGRADED,
        STAFF: DOWNGRADED,
        OTHER: DOWNGRADED,
        THIRD: PASSED,
    }


async def withdrawn_after_a_signature(vote: Vote) -> None:
    """Let the secretary sign, and then the head of the department step back."""
    cast = vote.cast
    for teller in await cast.unattested(vote.session):
        await cast.just_act(teller, f"{vote.path}/attest-count")
    await cast.act(SECRETARIAT, f"{vote.path}/sign-minutes")
    gone = {"line": line_of(vote, HEAD), "reason": "Xin nhường cho cán bộ trong phòng."}
    await cast.act(HEAD, f"{cast.desk(cast.phase1, 'CTQH')}/withdraw-line", gone)


async def test_e07_a_seat_that_falls_free_before_the_signatures_goes_to_the_next(
    too_many: Cast,
) -> None:
    vote, _ = await voted(too_many, {STAFF: 1, THIRD: 2, OTHER: 2})
    first = await fighters(vote)
    await withdrawn_after_a_signature(vote)

    chair = await too_many.act(DIRECTOR, f"{vote.path}/sign-minutes")
    again = await too_many.act(SECRETARIAT, f"{vote.path}/sign-minutes")

    assert first == {HEAD: PASSED, **dict.fromkeys((STAFF, OTHER, THIRD), DOWNGRADED)}
    assert (chair["state"], again["state"]) == ("counted", "concluded")
    lines = await too_many.pages(f"/phases/{too_many.phase1}/lines")
    assert {x["subject"]: x["state"] for x in lines if x["title"] == "CSTDCS"} == {
        HEAD: "withdrawn",
        STAFF: PASSED,
        OTHER: DOWNGRADED,
        THIRD: DOWNGRADED,
    }


async def test_e07_a_tie_that_a_withdrawal_opens_is_broken_and_signed_anew(
    too_many: Cast,
) -> None:
    vote, _ = await voted(too_many, {STAFF: 1, THIRD: 1, OTHER: 2})
    await withdrawn_after_a_signature(vote)
    refused = await too_many.refused(DIRECTOR, f"{vote.path}/sign-minutes")

    answer = await again(vote, [STAFF, THIRD], {STAFF: 8, THIRD: 7})

    states = await signed(vote)
    assert refused == (409, "quota")
    assert "tied" not in answer
    assert {who: states[f"{who} CSTDCS"] for who in FIGHTERS} == {
        HEAD: "withdrawn",
        STAFF: DOWNGRADED,
        OTHER: DOWNGRADED,
        THIRD: PASSED,
    }
