"""Where a password is asked for: so often and no more, and always as long."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.accounts import throttling
from api.accounts.bearing import address_of
from api.accounts.hashing import Passwords
from api.identity import COOKIE
from domain.accounts.lifetimes import (
    FROM_ALL,
    LONGEST,
    OF_ACCOUNT,
    OF_ADDRESS,
    Tries,
)
from domain.refusals import Refusal, Refused
from store import record
from store.accounts.accounts import find_account
from store.database import Database
from store.tables import UserAccount

# Any text: whether it could be one is not told apart from whether it is the right one.
Secret = Annotated[str, Field(min_length=1, max_length=200)]

WRONG = Refusal("wrong_sign_in", "Tên đăng nhập hoặc mật khẩu không đúng.")


@dataclass(frozen=True)
class Front:
    """What a request for a password meets."""

    request: Request

    @property
    def database(self) -> Database:
        """Give the app's database."""
        found: Database = self.request.app.state.database
        return found

    @property
    def passwords(self) -> Passwords:
        """Give what hashes."""
        found: Passwords = self.request.app.state.passwords
        return found

    async def check(self, name: str, password: str) -> tuple[UserAccount, str | None]:
        """Find the account whose password this is, and how it is better hashed.

        Raises Refused (`wrong_sign_in`) and Throttled, whether there is one or not.
        """
        of = f"account/{name}"
        here = f"{of}/{address_of(self.request)}"
        last = await self.count({of: FROM_ALL, here: OF_ACCOUNT})
        known = await self._known(name)
        hashed = known.password if known else None
        right, better = await self.passwords.verify(password, hashed)
        if known is None or not right:
            if known and last:
                self.database.later(partial(_record_throttled, self.database, name))
            raise Refused(WRONG)
        forget = partial(throttling.forget, self.database, (of, here))
        await self.database.in_turn(forget)
        return known, better

    async def count(self, also: Mapping[str, Tries] | None = None) -> bool:
        """Count a try from where the request comes, and for what else it is one.

        Say whether it was the last for that. Raises Throttled.
        """
        address = f"address/{address_of(self.request)}"
        counts = {address: OF_ADDRESS, **(also or {})}
        return await self.database.in_turn(
            partial(throttling.take, self.database, counts)
        )

    def keep(self, response: Response, secret: str) -> None:
        """Let the browser keep a session."""
        response.set_cookie(
            COOKIE,
            secret,
            max_age=int(LONGEST.total_seconds()),
            path="/",
            httponly=True,
            samesite="lax",
            secure=str(self.request.app.state.origin).startswith("https:"),
        )

    @property
    def agent(self) -> str:
        """Say by what somebody signs in, so that they know the session again."""
        return self.request.headers.get("user-agent", "")

    async def _known(self, name: str) -> UserAccount | None:
        async with self.request.app.state.places:
            return await run_in_threadpool(_find, self.database, name)


def _find(database: Database, name: str) -> UserAccount | None:
    with database.read() as session:
        return find_account(session, name)


def _record_throttled(database: Database, name: str) -> None:
    """Write into the record that somebody tries one password after the other."""
    with database.write() as session:
        record.hold_office(session)
        record.append_office(session, "sign_in_throttled", {"account": name})


async def front(request: Request) -> Front:
    """Hand out what a request for a password meets."""
    return Front(request)


FrontDep = Annotated[Front, Depends(front)]
