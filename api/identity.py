"""Who is asking: whoever a session's cookie or a token names; in a sample, a header."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session, select

from api.accounts.bearing import find_bearer
from api.deps import DatabaseDep, read_for
from domain.accounts.lifetimes import FRESH, is_seen_anew
from domain.policy.declaring import relations_of
from domain.refusals import Refusal, Refused
from store.accounts.asking import Found, find_session
from store.accounts.sessions import note_seen
from store.database import Database, made_once
from store.office.standing import roles_today
from store.tables import ApiToken, Person, UserSession

COOKIE, PERSON = "thidua_session", "X-Thidua-Person"

UNKNOWN_PERSON = Refusal(
    "unknown_person",
    "Phải cho biết ai đang thao tác: tiêu đề X-Thidua-Person mang mã của một "
    "người có trong danh bạ.",
)
NOT_SIGNED_IN = Refusal(
    "not_signed_in",
    "Chưa đăng nhập, hoặc phiên hay mã truy cập không còn hiệu lực: hãy đăng nhập lại.",
)
_NO_PERSON = Refusal(
    "no_person",
    "Tài khoản này chỉ quản trị tài khoản, không gắn với người nào trong danh bạ.",
)
_NOT_FRESH = Refusal(
    "sign_in_again",
    "Việc này cần mật khẩu vừa nhập trong vòng "
    f"{FRESH.seconds // 60} phút: hãy xác nhận mật khẩu rồi làm lại.",
)


@dataclass(frozen=True)
class Credentials:
    """What a request shows of who asks: a *header* only in a sample office."""

    request: Request
    header: str = ""

    @property
    def cookie(self) -> str | None:
        """Give the session that the browser keeps; an empty one opens nothing."""
        return self.request.cookies.get(COOKIE)

    @property
    def token(self) -> str | None:
        """Give the token that a program shows; what is none opens nothing either."""
        shown = self.request.headers.get("authorization")
        if shown is None:
            return None
        scheme, _, token = shown.partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @property
    def sample(self) -> bool:
        """Say whether this is a sample office, which believes more."""
        return bool(self.request.app.state.sample)


@dataclass(frozen=True)
class Asker:
    """Who asks, and whether their password was given just now."""

    person: Person
    fresh: bool


async def credentials(request: Request) -> Credentials:
    """Hand out what a request shows: of several a token counts, then the session.

    What counts must hold, whatever is shown beside it.
    """
    sample = request.app.state.sample
    return Credentials(request, request.headers.get(PERSON, "") if sample else "")


async def own_session(request: Request) -> Credentials:
    """Hand out the session that a request shows: nothing else counts for accounts."""
    return Credentials(request)


Shown = Annotated[Credentials, Depends(credentials)]
Own = Annotated[Credentials, Depends(own_session)]


def require_shown(shown: Credentials) -> None:
    """Raise Refused unless a request shows anything (`not_signed_in`).

    In a sample office it is asked for the header instead (`unknown_person`).
    """
    if shown.token is None and shown.cookie is None and not shown.header:
        raise Refused(UNKNOWN_PERSON if shown.sample else NOT_SIGNED_IN)


def who_asks(session: Session, shown: Credentials) -> Asker:
    """Find who asks.

    Raises Refused (`unknown_person`, `not_signed_in`, `no_person`, `beyond_token`).
    """
    require_shown(shown)
    if shown.token is not None:
        return _asker(_bearer(session, shown, shown.token))
    if shown.cookie is not None:
        return _asker(who_signed_in(session, shown))
    return Asker(_named(session, shown.header), fresh=True)


def who_signed_in(session: Session, shown: Credentials) -> Found[UserSession]:
    """Find whose session a request shows. Raises Refused (`not_signed_in`)."""
    found = find_session(session, shown.cookie) if shown.cookie else None
    if found is None or (found.account is None and not shown.sample):
        raise Refused(NOT_SIGNED_IN)
    _note(shown, UserSession, found)
    return found


def require_fresh(who: Asker | Found[UserSession]) -> None:
    """Raise Refused unless a password was given just now (`sign_in_again`)."""
    if not who.fresh:
        raise Refused(_NOT_FRESH)


def _bearer(session: Session, shown: Credentials, token: str) -> Found[ApiToken]:
    found = find_bearer(session, shown.request, token)
    if found is None:
        raise Refused(NOT_SIGNED_IN)
    _note(shown, ApiToken, found)
    return found


def _note(
    shown: Credentials,
    table: type[UserSession] | type[ApiToken],
    found: Found[UserSession] | Found[ApiToken],
) -> None:
    """Have it written down that something is used; whoever only asks writes nothing."""
    if is_seen_anew(found.shown.seen_at, found.at):
        database: Database = shown.request.app.state.database
        database.later(partial(note_seen, database, table, found.shown.id, found.at))


def _asker(found: Found[UserSession] | Found[ApiToken]) -> Asker:
    if found.person is None:
        raise Refused(_NO_PERSON)
    return Asker(found.person, found.fresh)


def _named(session: Session, header: str) -> Person:
    found: Person | None = _person(session, name=header).first()
    if found is None:
        raise Refused(UNKNOWN_PERSON)
    return found


@made_once
def _person(name: Any) -> Any:
    return select(Person).where(Person.id == name)


def meet(session: Session, shown: Credentials, person: Person) -> Person:
    """Note how whoever asks stands to the office, where a page is made for them."""
    state = shown.request.state
    if getattr(state, "page", False):
        state.stands = relations_of(roles_today(session, person.id))
    return person


def asking(database: DatabaseDep, shown: Shown) -> Person:
    """Find who asks. Refused as by *who_asks*."""
    with read_for(shown.request, database) as session:
        return meet(session, shown, who_asks(session, shown).person)


def signed_in(database: DatabaseDep, own: Own) -> Found[UserSession]:
    """Find whose session it is. Refused (`not_signed_in`)."""
    with database.read() as session:
        return who_signed_in(session, own)


Asking = Annotated[Person, Depends(asking)]
Signed = Annotated[Found[UserSession], Depends(signed_in)]
