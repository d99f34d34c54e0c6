"""E37: a line on a state secret is posted to nobody and read by few."""

from typing import Any

from tests.edges.rows import objection, told
from tests.journeys.cast import HEADS, Cast, at, line, praise
from tests.office import DIRECTOR, SECRETARIAT

SECRET = {**line("ctqh-02", "GIAY_KHEN"), "secret": True}
NAMELESS = "một trường hợp thuộc phạm vi bí mật nhà nước"
AUDITOR = "kiem-tra-01"
# Head and charged of the department, the nominee, secretariat, director, council, and
# who checks all of them.
READERS = ("ctqh-01", "ctqh-03", "ctqh-02", SECRETARIAT, DIRECTOR, "cthdnd-01", AUDITOR)
OTHERS = ("ctqh-05", "ttdn-02")


async def posted(cast: Cast) -> tuple[dict[str, Any], str]:
    """Carry a list with a secret line to the public notice; return what was posted."""
    await cast.submit(cast.phase1, "CTQH", [SECRET, line("ctqh-04", "GIAY_KHEN")])
    for code in ("CTHDND", "HCTCQT"):
        await cast.submit(cast.phase1, code, praise(f"{code.lower()}-02"))
    for code in ("CTQH", "CTHDND", "HCTCQT"):
        await cast.appraise(cast.phase1, code)
    await cast.until(at("2022-07-01"))
    silent = {"without": ["TTDN"]}
    answer = await cast.act(SECRETARIAT, f"/phases/{cast.phase1}/publish", silent)
    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    [secret] = [each["id"] for each in lines if each["secret"]]
    return answer, secret


async def listed(cast: Cast, who: str) -> set[str]:
    """List whose lines somebody sees."""
    page = await cast.office.person(who).get(f"/phases/{cast.phase1}/lines")
    return {each["subject"] for each in page["items"]}


async def noticed(cast: Cast, who: str, line: str) -> list[str]:
    """List to whom the notices about a line went, as far as somebody sees them."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await cast.office.person(who).get(
            f"/campaigns/{cast.code}/notices", limit=200, **cursor
        )
        found += [n["recipient"] for n in page["items"] if n["task"] == f"line/{line}"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


async def test_e37_a_line_on_a_state_secret_is_posted_to_nobody_and_read_by_few(
    june: Cast,
) -> None:
    answer, secret = await posted(june)
    comment = {"text": "Xin góp ý.", "line": secret}

    status, reason = await objection(
        june, "ttdn-02", f"/phases/{june.phase1}/comment", comment
    )

    open_lines = {"ctqh-04", "cthdnd-02", "hctcqt-02"}
    assert answer["lines"] == len(open_lines)
    assert (status, reason["code"]) == (404, "unknown_line")
    seen = {who: await listed(june, who) for who in (*READERS, *OTHERS)}
    assert seen == {
        **{who: open_lines | {"ctqh-02"} for who in READERS},
        **dict.fromkeys(OTHERS, open_lines),
    }
    for path in (f"/lines/{secret}", f"/lines/{secret}/moves"):
        looks = {who: await june.office.person(who).look(path) for who in OTHERS}
        assert {look.status_code for look in looks.values()} == {404}
    evidence = (await june.office.person("ctqh-01").get(f"/lines/{secret}"))["evidence"]
    assert evidence["achievement"] == SECRET["achievement"]


async def test_e37_it_goes_through_council_and_decision_and_is_named_nowhere(
    june: Cast,
) -> None:
    _, secret = await posted(june)
    await june.until(at("2022-07-13", "14:00"))
    session = await june.convene(june.phase1, at("2022-07-14"))
    ahead = f"/council-sessions/{session}/forecast"
    prospects = await june.office.person("ttdn-02").get(ahead)
    await june.until(at("2022-07-14"))
    await june.vote(session)

    await june.decide("2022-1-qd1")
    await june.issue("2022-1-qd1", 1, 2022)

    assert (await june.get(f"/lines/{secret}"))["state"] == "awarded"
    assert secret not in {each["line"] for each in prospects["lines"]}
    [result] = {text for _, _, _, text in await told(june, "results")}
    assert "3 trường hợp" in result
    name = (await june.get("/people/ctqh-02"))["name"]
    assert not [
        n
        for n in await june.pages(f"/campaigns/{june.code}/notices")
        if name in n["body"] + n["subject"]
    ]
    theirs = [(who, text) for _, _, who, text in await told(june, "awarded")]
    assert {who for who, text in theirs if NAMELESS in text} == {
        HEADS["CTQH"],
        "ctqh-03",
        "ctqh-02",
    }
    seen = {
        who: await noticed(june, who, secret) for who in ("ttdn-02", "ctqh-02", AUDITOR)
    }
    assert seen == {
        "ttdn-02": [],
        "ctqh-02": ["ctqh-02"],
        AUDITOR: ["ctqh-01", "ctqh-02", "ctqh-03"],
    }
    [review] = await june.pages(f"/campaigns/{june.code}/reports")
    assert name not in review["content"]["lists"]["GIAY_KHEN"]
    assert len(review["content"]["lists"]["GIAY_KHEN"]) == 3


async def test_e37_what_was_said_of_it_in_the_record_is_closed_to_others(
    june: Cast,
) -> None:
    _, secret = await posted(june)

    path = f"/campaigns/{june.code}/acts"
    whole = await june.pages(path)
    touching = [
        act["seq"]
        for act in whole
        if {"line": secret} in await june.pages(f"{path}/{act['seq']}/lines")
    ]

    reader = june.office.person("ttdn-02")
    acts = {act["seq"]: act for act in await reader.pages(path)}

    assert {acts[seq]["kind"] for seq in touching} == {"submit", "appraise"}
    assert {acts[seq]["payload"] is None for seq in touching} == {True}
    assert {acts[seq]["lines"] for seq in touching} == {0}
    assert [await reader.pages(f"{path}/{seq}/lines") for seq in touching] == [[], []]
    assert len(acts) == len(whole)


async def test_e37_it_is_met_where_the_vote_is_prepared_by_who_checks_it_too(
    june: Cast,
) -> None:
    _, secret = await posted(june)

    seen = {who: await prepared(june, who) for who in (SECRETARIAT, AUDITOR)}

    met = {who: secret in lines & signs for who, (lines, signs) in seen.items()}
    assert met == {SECRETARIAT: True, AUDITOR: True}


async def prepared(cast: Cast, who: str) -> tuple[set[str], set[str]]:
    """List the lines that somebody meets in the what-if, and in signs of formality."""
    phase = f"/phases/{cast.phase1}"
    course = await cast.office.person(who).pages(f"{phase}/targets/what-if/lines")
    signs = await cast.office.person(who).pages(f"{phase}/formality")
    return (
        {each["line"] for each in course},
        {line for each in signs for line in each["lines"]},
    )
