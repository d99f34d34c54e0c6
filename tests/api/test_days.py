"""Every day that comes in, in every act, body and query, with every hostile day."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import httpx2
import pytest_asyncio
from sqlmodel import Session, func, select

from domain import ids
from domain.acts import ACTS, may
from domain.calendar import end_of, local_day
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.states import CampaignState
from engine.client import Engine, connect
from intake.acts.bodies import BODIES
from store import record
from store.database import Database
from store.office import people
from store.tables import (
    Campaign,
    Command,
    CouncilSession,
    Deadline,
    Decision,
    Phase,
    Submission,
)
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, Office, open_office, prepare

# The campaign of 2026 stands on 14 July: its first phase is under way still.
NOW = at("2026-07-14")
PHASE, SESSION, DECISION = "2026-1", "2026-1-hd1", "2026-1-qd1"
PLACES = {
    Kind.CAMPAIGN: "/campaigns/2026",
    Kind.PHASE: f"/phases/{PHASE}",
    Kind.DEPARTMENT: f"/phases/{PHASE}/departments/CTQH",
    Kind.COUNCIL: f"/council-sessions/{SESSION}",
    Kind.DECISION: f"/decisions/{DECISION}",
    Kind.CASE: f"/cases/{uuid4()}",
}
NO_DAYS = ("0001-01-01", "2026-02-30", "2026-6-3", "30/6/2026", "2999-01-01", "")
FAR = ("1900-01-01", "2027-12-30", "2099-12-31", "9999-12-31")
REAL = FAR[:3]
HOSTILE: tuple[Any, ...] = (*NO_DAYS, *FAR, 0, 20260714, True, [], {})
Place = tuple[str | int, ...]
Schema = Mapping[str, Any]


def days_in(schema: Schema, whole: Schema) -> Iterator[tuple[Place, bool]]:
    """Find where a body says a day, or a moment, as its schema tells."""
    schema = named(schema, whole)
    if (kind := schema.get("format")) in ("date", "date-time"):
        yield (), kind == "date-time"
    for branch in schema.get("anyOf", ()):
        yield from days_in(branch, whole)
    for name, part in schema.get("properties", {}).items():
        yield from (((name, *rest), m) for rest, m in days_in(part, whole))
    if isinstance(schema.get("items"), Mapping):
        for rest, moment in days_in(schema["items"], whole):
            yield (0, *rest), moment


def sample(schema: Schema, whole: Schema) -> Any:
    """Make what a schema allows; what may be left out is, unless it says a day."""
    schema = named(schema, whole)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], whole)
    if "properties" in schema:
        needed = schema.get("required", ())
        return {
            name: sample(part, whole)
            for name, part in schema["properties"].items()
            if name in needed or any(days_in(part, whole))
        }
    return plain(schema, whole)


def plain(schema: Schema, whole: Schema) -> Any:
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "array":
            return [sample(schema["items"], whole)]
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "object":
            return {}
    formats = {
        "date": f"{NOW:%Y-%m-%d}",
        "date-time": NOW.isoformat(),
        "uuid": str(uuid4()),
    }
    texts = [formats.get(schema.get("format", ""), "ctqh-02"), "CTQH", "QĐ-VP"]
    texts.append(f"phase:{PHASE}")
    return next(x for x in texts if re.search(schema.get("pattern", ""), x))


def named(schema: Schema, whole: Schema) -> Schema:
    """Follow a reference to what a schema names."""
    found: Any = schema
    while "$ref" in found:
        found = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    return found  # type: ignore[no-any-return]


def put(body: Any, place: Place, value: Any) -> None:
    """Say something else in one place of a body."""
    for part in place[:-1]:
        body = body[part]
    body[place[-1]] = value


def acts_with_days() -> Iterator[tuple[str, Place, bool]]:
    """Find every day that some act says."""
    for kind, model in BODIES.items():
        schema = model.model_json_schema()
        yield from ((kind, *found) for found in days_in(schema, schema))


def act_of(kind: str) -> Any:
    """Make what an act may say."""
    schema = BODIES[kind].model_json_schema()
    body = sample(schema, schema)
    if kind == "amend":  # whose plan has rules of its own
        body["plan"] = {**a_plan("2022.yaml"), "theme": "Chủ đề khác"}
    return body


def refused(answer: httpx2.Response) -> bool:
    """Say whether something was refused as a problem."""
    problem = answer.headers["content-type"] == "application/problem+json"
    return problem and answer.status_code in (404, 409, 422)


def path_of(kind: str) -> str:
    """Give where an act is sent."""
    return f"{PLACES[Kind(ACTS[kind].target)]}/{kind.replace('_', '-')}"


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database) -> AsyncIterator[Office]:
    """The office of a campaign that runs, with no engine that acts would go to."""
    prepare(database, 2026, NOW)
    with database.write() as session:
        run(session)
    engine = Engine(await connect("127.0.0.1:1"))
    async with open_office(database, engine, work=False, patience=0.05) as opened:
        yield opened


def run(session: Session) -> None:
    """Write down that the campaign runs, and one of everything that acts aim at."""
    campaign = {"campaign": "2026", "phase": PHASE}
    launched = {"launched_at": NOW, "launched_by": DIRECTOR, "pact_signed_at": NOW}
    session.add(
        Campaign(
            id="2026",
            title="Phong trào",
            kind="regular",
            year=2026,
            state=CampaignState.RUNNING,
            plan=a_plan("2022.yaml"),
            **launched,
        )
    )
    session.flush()
    record.begin_chain(session, "2026")
    session.add(
        Phase(
            id=PHASE,
            campaign="2026",
            number=1,
            name="Giai đoạn 1",
            final=False,
            period_start=date(2026, 1, 1),
            period_end=date(2026, 6, 30),
            pack="vn2026",
            titles=["GIAY_KHEN"],
        )
    )
    session.flush()
    for name in (DeadlineKind.PHASE, DeadlineKind.SUBMISSION):
        due = end_of(date(2026, 6, 30))
        owner = str(ids.phase(PHASE))
        session.add(
            Deadline(
                owner=owner, name=name, campaign="2026", due_at=due, original_due_at=due
            )
        )
    session.add(Submission(phase=PHASE, department="CTQH"))
    session.add(
        CouncilSession(
            id=SESSION, **campaign, number=1, meets_at=NOW, place="Hội trường"
        )
    )
    session.flush()
    session.add(Decision(id=DECISION, **campaign, ordinal=1, session=SESSION))


def sender(database: Database, kind: str) -> str:
    """Find somebody who may do an act."""
    with database.read() as session:
        for person in (SECRETARIAT, DIRECTOR, "ctqh-01"):
            roles = people.roles_of(session, person, local_day(NOW), "CTQH")
            if may(kind, roles):
                return person
    raise AssertionError(f"nobody may {kind}")


def written(database: Database) -> int:
    """Count the commands that are stored."""
    with database.read() as session:
        return session.exec(select(func.count()).select_from(Command)).one()


async def test_a_day_that_an_act_cannot_mean_is_refused_and_not_stored(
    office: Office,
) -> None:
    tried, found = set(), {}

    for kind, place, moment in acts_with_days():
        tried.add(kind)
        person = office.person(sender(office.database, kind))
        for day in HOSTILE:
            body = act_of(kind)
            hour = "T09:00:00+07:00" if moment and isinstance(day, str) else ""
            put(body, place, f"{day}{hour}" if hour else day)
            answer = await person.post(path_of(kind), body)
            if not refused(answer):
                found[kind, place, str(day)] = answer.text

    assert found == {}
    assert {"convene", "delegate", "extend_deadline", "record_peer_review"} < tried
    assert written(office.database) == 0


async def test_a_day_that_an_act_may_mean_is_taken(office: Office) -> None:
    kinds, found = sorted({kind for kind, _, _ in acts_with_days()}), {}

    for kind in kinds:
        person = office.person(sender(office.database, kind))
        answer = await person.post(path_of(kind), act_of(kind))
        if answer.status_code != 202:
            found[kind] = answer.text

    assert found == {}
    assert written(office.database) == len(kinds)


async def test_a_refusal_says_which_day_and_from_when_until_when_one_is_taken(
    office: Office,
) -> None:
    end = {"deadline": "submission", "reason": "Bão số 3."}
    path, desk = f"/phases/{PHASE}/extend-deadline", office.person(SECRETARIAT)
    review = act_of("record_peer_review")

    far = await desk.post(path, {**end, "until": "2027-12-30"})
    late = await office.person("ctqh-01").post(
        path_of("record_peer_review"), {**review, "held_on": "2026-07-15"}
    )
    none = await desk.post(path, {**end, "until": "2999-01-01"})

    said = [each.json()["detail"] for each in (far, late, none)]
    assert said == [
        "`until`: ngày 30/12/2027 ngoài thời gian của phong trào, chỉ nhận từ "
        "31/10/2025 đến 10/01/2027.",
        "`held_on`: ngày 15/7/2026 không thể là ngày của việc đã diễn ra, chỉ nhận từ "
        "31/10/2025 đến hôm nay (14/7/2026).",
        "/body/until: chỉ nhận: ngày từ 01/01/1900 đến 31/12/2199.",
    ]


async def test_a_day_in_a_query_or_a_path_never_fails(office: Office) -> None:
    schema = (await office.http.get("/openapi.json")).json()
    reader, asked, found = office.person(SECRETARIAT), set(), {}

    for path, name, where, beside in days_asked(schema):
        asked.add((path, name))
        for day in filter(None, map(str, HOSTILE)):
            names = {"key": PHASE, "code": "2026", name: day}
            query = {name: day} if where == "query" else {}
            place = path.removeprefix("/api/v1").format_map(names)
            answer = await reader.look(place, **beside, **query)
            real = day in REAL and path != "/api/v1/phases/{key}/what-if"
            if not refused(answer) and not (real and answer.status_code == 200):
                found[path, day] = answer.text

    assert found == {}
    assert ("/api/v1/phases/{key}/what-if", "until") in asked
    assert ("/api/v1/departments", "on") in asked


def days_asked(schema: Schema) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Find each day that a query or a path says, and the queries beside it."""
    for path, ways in schema["paths"].items():
        stated = ways.get("get", {}).get("parameters", ())
        beside = {
            each["name"]: each["schema"]["enum"][0]
            for each in stated
            if each["in"] == "query" and "enum" in each["schema"]
        }
        for each in stated:
            if any(days_in(each["schema"], schema)):
                yield path, each["name"], each["in"], beside


