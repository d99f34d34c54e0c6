"""What waits for a second pair of eyes, on a page: confirmed, declined, withdrawn."""

from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads, require_open_to
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.office import proposals as routes
from api.office.master import Key
from api.problems import told
from api.statuses import status_of
from api.web.administration.entering import PROPOSALS as PAGE
from api.web.naming import Called, called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import Refused, in_words
from domain.roles import own_words
from duties.office_deed import name_of
from duties.proposals import awaiting
from intake.fields import Reason
from papers.office import row_vi
from store.database import Database
from store.office.agency import head_in
from store.office.proposals import list_proposals
from store.tables import Person, Proposal

_MANY = 100
_VERBS = {
    "record": gettext("Ghi mới"),
    "change": gettext("Sửa"),
    "end": gettext("Ghi ngày kết thúc"),
    "void": gettext("Hủy mục ghi nhầm"),
}

router = pages()


@dataclass(frozen=True)
class ProposalShown:
    """A proposal in words, and what the visitor may do about it."""

    row: Proposal
    what: str
    says: str
    answers: bool
    withdraws: bool


@router.get(PAGE, dependencies=[reads("proposals")])
def every(session: Reading, visitor: Asking) -> Response:
    """Show what waits, the oldest first."""
    return _page(session, visitor)


def _page(
    session: Session,
    visitor: Person,
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    rows = list_proposals(session, open_only=True, limit=_MANY)
    people = [who for row in rows for who in (row.person, row.proposed_by)]
    units = [str(row.said.get("department") or "") for row in rows]
    names = called(session, [*people, *units])
    return render(
        "administration/proposals.html",
        status,
        visitor=visitor,
        proposals=[*_shown(session, visitor, rows, names)],
        called=names,
        said=said,
    )


def _shown(
    session: Session, visitor: Person, rows: list[Proposal], names: Called
) -> Iterator[ProposalShown]:
    mine = {row.id for row in awaiting(session, visitor.id)}
    head = head_in(session)
    for row in rows:
        facts = dict(row.said)
        if unit := facts.get("department"):
            facts["department"] = names[unit]
        says = own_words(row_vi(facts), head) if row.verb != "void" else ""
        own = row.proposed_by == visitor.id
        what = f"{_VERBS[row.verb]} {name_of(row.about)}"
        yield ProposalShown(row, what, says, row.id in mine, own)


@router.post(f"{PAGE}/{{key}}/xac-nhan", dependencies=[does("answer_proposal")])
async def confirm(
    key: Key, database: DatabaseDep, visitor: Asking, shown: Shown
) -> Response:
    """Confirm a proposal."""
    done = routes.confirm(key=key, session=database, person=shown)
    return await _answered(database, visitor, done)


@router.post(f"{PAGE}/{{key}}/tu-choi", dependencies=[does("answer_proposal")])
async def decline(
    key: Key, typed: Posted, database: DatabaseDep, visitor: Asking, shown: Shown
) -> Response:
    """Decline a proposal, with the reason that was typed."""
    try:
        body = Reason(reason=typed.get("ly_do", ""))
    except ValidationError as error:
        said = " ".join(told(error.errors(), Reason).values())
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return await run_in_threadpool(_again, database, visitor, said, status)
    done = routes.decline(key=key, body=body, session=database, person=shown)
    return await _answered(database, visitor, done)


@router.post(f"{PAGE}/{{key}}/rut", dependencies=[does("withdraw_proposal")])
async def withdraw(
    key: Key, database: DatabaseDep, visitor: Asking, shown: Shown
) -> Response:
    """Take one's own proposal back."""
    done = routes.withdraw(key=key, session=database, person=shown)
    return await _answered(database, visitor, done)


async def _answered(
    database: Database, visitor: Person, done: Awaitable[Any]
) -> Response:
    try:
        await done
    except Refused as refused:
        said, status = in_words(refused.refusals), status_of(refused.refusals)
        return await run_in_threadpool(_again, database, visitor, said, status)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _again(
    database: Database, visitor: Person, said: str, status: HTTPStatus
) -> Response:
    with database.read() as session:
        require_open_to(session, visitor.id, "proposals")
        return _page(session, visitor, said, status)
