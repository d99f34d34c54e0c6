"""The receipt of an act: received at which second, what it said, what it came to."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Response

from api.admission import reads
from api.deps import Packs, Reading
from api.identity import Asking
from api.web.acting.paths import AGAIN, BACK, RECEIPTS, inside, page_of
from api.web.acting.sheet import form_of
from api.web.choosing.asked import Asked
from api.web.choosing.offering import offered
from api.web.rendering import render
from api.web.visiting import pages
from domain import ids
from domain.acts import ACTS
from domain.states import SET_ASIDE, CommandState
from duties.subjects import target_name
from papers.outcomes import outcome
from store.knowing.acts import command_for
from store.office.people import names_of
from store.tables import Command, Person

router = pages()

Back = Annotated[str, Query(alias=BACK, max_length=500)]


def receipt_path(command: Command, back: str) -> str:
    """Give the address of a receipt, which leads back."""
    leads = f"?{urlencode({BACK: back})}" if back != "/" else ""
    return f"{RECEIPTS}/{command.id}{leads}"


@router.get(f"{RECEIPTS}/{{command_id}}", dependencies=[reads("act")])
def receipt(
    command_id: UUID, session: Reading, visitor: Asking, packs: Packs, ve: Back = "/"
) -> Response:
    """Show how an act stands; while it waits, the page looks again by itself."""
    command = command_for(session, command_id, visitor.id)
    target, form = ids.read(command.target), form_of(command.kind)
    asked = Asked(session, command.kind, target, visitor.id, packs, done=True)
    typed, back = form.typed(command.payload), inside(ve)
    return render(
        "receipt.html",
        visitor=visitor,
        title=ACTS[command.kind].summary,
        on=target_name(session, target),
        command=command,
        who=names_of(session, [command.actor])[command.actor],
        fields=form.fields(typed, {}, offered(asked, form.names)),
        waits=command.state is CommandState.RECEIVED,
        done=command.state is CommandState.APPLIED,
        aside=command.state in SET_ASIDE,
        said=outcome(command.kind, command.answer or {}),
        back=back,
        own_path=receipt_path(command, back),
        again=_again(command, visitor, back),
    )


def _again(command: Command, visitor: Person, back: str) -> str | None:
    """Say where whoever was refused does it again, with what they had said."""
    if command.refusals is None or command.actor != visitor.id:
        return None
    target = ids.read(command.target)
    return page_of(command.kind, target, back, **{AGAIN: command.id})
