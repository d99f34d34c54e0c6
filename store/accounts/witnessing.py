"""One-time codes that open nothing until a witness has added to them."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, select

from store.accounts.secrets import digest, new_half
from store.clock import real_now
from store.database import one_of
from store.tables import OneTimeCode, UserAccount


def codes_waiting(session: Session) -> Any:
    """Select the codes that wait for a witness, each with its account."""
    return (
        select(
            UserAccount.name,
            UserAccount.person,
            OneTimeCode.made_by,
            OneTimeCode.ends_at,
        )
        .select_from(UserAccount)
        .join(OneTimeCode, col(OneTimeCode.account) == col(UserAccount.id))
        .where(*_waits(session))
    )


def waiting_among(session: Session, accounts: Collection[int]) -> frozenset[int]:
    """Keep of accounts those whose code waits for a witness."""
    among = one_of(col(OneTimeCode.account), accounts)
    query = select(OneTimeCode.account).where(among, *_waits(session))
    return frozenset(session.exec(query))


def code_waiting(session: Session, account: int) -> OneTimeCode | None:
    """Find the code of an account that waits for a witness."""
    query = select(OneTimeCode).where(OneTimeCode.account == account, *_waits(session))
    return session.exec(query).first()


def add_half(row: OneTimeCode) -> str:
    """Add to a code what is needed beside its slip; it is told once."""
    half = new_half()
    row.half = digest(half)
    return half


def _waits(session: Session) -> tuple[Any, ...]:
    return (
        col(OneTimeCode.made_by).is_not(None),
        col(OneTimeCode.half).is_(None),
        col(OneTimeCode.ends_at) > real_now(session),
    )
