"""Accounts, for whoever administers them: made, changed, and given one-time codes."""

from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from pydantic import Field
from sqlmodel import Session, select

from api.accounts.answers import AccountOut, SlipOut, account_out
from api.accounts.owning import (
    account_of_session,
    begin_deed,
    require_administrator,
)
from api.accounts.provider import SingleSignOn
from api.admission import does, reads
from api.deps import Reading
from api.headers import Router
from api.identity import Own, who_signed_in
from api.paging import Cursor, Limit, Order, Page
from api.versions import IfMatch, require_version, tell
from api.writing import writes
from domain.accounts.names import LONGEST, NAME
from domain.refusals import Refused, refuse, unknown
from intake.fields import Body, PersonCode, only
from papers.slips import slip
from store.accounts.accounts import (
    account_of,
    account_of_subject,
    find_account,
    hold_account,
    make_code,
    shut_out,
)
from store.accounts.asking import Found
from store.accounts.sessions import end_all
from store.tables import Person, UserAccount, UserSession

router = Router(prefix="/api/v1/accounts", tags=["account"])

_BY_NAME = Order(UserAccount, ("name",))
AccountName = Annotated[
    str,
    only(NAME, "tên đăng nhập: chữ thường không dấu và số, nối bằng . - _"),
    Field(max_length=LONGEST, json_schema_extra={"pattern": f"^{NAME}$"}),
]
# As the provider writes it: it is never read by us.
Subject = Annotated[str, Field(min_length=1, max_length=255)]
OneAccount = Annotated[str, Path(max_length=LONGEST)]
# Whoever administers accounts has just given their password.
administers = partial(writes, check=require_administrator, fresh=True)


class Rights(Body):
    """What an account may do besides what its person may, and whether it is shut.

    *subject* is who its owner is to the provider of single sign-on.
    """

    administrator: bool = False
    shut: bool = False
    subject: Subject | None = None


class AccountIn(Body):
    """A new account: of a person, of an administrator, or of both."""

    name: AccountName
    person: PersonCode | None = None
    administrator: bool = False
    subject: Subject | None = None


def administrator(session: Reading, own: Own) -> None:
    """Raise Refused (`not_signed_in`, `not_administrator`) for everybody else."""
    require_administrator(session, who_signed_in(session, own))


_READING = [reads("accounts"), Depends(administrator)]
_WRITING = [does("administer_accounts")]


