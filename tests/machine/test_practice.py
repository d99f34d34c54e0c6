"""`thidua practice` as processes: the README's game, and its end by force."""

import asyncio
import os
import re
import signal
from asyncio.subprocess import DEVNULL, PIPE
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import cli
from tests.machine.running import Home, Running, up
from tests.machine.scenes import none_left
from tests.processes import ROOT, THIDUA, until

_GAME = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
_ADDRESS = "http://127.0.0.1:8001"
COMMAND = (THIDUA, "practice")


async def typed(commands: str, home: Home) -> str:
    """Type commands into a shell, for an office at other ports; return what is said."""
    text = commands.replace(_ADDRESS, f"http://127.0.0.1:{home.port}")
    shell = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", text), stdin=DEVNULL, stdout=PIPE
    )
    said, _ = await shell.communicate()
    assert shell.returncode == 0, said.decode()
    return said.decode()


async def stands(office: Running) -> Any:
    """Look where the game stands."""
    return (await office.http.get("/api/v1/practice")).json()


async def advance(office: Running, to: date) -> Any:
    """Let the clock go to a day."""
    body = {"to": to.isoformat()}
    answer = await office.http.post("/api/v1/practice/advance", json=body, timeout=300)
    return answer.json()


@pytest.mark.long
@pytest.mark.timeout(400)
async def test_the_game_of_the_readme_ends_with_an_issued_decision_and_survives_a_kill(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "practice")
    (game,) = _GAME.findall((ROOT / "README.md").read_text("utf-8"))
    async with up(home, COMMAND) as office:
        await office.ready()
        said = await typed(game, home)
        assert [line for line in said.splitlines() if '"type":' in line] == []
        (decision,) = await office.person("hctcqt-04").pages(
            "/phases/thuc-hanh-1/decisions"
        )
        before, children = await stands(office), office.children()
        far = date.fromisoformat(before["clock"][:10]) + timedelta(days=300)
        moving = asyncio.create_task(advance(office, far))

        async def moved_on() -> bool:
            return (await stands(office))["clock"] > before["clock"]

        await until(moved_on, "the clock moves")
        os.kill(office.process.pid, signal.SIGKILL)
        await asyncio.gather(moving, return_exceptions=True)
        await office.ended()
        await none_left(office, children)

    async with up(home, COMMAND) as office:
        await office.ready()
        after = await stands(office)
        moved = await advance(office, far)

    assert decision["state"] == "issued"
    assert (len(children), after["visitor"]) == (3, before["visitor"])
    assert before["clock"] <= after["clock"] < moved["clock"]
    assert moved["clock"] == f"{far}T09:00:00+07:00"
    assert [each for each in moved["happened"] if each["refused"]] == []


def test_practice_is_refused_to_whom_sample_sign_ins_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    home.furnish()
    for name, value in {**home.environment(), "THIDUA_PRACTICE": "1"}.items():
        monkeypatch.setenv(name, value)
    codes = [cli.run(["api"])]
    monkeypatch.setenv("THIDUA_SAMPLE", "1")
    codes.append(cli.run(["api"]))
    monkeypatch.setenv("THIDUA_DATABASE_URL", home.database)
    codes.append(cli.run(["practice"]))

    assert codes == [2, 2, 2]
    assert capsys.readouterr().err.splitlines() == [
        "THIDUA_PRACTICE: chỉ thực hành được ở chế độ mẫu (THIDUA_SAMPLE=1).",
        "THIDUA_PRACTICE: cơ sở dữ liệu này đi theo giờ thật, không thực hành trong đó "
        "được.",
        "`thidua practice` giữ cơ sở dữ liệu trong thư mục của nó: hãy bỏ "
        "THIDUA_DATABASE_URL, hoặc chạy riêng `thidua worker` và `thidua api`.",
    ]
