"""The browser of the tests: there or said to be missing, and gone when they are."""

import asyncio
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Browser

from tests.browser.chromium import WANTED, program
from tests.processes import until
from tests.sources import ROOT

AXE = Path(__file__).parent / "axe"
_MARK = "THIDUA_TEST_MARK"
_LEFT_ALONE = """
import asyncio
from tests.browser.chromium import a_chromium

async def stay():
    async with a_chromium() as browser:
        await (await browser.new_page()).goto("data:text/html,here")
        print("here", flush=True)
        await asyncio.sleep(600)

asyncio.run(stay())
"""


def marked(mark: str) -> list[int]:
    """List the processes whose environment holds a mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:  # it has ended, or is somebody else's
            continue
    return found


def test_axe_is_what_was_published() -> None:
    said = (AXE / "VENDOR.md").read_text("utf-8")
    told = dict(re.findall(r"\| `([\w.-]+)` \| `([0-9a-f]{64})` \|", said))

    there = [each for each in AXE.iterdir() if each.name != "VENDOR.md"]
    assert told == {each.name: sha256(each.read_bytes()).hexdigest() for each in there}


def test_without_chromium_a_run_says_so_or_fails_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    monkeypatch.delenv(WANTED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="pages were not tried"):
        program()
    monkeypatch.setenv(WANTED, "required")
    with pytest.raises(pytest.fail.Exception, match="pages were not tried"):
        program()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
async def test_a_killed_run_leaves_no_browser_behind(browser: Browser) -> None:
    assert browser.is_connected()
    mark = uuid4().hex
    run = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _LEFT_ALONE),
        cwd=ROOT,
        env=os.environ | {_MARK: mark},
        stdout=subprocess.PIPE,
    )
    try:
        assert run.stdout is not None
        assert await run.stdout.readline() == b"here\n"
        there = marked(mark)
    finally:
        run.kill()
        await run.communicate()

    async def gone() -> bool:
        return marked(mark) == []

    assert len(there) > 2
    await until(gone, "the browser has ended")