@router.get("", dependencies=_READING)
def accounts(
    session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[AccountOut]:
    """List the accounts."""
    return _BY_NAME.page(session, select(UserAccount), limit, cursor, account_out)


@router.get("/{name}", dependencies=_READING, operation_id="read_account")
def read_account(name: OneAccount, session: Reading, response: Response) -> AccountOut:
    """Read one account."""
    return _answered(_named(session, name), response)


@router.post("", status_code=201, operation_id="make_account", dependencies=_WRITING)
@administers
def make_account(
    body: AccountIn, session: Session, signed: Found[UserSession], request: Request
) -> SlipOut:
    """Make an account, and a one-time code for its first password."""
    deed = begin_deed(session, account_of_session(signed))
    if body.person is not None and session.get(Person, body.person) is None:
        raise unknown("subject", body.person)
    taken = body.person is not None and account_of(session, body.person)
    if taken or find_account(session, body.name):
        raise _taken(body)
    account = UserAccount(**body.model_dump(exclude={"subject"}))
    _map(session, account, body.subject, request)
    session.add(account)
    session.flush()
    deed.tell("account_made", [body.person], account=account.name)
    deed.close("account_made", body.model_dump())
    return _slip(session, account, request)


@router.put("/{name}", operation_id="change_account", dependencies=_WRITING)
@administers
def change_account(
    name: OneAccount,
    body: Rights,
    session: Session,
    signed: Found[UserSession],
    request: Request,
    response: Response,
    if_match: IfMatch = None,
) -> AccountOut:
    """Give or take the rights of another's account, shut it, or open it again."""
    own = account_of_session(signed)
    deed = begin_deed(session, own)
    account = hold_account(session, _named(session, name).id or 0)
    require_version(account.version, if_match)
    if account.id == own.id:
        raise refuse("own_account", "Không tự đổi quyền của tài khoản mình đang dùng.")
    old = _rights(account)
    account.administrator, account.shut = body.administrator, body.shut
    _map(session, account, body.subject, request)
    account.version += 1
    if account.shut:
        shut_out(session, account.id or 0)
    elif old["subject"] not in (None, account.subject):
        end_all(session, account.id or 0)  # whom it let in may be another
    new = _rights(account)
    deed.tell("account_changed", [account.person], account=name, **_in_words(body))
    deed.close("account_changed", {"account": name, "old": old, "new": new})
    return _answered(account, response)


@router.post(
    "/{name}/code", status_code=201, operation_id="make_code", dependencies=_WRITING
)
@administers
def give_code(
    name: OneAccount, session: Session, signed: Found[UserSession], request: Request
) -> SlipOut:
    """Make a one-time code that sets the account's password anew.

    That of an account in use waits for a witness: it opens nothing to whoever made it.
    """
    deed = begin_deed(session, account_of_session(signed))
    account = hold_account(session, _named(session, name).id or 0)
    if account.shut:
        raise refuse("account_shut", "Tài khoản đã đóng: mở lại rồi mới cấp mã.")
    deed.tell("account_code", [account.person], account=name)
    deed.close("code_made", {"account": name})
    in_use = account.password is not None or account.subject is not None
    return _slip(session, account, request, deed.actor if in_use else None)


def _in_words(body: Rights) -> dict[str, str]:
    administers = "có" if body.administrator else "không có"
    of_provider = f"gắn với định danh «{body.subject}» của"
    if body.subject is None:
        of_provider = "không gắn với"
    return {
        "shut": "đã đóng" if body.shut else "đang mở",
        "rights": f"{administers} quyền quản trị tài khoản",
        "subject": f"{of_provider} hệ thống đăng nhập chung",
    }


def _slip(
    session: Session, account: UserAccount, request: Request, maker: str | None = None
) -> SlipOut:
    code, ends_at = make_code(session, account, maker)
    waits, where = maker is not None, request.app.state.origin
    text = slip(account.name, code, ends_at, where, waits=waits)
    said = {"account": account.name, "code": code, "ends_at": ends_at}
    return SlipOut(**said, waits=waits, slip=text)


def _named(session: Session, name: str) -> UserAccount:
    found = find_account(session, name)
    if found is None:
        raise refuse("unknown_account", f"Không có tài khoản nào tên «{name}».")
    return found


def _taken(body: AccountIn) -> Refused:
    whose = f" hoặc «{body.person}» đã có tài khoản" if body.person else ""
    return refuse("account_taken", f"Tên «{body.name}» đã dùng{whose}.")


def _map(
    session: Session, account: UserAccount, subject: str | None, request: Request
) -> None:
    """Map an account to a subject of the provider, or to none.

    Raises Refused (`no_sso`, `subject_taken`).
    """
    sso: SingleSignOn | None = request.app.state.sso
    if subject is not None and sso is None:
        raise refuse(
            "no_sso", "Dịch vụ này không nối với hệ thống đăng nhập chung nào."
        )
    account.issuer = sso.issuer if sso and subject else None
    account.subject = subject
    if sso is None or subject is None:
        return
    with session.no_autoflush:
        known = account_of_subject(session, sso.issuer, subject)
    if known is not None and known.id != account.id:
        raise refuse("subject_taken", f"Đã có tài khoản gắn với định danh «{subject}».")


def _rights(account: UserAccount) -> dict[str, Any]:
    return account.model_dump(include={"administrator", "shut", "subject"})


def _answered(account: UserAccount, response: Response) -> AccountOut:
    tell(response, account.version)
    return account_out(account)
