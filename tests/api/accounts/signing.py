"""A real office, which people sign in to, and browsers and programs before it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import httpx2
from fastapi import FastAPI
from sqlmodel import col, select, update

from api.accounts.hashing import Passwords
from api.accounts.provider import SingleSignOn
from api.app import create_app
from engine.client import Engine
from intake.rulepacks import load_packs
from store.accounts.accounts import make_code
from store.database import Database
from store.tables import UserAccount, UserSession
from tests.api.test_hostile import an_app
from tests.api.throwing import Operation, operations
from tests.office import cheap_passwords
from tests.told import held_to_the_document

PASSWORD = "năm con gà gáy sớm"
ADMIN = "quan-tri"
_PACKS = load_packs()


@dataclass
class Browser:
    """One browser: it keeps its cookies."""

    http: httpx2.AsyncClient

    async def send(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> Any:
        """Send a request, with a key as an act needs one."""
        sent = {"Idempotency-Key": uuid4().hex, **headers}
        return await self.http.request(
            method, f"/api/v1{path}", json=body, headers=sent
        )

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        """Read."""
        return await self.send("GET", path, **headers)

    async def post(self, path: str, body: Any = None) -> httpx2.Response:
        """Post."""
        return await self.send("POST", path, {} if body is None else body)

    async def sign_in(self, name: str, password: str = PASSWORD) -> httpx2.Response:
        """Sign in."""
        return await self.post("/session", {"name": name, "password": password})


@dataclass
class RealOffice:
    """An office that is no sample."""

    database: Database
    app: FastAPI

    def browser(self, at: str = "127.0.0.1", **headers: str) -> Browser:
        """Open a browser of its own, *at* an address; with *headers* a program."""
        http = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app, client=(at, 1)),
            base_url="https://office",
            headers=headers,
            event_hooks={"response": [held_to_the_document]},
        )
        return Browser(http)

    async def account(self, name: str, person: str | None = None, **more: Any) -> None:
        """Make an account with its password, as an administrator's code sets it."""
        with self.database.write() as session:
            row = UserAccount(name=name, person=person, **more)
            session.add(row)
            session.flush()
            code, _ = make_code(session, row)
        body = {"code": code, "password": PASSWORD}
        answer = await self.browser().post("/password", body)
        assert answer.status_code == 204, answer.text

    async def signed_in(self, name: str) -> Browser:
        """Open a browser in which somebody has just signed in."""
        browser = self.browser()
        answer = await browser.sign_in(name)
        assert answer.status_code == 201, answer.text
        return browser

    def age(self, by: timedelta) -> None:
        """Let every session be so much older."""
        with self.database.write() as session:
            for row in session.exec(select(UserSession)).all():
                session.exec(
                    update(UserSession)
                    .where(col(UserSession.id) == row.id)
                    .values(
                        seen_at=row.seen_at - by,
                        ends_at=row.ends_at - by,
                        confirmed_at=row.confirmed_at and row.confirmed_at - by,
                    )
                )


@asynccontextmanager
async def real_office(
    database: Database,
    engine: Engine,
    passwords: Passwords | None = None,
    sso: SingleSignOn | None = None,
) -> AsyncIterator[RealOffice]:
    """Open a real office without a worker: acts are received, and wait."""
    app = create_app(
        database,
        engine,
        _PACKS,
        sample=False,
        patience=timedelta(0),
        origin="https://office",
        passwords=passwords or cheap_passwords(),
        sso=sso,
    )
    yield RealOffice(database, app)


@cache
def all_operations() -> tuple[Operation, ...]:
    """List every way to ask; to tell of all of them takes a second or two."""
    return tuple(operations(an_app()))


async def eventually(look: Callable[[], Any]) -> Any:
    """Wait for what is written behind an answer, and give it."""
    for _ in range(500):
        if found := look():
            return found
        await asyncio.sleep(0.01)
    return look()


def problem(answer: httpx2.Response) -> tuple[int, str]:
    """Give the status and the code of a refusal."""
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")
