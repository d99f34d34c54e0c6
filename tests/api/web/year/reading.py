"""Pages read as people do: signed in as somebody, tables row by row."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser

import httpx2

from engine.client import Engine
from store.database import Database
from tests.api.calls import idle_office
from tests.api.web.test_pages import sign_in


class Tables(HTMLParser):
    """Collects the rows of all tables, cell by cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._within = False
        self.feed(page)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        """Begin a row or a cell."""
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._within = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self._within = self._within and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        """Take the words of a cell."""
        if self._within:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data}".strip()


def rows(page: str) -> list[list[str]]:
    """List the rows of a page's tables."""
    return [[" ".join(cell.split()) for cell in row] for row in Tables(page).rows]


@dataclass
class Reader:
    """Somebody who reads pages."""

    http: httpx2.AsyncClient

    async def page(self, path: str) -> str:
        """Read a page that is there."""
        answer = await self.http.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.headers)
        return answer.text


@asynccontextmanager
async def signed_in(
    database: Database, engine: Engine, person: str
) -> AsyncIterator[httpx2.AsyncClient]:
    """Open an office without a worker, in which somebody has signed in."""
    async with idle_office(database, engine) as office:
        await sign_in(office.http, person)
        yield office.http


@asynccontextmanager
async def read_as(
    database: Database, engine: Engine, person: str
) -> AsyncIterator[Reader]:
    """Open the pages as somebody."""
    async with signed_in(database, engine, person) as http:
        yield Reader(http)
