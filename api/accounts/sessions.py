"""Signing in and out, and one's own sessions."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Path, Response
from sqlmodel import Session, col, select

from api.accounts.answers import OwnSessionOut, SignedInOut, session_out, session_shown
from api.accounts.front import WRONG, FrontDep, Secret
from api.accounts.owning import account_of_session
from api.admission import does, reads
from api.deps import Reading
from api.headers import Router
from api.identity import COOKIE, NOT_SIGNED_IN, Signed
from api.paging import Cursor, Limit, Order, Page
from api.writing import writes
from domain.accounts.names import sign_in_name
from domain.calendar import local_day
from domain.refusals import Refusal, Refused, refuse
from intake.fields import Body
from store.accounts.accounts import hold_account
from store.accounts.asking import Found, serves
from store.accounts.secrets import digest
from store.accounts.sessions import begin_session, confirm, end_one, end_session
from store.clock import now, real_now
from store.database import Database
from store.tables import UserAccount, UserSession

router = Router(prefix="/api/v1", tags=["account"])

_OLDEST_FIRST = Order(UserSession, ("began_at", "id"))


class SignInBody(Body):
    """Who signs in, and their password."""

    name: Secret
    password: Secret


class PasswordBody(Body):
    """One's own password, once more."""

    password: Secret


@router.post(
    "/session",
    status_code=201,
    operation_id="sign_in",
    responses={401: {}, 429: {}},
    dependencies=[does("sign_in")],
)
async def sign_in(body: SignInBody, front: FrontDep, response: Response) -> SignedInOut:
    """Sign in: the browser keeps the session as a cookie."""
    account, better = await front.check(sign_in_name(body.name), body.password)
    begin = partial(_begin, front.database, account, better, front.agent)
    before = front.request.cookies.get(COOKIE)
    secret, row = await front.database.in_turn(partial(begin, before))
    front.keep(response, secret)
    return session_shown(row, account)


def _begin(
    database: Database,
    account: UserAccount,
    better: str | None,
    agent: str,
    before: str | None,
) -> tuple[str, UserSession]:
    """Begin a session, unless the account has changed or its person has left.

    What the browser had before ends with that.
    """
    with database.write() as session:
        held = hold_account(session, account.id or 0)
        require_open(session, held, WRONG)
        if held.password != account.password:
            raise Refused(WRONG)
        if better:
            held.password = better
        if before:
            end_session(session, digest(before))
        return begin_session(session, held, real_now(session), agent)


def require_open(session: Session, held: UserAccount, wrong: Refusal) -> None:
    """Raise Refused (*wrong*) unless an account lets somebody in just now."""
    left = held.person is not None and not serves(
        session, held.person, local_day(now(session))
    )
    if held.shut or left:
        raise Refused(wrong)


@router.get(
    "/session", operation_id="who_is_signed_in", dependencies=[reads("own_account")]
)
def read_session(signed: Signed) -> SignedInOut:
    """Say who is signed in, and until when."""
    return session_out(signed)


@router.delete(
    "/session",
    status_code=204,
    operation_id="sign_out",
    dependencies=[does("change_own_account")],
)
@writes
def sign_out(session: Session, signed: Found[UserSession], response: Response) -> None:
    """End the session that asks."""
    end_session(session, signed.shown.digest)
    response.delete_cookie(COOKIE, path="/")


@router.post(
    "/session/confirm",
    operation_id="confirm_password",
    dependencies=[does("change_own_account")],
)
async def confirm_password(
    body: PasswordBody, front: FrontDep, signed: Signed
) -> SignedInOut:
    """Give one's password once more, for what takes a fresh one."""
    account = account_of_session(signed)
    await front.check(account.name, body.password)
    again = partial(_confirm, front.database, signed.shown)
    return session_shown(await front.database.in_turn(again), account)


def _confirm(database: Database, shown: UserSession) -> UserSession:
    with database.write() as session:
        row = confirm(session, shown.id, real_now(session))
        if row is None:
            raise Refused(NOT_SIGNED_IN)
        return row


@router.get("/me/sessions", dependencies=[reads("own_account")])
def my_sessions(
    signed: Signed, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[OwnSessionOut]:
    """List where one is signed in, the oldest first."""
    account = account_of_session(signed)
    query = select(UserSession).where(col(UserSession.account) == account.id)

    def show(row: UserSession) -> OwnSessionOut:
        return OwnSessionOut(**row.model_dump(), current=row.id == signed.shown.id)

    return _OLDEST_FIRST.page(session, query, limit, cursor, show)


@router.delete(
    "/me/sessions/{key}", status_code=204, dependencies=[does("change_own_account")]
)
@writes
def end_my_session(
    key: Annotated[UUID, Path()], session: Session, signed: Found[UserSession]
) -> None:
    """End one of one's own sessions."""
    if not end_one(session, account_of_session(signed).id or 0, key):
        raise refuse("unknown_sign_in", f"Bạn không có phiên nào mang mã «{key}».")
