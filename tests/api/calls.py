"""Plain requests of one person: neither acts nor mere readings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from engine.client import Engine
from store.database import Database
from store.files.room import NOWHERE, FileRoom
from tests.office import Office, open_office


@dataclass
class Caller:
    """Somebody who edits master data."""

    http: httpx2.AsyncClient
    id: str

    async def send(
        self, method: str, path: str, body: Any = None, version: int | None = None
    ) -> httpx2.Response:
        """Send a request; with a *version*, as of that version."""
        headers = {"X-Thidua-Person": self.id}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.http.request(
            method, f"/api/v1{path}", json=body, headers=headers
        )

    async def get(self, path: str) -> tuple[int, Any]:
        """Read; return the status and what was said."""
        return said(await self.send("GET", path))

    async def pages(self, path: str) -> tuple[int, Any]:
        """Read a list, which is on one page; return the status and what is in it."""
        status, page = await self.get(f"{path}?limit=500")
        if status != 200:
            return status, page
        assert page["next"] is None
        return status, page["items"]

    async def post(
        self, path: str, body: Any = None, version: int | None = None
    ) -> tuple[int, Any]:
        """Post; return the status and what was said."""
        return said(await self.send("POST", path, body, version))

    async def put(
        self, path: str, body: Any, version: int | None = None
    ) -> tuple[int, Any]:
        """Put; return the status and what was said."""
        return said(await self.send("PUT", path, body, version))


def said(answer: httpx2.Response) -> tuple[int, Any]:
    """Give an answer's status, and its content or the code of its refusal."""
    content = answer.json()
    if isinstance(content, dict) and "type" in content:
        content = content["type"].removeprefix("/problems/")
    return answer.status_code, content


@asynccontextmanager
async def idle_office(
    database: Database, engine: Engine, files: FileRoom = NOWHERE
) -> AsyncIterator[Office]:
    """Open the office without a worker: nothing here needs one."""
    async with open_office(database, engine, work=False, files=files) as office:
        yield office
