"""E14: who retired, left or died within the year."""

from typing import Any

from sqlmodel import select

from store.tables import Campaign
from tests.edges.rows import told
from tests.edges.staff import (
    found,
    hired,
    left,
    recorded,
    registered,
    reviewed,
    sent,
    to_the_council,
)
from tests.journeys.cast import HEADS, Cast, at, line
from tests.office import SECRETARIAT

REVIEWED, JUDGED = "2022-12-20", "2023-01-04"
LEAVER, WORKER = ("cthdnd-05", "LDTT"), ("cthdnd-04", "LDTT")


async def registrations(cast: Cast) -> dict[str, str]:
    """Read how each registration stands, by its subject."""
    rows = await cast.pages(f"/campaigns/{cast.code}/registrations")
    return {row["subject"]: row["state"] for row in rows}


async def died(cast: Cast, person: str, day: str) -> None:
    """Let the secretariat write down a death."""
    desk = cast.office.person(SECRETARIAT)
    known = await desk.look(f"/people/{person}")
    body = {"name": known.json()["name"], "died_on": day}
    answer = await cast.office.http.put(
        f"/api/v1/people/{person}",
        json=body,
        headers={"X-Thidua-Person": SECRETARIAT, "If-Match": known.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text


async def test_e14_who_retired_lapses_and_is_judged_as_on_the_last_day(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [LEAVER, WORKER])
    await left(year, "cthdnd-05", "2022-09-01")
    await sent(year, "CTHDND", [LEAVER], REVIEWED)
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "CTHDND")

    assert await registrations(year) == {
        "cthdnd-04": "registered",
        "cthdnd-05": "lapsed",
    }
    # Eight months to the year's end, where ten are asked for; twelve to the last day.
    assert await found(year) == {"cthdnd-05": ("eligible", [])}
    heard = await told(year, "registration_lapsed")
    assert [who for _, _, who, _ in heard] == ["cthdnd-01", "cthdnd-03"]


async def test_e14_who_had_not_met_the_rules_when_leaving_is_found_ineligible(
    year: Cast,
) -> None:
    await hired(year, "moi-01", "2022-02-01", "CTHDND")
    await year.until(at("2022-02-02"))
    await registered(year, "CTHDND", [("moi-01", "LDTT")])
    await left(year, "moi-01", "2022-06-01")
    await sent(year, "CTHDND", [("moi-01", "LDTT")], REVIEWED)
    await year.until(at(JUDGED))

    await year.appraise(year.phase1, "CTHDND")

    too_short = ["VN2017.LDTT.service_months"]
    assert await found(year) == {"moi-01": ("ineligible", too_short)}


async def test_e14_who_died_is_awarded_posthumously_and_the_lists_say_so(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [LEAVER, WORKER])
    await left(year, "cthdnd-05", "2022-09-11")
    await year.until(at("2022-09-12"))
    await died(year, "cthdnd-05", "2022-09-10")
    await sent(year, "CTHDND", [LEAVER, WORKER], REVIEWED)
    await year.until(at(JUDGED))
    await year.appraise(year.phase1, "CTHDND")
    await to_the_council(year)

    await year.decide("2022-1-qd1")
    await year.issue("2022-1-qd1", 1, 2023)

    lines = await year.pages(f"/phases/{year.phase1}/lines")
    assert {each["subject"]: each["posthumous"] for each in lines} == {
        "cthdnd-04": False,
        "cthdnd-05": True,
    }
    name = (await year.get("/people/cthdnd-05"))["name"] + " (truy tặng)"
    awards = [(who, body) for _, _, who, body in await told(year, "awarded")]
    assert {who for who, body in awards if name in body} == {"cthdnd-01", "cthdnd-03"}
    [review] = await year.pages(f"/campaigns/{year.code}/reports")
    assert [each for each in review["content"]["lists"]["LDTT"] if "truy" in each] == [
        name
    ]


async def test_e14_a_later_death_changes_nothing_of_an_award_that_was_given(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [LEAVER])
    await sent(year, "CTHDND", [LEAVER], REVIEWED)
    await year.until(at(JUDGED))
    await year.appraise(year.phase1, "CTHDND")
    await to_the_council(year)
    await year.decide("2022-1-qd1")
    await year.issue("2022-1-qd1", 1, 2023)

    await year.until(at("2023-01-18"))
    await died(year, "cthdnd-05", "2023-01-18")

    [given] = await year.pages(f"/phases/{year.phase1}/lines")
    assert (given["state"], given["posthumous"]) == ("awarded", False)


async def refused_to_send(cast: Cast) -> tuple[int, str]:
    """Review, and try to send the leaver."""
    await reviewed(cast, "CTHDND", REVIEWED)
    path = f"{cast.desk(cast.phase1, 'CTHDND')}/submit"
    return await cast.refused(HEADS["CTHDND"], path, {"lines": [line(*LEAVER)]})


async def test_e14_who_went_on_to_another_agency_is_nominated_there(
    year: Cast,
) -> None:
    await registered(year, "CTHDND", [LEAVER])
    await left(year, "cthdnd-05", "2022-09-01")
    elsewhere = {"agency": "Sở Nội vụ", "starts": "2022-09-01"}
    await recorded(year, "service-spans", person="cthdnd-05", **elsewhere)

    assert await refused_to_send(year) == (409, "not_of_department")


async def test_e14_rules_that_consider_no_leavers_nominate_none(year: Cast) -> None:
    await registered(year, "CTHDND", [LEAVER])
    await left(year, "cthdnd-05", "2022-09-01")
    consider_no_leavers(year)

    assert await refused_to_send(year) == (409, "not_of_department")


def consider_no_leavers(cast: Cast) -> None:
    """Give the campaign rules with the other policy."""
    with cast.office.database.write() as session:
        row = session.exec(select(Campaign)).one()
        packs: dict[str, Any] = {**row.packs}
        for code, pack in packs.items():
            policies = pack["policies"] | {"consider_leavers": False}
            packs[code] = pack | {"policies": policies}
        row.packs = packs
        session.add(row)
