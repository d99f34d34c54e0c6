"""Whose account it is that a session belongs to, and who administers accounts."""

from sqlmodel import Session

from domain.accounts.names import actor_of
from domain.refusals import refuse
from duties.office_deed import OfficeDeed
from store import record
from store.accounts.asking import Found
from store.tables import UserAccount, UserSession


def account_of_session(signed: Found[UserSession]) -> UserAccount:
    """Give the account that is signed in. Refused in a sample's session."""
    if signed.account is None:
        raise refuse(
            "no_account", "Phiên của văn phòng mẫu không có tài khoản hay mật khẩu."
        )
    return signed.account


def begin_deed(session: Session, account: UserAccount) -> OfficeDeed:
    """Begin an act of an account's in the office's record, one at a time."""
    record.hold_office(session)
    return OfficeDeed.begin(session, actor_of(account.name, account.person))


def require_administrator(_session: Session, signed: Found[UserSession]) -> None:
    """Raise Refused (`not_administrator`) unless accounts are theirs to administer."""
    if not account_of_session(signed).administrator:
        raise refuse("not_administrator", "Chỉ người quản trị tài khoản làm được.")