async def test_a_day_in_what_is_written_down_never_fails(office: Office) -> None:
    schema = (await office.http.get("/openapi.json")).json()
    desk, written_to, found = office.person(SECRETARIAT), set(), {}

    for path, way, place, body in days_written(schema):
        written_to.add(path)
        for day in HOSTILE:
            put(body, place, day)
            names = {"code": "moi-01", "key": uuid4(), "day": day, "department": "CTQH"}
            if "departments" in path:
                names["code"] = "MOI"
            answer = await office.http.request(
                way,
                path.format_map(names),
                json=body,
                headers={"X-Thidua-Person": desk.id, "If-Match": '"1"'},
            )
            fails = answer.status_code >= 500
            if fails or (day not in REAL and not refused(answer)):
                found[path, place, str(day)] = answer.text

    assert found == {}
    assert {"/api/v1/people/{code}", "/api/v1/cases/{key}"} < written_to


def days_written(schema: Schema) -> Iterator[tuple[str, str, Place, Any]]:
    """Find each day that a body says which is no act's, and such a body."""
    acts = {path_of(kind).split("/")[-1] for kind in BODIES}
    for path, ways in schema["paths"].items():
        for way, said in ways.items():
            content = said.get("requestBody", {}).get("content", {})
            whole = content.get("application/json", {}).get("schema", {})
            if path.split("/")[-1] not in acts:
                for place, _ in days_in(whole, schema):
                    yield path, way, place, sample(whole, schema)
