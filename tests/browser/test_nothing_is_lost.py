"""Whatever comes between, what was typed into a form of any kind is there again."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Request, expect

from api.app import create_app
from api.web.posted import fields_of
from intake.rulepacks import load_packs
from store.database import Database
from tests.api.web.department.test_sheet import drafted, reviewed
from tests.browser.actors import Actor, actors
from tests.browser.serving import served
from tests.journeys.cast import HEADS
from tests.office import SECRETARIAT
from tests.processes import unused_port
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)

HEAD, OFFICE = HEADS["CTQH"], "/quan-tri"
_FACTS = f"{OFFICE}/nguoi/ctqh-02/thong-tin"
# A form of each kind: where it is, and who writes in it.
FORMS = {
    "act": ("/lam/phases/2022-1/departments/CTQH/file-nil-return", HEAD),
    "list": ("/lam/phases/2022-1/departments/CTQH/record-peer-review", HEAD),
    "line": ("/phong/2022-1/CTQH/de-nghi/dong", HEAD),
    "matter": ("/vu-viec-moi?loai=petition", HEAD),
    "plan": ("/soan-ke-hoach", SECRETARIAT),
    "person": (f"{OFFICE}/nguoi-moi", SECRETARIAT),
    "facts": (_FACTS, SECRETARIAT),
    "ratings": (f"{OFFICE}/xep-loai?nam=2022&phong=CTQH", SECRETARIAT),
    "letterhead": (f"{OFFICE}/mau-giay-to", SECRETARIAT),
}
_TYPES = """form => [...form.elements].forEach((each, at) => {
  if (["text", "textarea"].includes(each.type)) each.value = `Vì <thế> & ${at}`;
  if (each.type === "date") each.value = "2022-05-04";
  if (each.type === "checkbox") each.checked = true;
  if (each.tagName === "SELECT") each.selectedIndex = each.options.length - 1;
})"""
# What is typed, and not what the page put there for itself.
_READS = """form => [...new FormData(form)].filter(
  ([name, said]) => !/^(_.*|goc|ve)$/.test(name) && typeof said === "string"
)"""


@dataclass
class Writing:
    """Somebody before a form of some kind, which they have filled in."""

    actor: Actor
    app: Any
    path: str

    @property
    def form(self) -> Locator:
        """The form with what was typed, wherever the page has it by now."""
        filled = self.actor.page.locator("main form[method=post]")
        return filled.filter(has=self.actor.page.locator("button.btn-primary")).first

    @property
    def button(self) -> Locator:
        """What sends it."""
        return self.form.locator("button.btn-primary").last

    async def type(self) -> dict[str, str]:
        """Type into every field; give what is there."""
        await self.form.evaluate(_TYPES)
        return await self.typed()

    async def choose(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Choose the last of everything, type some fields; give what is there."""
        for each in await self.form.locator("select").all():
            await each.evaluate("each => each.selectedIndex = each.length - 1")
        for name, text in fields.items():
            field = self.form.locator(f"[name={name}]")
            await field.evaluate("(field, text) => field.value = text", text)
        return await self.typed()

    async def typed(self) -> dict[str, str]:
        """Give what would be sent now, but for what the page put there itself."""
        pairs = await self.form.evaluate(_READS)
        return fields_of((name, said.replace("\r\n", "\n")) for name, said in pairs)

    async def press(self) -> int:
        """Send it, and wait for the page that comes; give its status."""
        async with self.actor.page.expect_navigation() as coming:
            await self.button.click()
        answer = await coming.value
        assert answer is not None
        return answer.status


async def lost(writing: Writing) -> None:
    """The connection is away."""
    context = writing.actor.page.context
    await context.set_offline(True)
    await writing.button.click()
    await expect(writing.actor.page.locator("#chua-gui")).to_be_visible()
    await context.set_offline(False)


