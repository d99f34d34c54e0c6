"""The scan of what was signed on paper, brought by a form that leads to its facts."""

from collections.abc import Callable
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
from domain.ids import WorkflowId
from store.files.attachments import Holder
from store.tables import HolderKind

router = pages()


def _brings(
    page: str, may: str, kind: HolderKind, target: Callable[[str], WorkflowId], act: str
) -> None:
    """Let a *page* take the scan of what it shows, and lead to the *act* about it."""

    @router.post(f"{page}/ban-giay", dependencies=[does(may)])
    async def bring(
        key: SessionKey,
        request: Request,
        database: DatabaseDep,
        room: FilesDep,
        visitor: Asking,
    ) -> Response:
        """Keep the scan, and ask what it states."""
        row = await keep_one(request, room, database, Holder(kind, key), visitor.id)
        to = page_of(act, target(key), page.format(key=key), file=row.id)
        return RedirectResponse(to, HTTPStatus.SEE_OTHER)


_brings(
    "/quyet-dinh/{key}",
    "attach_to_decision",
    HolderKind.DECISION,
    ids.decision,
    "record_signed_paper",
)
_brings(
    "/hoi-dong/{key}/bien-ban",
    "attach_to_session",
    HolderKind.SESSION,
    ids.council,
    "record_signed_minutes",
)
