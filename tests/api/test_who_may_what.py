"""Everybody asks for everything: whom the tables name gets in, and nobody else."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from fastapi.routing import APIRoute

from api.admission import declared_in, does, reads, require_declared
from api.headers import Router
from api.web.visiting import PageRoute
from domain.acts import ACTS, Undeclared
from domain.acts.declaring import ActRule
from domain.ids import Kind
from domain.policy import EDITS, READINGS
from domain.policy.declaring import About, Access, Edit
from rehearsal.practice import routes as practice
from tests.api.asking import HOME, READERS, WHO, Thing, relations, things
from tests.api.conftest import Issued
from tests.api.test_hostile import an_app
from tests.api.throwing import operations
from tests.databases import LATER_ON_POSTGRES
from tests.journeys.cast import a_plan
from tests.office import Office, open_office
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)
Seen = dict[tuple[str, int, str], bool]


@pytest_asyncio.fixture(loop_scope="session")
async def office(issued: Issued) -> AsyncIterator[Office]:
    """The office of the issued decision; acts are received, and none is sent on."""
    engine, database = await nowhere(), issued.database
    async with open_office(database, engine, work=False, patience=0) as opened:
        yield opened


def ways(*methods: str) -> Iterator[tuple[APIRoute, Access | ActRule]]:
    """Pair every route with what it declares, but for pages (`tests/api/web`)."""
    for route, declared in routes(*methods):
        if not isinstance(route, PageRoute):
            yield route, declared


def routes(*methods: str) -> Iterator[tuple[APIRoute, Access | ActRule]]:
    """Pair every route with what it declares."""
    for route in (*an_app().routes, *practice.router.routes):
        if isinstance(route, APIRoute) and route.methods & {*methods}:
            [declared] = declared_in(route.dependencies)
            yield route, declared


def test_every_way_that_is_declared_has_a_route_and_every_route_is_declared() -> None:
    declared = [
        way.kind if isinstance(way, ActRule) else way.name
        for _, way in routes("GET", "POST", "PUT", "DELETE")
    ]

    assert {*declared} == {*READINGS, *EDITS, *ACTS} - {"attend"}


@pytest.mark.parametrize(
    "declared", [[], [reads("line"), reads("moves")], [does("decide"), reads("line")]]
)
def test_a_route_that_is_not_one_thing_in_the_tables_keeps_the_service_from_starting(
    declared: list[Any],
) -> None:
    router = Router()
    router.add_api_route("/new", lambda: None, dependencies=declared)

    with pytest.raises(Undeclared, match="/new"):
        require_declared(router.routes)


def test_a_name_that_stands_in_no_table_declares_nothing() -> None:
    with pytest.raises(Undeclared):
        does("read_minds")


@LATER_ON_POSTGRES
async def test_each_way_to_read_lets_in_whom_the_table_names_and_nobody_else(
    office: Office, issued: Issued
) -> None:
    every = things(issued.database, issued.keys)
    seen, told = Seen(), Seen()

    for route, way in ways("GET"):
        assert isinstance(way, Access)
        # Of another application; and one goes to sign in elsewhere by a GET.
        if way.name == "practice" or isinstance(way, Edit):
            continue
        for n, thing in enumerate(every[way.about]):
            for who, person in READERS.items():
                answer = await office.http.get(
                    filled(route.path, issued.keys, thing),
                    headers={"X-Thidua-Person": person},
                )
                seen[route.path, n, who] = let_in(answer, way)
                stands = relations(issued.database, person, thing)
                told[route.path, n, who] = named(stands, way, thing)

    assert differing(seen, told) == {}
    assert {True, False} == {*told.values()}


def filled(path: str, keys: Mapping[str, Any], thing: Thing) -> str:
    """Say where a thing is asked for."""
    room = path.removeprefix("/api/v1/").split("/")[0]
    known = {"part": "start.js", "seq": "1", "sign": "no_papers", "of": HOME, **keys}
    key = {"key": keys.get(f"{room}/key", "1"), "code": keys.get(f"{room}/code")}
    code = {"code": key["code"] or keys["code"]}
    return path.format_map({**known, **key, **code, **thing.keys})


def let_in(answer: httpx2.Response, way: Access) -> bool:
    """Say whether an answer lets somebody in: what they may not know is not there."""
    hidden = (401, 403, 404) if way.about is not About.OFFICE else (401, 403)
    return answer.status_code not in hidden


def named(stands: frozenset[Any], way: Access, thing: Thing) -> bool:
    """Say whether the table names somebody, for the way and for the thing."""
    return bool(stands & way.who and (thing.who is None or stands & thing.who))


def differing(seen: Seen, told: Seen) -> dict[str, list[str]]:
    """Say where it is not as it is told: who got in, and who did not."""
    found: dict[str, list[str]] = {}
    for (path, n, who), got_in in seen.items():
        if got_in is not told[path, n, who]:
            said = f"{who} {'got in' if got_in else 'was refused'}"
            found.setdefault(f"{path} {n}", []).append(said)
    return found


def targets(issued: Issued, cases: Iterable[Thing]) -> dict[str, Thing]:
    """Name what acts are aimed at."""
    keys = issued.keys
    return {
        **{kind: Thing({"key": keys[f"{room}/key"]}) for kind, room in _ROOMS.items()},
        Kind.DEPARTMENT: Thing(
            {"key": keys["phases/key"], "department": HOME}, None, HOME
        ),
        Kind.CASE: next(iter(cases)),
    }


_ROOMS = {
    Kind.CAMPAIGN: "campaigns",
    Kind.PHASE: "phases",
    Kind.COUNCIL: "council-sessions",
    Kind.DECISION: "decisions",
}


@pytest.mark.long
async def test_each_act_is_taken_from_whom_the_table_names_and_from_nobody_else(
    office: Office, issued: Issued
) -> None:
    aims = targets(issued, things(issued.database, issued.keys)[About.MATTER])
    bodies = {path: body for (method, path), body in said().items() if method == "post"}
    seen, told = Seen(), Seen()

    for route, act in ways("POST"):
        if not isinstance(act, ActRule) or act.kind in ELSEWHERE:
            continue
        thing = aims[act.target]
        for who, person in WHO.items():
            answer = await office.http.post(
                filled(route.path, issued.keys, thing),
                json=bodies[route.path],
                headers={"X-Thidua-Person": person, "Idempotency-Key": uuid4().hex},
            )
            assert answer.status_code != 422, answer.text
            hidden = (401, 403, 404) if act.target == Kind.CASE else (401, 403)
            seen[route.path, 0, who] = answer.status_code not in hidden
            stands = relations(issued.database, person, thing)
            knows = thing.who is None or bool(stands & thing.who)
            told[route.path, 0, who] = bool(stands & act.who) and knows

    assert differing(seen, told) == {}


# By whom, and what is sent, is no matter of a role alone.
ELSEWHERE = {"cast": "tests/council/test_ballot.py"}


def said() -> dict[tuple[str, str], Any]:
    """Make what each way to write is sent, if anything is."""
    found = {
        (each.method, each.path): each.sample() if each.body is not None else None
        for each in operations(an_app())
    }
    plan = {**a_plan(), "code": "2022"}
    found["put", "/api/v1/campaigns/{code}"] = plan
    for (_, path), body in found.items():
        if path.endswith("/amend"):
            body["plan"] = plan
        if path.endswith("/move-deadline"):
            body["owner"] = "phase:2022-1"
    return found


@pytest.mark.long
async def test_each_edit_is_taken_from_whom_the_table_names_and_from_nobody_else(
    office: Office, issued: Issued
) -> None:
    bodies = said()
    seen, told = Seen(), Seen()

    for route, way in ways("POST", "PUT", "DELETE"):
        if not isinstance(way, Edit) or way.name in BY_ROWS:
            continue
        thing = Thing({"department": HOME, "name": "nobody"}, None, HOME)
        [method] = route.methods
        for who, person in WHO.items():
            stands = relations(issued.database, person, thing)
            headers = {"X-Thidua-Person": person, "If-Match": '"99"'}
            answer = await office.http.request(
                method,
                filled(route.path, issued.keys, thing),
                json=bodies[method.lower(), route.path],
                params={"reason": "Vì sao."},
                headers=headers,
            )
            assert answer.status_code != 422, answer.text
            place = f"{method} {route.path}", 0, who
            seen[place] = answer.status_code not in (401, 403)
            told[place] = bool(stands & way.who)

    assert differing(seen, told) == {}


# Whose it is stands in the rows, and so does who else confirms it.
BY_ROWS = {
    **dict.fromkeys(
        ("attach_to_line", "attach_to_matter", "attach_to_session", "take_file_away"),
        "tests/api/test_files.py",
    ),
    "answer_proposal": "tests/api/test_proposals.py",
    "practise": "tests/machine/test_practice.py",
    "read_notice": "tests/api/test_tasks.py",
    "sign_in": "tests/api/accounts/test_signing_in.py",
    "withdraw_proposal": "tests/api/test_proposals.py",
    "write_matter": "tests/edges/test_hold.py",
}
