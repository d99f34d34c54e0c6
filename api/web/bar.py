"""The bar above the pages of an office that is tried out: what day, and whom one plays.

A sample lets one play somebody else; one for practice has a clock to be moved as well.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from api.web.navigation import MENU, MenuItem


@dataclass(frozen=True)
class PracticeClock:
    """Where the clock of practice stands, and the *players*: codes and names.

    They are those whom the visitor plays. It is *moving* while a wish is carried out.
    """

    at: datetime
    players: Sequence[tuple[str, str]]
    moving: bool


@dataclass(frozen=True)
class OfficeBar:
    """What the bar shows, and the page to come back to."""

    here: str
    clock: PracticeClock | None


# What an application for practice hands over as `app.state.clock`.
ReadClock = Callable[[], Awaitable[PracticeClock]]

_BAR: ContextVar[OfficeBar | None] = ContextVar("bar", default=None)
_REQUEST: ContextVar[Request | None] = ContextVar("request", default=None)


async def lay(request: Request) -> None:
    """Lay the bar above the pages that this request is answered with, if there is one.

    Whatever it is answered with is rendered with the bar of its own request.
    """
    _REQUEST.set(request)
    request.state.page = True
    if not request.app.state.sample:
        return
    read: ReadClock | None = getattr(request.app.state, "clock", None)
    _BAR.set(OfficeBar(request.url.path, await read() if read else None))


def here() -> str:
    """Say on which page the request is that is being answered."""
    request = _REQUEST.get()
    return request.url.path if request else ""


def menu() -> Sequence[MenuItem]:
    """List what of the menu is open to whoever the page is made for."""
    request = _REQUEST.get()
    stands = getattr(request.state, "stands", None) if request else None
    if stands is None:
        return MENU
    return [each for each in MENU if each.is_for(stands)]


def bar() -> OfficeBar | None:
    """Hand out the bar of the request that is being answered."""
    return _BAR.get()
