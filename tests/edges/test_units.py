"""E31, E35: departments that merge or end, and people who work in two of them."""

import pytest

from tests.edges.rows import states_of, told
from tests.edges.staff import (
    department,
    found,
    heads,
    left,
    moved,
    recorded,
    registered,
    reviewed,
    sent,
    to_the_council,
)
from tests.journeys.cast import HEADS, Cast, at, line
from tests.office import DIRECTOR, SECRETARIAT

REVIEWED, JUDGED = "2022-12-20", "2023-01-04"
WORKER, OURS = ("cthdnd-04", "LDTT"), [("hai-01", "LDTT"), ("HAI", "TTLDTT")]


async def ends(cast: Cast, code: str, day: str) -> None:
    """Let the secretariat write down that a department ends: *day* is without it."""
    known = await cast.office.person(SECRETARIAT).look(f"/departments/{code}")
    answer = await cast.office.http.post(
        f"/api/v1/departments/{code}/end",
        json={"ends": day},
        headers={"X-Thidua-Person": SECRETARIAT, "If-Match": known.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text


async def merged(cast: Cast, day: str) -> None:
    """Let HAI become MOI: its people and its head go along."""
    await department(cast, "MOI", "Phòng Mới thành lập", day)
    for person in ("hai-01", "hai-02"):
        await moved(cast, person, "MOI", day)
    [headship] = await cast.pages("/appointments", person="hai-01")
    await cast.ended("appointments", headship, day)
    await heads(cast, "hai-01", "MOI", day)
    await ends(cast, "HAI", day)


async def test_e31_people_follow_their_new_department_and_the_old_one_owes_nothing(
    year: Cast,
) -> None:
    workers = [("hai-01", "LDTT"), ("hai-02", "LDTT")]
    await registered(year, "HAI", workers)
    await merged(year, "2022-10-01")
    await sent(year, "MOI", workers, REVIEWED)
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "MOI")
    await to_the_council(year)

    stands = await year.pages(f"/phases/{year.phase1}/departments")
    assert {each["department"]: each["state"] for each in stands} == {
        **dict.fromkeys(sorted(HEADS), "overdue"),
        "HAI": "closed",
        "MOI": "appraised",
    }
    lines = await year.pages(f"/phases/{year.phase1}/lines")
    assert {(x["subject"], x["department"], x["state"]) for x in lines} == {
        ("hai-01", "MOI", "council_passed"),
        ("hai-02", "MOI", "council_passed"),
    }
    missed = {text for _, _, _, text in await told(year, "submission_missed")}
    assert not any("Phòng Hai người" in text for text in missed)


@pytest.mark.parametrize(
    ("pack", "verdict"),
    [
        ("VN2017", ("eligible", [])),
        ("VN2025", ("ineligible", ["VN2025.dissolved"])),
    ],
)
async def test_e31_a_department_that_is_no_more_gets_nothing_from_2025(
    year: Cast, pack: str, verdict: tuple[str, list[str]]
) -> None:
    aims = [("hai-01", "LDTT"), ("hai-02", "LDTT"), ("HAI", "TTLDTT")]
    await registered(year, "HAI", aims)
    await sent(year, "HAI", aims, REVIEWED)
    await ends(year, "HAI", "2022-12-31")
    await year.until(at(JUDGED))
    rules = {"phase": year.phase1, "pack": pack, "reason": "Áp dụng quy định mới."}
    if pack != "VN2017":
        await year.act(DIRECTOR, f"/campaigns/{year.code}/migrate-rules", rules)

    await year.appraise(year.phase1, "HAI")

    assert (await found(year))["HAI"] == verdict


async def test_e33_what_was_appraised_is_judged_again_by_the_new_rules(
    year: Cast,
) -> None:
    aims = [("hai-01", "LDTT"), ("hai-02", "LDTT"), ("HAI", "TTLDTT")]
    await registered(year, "HAI", aims)
    await sent(year, "HAI", aims, REVIEWED)
    await ends(year, "HAI", "2022-12-31")
    await year.until(at(JUDGED))
    await year.appraise(year.phase1, "HAI")
    before = await states_of(year)
    rules = {"phase": year.phase1, "pack": "VN2025", "reason": "Áp dụng quy định mới."}

    answer = await year.act(DIRECTOR, f"/campaigns/{year.code}/migrate-rules", rules)

    assert (before["HAI"], (await states_of(year))["HAI"]) == ("eligible", "ineligible")
    assert (answer["again"], answer["stays"]) == (3, {})
    assert (answer["from"], answer["in_force"]) == ("VN2017", False)
    said = {text for *_, text in await told(year, "rules_out_of_force")}.pop()
    assert f"xét lại 3 đề nghị đã thẩm định, {answer['ended']} không đủ" in said


async def test_e35_who_works_in_two_departments_counts_in_the_one_of_home(
    year: Cast,
) -> None:
    await left(year, "hai-02", "2022-02-01")
    duty = {"office": "department_secretary", "department": "HAI"}
    await recorded(
        year, "appointments", person="cthdnd-04", **duty, starts="2022-02-01"
    )
    second = {"person": "cthdnd-04", "department": "HAI", "starts": "2022-02-01"}
    twice = await year.refused(SECRETARIAT, "/service-spans", second)
    await registered(year, "HAI", OURS)
    await registered(year, "CTHDND", [WORKER])
    await reviewed(year, "HAI", REVIEWED)
    body = {"lines": [line(*each) for each in (*OURS, WORKER)]}
    path = f"{year.desk(year.phase1, 'HAI')}/submit"
    by_the_second = await year.refused("cthdnd-04", path, body)
    for code, aims in (("HAI", OURS), ("CTHDND", [WORKER])):
        await sent(year, code, aims, REVIEWED)
    await year.until(at(JUDGED))
    for code in ("HAI", "CTHDND"):
        await year.appraise(year.phase1, code)

    await to_the_council(year)

    assert twice == (409, "overlap")
    assert by_the_second == (409, "not_of_department")
    # One of one; with the second department's people it would be one of two.
    assert await states_of(year) == dict.fromkeys(
        ("hai-01", "HAI", "cthdnd-04"), "council_passed"
    )
