"""The record over HTTP: the file that the command writes, for whoever may read all."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

import cli
from api.app import create_app
from domain.record import OFFICE
from store.files.room import NOWHERE, FileRoom
from store.files.vault import Vault
from tests.office import AUDITOR, DIRECTOR
from tests.record.conftest import Played
from tests.record.played import export
from tests.scale.test_statements import nowhere

CAMPAIGN, OF_OFFICE = "/campaigns/2022/record/export", "/office/record/export"
HEADERS = {"X-Thidua-Person": AUDITOR}


async def the_app(played: Played, room: FileRoom) -> Any:
    return create_app(played.database, await nowhere(), (), sample=True, files=room)


@asynccontextmanager
async def asked(
    played: Played, room: FileRoom, path: str, person: str = AUDITOR
) -> AsyncIterator[httpx2.Response]:
    """Ask for a record as somebody."""
    transport = httpx2.ASGITransport(app=await the_app(played, room))
    headers = {"X-Thidua-Person": person}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://office/api/v1", headers=headers
    ) as http:
        yield await http.get(path)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[FileRoom]:
    """A room for files, in which nothing of a record is left."""
    yield FileRoom(Vault(tmp_path / "files"))
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


@pytest.mark.parametrize(
    ("path", "chain", "name"),
    [(CAMPAIGN, "2022", "nhat-ky-2022"), (OF_OFFICE, OFFICE, "nhat-ky-co-quan")],
)
async def test_an_auditor_downloads_what_the_command_exports(
    played: Played, room: FileRoom, path: str, chain: str, name: str
) -> None:
    async with asked(played, room, path) as answer:
        kind = answer.headers["content-type"], answer.headers["content-disposition"]

        assert answer.content == b"".join(export(played.database, chain))
        assert kind == (
            "application/octet-stream",
            f'attachment; filename="{name}.jsonl"',
        )
        assert answer.headers["content-length"] == str(len(answer.content))


async def test_what_was_downloaded_is_found_whole_without_any_database(
    played: Played,
    room: FileRoom,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path_factory.mktemp("kept") / "2022.jsonl"
    async with asked(played, room, CAMPAIGN) as answer:
        file.write_bytes(answer.content)

    monkeypatch.setenv("THIDUA_DATABASE_URL", "sqlite:///khong-co/thidua.db")
    code = cli.run(["verify", str(file)])

    acts = sum(line.startswith(b'{"act"') for line in file.read_bytes().splitlines())
    said = capsys.readouterr().out
    assert (code, said) == (0, f"2022: nhật ký nguyên vẹn, {acts} thao tác.\n")


@pytest.mark.parametrize(
    ("path", "person", "away", "said"),
    [
        (CAMPAIGN, DIRECTOR, False, (403, "not_allowed")),
        (OF_OFFICE, DIRECTOR, False, (403, "not_allowed")),
        (CAMPAIGN.replace("2022", "1999"), AUDITOR, False, (404, "unknown_campaign")),
        (CAMPAIGN, AUDITOR, True, (503, "files_away")),
    ],
)
async def test_a_record_is_refused_with_one_sentence(
    played: Played,
    room: FileRoom,
    path: str,
    person: str,
    away: bool,
    said: tuple[int, str],
) -> None:
    async with asked(played, NOWHERE if away else room, path, person) as answer:
        code = answer.json()["type"].removeprefix("/problems/")

        assert (answer.status_code, code) == said


@pytest.mark.parametrize("path", [CAMPAIGN, "/campaigns/2022/acts"])
async def test_whoever_is_slow_to_take_an_answer_holds_no_connection(
    played: Played, room: FileRoom, path: str
) -> None:
    app, pool = await the_app(played, room), played.database.engine.pool
    held: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        held.append((message["type"], pool.checkedout()))  # type: ignore[attr-defined]

    await app({**_SCOPE, "path": f"/api/v1{path}"}, receive, send)

    assert {kind for kind, _ in held} >= {"http.response.start", "http.response.body"}
    assert {many for _, many in held} == {0}


_SCOPE: dict[str, Any] = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "query_string": b"",
    "root_path": "",
    "server": ("office", 80),
    "client": ("127.0.0.1", 1),
    "headers": [
        (b"host", b"office"),
        *((k.lower().encode(), v.encode()) for k, v in HEADERS.items()),
    ],
}
