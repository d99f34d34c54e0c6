"""Everybody asks for everything: whom the tables name gets in, and nobody else."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.accounts.provider import SingleSignOn
from api.admission import declared_in, does, reads, require_declared
from api.app import create_app
from api.files.uploading import OCTETS
from api.headers import Router
from api.web.visiting import ADMINISTERING, SIGN_IN, PageRoute
from domain.acts import ACTS, Undeclared
from domain.acts.declaring import ActRule
from domain.ids import Kind
from domain.policy import EDITS, READINGS
from domain.policy.declaring import About, Access, Reading
from intake.acts.bodies import BODIES
from rehearsal.practice import routes as practice
from store.files.room import FileRoom
from store.files.vault import Vault
from tests.api.accounts.signing import PASSWORD
from tests.api.asking import (
    ADMINISTRATOR,
    HOME,
    STRANGER,
    WHO,
    Thing,
    enrol,
    relations,
    signed_in,
    things,
)
from tests.api.conftest import Issued
from tests.api.forms import FORMS
from tests.api.scenes import SCENES, fields_of
from tests.api.test_hostile import an_app
from tests.api.throwing import operations, sample
from tests.journeys.cast import a_plan
from tests.office import Office, cheap_passwords, open_office
from tests.scale.test_statements import nowhere
from tests.test_threats import written_in

pytestmark = pytest.mark.timeout(600)
Seen = dict[tuple[str, int, str], bool]
Way = Access | ActRule
PLAYED = {**SCENES, **FORMS}

# In make test some ask, and in make test-long everybody, on both databases.
_SOME = ("director", "head", "nominee", "auditor", "administrator", "stranger")
BY_SOME_OR_ALL = pytest.mark.parametrize(
    ("databases", "who"),
    [
        ("sqlite", _SOME),
        pytest.param("sqlite", tuple(WHO), marks=pytest.mark.long),
        pytest.param("postgres", tuple(WHO), marks=pytest.mark.long),
    ],
    indirect=["databases"],
)


@dataclass
class Asked:
    """The office of the issued decision, and what everybody found there."""

    office: Office
    issued: Issued
    seen: Seen
    told: Seen
    # Whose file was read, and then refused because of who they are.
    unjudged: set[tuple[str, int, str]] = field(default_factory=set)

    async def ask(
        self, route: APIRoute, way: Way, thing: Thing, who: str, n: int = 0, **more: Any
    ) -> httpx2.Response:
        """Ask for a thing as somebody, and note whether that lets them in."""
        [method] = route.methods
        person, http = WHO[who], self.office.http
        headers = {**self.shown(way, person), **more.pop("headers", {})}
        path = filled(route.path, self.issued.keys, thing)
        request = http.build_request(method, path, headers=headers, **more)
        request.stream = sent = Sent(request.stream)
        answer = await http.send(request)
        http.cookies.clear()  # each comes with a browser of their own
        # Who reads is judged before what is asked, and so is who sends a page's form
        # that is no act's; who else writes is after it.
        form = isinstance(route, PageRoute) and not isinstance(way, ActRule)
        judged = answer.status_code != 422 or isinstance(way, Reading) or form
        assert judged, f"{method} {route.path}: {answer.text}"
        place = f"{method} {route.path}", n, who
        self.seen[place] = let_in(answer, way)
        if brings_a_file(request) and sent.read and not self.seen[place]:
            self.unjudged.add(place)
        stands = relations(self.issued.database, person, thing)
        self.told[place] = thing.is_for(person, stands, way.who)
        return answer

    def shown(self, way: Way, person: str) -> dict[str, str]:
        """Give what somebody shows: a session where nothing else counts."""
        by_session = isinstance(way, Access) and way.about is About.ACCOUNT
        if person == ADMINISTRATOR or (by_session and person != STRANGER):
            with self.issued.database.write() as session:
                return signed_in(session, person)
        return {"X-Thidua-Person": person}

    @property
    def differing(self) -> dict[str, list[str]]:
        """Say where it is not as it is told: who got in, and who did not."""
        found: dict[str, list[str]] = {}
        for (path, n, who), got_in in self.seen.items():
            if got_in is not self.told[path, n, who]:
                said = f"{who} {'got in' if got_in else 'was refused'}"
                found.setdefault(f"{path} {n}", []).append(said)
        for path, n, who in self.unjudged:
            found.setdefault(f"{path} {n}", []).append(f"{who} was read first")
        return found


class Sent(httpx2.AsyncByteStream):
    """What a request brings, which notes whether anybody has read it."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.read = stream, False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.read = True
        async for part in self._stream:
            yield part


