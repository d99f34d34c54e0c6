"""A program that shows a token: whose it is, and what the token is for."""

from typing import Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session, select

from api.files.rooms import ROOMS
from domain.accounts.scopes import allows
from domain.refusals import Refusal, Refused
from store.accounts.asking import Found, find_token
from store.files.attachments import find_standing
from store.tables import (
    ApiToken,
    Attachment,
    Case,
    Command,
    CouncilSession,
    Decision,
    Nomination,
    Phase,
)

_BEYOND = Refusal(
    "beyond_token",
    "Mã truy cập này không được cấp cho việc này, hoặc chỉ dùng trong một phong trào "
    "khác.",
)
# In which room of the paths a key names a row of a campaign's, and of what kind.
_ROOMS: dict[str, tuple[Any, type]] = {
    "phases": (Phase, str),
    "council-sessions": (CouncilSession, str),
    "decisions": (Decision, str),
    "cases": (Case, UUID),
    "lines": (Nomination, UUID),
    "attachments": (Attachment, UUID),
    "commands": (Command, UUID),
}


def find_bearer(
    session: Session, request: Request, token: str
) -> Found[ApiToken] | None:
    """Find what a token opens, None for one that opens nothing.

    Raises Refused (`beyond_token`). Wrong ones are not counted: nobody guesses one.
    """
    found = find_token(session, token)
    if found is None:
        return None
    only = found.shown.campaign
    about = _campaign_of(session, request.scope["path"]) if only else None
    if not allows(found.shown.scopes, only, request.method, about):
        raise Refused(_BEYOND)
    return found


def address_of(request: Request) -> str:
    """Say from where a request comes."""
    return request.client.host if request.client else ""


def _campaign_of(session: Session, path: str) -> str | None:
    """Find in which campaign lies what a path names, None when in none."""
    room, _, rest = path.removeprefix("/api/v1/").partition("/")
    key = rest.partition("/")[0]
    if room == "campaigns":
        return key or None
    if room not in _ROOMS:
        return None
    table, kind = _ROOMS[room]
    try:
        this = table.id == kind(key)
    except ValueError:
        return None
    if table is not Attachment:
        return session.exec(select(table.campaign).where(this)).first()
    # What it stood with may be gone, as a matter that was never filed.
    file = find_standing(session, UUID(key))
    return _campaign_of(session, f"{ROOMS[file.holder]}/{file.key}") if file else None