async def ended(writing: Writing) -> None:
    """The session has ended, and they sign in again."""
    page = writing.actor.page
    await page.context.clear_cookies()
    assert await writing.press() == 401
    await page.get_by_label("Mã người").fill(writing.actor.id)
    await page.get_by_role("button", name="Đăng nhập").first.click()
    await expect(page.locator("h1")).to_contain_text("vẫn còn")


async def away(writing: Writing) -> None:
    """The database is away, and comes back."""
    state = writing.app.state
    there = state.database
    state.database = Database(f"postgresql+psycopg://x@127.0.0.1:{unused_port()}/x")
    assert await writing.press() == 503
    state.database = there


HAPPENINGS: dict[str, Callable[[Writing], Awaitable[None]]] = {
    each.__name__: each for each in (lost, ended, away)
}


@asynccontextmanager
async def before(
    database: Database, browser: Browser, kind: str
) -> AsyncIterator[Writing]:
    """Sit somebody down before a form that they have not filled in yet."""
    reviewed(database)
    path, person = FORMS[kind]
    app = create_app(database, await nowhere(), load_packs(), sample=True)
    async with served(app) as address, actors(browser, address) as people:
        actor = await people.person(person)
        assert await actor.go(path) == 200
        yield Writing(actor, app, path)


@pytest.mark.parametrize("kind", FORMS)
async def test_what_was_typed_is_there_again_whatever_comes_between(
    sqlite_database: Database, browser: Browser, kind: str
) -> None:
    async with before(sqlite_database, browser, kind) as writing:
        for name, happens in HAPPENINGS.items():
            await writing.actor.go(writing.path)
            typed = await writing.type()
            await happens(writing)
            assert (name, await writing.typed()) == (name, typed)
            assert len(typed) > 0
            assert await writing.press() < 500


def said_by(request: Request) -> str:
    """Tell how a request asks, and whether it goes to another page."""
    return f"{request.method} {request.is_navigation_request()}"


@pytest.mark.parametrize("kind", FORMS)
async def test_pressed_twice_a_form_goes_once(
    sqlite_database: Database, browser: Browser, kind: str
) -> None:
    sent: list[str] = []
    async with before(sqlite_database, browser, kind) as writing:
        page = writing.actor.page
        await writing.type()
        page.on("request", lambda each: sent.append(said_by(each)))
        async with page.expect_navigation():
            await writing.button.dblclick()

    assert sent.count("POST True") == 1  # a plan is judged as it is typed, too


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("facts", "name", "đã"),
        ("line", "achievement", "người khác đã sửa hoặc thêm"),
    ],
)
async def test_who_wrote_before_somebody_else_changed_it_still_has_all_of_it(
    sqlite_database: Database, browser: Browser, kind: str, field: str, said: str
) -> None:
    async with before(sqlite_database, browser, kind) as writing:
        typed = await writing.choose({field: "Tôi viết."})
        page = await writing.actor.page.context.new_page()
        other = replace(writing, actor=replace(writing.actor, page=page))
        await other.actor.go(other.path)
        await other.choose({field: "Người khác viết."})
        await other.press()
        await writing.press()
        told = await writing.actor.page.locator("main").inner_text()

        assert await writing.typed() == typed
    assert said in told


async def test_what_is_kept_as_one_types_is_kept_once_there_is_a_connection_again(
    sqlite_database: Database, browser: Browser
) -> None:
    async with before(sqlite_database, browser, "line") as writing:
        page = writing.actor.page
        await writing.choose({})
        await page.context.set_offline(True)
        await page.locator("[name=achievement]").fill("Viết khi mất mạng.")
        await expect(page.locator("#chua-gui")).to_be_visible()
        await page.context.set_offline(False)
        await expect(page.locator("#da-luu")).to_contain_text("Đã lưu bản nháp lúc")
        await expect(page.locator("#chua-gui")).to_be_hidden()

    assert [each["achievement"] for each in drafted(sqlite_database)] == [
        "Viết khi mất mạng."
    ]
