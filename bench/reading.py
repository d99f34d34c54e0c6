"""Reading: the heaviest pages of a large office, beside a route that does nothing."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import httpx2
from fastapi.routing import APIRoute

from api.app import create_app
from bench.gauges import percentile, spent
from bench.house import House, Kind, open_house
from bench.phase import BEGINS, Played, Size, played
from tests.office import sample_office
from tests.scale.office import enlarged
from tests.scale.phase import YEAR

NOTHING = "/health/live"
_PREFIX = "/api/v1"
# Requests of one page by which it is found to be heavy, and by which it is measured;
# seconds for them: a slow page is asked for less often.
_FEW, _TIMES, _SECONDS, _AT_ONCE = 3, 40, 4.0, 4
# What is there for programs, or no page.
_NO_PAGES = ("/api/", "/health/", "/openapi", "/docs", "/calendars/", "/static/")
_OF_A_MEETING = ("/hoi-dong", "/lam/council-sessions")
_QUERY = {
    "deadline": "council",
    "until": f"{YEAR + 1}-02-01",
    "year": str(YEAR),
    "others": "pass",
}


@dataclass(frozen=True)
class Page:
    """A page, who looks at it, and what it is asked with."""

    path: str
    reader: str
    query: dict[str, str]


async def play(kind: Kind, size: Size, heaviest: int) -> list[dict[str, Any]]:
    """Bring a phase up to its vote, read everything, and the heaviest pages well."""
    people = enlarged(sample_office(YEAR), size.departments, size.lines_each - 1)
    async with open_house(kind, people, BEGINS) as house:
        phase = played(house, people, size)
        for name, step in phase.steps:
            await step()
            await house.office.conductor.settle()
            if name == "open the vote":
                break
        schema = (await house.office.http.get("/openapi.json")).json()
        keys = await _keys(phase)
        found = [
            (figures["cpu_ms"], page)
            for page in (*_pages(schema, phase, keys), *_for_people(phase, keys))
            if (figures := await _read(house, page, _FEW))
        ]
        found.sort(key=lambda pair: -pair[0])
        nothing = Page(NOTHING, phase.company.secretariat, {})
        pages = [*(page for _, page in found[:heaviest]), nothing]
        return [await _measured(house, page) for page in pages]


async def _keys(phase: Played) -> dict[str, str]:
    """Name one of each thing that a page may be about."""
    [sheet, *_] = await phase.sheets(phase.company.chair)
    department = next(iter(phase.subjects))
    return {
        "phases": f"{phase.year}-1",
        "council-sessions": phase.session.rsplit("/", 1)[1],
        "campaigns": str(phase.year),
        "departments": department,
        "department": department,
        "people": phase.company.director,
        "subject": phase.company.director,
        "line": sheet["lines"][0]["line"],
        "kind": "individual",
        "year": str(phase.year),
        "number": "1",
        "day": f"{phase.year}-01-01",
    }


def _pages(
    schema: dict[str, Any], phase: Played, keys: dict[str, str]
) -> Iterator[Page]:
    """List the pages that can be named; what everybody opens by several people.

    A file is no page: a whole archive is drawn for minutes, and says so.
    """
    company, [head, *_] = phase.company, phase.company.heads.values()
    for path, ways in schema["paths"].items():
        if not path.startswith(_PREFIX) or not _is_page(ways.get("get")):
            continue
        first = path.removeprefix(_PREFIX).split("/")[1]
        named = {**keys, "key": keys.get(first, "1"), "code": keys.get(first, "1")}
        if set(_wanted(path)) - set(named):
            continue
        query = dict(_asked(ways["get"]))
        readers = [company.secretariat]
        if first == "me":
            readers += [head, company.chair, company.director]
        if path.endswith("/ballot"):
            readers = [company.chair]
        for reader in dict.fromkeys(readers):
            yield Page(path.format_map(named), reader, query)


def _for_people(phase: Played, keys: dict[str, str]) -> Iterator[Page]:
    """List the pages that people open, by who keeps the desk and by who votes."""
    nobody: Any = None
    company = phase.company
    for route in create_app(nobody, nobody, (), sample=True).routes:
        path = getattr(route, "path", "")
        if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
            continue
        if path.startswith(_NO_PAGES) or "." in path:
            continue
        named = {**keys, "key": keys["phases"], "code": keys["campaigns"]}
        if path.startswith(_OF_A_MEETING):
            named["key"] = keys["council-sessions"]
        if not set(_wanted(path)) - set(named):
            for reader in (company.secretariat, company.chair):
                yield Page(path.format_map(named), reader, {})


def _is_page(operation: dict[str, Any] | None) -> bool:
    if operation is None:
        return False
    return "application/json" in operation["responses"]["200"]["content"]


def _wanted(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def _asked(operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Ask for as much as one page gives, and for what a page cannot do without."""
    for each in operation.get("parameters", ()):
        if each["in"] != "query":
            continue
        if each["name"] == "limit":
            yield "limit", str(each["schema"].get("maximum", 100))
        elif each["name"] in _QUERY:
            yield each["name"], _QUERY[each["name"]]


async def _measured(house: House, page: Page) -> dict[str, Any]:
    """Read a page often, one after the other, and by some at once."""
    figures = await _read(house, page, _TIMES) or {}
    return {**figures, "per_second": await _rate(house, page)}


async def _look(house: House, page: Page) -> httpx2.Response:
    return await house.office.http.get(
        page.path, params=page.query, headers={"X-Thidua-Person": page.reader}
    )


async def _read(house: House, page: Page, most: int) -> dict[str, Any] | None:
    """Read a page some times; nothing for one that is not there or closed."""
    answer = await _look(house, page)
    if answer.status_code != 200:
        return None
    api, before = house.pids["api"], (await house.counts())["api"]
    began, cpu, times = perf_counter(), spent(api), list[float]()
    while len(times) < most and (perf_counter() - began < _SECONDS or len(times) < 2):
        asked = perf_counter()
        await _look(house, page)
        times.append(1000 * (perf_counter() - asked))
    cpu, after = spent(api) - cpu, (await house.counts())["api"]
    return {
        "page": page.path.removeprefix(_PREFIX),
        "reader": page.reader,
        "bytes": len(answer.content),
        "statements": round((after["statements"] - before["statements"]) / len(times)),
        "cpu_ms": round(1000 * cpu / len(times), 1),
        "p50": round(percentile(times, 0.5), 1),
        "p99": round(percentile(times, 0.99), 1),
        "times": len(times),
    }


async def _rate(house: House, page: Page) -> float:
    """How many a second are answered while some people ask at once."""
    end, done = perf_counter() + 1, 0

    async def more() -> None:
        nonlocal done
        while perf_counter() < end:
            await _look(house, page)
            done += 1

    began = perf_counter()
    await asyncio.gather(*(more() for _ in range(_AT_ONCE)))
    return round(done / (perf_counter() - began), 1)
