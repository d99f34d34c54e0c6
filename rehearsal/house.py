"""The office as its people meet it: over HTTP, and quiet after every act."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx2

from rehearsal.conductor import Conductor


class OffScript(Exception):
    """An act of the cast was not taken: the play cannot go on as written."""

    def __init__(self, said: str, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(said)
        self.problem = problem or {}

    @property
    def code(self) -> str:
        """The code of the refusal, where there was one."""
        return str(self.problem.get("type", "")).removeprefix("/problems/")

    @property
    def rules(self) -> list[str]:
        """The rules on whose ground the act was refused."""
        return [str(error.get("rule")) for error in self.problem.get("errors", ())]


@dataclass
class House:
    """Lets people act and read; each act is followed by all that it sets off.

    The keys of acts begin with *run*, where the same people act in several.
    """

    http: httpx2.AsyncClient
    conductor: Conductor
    reader: str
    run: str = ""
    _sent: int = 0

    async def act(self, who: str, path: str, body: Any = None) -> dict[str, Any]:
        """Let somebody act. Raises OffScript when it is refused."""
        self._sent += 1
        key = f"{self.run}{self._sent:06}"
        answer = await self._post(who, path, body, key)
        await self.conductor.settle()
        if answer.status_code == HTTPStatus.ACCEPTED:
            # The machine was slow; now all is quiet, and the key gets the act's answer.
            answer = await self._post(who, path, body, key)
        said: dict[str, Any] = answer.json()
        if "type" in said:
            raise OffScript(f"{who} {path}: {said['detail']}", said)
        done: dict[str, Any] = said.get("answer", said)
        return done

    async def _post(self, who: str, path: str, body: Any, key: str) -> httpx2.Response:
        return await self.http.post(
            f"/api/v1{path}",
            json={} if body is None else body,
            headers={"X-Thidua-Person": who, "Idempotency-Key": key},
        )

    async def write(self, who: str, path: str, body: Any) -> None:
        """Let somebody write something down that is no act yet."""
        headers = {"X-Thidua-Person": who}
        answer = await self.http.put(f"/api/v1{path}", json=body, headers=headers)
        said: dict[str, Any] = answer.json()
        if "type" in said:
            raise OffScript(f"{who} {path}: {said['detail']}", said)

    async def get(self, path: str, **query: Any) -> Any:
        """Read something, as the secretariat does."""
        headers = {"X-Thidua-Person": self.reader}
        answer = await self.http.get(f"/api/v1{path}", params=query, headers=headers)
        answer.raise_for_status()
        return answer.json()

    async def pages(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Read a whole list, page by page."""
        items: list[dict[str, Any]] = []
        cursor: dict[str, Any] = {}
        while True:
            answer = await self.get(path, limit=200, **query, **cursor)
            items += answer["items"]
            if answer["next"] is None:
                return items
            cursor = {"cursor": answer["next"]}
