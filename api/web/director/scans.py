"""The scan of what was signed on paper, brought by a form that leads to its facts."""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.admission import does
from api.campaigns.ballots import SessionKey
from api.deps import DatabaseDep, FilesDep
from api.identity import Asking
from api.web.acting.paths import page_of
from api.web.uploaded import keep_one
from api.web.visiting import pages
from domain import ids
from store.files.attachments import Holder
from store.tables import HolderKind

router = pages()


@router.post("/quyet-dinh/{key}/ban-giay", dependencies=[does("attach_to_decision")])
async def bring_decision(
    key: SessionKey,
    request: Request,
    database: DatabaseDep,
    room: FilesDep,
    visitor: Asking,
) -> Response:
    """Keep the scan of a signed decision, and ask what it states."""
    holder = Holder(HolderKind.DECISION, key)
    row = await keep_one(request, room, database, holder, visitor.id)
    target, back = ids.decision(key), f"/quyet-dinh/{key}"
    return _on(page_of("record_signed_paper", target, back, file=row.id))


@router.post(
    "/hoi-dong/{key}/bien-ban/ban-giay", dependencies=[does("attach_to_session")]
)
async def bring_minutes(
    key: SessionKey,
    request: Request,
    database: DatabaseDep,
    room: FilesDep,
    visitor: Asking,
) -> Response:
    """Keep the scan of signed minutes, and ask what they state."""
    holder = Holder(HolderKind.SESSION, key)
    row = await keep_one(request, room, database, holder, visitor.id)
    target, back = ids.council(key), f"/hoi-dong/{key}/bien-ban"
    return _on(page_of("record_signed_minutes", target, back, file=row.id))


def _on(page: str) -> Response:
    return RedirectResponse(page, HTTPStatus.SEE_OTHER)
