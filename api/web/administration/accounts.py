"""Accounts on pages: made, shut and opened, and given the code of a slip."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool

from api.accounts import administration
from api.accounts.administration import AccountIn, Rights
from api.accounts.answers import SlipOut
from api.accounts.front import FrontDep
from api.accounts.owning import require_administrator
from api.accounts.sessions import PasswordBody, confirm_password
from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Credentials, Own, Signed
from api.problems import told
from api.statuses import status_of
from api.web.naming import called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from domain.refusals import Refused, in_words
from store.accounts.asking import Found
from store.accounts.witnessing import waiting_among
from store.database import Database, one_of
from store.office.in_force import in_service
from store.office.master import departments, today
from store.office.people import members
from store.tables import Person, UserAccount, UserSession

PAGE = "/quan-tri/tai-khoan"
_MANY, _AT_ONCE = 100, 200
_PASSWORD = "_mat_khau"  # noqa: S105 -- the name of a field
# What a password mends that is given with it.
_UNCONFIRMED = frozenset({"sign_in_again", "wrong_sign_in"})

router = pages()


@router.get(PAGE, dependencies=[reads("accounts")])
def accounts(
    session: Reading,
    signed: Signed,
    sau: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Show the accounts to whoever administers them."""
    require_administrator(session, signed)
    return _page(session, signed, {}, sau=sau)


@router.post(PAGE, dependencies=[does("administer_accounts")])
async def make(
    request: Request,
    typed: Posted,
    database: DatabaseDep,
    own: Own,
    signed: Signed,
    front: FrontDep,
) -> Response:
    """Make accounts, change one, or make a code; show the slips once."""

    try:
        if password := typed.get(_PASSWORD):
            body = PasswordBody.model_construct(password=password)
            await confirm_password(body, front, signed)
        slips = await _act(typed, request, database, own)
    except ValidationError as error:
        said = " ".join(told(error.errors(), AccountIn).values())
        return await run_in_threadpool(_again, database, signed, typed, said)
    except Refused as refused:
        return await run_in_threadpool(_refused, database, signed, typed, refused)
    if not slips:
        return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)
    return render("administration/slip.html", visitor=signed.person, slips=slips)


async def _act(
    typed: Mapping[str, str], request: Request, database: Database, own: Credentials
) -> Sequence[SlipOut]:
    """Do what was asked for; give the slips that it makes."""
    if typed.get("viec") != "ca":
        made = await _act_on_one(typed, request, database, own)
        return [made] if made else []
    people = await run_in_threadpool(_without_account, database, typed.get("phong", ""))
    bodies = [AccountIn(name=each, person=each) for each in people]
    return [
        await administration.make_account(
            body=body, session=database, signed=own, request=request
        )
        for body in bodies
    ]


def _without_account(database: Database, department: str) -> Sequence[str]:
    """List who is in service and has no account yet, of a department or of all."""
    with database.read() as session:
        day = today(session)
        have = select(UserAccount.person).where(col(UserAccount.person).is_not(None))
        query = select(Person.id).where(col(Person.id).not_in(have))
        if department:
            here = members(session, department, day)
            query = query.where(one_of(col(Person.id), [each.id for each in here]))
        query = query.where(in_service(col(Person.id), day))
        return session.exec(query.order_by(col(Person.id)).limit(_AT_ONCE)).all()


async def _act_on_one(
    typed: Mapping[str, str], request: Request, database: Database, own: Credentials
) -> SlipOut | None:
    name, what = typed.get("name", ""), typed.get("viec")
    facts: dict[str, Any] = {"session": database, "signed": own, "request": request}
    made: SlipOut | None = None
    if what == "lap":
        person = typed.get("person") or None
        body = AccountIn(
            name=name, person=person, administrator="administrator" in typed
        )
        made = await administration.make_account(body=body, **facts)
    elif what == "ma":
        made = await administration.give_code(name=name, **facts)
    else:
        rights = Rights(
            administrator=typed.get("administrator") == "1",
            shut=what == "dong",
            subject=typed.get("subject") or None,
        )
        facts |= {"if_match": f'"{typed.get("version", "")}"', "response": Response()}
        await administration.change_account(name=name, body=rights, **facts)
    return made


def _refused(
    database: Database,
    signed: Found[UserSession],
    typed: Mapping[str, str],
    refused: Refused,
) -> Response:
    said, status = in_words(refused.refusals), status_of(refused.refusals)
    confirm = refused.refusals[0].code in _UNCONFIRMED
    return _again(database, signed, typed, said, status, confirm=confirm)


def _again(
    database: Database,
    signed: Found[UserSession],
    typed: Mapping[str, str],
    said: str,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    *,
    confirm: bool = False,
) -> Response:
    """Give the page back with what was typed. Raises Refused (`not_administrator`)."""
    with database.read() as session:
        require_administrator(session, signed)
        return _page(session, signed, typed, said, status, confirm=confirm)


def _page(
    session: Session,
    signed: Found[UserSession],
    typed: Mapping[str, str],
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    *,
    confirm: bool = False,
    sau: str | None = None,
) -> Response:
    name = col(UserAccount.name)
    query = select(UserAccount).where(name > (sau or "")).order_by(name)
    rows = list(session.exec(query.limit(_MANY + 1)))
    keys = [each.id or 0 for each in rows]
    return render(
        "administration/accounts.html",
        status,
        visitor=signed.person,
        accounts=rows[:_MANY],
        waiting=waiting_among(session, keys),
        following=rows[_MANY - 1].name if len(rows) > _MANY else None,
        called=called(session, [each.person for each in rows]),
        departments=departments(session, today(session), None, _AT_ONCE),
        typed=defaultdict(str, typed),
        kept=typed.items() if confirm else (),
        said=said,
        confirm=confirm,
    )
