"""What happens to people in the edge cases: they come, go, are nominated, judged."""

from collections.abc import Iterable
from typing import Any

from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, line
from tests.office import SECRETARIAT

Aims = Iterable[tuple[str, str]]


def a_whole_year(titles: Iterable[str]) -> dict[str, Any]:
    """One phase from January to December, for these titles."""
    plan = a_plan()
    first, second = plan["phases"]
    january = ("number", "period_start", "registration_opens", "registration_due")
    phase = {**second, **{field: first[field] for field in january}}
    phases = [{**phase, "titles": list(titles)}]
    return {**plan, "phases": phases, "targets": [], "follow_up": {}}


async def two_people(cast: Cast) -> None:
    """Add a department of two people, one of whom heads it."""
    desk = cast.office.person(SECRETARIAT)
    await department(cast, "HAI", "Phòng Hai người", "2020-01-01")
    for person in ("hai-01", "hai-02"):
        await hired(cast, person, "2020-01-01", "HAI")
    rating = await desk.put("/ratings/collective/HAI/2022", {"level": "EXCELLENT"})
    assert rating.status_code == 201
    await heads(cast, "hai-01", "HAI", "2020-01-01")


async def department(cast: Cast, code: str, name: str, starts: str) -> None:
    """Let the secretariat write down a new department."""
    body = {"name": name, "collective": True, "starts": starts}
    answer = await cast.office.person(SECRETARIAT).put(f"/departments/{code}", body)
    assert answer.status_code == 201, answer.text


async def heads(cast: Cast, person: str, department: str, starts: str) -> None:
    """Let somebody head a department from a day on."""
    head = {"office": "department_head", "department": department, "starts": starts}
    await recorded(cast, "appointments", person=person, **head)


async def recorded(cast: Cast, history: str, **entry: Any) -> None:
    """Let the secretariat write down what has happened to somebody."""
    await cast.keep(f"/{history}", entry)


async def hired(cast: Cast, code: str, starts: str, department: str = "CTQH") -> None:
    """Let somebody begin in a department, and be rated at the end."""
    desk = cast.office.person(SECRETARIAT)
    assert (await desk.put(f"/people/{code}", {"name": "Người Mới"})).status_code == 201
    await recorded(
        cast, "service-spans", person=code, department=department, starts=starts
    )
    rating = f"/ratings/individual/{code}/2022"
    assert (await desk.put(rating, {"level": "EXCELLENT"})).status_code == 201


async def left(cast: Cast, code: str, since: str) -> None:
    """Let somebody's service end: *since* is the first day without them."""
    [span] = await cast.pages("/service-spans", person=code)
    await cast.ended("service-spans", span, since)


async def moved(cast: Cast, code: str, to: str, since: str) -> None:
    """Let somebody go from one department to another."""
    await left(cast, code, since)
    await recorded(cast, "service-spans", person=code, department=to, starts=since)


def head_of(department: str) -> str:
    """Name a department's head."""
    return {**HEADS, "HAI": "hai-01", "MOI": "hai-01"}[department]


async def registered(cast: Cast, department: str, aims: Aims) -> None:
    """Launch within a department, and register."""
    head, desk = head_of(department), cast.desk(cast.phase1, department)
    await cast.just_act(head, f"{desk}/launch-department")
    wanted = {"aims": [aim(*each) for each in aims]}
    await cast.just_act(head, f"{desk}/register", wanted)


async def reviewed(cast: Cast, department: str, held_on: str) -> None:
    """Hold a department's own meeting, of all who are there on that day."""
    await cast.until(at(held_on))
    people = await cast.get("/people", department=department, limit=200)
    review = {
        "held_on": held_on,
        "present": [person["id"] for person in people["items"]],
        "chaired_by": head_of(department),
        "minutes": "Tập thể phòng thống nhất.",
    }
    path = f"{cast.desk(cast.phase1, department)}/record-peer-review"
    await cast.just_act(head_of(department), path, review)


async def sent(
    cast: Cast, department: str, aims: Aims, held_on: str, papers: Iterable[str] = ()
) -> None:
    """Review and send a list; each line has these papers beside the usual ones."""
    await reviewed(cast, department, held_on)
    lines = [line(*each) for each in aims]
    for each in lines:
        each["documents"] += papers
    path = f"{cast.desk(cast.phase1, department)}/submit"
    await cast.just_act(head_of(department), path, {"lines": lines})


async def appraised(cast: Cast, department: str, aims: Aims) -> dict[str, Any]:
    """Register, review, send and appraise in the first half of the year."""
    aims = list(aims)
    await registered(cast, department, aims)
    await sent(cast, department, aims, "2022-06-20")
    await cast.until(at("2022-07-01"))
    answer: dict[str, Any] = await cast.appraise(cast.phase1, department)
    return answer


async def to_the_council(cast: Cast) -> None:
    """Post the appraised lists, name who is silent, and let the council pass all."""
    stands = await cast.pages(f"/phases/{cast.phase1}/departments")
    silent = [each["department"] for each in stands if each["state"] == "overdue"]
    await cast.act(SECRETARIAT, f"/phases/{cast.phase1}/publish", {"without": silent})
    await cast.until(at("2023-01-16"))
    session = await cast.convene(cast.phase1, at("2023-01-17"))
    await cast.until(at("2023-01-17"))
    await cast.vote(session)


async def found(cast: Cast) -> dict[str, tuple[str, list[str]]]:
    """Read how each line stands, and the rules that speak against it."""
    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    acts = await cast.pages(f"/campaigns/{cast.code}/acts")
    said: dict[str, Any] = {}
    for act in acts:
        if act["kind"] == "appraise":
            said |= act["payload"].get("verdicts", {})
    return {
        each["subject"]: (
            each["state"],
            [refusal["rule"] for refusal in said.get(each["id"], [])],
        )
        for each in lines
    }


def rules_of(answer: dict[str, Any]) -> list[str]:
    """List the rules that lines wait for, as an appraisal has answered."""
    return [
        refusal["rule"] for each in answer["waiting"] for refusal in each["refusals"]
    ]
