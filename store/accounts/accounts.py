"""Accounts: found by their names, made, shut, and given one-time codes."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from domain.accounts.lifetimes import INVITATION, RESET
from store.accounts.secrets import code_as_made, digest, new_code
from store.accounts.sessions import end_all
from store.accounts.tokens import end_tokens
from store.clock import real_now
from store.database import lock
from store.tables import OneTimeCode, UserAccount


def find_account(session: Session, name: str) -> UserAccount | None:
    """Find an account by its name."""
    return session.exec(select(UserAccount).where(UserAccount.name == name)).first()


def account_of(session: Session, person: str) -> UserAccount | None:
    """Find the account of a person."""
    return session.exec(select(UserAccount).where(UserAccount.person == person)).first()


def account_of_subject(
    session: Session, issuer: str, subject: str
) -> UserAccount | None:
    """Find the account that a provider's subject is mapped to."""
    mapped = (UserAccount.issuer == issuer, UserAccount.subject == subject)
    return session.exec(select(UserAccount).where(*mapped)).first()


def hold_account(session: Session, key: int) -> UserAccount:
    """Read an account so that nobody else changes it before this ends."""
    return lock(session, UserAccount, UserAccount.id == key)[0]


def make_code(
    session: Session, account: UserAccount, maker: str | None = None
) -> tuple[str, datetime]:
    """Make a one-time code for an account, and until when it holds.

    That of a *maker* opens nothing until a witness has added to it. One that was made
    before opens nothing any more.
    """
    assert account.id is not None  # noqa: S101 - it has its row
    code = new_code()
    lasts = RESET if account.password else INVITATION
    ends_at = real_now(session) + lasts
    session.exec(delete(OneTimeCode).where(col(OneTimeCode.account) == account.id))
    row = OneTimeCode(account=account.id, digest=digest(code), ends_at=ends_at)
    row.made_by = maker
    session.add(row)
    session.flush()
    return code, ends_at


def account_by_code(session: Session, code: str) -> UserAccount | None:
    """Find whose password a one-time code sets, while it holds and is whole."""
    slip, half = code_as_made(code)
    query = select(UserAccount, OneTimeCode).join(
        OneTimeCode, col(OneTimeCode.account) == col(UserAccount.id)
    )
    found = session.exec(query.where(OneTimeCode.digest == digest(slip))).first()
    if found is None:
        return None
    account, row = found
    over = account.shut or row.ends_at <= real_now(session)
    return account if _is_whole(row, half) and not over else None


def _is_whole(row: OneTimeCode, half: str) -> bool:
    """Say whether a code is typed with what its witness has added, if it needs one."""
    if row.made_by is None:
        return not half
    return row.half == digest(half)  # None before that


def use_code(session: Session, code: str) -> bool:
    """Use a code up; of two who come at once one hears that it is gone."""
    slip, _ = code_as_made(code)
    used = col(OneTimeCode.digest) == digest(slip)
    return bool(session.exec(delete(OneTimeCode).where(used)).rowcount)


def shut_out(session: Session, key: int) -> None:
    """End all that opens an account at present: sessions, tokens, codes."""
    end_all(session, key)
    end_tokens(session, key)
    session.exec(delete(OneTimeCode).where(col(OneTimeCode.account) == key))
