"""A played year in short lines, what differs between two, and what is kept of them."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.client import Engine
from rehearsal.play import play
from rehearsal.playbill import Playbill
from rehearsal.rehearse import staged
from rehearsal.story import Event, tell
from store.database import Database

GOLDEN = Path(__file__).parent / "golden"


async def played(database: Database, engine: Engine, bill: Playbill) -> list[Event]:
    """Play a year, and tell it."""
    async with staged(database, engine, bill) as script:
        await play(script)
        return await tell(script)


def kept(name: str, text: str) -> str:
    """Read what was kept as *name*; THIDUA_GOLDEN=write keeps *text* instead."""
    path = GOLDEN / name
    if os.environ.get("THIDUA_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    return path.read_text("utf-8")


def as_lines(events: Iterable[Event]) -> str:
    """Write a story as the command does: one event a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in events)


def the_year_2022() -> list[Event]:
    """Read the year that was kept."""
    written = (GOLDEN / "2022.jsonl").read_text("utf-8")
    return [json.loads(line) for line in written.splitlines()]


def differences(before: Sequence[Event], after: Sequence[Event]) -> str:
    """Write what is gone (-) and what is new (+), in the order of time.

    What several people are told at once stands in one line, with how many they are.
    """
    old, new = Counter(map(_short, before)), Counter(map(_short, after))
    gone, come = old - new, new - old
    lines = [
        *((at, "-", said, to) for at, said, to in gone.elements()),
        *((at, "+", said, to) for at, said, to in come.elements()),
    ]
    together: dict[tuple[str, str, str], list[str]] = {}
    for at, sign, said, to in sorted(lines):
        together.setdefault((at, sign, said), []).append(to)
    return "".join(
        f"{sign} {at} {said}{_to(people)}\n"
        for (at, sign, said), people in together.items()
    )


def _short(event: Event) -> tuple[str, str, str]:
    at = event["at"][:16]
    match event["kind"]:
        case "act":
            said = f"{event['act']} {event['actor']} ({event['lines']})"
        case "stage":
            said = f"{event['of']} → {event['stage']}{_came_to(event)}"
        case _:
            step = f"/{event['step']}" if event["step"] else ""
            said = f"{event['notice']}{step}: {event['text']}"
    return at, said, event.get("recipient", "")


def _came_to(event: Event) -> str:
    """Say in short what a review found: how many of each title, who was reminded."""
    if "report" not in event:
        return ""
    report = event["report"]
    lists = ", ".join(f"{len(names)} {t}" for t, names in report["lists"].items())
    aims = ", ".join(
        f"{t['title']} {t['reached']}/{t['of']}" for t in report["targets"]
    )
    return f" [{lists}; {aims}; {report['escalations']} đôn đốc]"


def _to(people: Sequence[str]) -> str:
    told = [person for person in people if person]
    if not told:
        return ""
    return f" → {len(told)} người" if len(told) > 9 else f" → {', '.join(told)}"
