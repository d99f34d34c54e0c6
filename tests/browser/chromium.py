"""Chromium: found on this machine, run without a window, and asking nobody else."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

# «required» where a run without a browser has to fail, as .ci/run has it.
WANTED = "THIDUA_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_HOW = (
    "--no-sandbox",  # tests run as root too
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str:
    """Say where Chromium is; without one, skip, or fail where it is required."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is not None:
        return found
    missing = "the pages were not tried: no Chromium here (apt-get install chromium)"
    if os.environ.get(WANTED) == "required":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@asynccontextmanager
async def a_chromium() -> AsyncIterator[Browser]:
    """Run Chromium for the length of the block, and no longer than us."""
    where = program()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=where, args=_HOW)
        yield browser
        await browser.close()
