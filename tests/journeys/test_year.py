"""The year 2022 of the sample office, whole, with the rules of its time."""

import json
import os
from pathlib import Path
from typing import Any

from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, line
from tests.office import SECRETARIAT

DEPARTMENTS = list(HEADS)
RECRUIT, REPRIMANDED = "ttdn-07", "hctcqt-06"


GOLDEN = Path(__file__).parent / "golden"


def golden(name: str, story: dict[str, Any]) -> Any:
    """Read what the story should be; THIDUA_GOLDEN=write keeps *story* instead."""
    path = GOLDEN / name
    if os.environ.get("THIDUA_GOLDEN") == "write":
        path.write_text(json.dumps(story, ensure_ascii=False, indent=1) + "\n")
    return json.loads(path.read_text())


async def first_phase(cast: Cast) -> None:
    """Carry the year to the end of its first phase: a few commendations."""
    await cast.launch(a_plan())
    await cast.until(at("2022-01-20"))
    for department in DEPARTMENTS:
        await cast.register(department, aims_of(cast, department))
    await cast.until(at("2022-06-20"))
    for department in DEPARTMENTS:
        await cast.review(cast.phase1, department, "2022-06-20")
        worthy = cast.staff_of(department, "2022-06-20")[1]
        await cast.submit(cast.phase1, department, [line(worthy, "GIAY_KHEN")])
    await cast.until(at("2022-07-01"))
    await appraise_and_publish(cast, cast.phase1)
    await cast.until(at("2022-07-11"))
    session = await cast.convene(cast.phase1, at("2022-07-13", "14:00"))
    await cast.until(at("2022-07-13", "14:00"))
    await cast.vote(session)
    await cast.decide(f"{cast.phase1}-qd1")
    await cast.issue(f"{cast.phase1}-qd1", 15, 2022)


async def second_phase(cast: Cast) -> None:
    """Carry the year from July to the issued titles."""
    await second_phase_is_submitted(cast)
    await second_phase_ends(cast)


async def second_phase_is_submitted(cast: Cast) -> None:
    """Carry the year to the lists of December."""
    await cast.until(at("2022-12-20"))
    for department in DEPARTMENTS:
        await cast.review(cast.phase2, department, "2022-12-20")
        await cast.submit(cast.phase2, department, year_end_list(cast, department))


async def second_phase_ends(cast: Cast) -> None:
    """Carry the year from the sent lists to the issued titles."""
    await cast.until(at("2023-01-04"))
    await appraise_and_publish(cast, cast.phase2)
    await cast.until(at("2023-01-17"))
    session = await cast.convene(cast.phase2, at("2023-01-18", "14:00"))
    await cast.until(at("2023-01-18", "14:00"))
    await cast.vote(session)
    await cast.decide(f"{cast.phase2}-qd1")
    await cast.issue(f"{cast.phase2}-qd1", 2, 2023)


async def superior(cast: Cast, outcome: str) -> None:
    """Forward the collectives to the province, and write its answers down."""
    path = f"/decisions/{cast.phase2}-qd1"
    letter = {"letter": "Tờ trình 03/TTr-VP"}
    await cast.act(SECRETARIAT, f"{path}/forward", letter)
    lines = await cast.pages(f"/phases/{cast.phase2}/lines", state="forwarded_upward")
    for each in lines:
        body = {
            "line": each["id"],
            "outcome": outcome,
            "reference": "Quyết định 101/QĐ-UBND",
            "answered_on": "2023-01-18",
        }
        await cast.act(SECRETARIAT, f"{path}/record-superior-answer", body)


def aims_of(cast: Cast, department: str) -> list[dict[str, str]]:
    """What a department registers in January."""
    people = cast.staff_of(department, "2022-01-20")
    return [*(aim(person, "LDTT") for person in people), aim(department, "TTLDTT")]


def year_end_list(cast: Cast, department: str) -> list[dict[str, Any]]:
    """What a department nominates in December: all who may be, and its best."""
    people = [
        person.code
        for person in cast.year.staff
        if person.department == department and person.code not in (RECRUIT, REPRIMANDED)
    ]
    fighters = [p.code for p in cast.year.staff if p.initiative]
    return [
        *(line(person, "LDTT") for person in people),
        *(line(person, "CSTDCS") for person in people if person in fighters),
        line(department, "TTLDTT"),
        *([line(department, "TTLDXS")] if department in ("CTQH", "CTHDND") else []),
    ]


async def appraise_and_publish(cast: Cast, phase: str) -> None:
    """Let the secretariat go through every list and post the result."""
    for department in DEPARTMENTS:
        await cast.appraise(phase, department)
    await cast.act(SECRETARIAT, f"/phases/{phase}/publish")


async def test_the_first_phase_ends_with_commendations(cast: Cast) -> None:
    await first_phase(cast)

    phases = await cast.get(f"/campaigns/{cast.code}/phases")
    assert [phase["state"] for phase in phases] == ["closed", "registration_open"]
    assert await cast.states(cast.phase1) == {"GIAY_KHEN awarded": 4}


async def test_the_worked_example_ends_with_its_titles_and_targets(cast: Cast) -> None:
    await first_phase(cast)
    await second_phase(cast)
    await superior(cast, "awarded")
    await cast.act("ld-01", f"/campaigns/{cast.code}/close")

    assert await cast.states(cast.phase2) == {
        "CSTDCS awarded": 4,
        "LDTT awarded": 32,
        "TTLDTT awarded": 4,
        "TTLDXS superior_awarded": 2,
    }
    story = await cast.story()
    assert story == golden("2022.json", story)