def brings_a_file(request: httpx2.Request) -> bool:
    """Say whether a request is no small text: that may take long to come."""
    kind = request.headers.get("content-type", "")
    return kind.startswith(("multipart/", OCTETS))


@pytest_asyncio.fixture(loop_scope="session")
async def asked(issued: Issued, tmp_path: Path) -> AsyncIterator[Asked]:
    """Everybody has an account; acts are received, and none is sent on."""
    engine, database = await nowhere(), issued.database
    password = await cheap_passwords().hash(PASSWORD)
    with database.write() as session:
        enrol(session, password)
    room = FileRoom(Vault(tmp_path / "files"))
    async with open_office(
        database, engine, work=False, patience=0, files=room
    ) as opened:
        yield Asked(opened, issued, {}, {})


@cache
def whole_app() -> FastAPI:
    """Make an application with all that may be in one, which nobody asks."""
    nobody: Any = None
    sso = SingleSignOn("http://sso", "thidua", "", "https://office")
    return create_app(nobody, nobody, (), sample=True, sso=sso)


def routes() -> Iterator[tuple[APIRoute, Way]]:
    """Pair every route with what it declares."""
    for route in (*whole_app().routes, *practice.router.routes):
        if isinstance(route, APIRoute):
            [declared] = declared_in(route.dependencies)
            yield route, declared


def ways(*methods: str) -> Iterator[tuple[APIRoute, Way]]:
    """Pair every route with what it declares, but for pages."""
    for route, declared in routes():
        if route.methods & {*methods} and not isinstance(route, PageRoute):
            yield route, declared


def name_of(way: Way) -> str:
    """Give the name of what is declared."""
    return way.kind if isinstance(way, ActRule) else way.name


_GAME = (
    "tests/machine/test_practice.py::"
    "test_the_game_of_the_readme_ends_with_an_issued_decision_and_survives_a_kill"
)
_PROVIDER = (
    "tests/api/accounts/test_sso.py::"
    "test_who_is_mapped_signs_in_by_pkce_with_state_and_nonce"
)
_SET_UP = (
    "tests/api/web/test_setting_up.py::"
    "test_of_a_service_its_administrator_sets_the_office_up_and_nobody_else"
)
_REHEARSAL = (
    "tests/api/web/test_rehearsing.py::"
    "test_what_is_wrong_in_a_plan_is_said_and_who_drafts_none_rehearses_none"
)
_GATHERING = (
    "tests/api/web/appraisal/test_papers.py::"
    "test_each_gets_the_papers_that_are_theirs_to_read_and_others_none"
)
_PACKING = (
    "tests/api/web/year/test_archive.py::"
    "test_a_campaign_is_packed_while_somebody_is_away_as_they_may_read_it"
)
# Where else it is asked for: of other applications, and of an empty office, which are
# made for it; and what goes on for long when it is let in.
ELSEWHERE = {
    "GET /api/v1/practice": _GAME,
    "POST /api/v1/practice/advance": _GAME,
    "POST /api/v1/practice/take": _GAME,
    "GET /api/v1/sso/sign-in": _PROVIDER,
    "GET /api/v1/sso/callback": _PROVIDER,
    "POST /soan-ke-hoach/dien-tap": _REHEARSAL,
    "POST /phat-dong/{code}/dien-tap": _REHEARSAL,
    "POST /nhat-ky/{code}/luu-tru": _PACKING,
    "POST /tham-dinh/{key}/giay-to": _GATHERING,
    "POST /thiet-lap/kiem-tra": _SET_UP,
    "POST /thiet-lap/ghi": _SET_UP,
}


