"""What is asked of every page: by axe, by its width, by its console, by its weight."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.browser.actors import Actor, Actors

_AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(said => said.violations)"
# What stands out to the right of a page that scrolls sideways: the innermost of it.
_WIDER = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter(
    each => each.getBoundingClientRect().right > page.clientWidth + 0.5);
  const inner = out.filter(each => !out.some(
    other => each !== other && each.contains(other)));
  return (inner.length ? inner : [page]).map(each => each.outerHTML.slice(0, 160));
}"""
# A desk, and a telephone.
WIDE, NARROW = 1280, 390
# A window of a desk at 200 % has room for half.
WIDTHS = (NARROW, WIDE // 2)
_HEIGHT = 900
FIRST_VISIT, LATER_VISIT = 300_000, 60_000  # bytes


async def violations(actor: Actor, theme: str, width: int) -> list[str]:
    """List what axe finds on the page that somebody looks at."""
    page = actor.page
    await page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await page.set_viewport_size({"width": width, "height": _HEIGHT})
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(f"{_AXE}; 0")
    return [*_told(await page.evaluate(_RUN))]


def _told(found: list[Any]) -> Iterator[str]:
    for each in found:
        for node in each["nodes"]:
            said = " ".join(node["failureSummary"].split())
            yield f"{each['id']}: {node['html'][:160]}: {said[:300]}"


async def sideways(actor: Actor) -> list[str]:
    """List what makes the page scroll sideways, by the width of the window."""
    found = []
    for width in WIDTHS:
        await actor.page.set_viewport_size({"width": width, "height": _HEIGHT})
        wider = await actor.page.evaluate(_WIDER)
        found += [f"wider than {width} px: {each}" for each in wider]
    return found


# What the browser says of all that it has loaded for a page; what it had already has
# its size too. Each answer's head is some hundred bytes.
_WEIGHED = """() => document.fonts.ready.then(() => {
  const all = [...performance.getEntriesByType("navigation"),
               ...performance.getEntriesByType("resource")];
  return all.map(each => [each.name, each.encodedBodySize]);
})"""
_HEAD = 500


async def heavy(actor: Actor) -> list[str]:
    """Say what the page weighs that somebody looks at, where that is too much.

    What has the address of its content is kept by the browser, and weighs once.
    """
    parts = await actor.page.evaluate(_WEIGHED)
    first = sum(size + _HEAD for _, size in parts)
    later = sum(size + _HEAD for name, size in parts if "/static/" not in name)
    return [*_too_heavy(first, FIRST_VISIT), *_too_heavy(later, LATER_VISIT)]


async def heavy_by_wire(people: Actors, actor: Actor) -> list[str]:
    """Say the same by what comes over the wire, on a first visit and on a later one."""
    context = await people.browser.new_context(
        storage_state=await actor.page.context.storage_state()
    )
    page, found = await context.new_page(), []
    for most in (FIRST_VISIT, LATER_VISIT):
        found += _too_heavy(await _weight(page, actor.page.url), most)
    await context.close()
    return found


def _too_heavy(weight: int, most: int) -> list[str]:
    enough = 0 < weight < most
    return [] if enough else [f"weighs {weight} bytes, where {most} are enough"]


async def _weight(page: Page, url: str) -> int:
    """Count the bytes that come for a page and all that it is made of."""
    loaded: list[int] = []
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda each: loaded.append(each["encodedDataLength"])
    )
    await page.goto(url)
    await page.evaluate("document.fonts.ready.then(() => 0)")
    await session.detach()
    return int(sum(loaded))
