"""What no act can digest is refused before anything is stored, and said by name."""

from typing import Any

from sqlmodel import select

from domain.council.rounds import LINES
from engine.client import Engine
from store.database import Database
from store.tables import Command
from tests.api.calls import idle_office
from tests.journeys.cast import a_plan, aim
from tests.office import DIRECTOR, prepare

LINE = "b6f6a4de-5b8f-4bd5-9d60-ffb3bf4a3bd1"
MARK = {"line": LINE, "choice": "yes", "code": "A2B3-C4D5-E6F7-G8H9"}
AGAIN = "chỉ nhận: mỗi mã chỉ dùng một lần (lặp lại: {})."
DESK = "/phases/2022-1/departments/CTQH"
SESSION = "/council-sessions/2022-1-hd1"


def without(plan: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in plan.items() if name != field}


def hands(yes: int) -> dict[str, Any]:
    return {"lines": [{"line": LINE, "yes": yes, "no": 0}]}


def numbered(number: int) -> dict[str, Any]:
    return {"number": number, "year": 2022, "series": "QĐ-VP"}


CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "a plan without a field": (
        "/campaigns/2022/amend",
        {"plan": without(a_plan(), "theme"), "reason": "Sửa."},
        "/body/plan/theme: phải có mục này.",
    ),
    "2^63": (
        "/decisions/2022-1-qd1/number",
        numbered(2**63),
        "/body/number: chỉ nhận: đến 99999 là nhiều nhất.",
    ),
    "10^30": (
        "/decisions/2022-1-qd1/number",
        numbered(10**30),
        "/body/number: chỉ nhận: đến 99999 là nhiều nhất.",
    ),
    "votes": (
        f"{SESSION}/record-show-of-hands",
        hands(10**30),
        "/body/lines/0/yes: chỉ nhận: đến 100000 là nhiều nhất.",
    ),
    "hands on more lines than one act tells of": (
        f"{SESSION}/record-show-of-hands",
        {"lines": hands(9)["lines"] * 1001},
        "/body/lines: chỉ nhận: nhiều nhất 1000 đề nghị một lần; gửi phần còn lại lần "
        "sau.",
    ),
    "a sheet longer than a round": (
        f"{SESSION}/ballot",
        {"round": 1, "marks": [MARK] * (LINES + 1)},
        f"/body/marks: chỉ nhận: nhiều nhất {LINES} phần tử.",
    ),
    "one aim twice": (
        f"{DESK}/register",
        {"aims": [aim("ctqh-02", "LDTT"), aim("ctqh-02", "LDTT")]},
        "/body/aims/1/title: " + AGAIN.format("ctqh-02 - LDTT"),
    ),
    "one aim withdrawn twice": (
        f"{DESK}/withdraw-registration",
        {"aims": [aim("ctqh-02", "LDTT"), aim("ctqh-02", "LDTT")]},
        "/body/aims/1/title: " + AGAIN.format("ctqh-02 - LDTT"),
    ),
    "two findings on one line": (
        f"{DESK}/appraise",
        {"findings": [{"line": LINE, "eligible": each} for each in (True, False)]},
        "/body/findings/1/line: " + AGAIN.format(LINE),
    ),
    "a department twice": (
        "/phases/2022-1/publish",
        {"without": ["CTQH", "CTQH"]},
        "/body/without/1: " + AGAIN.format("CTQH"),
    ),
}


async def test_what_cannot_be_digested_is_refused_by_name_and_leaves_no_row(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022)
    async with idle_office(sqlite_database, engine) as office:
        director = office.person(DIRECTOR)
        answers = {
            what: await director.post(path, body)
            for what, (path, body, _) in CASES.items()
        }

    with sqlite_database.read() as session:
        stored = session.exec(select(Command)).all()
    assert {
        what: (answer.status_code, answer.json()["detail"])
        for what, answer in answers.items()
    } == {what: (status(detail), detail) for what, (*_, detail) in CASES.items()}
    assert stored == []


def status(detail: str) -> int:
    """Say how it is refused: by its form, or since it contradicts itself."""
    return 409 if "mỗi mã chỉ dùng một lần" in detail else 422
