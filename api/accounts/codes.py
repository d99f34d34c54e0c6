"""Passwords: changed by who knows the old one, or set by a one-time code."""

from functools import partial

from fastapi import Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.accounts.answers import SignedInOut, session_shown
from api.accounts.front import WRONG, FrontDep, Secret
from api.accounts.owning import account_of_session, begin_deed
from api.accounts.sessions import require_open
from api.admission import does
from api.headers import Router
from api.identity import Signed
from domain.accounts.passwords import weakness
from domain.refusals import Refusal, Refused
from intake.fields import Body
from store.accounts.accounts import account_by_code, hold_account, shut_out, use_code
from store.accounts.sessions import begin_session, end_all
from store.clock import real_now
from store.database import Database
from store.tables import UserAccount, UserSession

router = Router(prefix="/api/v1", tags=["account"])

_WRONG_CODE = Refusal(
    "wrong_code", "Mã dùng một lần không đúng, đã dùng, hoặc đã hết hạn."
)


class NewPassword(Body):
    """The old password and the new one."""

    current: Secret
    password: Secret


class PasswordByCode(Body):
    """A one-time code and the password that it is to set."""

    code: str = Field(min_length=1, max_length=200)
    password: Secret


@router.put("/me/password", dependencies=[does("change_own_account")])
async def change_password(
    body: NewPassword, front: FrontDep, signed: Signed, response: Response
) -> SignedInOut:
    """Change one's password: every session ends, and one begins here."""
    account = account_of_session(signed)
    _require_strong(body.password, account)
    known, _ = await front.check(account.name, body.current)
    hashed = await front.passwords.hash(body.password)
    change = partial(_change, front.database, known, hashed, front.agent)
    secret, row = await front.database.in_turn(change)
    front.keep(response, secret)
    return session_shown(row, account)


def _change(
    database: Database, known: UserAccount, hashed: str, agent: str
) -> tuple[str, UserSession]:
    with database.write() as session:
        deed = begin_deed(session, known)
        held = hold_account(session, known.id or 0)
        require_open(session, held, WRONG)
        if held.password != known.password:
            raise Refused(WRONG)
        held.password = hashed
        end_all(session, held.id or 0)
        begun = begin_session(session, held, real_now(session), agent)
        deed.close("password_changed", {"account": held.name})
        return begun


@router.post(
    "/password",
    status_code=204,
    operation_id="set_password",
    responses={429: {}},
    dependencies=[does("sign_in")],
)
async def set_password(body: PasswordByCode, front: FrontDep) -> None:
    """Set a password by a one-time code: all that opened the account before ends."""
    await front.count()
    async with front.request.app.state.places:
        account = await run_in_threadpool(_by_code, front.database, body.code)
    _require_strong(body.password, account)
    hashed = await front.passwords.hash(body.password)
    await front.database.in_turn(partial(_set, front.database, body.code, hashed))


def _by_code(database: Database, code: str) -> UserAccount:
    with database.read() as session:
        found = account_by_code(session, code)
    if found is None:
        raise Refused(_WRONG_CODE)
    return found


def _set(database: Database, code: str, hashed: str) -> None:
    with database.write() as session:
        found = account_by_code(session, code)
        if found is None:
            raise Refused(_WRONG_CODE)
        deed = begin_deed(session, found)
        held = hold_account(session, found.id or 0)
        if not use_code(session, code):
            raise Refused(_WRONG_CODE)
        shut_out(session, held.id or 0)
        held.password = hashed
        deed.close("password_set", {"account": held.name})


def _require_strong(password: str, account: UserAccount) -> None:
    weak = weakness(password, account.name)
    if weak is not None:
        raise Refused(weak)
