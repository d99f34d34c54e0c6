"""People who act over HTTP from outside, and how long each answer took."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx2

from domain.states import SET_ASIDE, CommandState
from tests.office import Office, Person

# Seconds between looks at an act that waits: who looks oftener is a load of their own.
_LOOK = 0.2
_AWAY = 503
_UNDONE = SET_ASIDE | {CommandState.REFUSED, CommandState.DISCARDED}


@dataclass
class Log:
    """The answers of an office: seconds to the first, and until the act had ended."""

    first: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    accepted: int = 0
    away: int = 0

    def summary(self) -> dict[str, Any]:
        """The slowest of each kind of act, in milliseconds; how many had to wait."""
        return {
            "accepted": self.accepted,
            "away": self.away,
            "slowest_ms": {
                kind: round(1000 * max(times))
                for kind, times in sorted(self.ended.items())
            },
        }


@dataclass
class Visitor(Person):
    """Somebody at a keyboard of their own, who sends again what was not taken."""

    log: Log = field(default_factory=Log)

    async def act(self, path: str, body: Any = None, key: str | None = None) -> Any:
        """Do an act, and wait for its end; anything but «applied» is an error."""
        key, kind, began = key or uuid4().hex, path.rsplit("/", 1)[1], perf_counter()
        answer = await self.post(path, body, key)
        self.log.first[kind].append(perf_counter() - began)
        while answer.status_code == _AWAY:
            self.log.away += 1
            await asyncio.sleep(_LOOK)
            answer = await self.post(path, body, key)
        said = await self._ended(answer)
        self.log.ended[kind].append(perf_counter() - began)
        return said.get("answer", said)

    async def _ended(self, answer: httpx2.Response) -> Mapping[str, Any]:
        if answer.status_code == 202:
            self.log.accepted += 1
        while answer.status_code == 202 or _waits(answer):
            await asyncio.sleep(_LOOK)
            place = answer.json()["location"].removeprefix("/api/v1")
            answer = await self.look(place)
        said: dict[str, Any] = answer.json()
        if answer.status_code >= 300 or said.get("state") in _UNDONE:
            raise RuntimeError(f"{self.id}: {answer.status_code} {answer.text[:600]}")
        return said


def _waits(answer: httpx2.Response) -> bool:
    return answer.status_code == 200 and answer.json().get("state") == "received"


@dataclass
class Outside(Office):
    """An office of other processes, met over HTTP."""

    log: Log = field(default_factory=Log)

    def person(self, code: str) -> Person:
        """Hand out somebody."""
        return self.people.setdefault(code, Visitor(self.http, code, self.log))
