"""Acts that a fault has set aside: tried again, or given up with a reason."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Query, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import col, select

from api import commands
from api.admission import does, reads
from api.deps import DeskDep, Reading
from api.identity import Asking, Shown
from api.problems import told
from api.web.naming import called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from domain.acts import ACTS, may
from domain.refusals import refuse
from domain.states import SET_ASIDE
from intake.fields import Reason
from store.knowing.acts import closed_to
from store.office.standing import roles_today
from store.tables import Command, Person

PAGE = "/quan-tri/viec-ket"
_MANY = 100

router = pages()


@router.get(PAGE, dependencies=[reads("set_aside")])
def every(
    session: Reading, visitor: Asking, sau: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """Show what is set aside, but for what is on a matter closed to the visitor."""
    aside = col(Command.state).in_(SET_ASIDE)
    each_kind = select(Command.kind, Command.target, Command.state).distinct()
    closed = closed_to(session, session.exec(each_kind.where(aside)), visitor.id)
    query = (
        select(Command)
        .where(aside, col(Command.target).not_in(closed), col(Command.seq) > sau)
        .order_by(col(Command.seq))
        .limit(_MANY + 1)
    )
    rows: Sequence[Command] = session.exec(query).all()
    shown = rows[:_MANY]
    return render(
        "administration/set_aside.html",
        visitor=visitor,
        acts=[(each, ACTS[each.kind].summary) for each in shown],
        called=called(session, [each.actor for each in shown]),
        may_tend=may("try_again", roles_today(session, visitor.id)),
        following=shown[-1].seq if len(rows) > _MANY else None,
    )


@router.post(f"{PAGE}/{{command_id}}/lam-lai", dependencies=[does("try_again")])
async def again(
    command_id: UUID, desk: DeskDep, shown: Shown, visitor: Asking
) -> Response:
    """Try an act again, and say how it ended."""
    answer = await commands.try_act_again(command_id, desk, shown, uuid4().hex)
    return _ended(answer, visitor)


@router.post(f"{PAGE}/{{command_id}}/bo", dependencies=[does("discard")])
async def give_up(
    command_id: UUID, typed: Posted, desk: DeskDep, shown: Shown, visitor: Asking
) -> Response:
    """Give an act up, with the reason that was typed."""
    try:
        body = Reason(reason=typed.get("reason", ""))
    except ValidationError as error:
        raise refuse(
            "bad_document", " ".join(told(error.errors(), Reason).values())
        ) from None
    answer = await commands.discard_act(command_id, body, desk, shown, uuid4().hex)
    return _ended(answer, visitor)


def _ended(answer: Response, visitor: Person) -> Response:
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)
    said = json.loads(bytes(answer.body))
    facts = {"visitor": visitor, "title": said["title"], "said": said["detail"]}
    return render("problem.html", HTTPStatus(answer.status_code), **facts)
