"""The ledger of targets: from the registration on, and if lines passed or failed."""

from collections.abc import Iterable
from typing import Any

from tests.council.day import FIGHTERS
from tests.council.votes import convened
from tests.journeys.cast import Cast
from tests.office import DIRECTOR, SECRETARIAT, Office
from tests.reports.year import RECRUIT, REPRIMANDED

STAFF, MEMBER, AUDITOR = "ctqh-05", "cthdnd-01", "kiem-tra-01"
TARGETS = "/phases/2022-1/targets"
HEAD, STAFF_FIGHTER, OTHER, THIRD = FIGHTERS


def short(results: Iterable[dict[str, Any]]) -> dict[str, tuple[int, int, bool]]:
    """Tell each target, against its own whole: needed, reached, whether met."""
    found: dict[str, tuple[int, int, bool]] = {}
    for each in results:
        told = (each["needed"], each["reached"], each["met"])
        found.setdefault(each["title"], told)
    return found


async def ledger(office: Office, who: str = SECRETARIAT) -> dict[str, Any]:
    """Read the ledger."""
    found: dict[str, Any] = await office.person(who).get(TARGETS)
    return found


async def lines_of(office: Office) -> dict[tuple[str, str], str]:
    """Name the lines by subject and title."""
    answer = await office.person(SECRETARIAT).get("/phases/2022-1/lines", limit=200)
    return {(each["subject"], each["title"]): each["id"] for each in answer["items"]}


async def supposed(office: Office, **query: Any) -> dict[str, Any]:
    """Ask what a vote would come to, and what of each line."""
    path, desk = f"{TARGETS}/what-if", office.person(SECRETARIAT)
    found: dict[str, Any] = await desk.get(path, **query)
    lines = await desk.pages(f"{path}/lines", **query)
    assert found["lines"] == len(lines)
    return {**found, "lines": lines}


def fates(answer: dict[str, Any], title: str) -> dict[str, str]:
    """Tell what becomes of the lines of a title."""
    return {x["subject"]: x["fate"] for x in answer["lines"] if x["title"] == title}


async def test_from_the_registration_on_each_target_shows_its_distance(
    in_january: Office,
) -> None:
    found = await ledger(in_january)

    assert short(found["stages"]["registered"]) == {
        "TTLDTT": (4, 4, True),
        "TTLDXS": (2, 2, True),
        "LDTT": (31, 33, True),
        "CSTDCS": (4, 4, True),
    }
    assert short(found["stages"]["nominated"]) == {
        "TTLDTT": (4, 0, False),
        "TTLDXS": (2, 0, False),
        "LDTT": (31, 0, False),
        "CSTDCS": (5, 0, False),
    }


async def test_each_stage_counts_what_has_come_through_it(in_june: Office) -> None:
    found = await ledger(in_june)

    workers = {
        stage: [
            (x["denominator"], x["of"], x["reached"], x["missing"])
            for x in results
            if x["title"] == "LDTT"
        ]
        for stage, results in found["stages"].items()
    }
    assert workers == {
        "registered": [("participants", 31, 33, 0), ("headcount", 33, 33, 0)],
        "nominated": [("participants", 31, 32, 0), ("headcount", 33, 32, 1)],
        "eligible": [("participants", 31, 0, 31), ("headcount", 33, 0, 33)],
        "passed": [("participants", 31, 0, 31), ("headcount", 33, 0, 33)],
        "awarded": [("participants", 31, 0, 31), ("headcount", 33, 0, 33)],
    }


async def test_the_ledger_says_who_is_counted_as_of_which_day_and_who_is_not(
    before_the_vote: Office,
) -> None:
    found = await ledger(before_the_vote)

    assert (found["day"], found["pack"]) == ("2022-06-30", "VN2017")
    assert found["wholes"] == [
        {
            "denominator": "departments",
            "of": 4,
            "said": "Các phòng là tập thể, có người vào ngày 30/6/2022.",
        },
        {
            "denominator": "participants",
            "of": 31,
            "said": "Người trong các phòng đó thuộc đối tượng tham gia phong trào: đạt "
            "các tiêu chuẩn VN2017.LDTT.service_months, VN2017.LDTT.discipline.",
        },
        {
            "denominator": "headcount",
            "of": 33,
            "said": "Mọi người của các phòng đó vào ngày 30/6/2022.",
        },
    ]
    left_out = [
        (x["rule"], x["count"], [p["person"] for p in x["people"]])
        for x in found["left_out"]
    ]
    assert left_out == [
        ("VN2017.LDTT.discipline", 1, [REPRIMANDED]),
        ("VN2017.LDTT.service_months", 1, [RECRUIT]),
    ]


async def test_why_a_person_is_not_counted_is_for_who_prepares_the_vote(
    in_january: Office,
) -> None:
    seen = {
        who: [len(x["people"]) for x in (await ledger(in_january, who))["left_out"]]
        for who in (STAFF, SECRETARIAT, MEMBER, DIRECTOR, AUDITOR)
    }
    answer = await in_january.person(STAFF).look(f"{TARGETS}/what-if")

    assert seen == {
        STAFF: [],
        **{who: [1, 1] for who in (SECRETARIAT, MEMBER, DIRECTOR, AUDITOR)},
    }
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not_allowed")