def place_of(route: APIRoute) -> str:
    """Name a route."""
    [method] = route.methods
    return f"{method} {route.path}"


def asked_by(route: APIRoute, way: Way) -> str | None:
    """Say which part of the matrix asks for a route."""
    if place_of(route) in ELSEWHERE:
        return "elsewhere"
    if place_of(route) in PLAYED:
        return "scenes"
    form = isinstance(route, PageRoute) and "GET" not in route.methods
    if form and not isinstance(way, ActRule):
        return None  # only what an act's form asks for is declared
    if name_of(way) in PLAYED:
        return "scenes"
    if isinstance(way, ActRule):
        return "acts" if "POST" in route.methods else None
    if isinstance(way, Reading):
        return "readings" if "GET" in route.methods else None
    return "edits" if {"POST", "PUT", "DELETE"} & route.methods else None


def part(name: str) -> Iterator[tuple[APIRoute, Way]]:
    """List the routes of one part of the matrix."""
    return (each for each in routes() if asked_by(*each) == name)


def test_every_way_that_is_declared_has_a_route_and_every_route_is_declared() -> None:
    declared = {name_of(way) for _, way in routes()}

    assert declared == {*READINGS, *EDITS, *ACTS} - {"attend"}


def test_no_route_is_outside_the_matrix() -> None:
    app = whole_app()

    parts = {place_of(route): asked_by(route, way) for route, way in routes()}
    other = {
        getattr(each, "path", None)
        for each in app.routes
        if not isinstance(each, APIRoute)
    }

    assert [place for place, found in parts.items() if found is None] == []
    assert {place for place, found in parts.items() if found == "elsewhere"} == {
        *ELSEWHERE
    }
    assert {*FORMS} <= parts.keys()
    for file, _, test in (each.partition("::") for each in ELSEWHERE.values()):
        assert test in written_in(file)
    assert other == {app.openapi_url}  # it tells what there is, to anybody


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


@BY_SOME_OR_ALL
async def test_each_way_to_read_lets_in_whom_the_table_names_and_nobody_else(
    asked: Asked, issued: Issued, who: Collection[str]
) -> None:
    every = things(issued.database, issued.keys)

    for route, way in part("readings"):
        assert isinstance(way, Reading)
        if route.path in APART:
            continue
        for n, thing in enumerate(every[way.about]):
            for each in who:
                await asked.ask(route, way, thing, each, n)

    assert asked.differing == {}
    assert {True, False} == {*asked.told.values()}


def filled(path: str, keys: Mapping[str, Any], thing: Thing) -> str:
    """Say where a thing is asked for."""
    room = path.removeprefix("/api/v1").removeprefix("/lam").split("/")[1]
    room = _PAGES.get(room, room)
    known = {"part": "start.js", "seq": "1", "sign": "no_papers", "of": HOME, **keys}
    known |= {
        "digest": "0" * 12,
        "name": "app.css",
        "form": "docx",
        "file": "xlsx",
        "layout": "paper",
        "who": "ctqh-05",
        "history": "chuc-vu",
        "secret": "x",
    }
    key = {"key": keys.get(f"{room}/key", "1"), "code": keys.get(f"{room}/code")}
    code = {"code": key["code"] or keys["code"]}
    return path.format_map({**known, **key, **code, **thing.keys})


