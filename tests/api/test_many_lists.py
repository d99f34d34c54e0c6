"""Over HTTP the secretariat takes up all lists at once; each department goes on."""

from rehearsal.engine import RehearsedEngine
from store.database import Database
from tests.journeys.cast import HEADS, Cast, a_plan, aim, at, line
from tests.office import SECRETARIAT, open_office, prepare

NOMINEES = {"CTQH": "ctqh-02", "TTDN": "ttdn-02"}
APPRAISER = "hctcqt-01"  # the head of the secretariat: its desk owes what it owes


async def to_appraisal(cast: Cast) -> None:
    """Let two departments send a list, and the time for it end."""
    await cast.launch(a_plan())
    await cast.until(at("2022-01-20"))
    for code, person in NOMINEES.items():
        await cast.register(code, [aim(person, "LDTT")])
    await cast.until(at("2022-06-20"))
    for code, person in NOMINEES.items():
        await cast.review(cast.phase1, code, "2022-06-20")
        await cast.submit(cast.phase1, code, [line(person, "GIAY_KHEN")])
    await cast.until(at("2022-07-01"))


async def owed(cast: Cast) -> list[str]:
    """List what the secretariat owes to lists."""
    found = await cast.office.person(APPRAISER).pages("/me/tasks")
    return [x["kind"] for x in found if x["kind"] in ("receive", "appraise")]


async def test_all_lists_are_taken_up_by_two_acts_and_each_can_still_be_returned(
    sqlite_database: Database, engine: RehearsedEngine
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    async with open_office(sqlite_database, engine) as office:
        cast = Cast(office)
        await to_appraisal(cast)
        phase, tasks = f"/phases/{cast.phase1}", [await owed(cast)]

        received = await cast.act(SECRETARIAT, f"{phase}/receive-lists")
        tasks.append(await owed(cast))
        await returned_and_supplemented(cast, "TTDN")
        appraised = await cast.act(SECRETARIAT, f"{phase}/appraise-lists")
        tasks.append(await owed(cast))

    assert received["departments"] == ["CTQH", "TTDN"]
    assert sorted(appraised["departments"]) == ["CTQH", "TTDN"]
    assert tasks == [["receive"] * 2, ["appraise"] * 2, []]


async def returned_and_supplemented(cast: Cast, department: str) -> None:
    """Let a department complete its list, by its own acts."""
    desk = cast.desk(cast.phase1, department)
    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    [key] = [each["id"] for each in lines if each["department"] == department]
    missing = {"items": [{"line": key, "missing": "Biên bản."}], "reason": "Thiếu."}
    until = {"until": "2022-07-05"}
    await cast.act(SECRETARIAT, f"{desk}/return-for-supplement", missing | until)
    given = {"line": key, "achievement": "Tốt.", "documents": ["BIENBAN"]}
    await cast.act(HEADS[department], f"{desk}/supplement", {"lines": [given]})
