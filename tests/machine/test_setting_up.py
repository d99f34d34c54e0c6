"""An office of one's own, by the commands of the document as they are written there."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from domain.calendar import local_day
from tests.machine.running import Home, up
from tests.processes import ROOT, THIDUA

CHAPTER = (
    (ROOT / "docs" / "van-phong.md")
    .read_text("utf-8")
    .partition("## Lập văn phòng của mình")[2]
)
BLOCK = re.compile(r"^```(csv|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What is done once for every test here, and a line of it.
DONE = ("make install", 'export PATH="$PWD/.venv/bin:$PATH"')
# How the first office, and nobody else, is called.
FIRST = re.compile(
    r"Chánh Văn phòng(?! Sở)|Hành chính, Tổ chức|HCTCQT|CTQH|ctqh|CTHDND|TTDN|ĐBQH|HĐND"
)
READER, NOBODY = "vp-02", "cds-02"


def written(home: Home) -> Iterator[tuple[str, str]]:
    """Give the blocks of the chapter, for a year that is still to come."""
    next_year = local_day(datetime.now(UTC)).year + 1
    text = CHAPTER.replace("127.0.0.1:8000", f"127.0.0.1:{home.port}")
    text = text.replace("2028", str(next_year + 1)).replace("2027", str(next_year))
    for kind, content in BLOCK.findall(text):
        if kind == "csv":
            yield kind, content
        for line in content.splitlines() if kind == "console" else ():
            command = line.removeprefix("$ ")
            if command not in DONE:
                yield kind, command


def typed(command: str, home: Home, answer: str = "có") -> str:
    """Type a command at a terminal, and an answer; return all that it says."""
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    path = f"{Path(THIDUA).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=home.folder.parent,
        env=os.environ | home.environment() | {"PATH": path},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    return f"{done.stdout}\n({done.returncode})"


async def everything_said(http: httpx2.AsyncClient, year: str) -> list[str]:
    """Read every page as the secretariat, and try every act as one of the staff."""
    document: dict[str, Any] = (await http.get("/openapi.json")).json()
    said = []
    for path, ways in document["paths"].items():
        where = filled(path, year)
        for way in ways.keys() & {"get", "post"}:
            reads = way == "get"
            headers = {"X-Thidua-Person": READER if reads else NOBODY}
            headers |= {"Idempotency-Key": where[-99:]}
            body = {} if reads else {"json": {}}
            answer = await http.request(way.upper(), where, headers=headers, **body)
            assert answer.status_code < 500, answer.text
            said.append(f"{way} {where}: {answer.text}")
    return said


def filled(path: str, year: str) -> str:
    """Put codes of the office into a path."""
    key = f"{year}-1" if "/phases/" in path else year
    values = {"code": year, "campaign": year, "key": key, "department": "VP"}
    return re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], "1"), path)


@pytest.mark.long
@pytest.mark.timeout(240)
async def test_the_document_leads_to_a_launched_campaign_of_another_office(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "var")
    steps, answers = list(written(home)), dict[str, str]()
    opens = steps.index(("console", "make run"))
    for kind, step in steps[:opens]:
        if kind == "csv":
            (tmp_path / "nhan-su.csv").write_text(step, "utf-8")
        else:
            answers[step] = typed(step, home)
    again = typed(steps[opens - 1][1], home)

    async with up(home) as office:
        await office.ready()
        for _, step in steps[opens + 1 :]:
            answers[step] = typed(step, home)
        year = re.findall(r"campaigns/(\d{4})/launch", "\n".join(answers))[0]
        campaign = await office.person("vp-02").get(f"/campaigns/{year}")
        said = await everything_said(office.http, year)
        greeted = list(office.lines)
        await office.stop()

    assert [answer[-3:] for answer in answers.values()] == ["(0)"] * len(answers)
    assert "đã có một văn phòng (10 người); không đổi gì" in again
    assert again.endswith("(2)")
    acts = [json.loads(a[:-4]) for step, a in answers.items() if " -d " in step]
    assert [act["state"] for act in acts] == ["applied"] * 3
    assert campaign["state"] == "running"
    heard = [*answers.values(), *said, *greeted]
    assert [each for each in heard if FIRST.search(each)] == []
    assert any("Giám đốc Sở" in each for each in said)
