"""E11 to E13: who moved within the office, came from outside, or is seconded."""

from tests.edges.rows import told
from tests.edges.staff import (
    found,
    hired,
    moved,
    recorded,
    registered,
    reviewed,
    rules_of,
    sent,
    to_the_council,
)
from tests.journeys.cast import HEADS, Cast, aim, at, line
from tests.office import SECRETARIAT

REVIEWED, JUDGED = "2022-12-20", "2023-01-04"
WORKER = ("cthdnd-04", "LDTT")
ELSEWHERE = {"agency": "Sở Nội vụ", "starts": "2015-01-01", "ends": "2022-08-01"}
OLD_UNIT = "VN2017.service.old_unit_opinion"
WORD = {"person": "cthdnd-04", "text": "Bảy tháng ở phòng, hoàn thành tốt nhiệm vụ."}


async def test_e11_who_moved_is_nominated_by_the_new_department_and_waits_for_the_old(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [WORKER])
    await moved(year, "cthdnd-04", "CTQH", "2022-08-01")
    await reviewed(year, "CTHDND", REVIEWED)
    old, new = (year.desk(year.phase1, code) for code in ("CTHDND", "CTQH"))
    body = {"lines": [line(*WORKER)]}
    refused = await year.refused(HEADS["CTHDND"], f"{old}/submit", body)
    await sent(year, "CTQH", [WORKER], REVIEWED)
    await year.until(at(JUDGED))

    before = await year.appraise(year.phase1, "CTQH")
    owed = [await opinions_owed(year, who) for who in (HEADS["CTHDND"], "cthdnd-03")]
    await year.just_act(HEADS["CTHDND"], f"{old}/give-opinion", WORD)
    after = await year.just_act(SECRETARIAT, f"{new}/appraise")

    assert refused == (409, "not_of_department")
    assert (before["state"], rules_of(before)) == ("received", [OLD_UNIT])
    assert (after["state"], after["waiting"]) == ("appraised", [])
    assert await found(year) == {"cthdnd-04": ("eligible", [])}
    assert owed == [[f"/api/v1{old}/give-opinion"], []]
    assert await opinions_owed(year, HEADS["CTHDND"]) == []
    asked = await told(year, "opinion_wanted", "opinion_given")
    assert {(kind, who) for _, kind, who, _ in asked} == {
        ("opinion_wanted", "cthdnd-01"),
        ("opinion_wanted", "cthdnd-03"),
        ("opinion_given", "hctcqt-01"),
        ("opinion_given", "hctcqt-03"),
    }
    [of_line] = await year.pages(f"/phases/{year.phase1}/lines")
    [said] = await year.pages(f"/lines/{of_line['id']}/opinions")
    assert (said["department"], said["text"]) == ("CTHDND", WORD["text"])


async def opinions_owed(cast: Cast, who: str) -> list[str]:
    """Say where somebody finds among the own tasks that an opinion is to be given."""
    tasks = await cast.office.person(who).pages("/me/tasks")
    return [each["path"] for each in tasks if each["kind"] == "give_opinion"]


async def test_e11_the_new_department_amends_what_somebody_registered_in_the_old(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [WORKER])
    await moved(year, "cthdnd-04", "CTQH", "2022-02-01")
    await year.until(at("2022-02-02"))
    desk, aims = year.desk(year.phase1, "CTQH"), {"aims": [aim(*WORKER)]}

    again = await year.refused(HEADS["CTQH"], f"{desk}/register", aims)
    await year.just_act(HEADS["CTQH"], f"{desk}/withdraw-registration", aims)
    await year.just_act(HEADS["CTQH"], f"{desk}/register", aims)

    rows = await year.pages(f"/campaigns/{year.code}/registrations")
    assert again == (409, "already_registered")
    assert [(row["department"], row["state"]) for row in rows] == [
        ("CTHDND", "withdrawn"),
        ("CTQH", "registered"),
    ]


async def test_e11_who_moves_after_the_list_was_sent_is_the_new_departments(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [WORKER])
    await sent(year, "CTHDND", [WORKER], REVIEWED)
    await moved(year, "cthdnd-04", "CTQH", "2022-12-28")
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "CTHDND")

    assert await found(year) == {"cthdnd-04": ("ineligible", [OLD_UNIT])}


async def test_e11_less_than_six_months_in_the_old_department_need_no_opinion(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [WORKER])
    await moved(year, "cthdnd-04", "CTQH", "2022-06-30")
    await sent(year, "CTQH", [WORKER], REVIEWED)
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "CTQH")

    assert await found(year) == {"cthdnd-04": ("eligible", [])}


async def test_e11_the_department_of_the_periods_last_day_nominates_and_counts(
    year: Cast,
) -> None:
    aims = [("hai-01", "LDTT"), ("HAI", "TTLDTT")]
    await registered(year, "HAI", [*aims, ("hai-02", "LDTT")])
    await moved(year, "hai-02", "CTQH", "2022-12-28")
    await sent(year, "HAI", aims, REVIEWED)
    await sent(year, "CTQH", [("hai-02", "LDTT")], REVIEWED)
    old, word = f"{year.desk(year.phase1, 'HAI')}/give-opinion", "Hoàn thành tốt."
    await year.just_act("hai-01", old, {"person": "hai-02", "text": word})
    await year.until(at(JUDGED))
    for code in ("HAI", "CTQH"):
        await year.appraise(year.phase1, code)

    await to_the_council(year)

    # One of one; with who was there until 27 December it would be one of two.
    assert {subject: state for subject, (state, _) in (await found(year)).items()} == {
        "hai-01": "council_passed",
        "hai-02": "council_passed",
        "HAI": "council_passed",
    }


