"""The pages as pictures: `python -m tests.browser.screens` draws `docs/screens`.

They are of the sample office in 2022; the same code draws the same pictures.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Page

from tests.browser.actors import Actors
from tests.browser.chromium import a_chromium
from tests.browser.looking import NARROW, WIDE
from tests.browser.serving import paper_office
from tests.browser.walk import HEAD, MEMBER, Sight, Walk
from tests.databases import Databases
from tests.office import DIRECTOR, SECRETARIAT
from tests.sources import ROOT

FOLDER = ROOT / "docs" / "screens"
_SIZES = {WIDE: 800, NARROW: 844}
_SUBMIT = "/lam/phases/{key}/departments/{department}/submit"
_PART = "/phong/{key}/{department}"
# What is drawn, by the moment: the name of the picture, and who sees the page.
SCREENS: Mapping[str, Sequence[tuple[str, Sight]]] = {
    "registering": [
        ("dang-nhap", Sight("/dang-nhap", "")),
        ("chon-vai", Sight("/dang-nhap/vai", "")),
        ("viec-cua-toi", Sight("/", HEAD)),
        ("gui-de-nghi", Sight(_SUBMIT, HEAD)),
        ("nhap-tu-excel", Sight(f"{_PART}/de-nghi/tep", HEAD)),
    ],
    "sent": [
        ("phong-cua-toi", Sight(_PART, HEAD)),
        ("lich", Sight("/lich", HEAD)),
        ("tham-dinh", Sight("/tham-dinh/{key}", SECRETARIAT)),
        ("mot-de-nghi", Sight("/de-nghi/{line}", HEAD)),
    ],
    "convened": [("phien-hop", Sight("/hoi-dong/{key}", DIRECTOR))],
    "opened": [
        ("phieu-bau", Sight("/hoi-dong/{key}/phieu", MEMBER)),
        ("dem-gio-tay", Sight("/hoi-dong/{key}/gio-tay", SECRETARIAT)),
    ],
    "voting": [
        ("tong-quan", Sight("/tong-quan", SECRETARIAT)),
    ],
    "signed": [("quyet-dinh", Sight("/quyet-dinh/{key}", DIRECTOR))],
    "issued": [
        ("ket-qua", Sight("/hoi-dong/{key}/ket-qua", SECRETARIAT)),
        ("thong-bao", Sight("/thong-bao", HEAD)),
        ("bien-nhan", Sight("/bien-nhan/{command_id}", DIRECTOR)),
        ("bang-vang", Sight("/bang-vang", SECRETARIAT)),
        ("mot-nguoi", Sight("/quan-tri/nguoi/{who}", SECRETARIAT)),
        ("xep-loai", Sight("/quan-tri/xep-loai", SECRETARIAT, "?nam=2022&phong=CTQH")),
    ],
}


async def draw(folder: Path) -> None:
    """Draw every page for a desk and for a telephone."""
    with TemporaryDirectory() as home:
        databases = Databases("sqlite", Path(home), "")
        database = databases.fresh()
        walk = Walk.begun(database, Path(home))
        async with a_chromium() as browser, paper_office(database, browser) as people:
            for moment in walk.moments():
                for name, sight in SCREENS.get(moment, ()):
                    await _drawn(people, walk, sight, folder / name)
        databases.drop(database)


async def _drawn(people: Actors, walk: Walk, sight: Sight, name: Path) -> None:
    actor = await people.person(sight.person)
    status = await actor.go(walk.address(sight.path) + sight.more)
    assert status == 200, f"{sight.path} answers {status}"
    for width in _SIZES:
        await _picture(actor.page, width, name.with_name(f"{name.name}-{width}.png"))


async def _picture(page: Page, width: int, file: Path) -> None:
    await page.set_viewport_size({"width": width, "height": _SIZES[width]})
    await page.evaluate("document.fonts.ready.then(() => 0)")
    await page.screenshot(path=file, animations="disabled", caret="hide")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(draw(FOLDER))
