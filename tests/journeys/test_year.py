"""The year 2022 of the sample office, whole, with the rules of its time."""

from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, line

DEPARTMENTS = list(HEADS)
FIGHTERS = {"CTQH": 2, "CTHDND": 1, "HCTCQT": 0, "TTDN": 1}


async def first_phase(cast: Cast) -> None:
    """Carry the year to the end of its first phase: a few commendations."""
    await cast.launch(a_plan(cast.code))
    await cast.until(at("2022-01-20"))
    for department in DEPARTMENTS:
        people = [
            aim(person, "LDTT") for person in cast.staff_of(department, "2022-01-20")
        ]
        await cast.register(department, [*people, aim(department, "TTLDTT")])
    await cast.until(at("2022-06-20"))
    for department in DEPARTMENTS:
        await cast.review(cast.phase1, department, "2022-06-20")
        worthy = cast.staff_of(department, "2022-06-20")[1]
        await cast.submit(cast.phase1, department, [line(worthy, "GIAY_KHEN")])
    await cast.until(at("2022-07-01"))
    for department in DEPARTMENTS:
        await cast.appraise(cast.phase1, department)
    await cast.act("hctcqt-03", f"/phases/{cast.phase1}/publish")
    await cast.until(at("2022-07-11"))
    session = await cast.convene(cast.phase1, at("2022-07-13", "14:00"))
    await cast.until(at("2022-07-13", "14:00"))
    await cast.vote(session)
    await cast.decide(f"{cast.phase1}-qd1")
    await cast.issue(f"{cast.phase1}-qd1", 15, 2022)


async def test_the_first_phase_ends_with_commendations(cast: Cast) -> None:
    await first_phase(cast)

    phases = await cast.get(f"/campaigns/{cast.code}/phases")
    assert [phase["state"] for phase in phases] == ["closed", "registration_open"]
    assert await cast.states(cast.phase1) == {"GIAY_KHEN awarded": 4}
