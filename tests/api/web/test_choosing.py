"""Forms offer what there is, by name, to whoever may know of it; codes do as well."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from api.commands import ACT_PATHS
from api.web.choosing.asked import Asked, Option
from api.web.choosing.offering import offered
from api.web.forms import Form
from domain import ids
from domain.acts import ACTS
from domain.ids import Kind
from engine.client import Engine
from intake.acts.bodies import BODIES
from intake.acts.naming import NAMES, Named
from store.database import Database
from store.files.attachments import Content, Holder, add
from store.tables import HolderKind, Person
from tests.api.conftest import Issued
from tests.api.web.test_pages import DESK, HEAD, registering
from tests.api.web.year.reading import signed_in
from tests.office import SECRETARIAT
from tests.scale.lists import APPROVED

CODED = ("^[A-Za-z0-9_-]+$", "^[a-z]+:[A-Za-z0-9_:-]+$")


def strings(part: Any) -> Iterator[dict[str, Any]]:
    """Find every text that a schema asks for."""
    if isinstance(part, dict):
        if part.get("type") == "string":
            yield part
        part = [*part.values()]
    for each in part if isinstance(part, list) else ():
        yield from strings(each)


@pytest.mark.parametrize("kind", sorted(BODIES.keys() - {"amend"}))
def test_an_act_says_of_every_code_what_it_is_of(kind: str) -> None:
    texts = strings(BODIES[kind].model_json_schema())

    codes = [x for x in texts if x.get("pattern") in CODED or x.get("format") == "uuid"]
    assert all(each.get(NAMES) in set(Named) for each in codes)


def choices(database: Database, kind: str, target: ids.WorkflowId, who: str) -> Any:
    """Find what a form offers to somebody."""
    form = Form(BODIES[kind].model_json_schema())
    with database.read() as session:
        return offered(Asked(session, kind, target, who, ()), form.names)


def test_a_desk_registers_its_people_by_given_name_and_itself(
    sqlite_database: Database,
) -> None:
    registering(sqlite_database)
    found = choices(sqlite_database, "register", ids.department("2022-1", "CTQH"), HEAD)

    whole, *people = found[Named.SUBJECT]
    with sqlite_database.read() as session:
        keys = [session.get_one(Person, each.code).sort_key for each in people]
    assert whole == Option("CTQH", "Phòng Công tác Quốc hội", "Tập thể")
    assert keys == sorted(keys)
    assert {each.group for each in people} == {"Cá nhân"}
    titles = {each.code: each.label for each in found[Named.TITLE]}
    assert titles["LDTT"] == "Lao động tiên tiến"


def test_who_has_no_desk_registers_for_themselves_alone(
    sqlite_database: Database,
) -> None:
    registering(sqlite_database)
    own = ids.department("2022-1", "CTQH")
    found = choices(sqlite_database, "register", own, "ctqh-05")

    assert [each.code for each in found[Named.SUBJECT]] == ["ctqh-05"]


def test_who_may_not_read_of_something_is_offered_nothing_of_it(
    sqlite_database: Database,
) -> None:
    registering(sqlite_database)
    with sqlite_database.write() as session:
        session.add(Person(id="ngoai", name="Ngoài", sort_key="n", search_key="n"))
    own = ids.department("2022-1", "CTQH")
    found = choices(sqlite_database, "record_peer_review", own, "ngoai")

    assert found[Named.SUBJECT] == found[Named.STAFF] == []


def test_every_kind_of_thing_is_offered_somewhere(issued: Issued) -> None:
    keys = issued.keys
    targets = {
        Kind.CAMPAIGN: ids.campaign(keys["campaigns/key"]),
        Kind.PHASE: ids.phase(keys["phases/key"]),
        Kind.DEPARTMENT: ids.department(keys["phases/key"], APPROVED),
        Kind.COUNCIL: ids.council(keys["council-sessions/key"]),
        Kind.DECISION: ids.decision(keys["decisions/key"]),
        Kind.CASE: ids.case(keys["cases/key"]),
    }
    scan = Content("0" * 64, 1, "application/pdf")
    with issued.database.write() as session:
        decision = Holder(HolderKind.DECISION, keys["decisions/key"])
        add(session, decision, "qd.pdf", scan, SECRETARIAT)
    found = {
        named
        for kind in BODIES
        for named, there in choices(
            issued.database, kind, targets[Kind(ACTS[kind].target)], SECRETARIAT
        ).items()
        if there
    }

    # Nobody has left, nothing is signed for another, no fault has set anything aside,
    # and the rule packs are the app's.
    none = {Named.LEAVER, Named.DELEGATION, Named.SET_ASIDE, Named.RULE_PACK}
    assert found == set(Named) - none


async def test_a_form_shows_names_and_takes_codes_and_picked_names(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        page = (await http.get(f"{DESK}/register")).text
        typed = await http.get(f"{DESK}/register", params={"aims.0.subject": "ctqh-02"})

    offers = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', page)
    named = {code: unescape(name) for code, name in offers}
    assert named["CTQH"] == "Phòng Công tác Quốc hội"
    assert 'name="aims.0.kind"' not in page
    assert '<option value="ctqh-02" selected>' in typed.text


def test_what_was_picked_of_a_long_list_is_its_code() -> None:
    form = Form(BODIES["register"].model_json_schema())

    said = form.read(
        {"aims.0.subject": "Trần Thị Hạnh (ctqh-02)", "aims.0.title": "LDTT"}
    )

    aim = {"kind": "individual", "subject": "ctqh-02", "title": "LDTT"}
    assert said == {"aims": [aim]}


def test_of_a_very_long_list_some_letters_are_typed() -> None:
    form = Form(BODIES["delegate"].model_json_schema())

    def kind(many: int) -> str:
        there = {Named.DELEGATE: [Option(f"a-{n}", f"A {n}") for n in range(many)]}
        return form.fields({}, {}, there)[0].kind

    assert [kind(n) for n in (0, 60, 61, 1001)] == ["text", "choice", "look_up", "text"]


def test_what_is_wrong_with_what_is_not_asked_stands_where_it_is_told() -> None:
    form = Form(BODIES["register"].model_json_schema())

    [aims] = form.fields({}, {"aims.0.kind": "sai"})

    [[subject, title]] = aims.rows
    assert (subject.wrong, title.wrong) == ("sai", None)


async def test_a_form_on_what_is_not_there_says_so(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with signed_in(sqlite_database, engine, HEAD) as http:
        paths = [re.sub(r"\{\w+\}", "x", path) for path in ACT_PATHS.values()]
        answers = [await http.get(f"/lam{path}") for path in paths]

    assert {each.status_code for each in answers} == {404}
