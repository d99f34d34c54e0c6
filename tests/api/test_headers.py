"""A header that a route cannot do without is asked for before all else."""

from collections.abc import Iterator

from tests.api.conftest import Issued
from tests.api.test_hostile import an_app
from tests.api.throwing import Operation, operations
from tests.office import SECRETARIAT, open_office
from tests.scale.test_statements import nowhere

SENT = {
    "X-Thidua-Person": SECRETARIAT,
    "Idempotency-Key": "k",
    "If-Match": '"1"',
    "Content-Disposition": "attachment; filename*=UTF-8''a.pdf",
}
MISSING = {
    "X-Thidua-Person": (401, "/problems/unknown_person"),
    "Idempotency-Key": (400, "/problems/key_missing"),
    "If-Match": (428, "/problems/version_missing"),
    "Content-Disposition": (400, "/problems/name_missing"),
}


def required(operation: Operation) -> Iterator[str]:
    """List the headers that the document says a route requires: who asks, first.

    A cookie or a token says it too, so none of them is required by itself; what takes
    a session has nothing here to take it from.
    """
    if operation.asked.get("security") == [{"session": []}]:
        return
    if {"person": []} in operation.asked.get("security", ()):
        yield "X-Thidua-Person"
    for each in operation.parameters:
        if each["in"] == "header" and each["required"]:
            yield each["name"]


async def test_what_is_required_and_left_out_is_said_whatever_else_is_wrong(
    issued: Issued,
) -> None:
    asked = {
        (operation.method, operation.path, name): MISSING[name]
        for operation in operations(an_app())
        for name in required(operation)
    }
    said = {}
    engine = await nowhere()
    async with open_office(issued.database, engine, work=False, patience=0) as office:
        for method, path, name in asked:
            headers = {k: v for k, v in SENT.items() if k != name}
            answer = await office.http.request(
                method, path, json={"no": "field"}, headers=headers
            )
            said[method, path, name] = (answer.status_code, answer.json()["type"])

    assert len(asked) > 200
    assert said == asked