# One goes on until one leaves, or signs out (tests/api/web/test_live.py); whom the
# others let in hangs on what is posted (tests/api/web/year/test_honours.py).
APART = {"/su-kien", "/bang-vang", "/bang-vang/{code}"}
_PAGES = {
    "hoi-dong": "council-sessions",
    "phong": "phases",
    "quyet-dinh": "decisions",
    "tham-dinh": "phases",
    "vu-viec": "cases",
}


def let_in(answer: httpx2.Response, way: Way) -> bool:
    """Say whether an answer lets somebody in: what they may not know is not there."""
    if answer.headers.get("location") == ADMINISTERING:
        return False  # led to the accounts, which is all that there is for them
    if answer.headers.get("location", "").startswith(SIGN_IN):
        return "set-cookie" in answer.headers  # signed out
    about = way.target if isinstance(way, ActRule) else way.about
    hidden = isinstance(way, Access) and way.hidden
    of_office = about not in (Kind.CASE, *(set(About) - {About.OFFICE}))
    shut = (401, 403) if of_office and not hidden else (401, 403, 404)
    return answer.status_code not in shut


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


@BY_SOME_OR_ALL
async def test_each_act_is_taken_from_whom_the_table_names_and_from_nobody_else(
    asked: Asked, issued: Issued, who: Collection[str]
) -> None:
    aims = targets(issued, things(issued.database, issued.keys)[About.MATTER])
    bodies = said()

    for route, act in part("acts"):
        assert isinstance(act, ActRule)
        for each in who:
            key, sent = uuid4().hex, dict[str, Any]()
            if isinstance(route, PageRoute):
                sent["data"] = {**typed(act.kind), "_khoa": key}
            else:
                sent["json"] = bodies["post", route.path]
                sent["headers"] = {"Idempotency-Key": key}
            await asked.ask(route, act, aims[act.target], each, **sent)

    assert asked.differing == {}


def said() -> dict[tuple[str, str], Any]:
    """Make what each way to write is sent, if anything is."""
    found = {
        (each.method, each.path): each.sample() if each.body is not None else None
        for each in operations(an_app())
    }
    found["put", "/api/v1/campaigns/{code}"] = PLAN
    for (_, path), body in found.items():
        named(path.rpartition("/")[2].replace("-", "_"), body)
    return found


PLAN = {**a_plan(), "code": "2022"}


def named(kind: str, body: Any) -> Any:
    """Let an act be about this campaign, where it names what it is about."""
    if kind == "amend":
        body["plan"] = PLAN
    if kind in ("move_deadline", "nudges"):
        body["owner"] = "phase:2022-1"
    return body


def typed(kind: str) -> dict[str, str]:
    """Type into the form of an act what is said by it."""
    schema = BODIES[kind].model_json_schema()
    body = named(kind, sample(schema, schema.get("$defs", {})))
    return fields_of(body)


@BY_SOME_OR_ALL
async def test_each_edit_is_taken_from_whom_the_table_names_and_from_nobody_else(
    asked: Asked, who: Collection[str]
) -> None:
    bodies = said()

    for route, way in part("edits"):
        thing = Thing({"department": HOME}, None, HOME)
        [method] = route.methods
        for each in who:
            await asked.ask(
                route,
                way,
                thing,
                each,
                json=bodies[method.lower(), route.path],
                params={"reason": "Vì sao."},
                headers={"If-Match": '"99"'},
            )

    assert asked.differing == {}


@BY_SOME_OR_ALL
async def test_what_is_judged_by_rows_is_open_to_whom_they_name_and_to_nobody_else(
    asked: Asked, issued: Issued, who: Collection[str]
) -> None:
    for route, way in part("scenes"):
        make = PLAYED.get(place_of(route)) or PLAYED[name_of(way)]
        for each in who:
            with issued.database.write() as session:
                made = [*make(session, issued.keys, WHO[each])]
            for n, thing in enumerate(made):
                await asked.ask(route, way, thing, each, n, **thing.sent)

    assert asked.differing == {}
    assert {True, False} == {*asked.told.values()}
