"""Every route says what it answers: a model with names, never just any object."""

from collections.abc import Iterator
from typing import Any

from api.app import create_app
from engine.client import Engine, connect
from intake.rulepacks import load_packs
from papers.official.every import EVERY_PAPER
from store.database import Database
from tests.processes import unused_port

# What has words of its own for each kind of act.
# What is no JSON has no model.
OPEN = {
    "Done.answer",
    "ActOut.payload",
    "OwnRow.row",
    "get /api/v1/decisions/{key}/pay/{file} 200",
    "get /api/v1/decisions/{key}/sheet/{file} 200",
    "get /api/v1/council-sessions/{key}/sheet/{file} 200",
    "get /api/v1/decision-numbers/sheet/{file} 200",
    "get /api/v1/phases/{key}/decisions/sheet/{file} 200",
    "get /api/v1/phases/{key}/lines/sheet/{file} 200",
    "get /api/v1/statistics/{year}/sheet/{file} 200",
    "get /api/v1/decisions/{key}/certificates/{number}/{form} 200",
    "get /api/v1/office/word-layouts/{layout} 200",
    *(f"get /api/v1{each.path}/{{form}} 200" for each in EVERY_PAPER),
}
_ANYTHING = "#/components/schemas/JsonValue"


async def the_document() -> dict[str, Any]:
    """Describe the service as it is published."""
    nobody = f"127.0.0.1:{unused_port()}"
    engine = Engine(await connect(nobody))
    database = Database(f"postgresql+psycopg://postgres@{nobody}/thidua")
    app = create_app(database, engine, load_packs(), sample=True)
    return app.openapi()


def answers(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what each route answers when all is well, and under which name."""
    for path, acts in document["paths"].items():
        for method, act in acts.items():
            for status, answer in act["responses"].items():
                contents = [*answer.get("content", {}).values()] or [{}]
                if status.startswith("2") and status != "204":
                    yield f"{method} {path} {status}", contents[0].get("schema", {})


def models(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every model that an answer is made of, by its name."""
    known = document["components"]["schemas"]
    new = {name for _, schema in answers(document) for name in named_in(schema)}
    seen: set[str] = set()
    while new:
        seen |= new
        new -= {"JsonValue"}
        new = {each for name in new for each in named_in(known[name])} - seen
    return ((name, known[name]) for name in sorted(seen - {"JsonValue"}))


def named_in(schema: Any) -> set[str]:
    """Find the models that a schema refers to."""
    if isinstance(schema, dict):
        own = {str(schema["$ref"]).rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*map(named_in, schema.values()))
    return set().union(*map(named_in, schema)) if isinstance(schema, list) else set()


def loose_ends(schema: dict[str, Any], where: str) -> Iterator[str]:
    """Say where a schema takes anything, or an object without a name for its fields."""
    branches = [b for key in ("anyOf", "oneOf", "allOf") for b in schema.get(key, ())]
    for branch in branches:
        yield from loose_ends(branch, where)
    inside = [
        schema[key]
        for key in ("items", "additionalProperties")
        if isinstance(schema.get(key), dict)
    ]
    inside += schema.get("patternProperties", {}).values()
    for each in inside:
        yield from loose_ends(each, where)
    for name, field in schema.get("properties", {}).items():
        yield from loose_ends(field, f"{where}.{name}")
    told = {"$ref", "type", "const", "enum"} & schema.keys()
    bare = schema.get("type") == "object" and not (inside or "properties" in schema)
    if bare or schema.get("$ref") == _ANYTHING or not (told or branches):
        yield where


async def test_every_answer_is_a_model_down_to_its_last_field() -> None:
    document = await the_document()

    found = {
        end
        for where, schema in [*answers(document), *models(document)]
        for end in loose_ends(schema, where)
    }

    assert found == OPEN


async def test_every_model_has_a_name_of_its_own() -> None:
    document = await the_document()

    # FastAPI writes the module into a name that two models have.
    assert [name for name in document["components"]["schemas"] if "__" in name] == []