async def test_if_all_pass_every_target_is_met_with_as_many_fighters_as_the_law_allows(
    before_the_vote: Office,
) -> None:
    answer = await supposed(before_the_vote)

    assert short(answer["targets"]) == {
        "TTLDTT": (4, 4, True),
        "TTLDXS": (2, 2, True),
        "LDTT": (31, 31, True),
        "CSTDCS": (4, 4, True),
    }
    assert {each["fate"] for each in answer["lines"]} == {"passes"}


async def test_what_becomes_of_each_line_is_read_a_page_at_a_time(
    before_the_vote: Office,
) -> None:
    desk, path = before_the_vote.person(SECRETARIAT), f"{TARGETS}/what-if/lines"
    whole, singly = await desk.get(path, limit=500), []

    page = await desk.get(path, limit=7)
    while page["next"]:
        singly += page["items"]
        page = await desk.get(path, limit=7, cursor=page["next"])
    singly += page["items"]

    assert (whole["next"], len(singly)) == (None, len(whole["items"]))
    assert singly == whole["items"]


async def test_if_a_departments_only_fighter_fails_so_does_the_department(
    before_the_vote: Office,
) -> None:
    lines = await lines_of(before_the_vote)

    answer = await supposed(before_the_vote, failing=lines[OTHER, "CSTDCS"])

    failed = {
        (x["subject"], x["title"]): x["reason"]
        for x in answer["lines"]
        if x["fate"] == "fails"
    }
    assert failed == {
        (OTHER, "CSTDCS"): "Giả định không đạt.",
        ("CTHDND", "TTLDXS"): (
            "Có 0 người đạt «Chiến sĩ thi đua cơ sở»; cần ít nhất 1."
        ),
    }
    assert short(answer["targets"]) == {
        "TTLDTT": (4, 4, True),
        "TTLDXS": (2, 1, False),
        "LDTT": (31, 31, True),
        "CSTDCS": (4, 3, False),
    }


async def test_if_a_worker_fails_the_fighter_fails_too_and_the_cap_counts_on(
    before_the_vote: Office,
) -> None:
    lines = await lines_of(before_the_vote)
    failing = [lines[f"hctcqt-0{n}", "LDTT"] for n in (1, 2, 3, 4, 5)]

    answer = await supposed(
        before_the_vote, failing=[*failing, lines[STAFF_FIGHTER, "LDTT"]]
    )

    # 15 % of 25 is 3.75: three fighters are all that the law then allows.
    assert fates(answer, "CSTDCS") == {
        STAFF_FIGHTER: "fails",
        HEAD: "passes",
        OTHER: "passes",
        THIRD: "passes",
    }
    assert short(answer["targets"])["CSTDCS"] == (3, 3, True)
    assert fates(answer, "TTLDTT")["HCTCQT"] == "fails"


async def test_if_nobody_else_passes_the_rules_still_decide(
    before_the_vote: Office,
) -> None:
    lines = await lines_of(before_the_vote)

    answer = await supposed(
        before_the_vote, passing=lines[HEAD, "CSTDCS"], others="fail"
    )

    assert fates(answer, "CSTDCS")[HEAD] == "fails"
    assert {each["reached"] for each in answer["targets"]} == {0}


async def test_beyond_the_quota_who_is_named_goes_first_and_a_tie_counts_its_seats(
    before_the_vote: Office,
) -> None:
    lines = await lines_of(before_the_vote)
    workers = sorted(
        (who for who, title in lines if title == "LDTT" and who not in FIGHTERS)
    )
    failing = [lines[who, "LDTT"] for who in workers[:12]]

    tied = await supposed(before_the_vote, failing=failing)
    named = [lines[HEAD, "CSTDCS"], lines[THIRD, "CSTDCS"]]
    chosen = await supposed(before_the_vote, failing=failing, passing=named)

    # Room for two; who heads a department comes after the others.
    assert fates(tied, "CSTDCS") == {
        HEAD: "downgraded",
        STAFF_FIGHTER: "tied",
        OTHER: "tied",
        THIRD: "tied",
    }
    assert short(tied["targets"])["CSTDCS"] == (2, 2, True)
    assert fates(chosen, "CSTDCS") == {
        HEAD: "passes",
        STAFF_FIGHTER: "downgraded",
        OTHER: "downgraded",
        THIRD: "passes",
    }


async def test_only_what_waits_for_the_council_can_be_supposed(
    before_the_vote: Office,
) -> None:
    line = (await lines_of(before_the_vote))[RECRUIT, "LDTT"]
    other = (await lines_of(before_the_vote))[HEAD, "LDTT"]

    answers = [
        await before_the_vote.person(SECRETARIAT).look(f"{TARGETS}/what-if", **query)
        for query in (
            {"passing": line},
            {"passing": other, "failing": other},
            {"passing": "ctqh-01"},
        )
    ]

    assert [(x.status_code, x.json()["type"]) for x in answers] == [
        (409, "/problems/not_waiting"),
        (409, "/problems/both_ways"),
        (422, "/problems/invalid"),
    ]


async def test_what_is_supposed_is_what_such_a_vote_then_comes_to(
    too_many: Cast,
) -> None:
    vote = await convened(too_many)
    named = vote.lines[THIRD, "CSTDCS"]
    answer = await supposed(too_many.office, passing=named)

    await too_many.vote_only(vote.session, {HEAD: 1, STAFF_FIGHTER: 1, OTHER: 1})

    outcomes = await vote.outcomes()
    became = {"passes": "council_passed", "downgraded": "council_downgraded"}
    assert {who: outcomes[who, "CSTDCS"][0] for who in FIGHTERS} == {
        who: became[fate] for who, fate in fates(answer, "CSTDCS").items()
    }
