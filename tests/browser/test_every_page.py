"""Every page can be used by everybody: by eye, by ear, by keyboard, on any screen."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser

from store.database import Database
from tests.browser.actors import Actors, actors
from tests.browser.looking import (
    NARROW,
    WIDE,
    heavy,
    heavy_by_wire,
    sideways,
    violations,
)
from tests.browser.serving import paper_office
from tests.browser.walk import OFTEN, Sight, Walk, every, sights

pytestmark = pytest.mark.timeout(900)

# One look at a page for each run; make test-long takes all four, of every form too, and
# weighs what comes over the wire.
ONE = (("light", WIDE),)
ALL = (*ONE, ("dark", NARROW), ("dark", WIDE), ("light", NARROW))


@pytest.mark.parametrize(
    ("looks", "forms"),
    [(ONE, OFTEN), pytest.param(ALL, every(), marks=pytest.mark.long)],
    ids=["one", "all"],
)
async def test_every_page_is_for_everybody(
    sqlite_database: Database,
    browser: Browser,
    tmp_path: Path,
    looks: tuple[tuple[str, int], ...],
    forms: Sequence[str],
) -> None:
    walk = Walk.begun(sqlite_database, tmp_path)
    faults: list[str] = []
    async with paper_office(sqlite_database, browser) as people:
        for moment in walk.moments():
            for sight in sights(forms)[moment]:
                found = await looked(people, walk, sight, looks)
                faults += (f"{moment} {sight.path} {each}" for each in found)

    assert faults == [], "\n".join(faults)


async def looked(
    people: Actors, walk: Walk, sight: Sight, looks: tuple[tuple[str, int], ...]
) -> list[str]:
    """Say what is wrong with a page."""
    actor = await people.person(sight.person)
    status = await actor.go(walk.address(sight.path) + sight.more)
    found = [] if status == 200 else [f"answers {status}"]
    found += await heavy(actor)
    for theme, width in looks:
        said = await violations(actor, theme, width)
        found += (f"{theme} {width}: {each}" for each in said)
    found += await sideways(actor)
    if looks == ALL and not sight.is_form:
        found += await heavy_by_wire(people, actor)
    found += (f"console: {each}" for each in actor.faults)
    actor.faults.clear()
    return found


async def test_what_is_wrong_with_a_page_is_found(browser: Browser) -> None:
    async with actors(browser, "") as people:
        actor = await people.person("")
        await actor.page.set_content(
            "<p style='width: 2000px; color: #999'>Nhạt</p><script>nothing()</script>"
        )
        said = await violations(actor, "light", WIDE)
        wider = await sideways(actor)
        weighs = await heavy(actor)

    assert {each.split(":")[0] for each in said} >= {"color-contrast", "html-has-lang"}
    assert len(wider) == 2
    assert len(weighs) == 0
    assert actor.faults == ["nothing is not defined"]