async def test_e11_a_department_that_somebody_never_left_is_not_asked(
    year: Cast,
) -> None:
    path = f"{year.desk(year.phase1, 'CTHDND')}/give-opinion"

    still_there = await year.refused(HEADS["CTHDND"], path, WORD)
    by_another = await year.refused(HEADS["CTQH"], path, WORD)

    assert still_there == (409, "not_asked")
    assert by_another == (403, "not_allowed")


async def supplemented(cast: Cast, papers: list[str]) -> None:
    """Return the only list, have papers added to its only line, appraise again."""
    desk = cast.desk(cast.phase1, "CTQH")
    [of_line] = await cast.pages(f"/phases/{cast.phase1}/lines")
    flag = {"line": of_line["id"], "missing": "Ý kiến bằng văn bản của nơi khác."}
    body = {"items": [flag], "reason": "Hồ sơ chưa đủ.", "until": "2023-01-10"}
    await cast.just_act(SECRETARIAT, f"{desk}/return-for-supplement", body)
    added = {
        "line": of_line["id"],
        "achievement": of_line["evidence"]["achievement"],
        "documents": [*of_line["evidence"]["documents"], *papers],
    }
    await cast.just_act(HEADS["CTQH"], f"{desk}/supplement", {"lines": [added]})
    await cast.just_act(SECRETARIAT, f"{desk}/appraise")


async def newcomer(cast: Cast, *posts: dict[str, str]) -> None:
    """Let somebody come to CTQH on 1 August, from these posts, and register late."""
    await hired(cast, "moi-01", "2022-08-01")
    for post in posts:
        await recorded(cast, "service-spans", person="moi-01", **post)
    longer = {"deadline": "registration", "until": "2022-08-31", "department": "CTQH"}
    why = {"reason": "Phòng nhận người mới."}
    await cast.act(SECRETARIAT, f"/phases/{cast.phase1}/extend-deadline", longer | why)
    await cast.until(at("2022-08-02"))
    await registered(cast, "CTQH", [("moi-01", "LDTT")])


async def test_e12_who_comes_from_elsewhere_brings_the_months_and_that_agencys_word(
    year: Cast,
) -> None:
    await newcomer(year, ELSEWHERE)
    await sent(year, "CTQH", [("moi-01", "LDTT")], REVIEWED)
    await year.until(at(JUDGED))
    waiting = await year.appraise(year.phase1, "CTQH")
    between = await found(year)

    await supplemented(year, ["YKIEN"])

    [missing] = waiting["waiting"][0]["refusals"]
    assert (missing["rule"], missing["certainty"]) == (OLD_UNIT, "verified")
    assert "Sở Nội vụ" in missing["detail"]
    assert await told(year, "opinion_wanted") == []
    assert between == {"moi-01": ("nominated", [])}
    assert await found(year) == {"moi-01": ("eligible", [])}


async def test_e12_without_the_months_elsewhere_somebody_new_is_too_new(
    year: Cast,
) -> None:
    await newcomer(year)
    await sent(year, "CTQH", [("moi-01", "LDTT")], REVIEWED)
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "CTQH")

    too_new = ["VN2017.LDTT.service_months"]
    assert await found(year) == {"moi-01": ("ineligible", too_new)}


async def test_e13_who_is_seconded_is_nominated_at_home_once_the_other_unit_confirms(
    year: Cast,
) -> None:
    await registered(year, "CTQH", [("ctqh-04", "LDTT")])
    secondment = {"kind": "secondment", "starts": "2022-02-01", "ends": "2022-12-01"}
    await recorded(year, "leaves", person="ctqh-04", **secondment)
    await sent(year, "CTQH", [("ctqh-04", "LDTT")], REVIEWED)
    await year.until(at(JUDGED))
    waiting = await year.appraise(year.phase1, "CTQH")

    await supplemented(year, ["YKIEN"])

    assert rules_of(waiting) == ["VN2017.service.seconded_out"]
    assert waiting["waiting"][0]["refusals"][0]["certainty"] == "recalled"
    assert await found(year) == {"ctqh-04": ("eligible", [])}


async def test_e13_each_other_unit_answers_with_a_paper_of_its_own(year: Cast) -> None:
    await newcomer(year, ELSEWHERE)
    secondment = {"kind": "secondment", "starts": "2022-10-01"}
    await recorded(year, "leaves", person="moi-01", **secondment)
    await sent(year, "CTQH", [("moi-01", "LDTT")], REVIEWED, ["YKIEN"])
    await year.until(at(JUDGED))

    waiting = await year.appraise(year.phase1, "CTQH")
    await supplemented(year, ["YKIEN"])

    assert rules_of(waiting) == ["VN2017.service.seconded_out"]
    assert await found(year) == {"moi-01": ("eligible", [])}
