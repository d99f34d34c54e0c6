"""Codes that set a password anew: who sees one handed over adds the half that opens.

An administrator who makes one has the slip alone, and is nobody else by it.
"""

from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from api.accounts.administration import OneAccount
from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.paging import Cursor, Limit, Order, Page
from api.writing import writes
from domain.policy import EDITS
from domain.refusals import refuse
from duties.office_deed import OfficeDeed
from store import record
from store.accounts.accounts import find_account
from store.accounts.witnessing import add_half, code_waiting, codes_waiting
from store.office import people
from store.office.master import today
from store.tables import Person, UserAccount

router = Router(prefix="/api/v1", tags=["account"])

_BY_NAME = Order(UserAccount, ("name",))


class WaitingCodeOut(Answer):
    """A code that opens nothing before it is witnessed: whose, made by whom.

    *made_by* is a person, or `account:` and the name of an account of nobody's.
    """

    account: str
    person: str | None
    made_by: str
    ends_at: datetime


class CodeHalfOut(Answer):
    """What a witness adds to the code of a slip: told once, to be read to its owner."""

    account: str
    half: str
    ends_at: datetime


@router.get("/one-time-codes", dependencies=[reads("codes_to_witness")])
def codes_to_witness(
    session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[WaitingCodeOut]:
    """List the codes that wait for a witness, by their accounts' names."""
    return _BY_NAME.page(session, codes_waiting(session), limit, cursor, _shown)


def _shown(row: Any) -> WaitingCodeOut:
    return WaitingCodeOut(
        account=row.name, person=row.person, made_by=row.made_by, ends_at=row.ends_at
    )


def require_witness(session: Session, person: Person) -> None:
    """Act on accounts, one at a time. Raises Refused (`not_allowed`) for others."""
    record.hold_office(session)
    roles = people.roles_of(session, person.id, today(session))
    if not roles & EDITS["witness_code"].who:
        raise refuse(
            "not_allowed",
            "Chỉ người của phòng thường trực thi đua và lãnh đạo cơ quan được chứng "
            "kiến.",
        )


# Whoever witnesses has just given their password.
_witnesses = partial(writes, check=require_witness, fresh=True)


@router.post(
    "/accounts/{name}/code/witness",
    status_code=201,
    operation_id="witness_code",
    dependencies=[does("witness_code")],
)
@_witnesses
def witness_code(name: OneAccount, session: Session, person: Person) -> CodeHalfOut:
    """Say that one saw the slip in its owner's hand, and add the half that opens.

    Who made the code, and whose it is, is no witness.
    """
    account = find_account(session, name)
    code = code_waiting(session, account.id or 0) if account else None
    if account is None or code is None:
        said = f"Tài khoản «{name}» không có mã nào chờ người chứng kiến."
        raise refuse("unknown_code", said)
    if person.id in (account.person, code.made_by):
        raise refuse(
            "not_allowed",
            "Người chứng kiến không phải là người lập phiếu hay người giữ tài khoản.",
        )
    half = add_half(code)
    deed = OfficeDeed.begin(session, person.id)
    by = deed.name_of(code.made_by)
    deed.tell("account_witnessed", [account.person], account=name, by=by)
    deed.close("code_witnessed", {"account": name, "made_by": code.made_by})
    return CodeHalfOut(account=name, half=half, ends_at=code.ends_at)
