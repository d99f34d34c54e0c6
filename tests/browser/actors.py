"""Somebody at a browser of their own: signs in, looks, fills in, and sends."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, BrowserContext, Page

_PATIENCE = 20_000  # milliseconds, on a busy machine


@dataclass
class Actor:
    """One person, one browser context, one page; *faults* are what the console said."""

    id: str
    address: str
    page: Page
    faults: list[str] = field(default_factory=list)
    password: str = ""

    def __post_init__(self) -> None:
        """Hear all that goes wrong on the page."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _hear(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # A refusal is an answer of 4xx, which the console calls an error.
        if kind in {"error", "warning"} and "Failed to load resource" not in text:
            self.faults.append(text)

    async def go(self, path: str) -> int:
        """Open a page; return the status."""
        answer = await self.page.goto(f"{self.address}{path}")
        assert answer is not None
        return answer.status

    async def press(self, button: str, patience: float = _PATIENCE) -> None:
        """Press a button that sends a form, and wait for the page that comes."""
        async with self.page.expect_navigation(timeout=patience):
            await self.page.get_by_role("button", name=button).click()

    async def sign_in(self) -> None:
        """Sign in on the page of the sample office."""
        await self.go("/dang-nhap")
        await self.page.get_by_label("Mã người").fill(self.id)
        await self.page.get_by_role("button", name="Đăng nhập").click()
        await self.page.wait_for_url(f"{self.address}/")

    async def set_password(self, code: str, password: str) -> None:
        """Set one's own password by the code of a slip, and sign in with it."""
        await self.go("/dang-nhap")
        await self.page.get_by_text("Đăng nhập bằng tài khoản và mật khẩu").click()
        await self.page.get_by_role("link", name="Có phiếu đặt mật khẩu?").click()
        await self.page.get_by_label("Mã dùng một lần trên phiếu").fill(code)
        await self.page.get_by_label("Mật khẩu mới", exact=True).fill(password)
        await self.page.get_by_label("Nhập lại mật khẩu mới").fill(password)
        await self.page.get_by_role("button", name="Đặt mật khẩu").click()
        await self.page.get_by_role("link", name="Đăng nhập").click()
        await self.page.get_by_text("Đăng nhập bằng tài khoản và mật khẩu").click()
        form = self.page.locator("details form")
        await form.get_by_label("Tên đăng nhập").fill(self.id)
        await form.get_by_label("Mật khẩu").fill(password)
        await form.get_by_role("button", name="Đăng nhập").click()
        await self.page.wait_for_url(lambda url: "/dang-nhap" not in url)
        self.password = password


@dataclass
class Actors:
    """Everybody who comes to an office by a browser, each signed in once."""

    browser: Browser
    address: str
    _stack: AsyncExitStack
    _known: dict[str, Actor] = field(default_factory=dict)

    async def person(self, person: str) -> Actor:
        """Hand out somebody who has signed in; «» is somebody who has not."""
        if person not in self._known:
            self._known[person] = await self.stranger(person)
            if person:
                await self._known[person].sign_in()
        return self._known[person]

    async def owner(self, name: str, code: str, password: str) -> Actor:
        """Let somebody come for the first time, with the slip of an account."""
        actor = self._known[name] = await self.stranger(name)
        await actor.set_password(code, password)
        return actor

    async def stranger(self, person: str = "") -> Actor:
        """Open a browser of its own for somebody who has not signed in yet."""
        context: BrowserContext = await self.browser.new_context(
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
        )
        self._stack.push_async_callback(context.close)
        context.set_default_timeout(_PATIENCE)
        return Actor(person, self.address, await context.new_page())


@asynccontextmanager
async def actors(browser: Browser, address: str) -> AsyncIterator[Actors]:
    """Let people come; every browser is closed in the end."""
    async with AsyncExitStack() as stack:
        yield Actors(browser, address, stack)
