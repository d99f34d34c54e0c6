"""What the edge cases look at: refusals with their grounds, notices, signatures."""

from typing import Any

from sqlmodel import select

from store.tables import Command, Decision
from tests.journeys.cast import Cast
from tests.office import AUDITOR


async def objection(
    cast: Cast, who: str, path: str, body: Any = None
) -> tuple[int, dict[str, Any]]:
    """Do an act that must be refused; return its status and the first reason."""
    answer = await cast.office.person(who).post(path, body)
    reason: dict[str, Any] = answer.json()["errors"][0]
    return answer.status_code, reason


async def told(cast: Cast, *kinds: str) -> list[tuple[str, str, str, str]]:
    """List the notices of some kinds: when, which, to whom, and the text."""
    auditor = cast.office.person(AUDITOR)  # nobody else reads all
    notices = await auditor.pages(f"/campaigns/{cast.code}/notices")
    return [
        (n["at"], n["kind"], n["recipient"], n["body"])
        for n in notices
        if n["kind"] in kinds
    ]


def the_decision(cast: Cast, key: str = "2022-1-qd1") -> dict[str, Any]:
    """Read who has signed a decision, for whom, and how."""
    with cast.office.database.read() as session:
        row = session.get_one(Decision, key)
        signed = {"state", "decided_by", "decided_at", "behalf", "delegation"}
        return row.model_dump(include={*signed, "capacity"})


def commands_of(cast: Cast, kind: str) -> list[Command]:
    """Read the commands of a kind."""
    with cast.office.database.read() as session:
        return list(session.exec(select(Command).where(Command.kind == kind)))


async def lines_of(cast: Cast) -> dict[str, dict[str, str]]:
    """Read each line of the first phase, by its subject: id and state."""
    lines = await cast.pages(f"/phases/{cast.phase1}/lines")
    return {each["subject"]: each for each in lines}


async def states_of(cast: Cast) -> dict[str, str]:
    """Read how each line of the first phase stands."""
    return {subject: each["state"] for subject, each in (await lines_of(cast)).items()}
