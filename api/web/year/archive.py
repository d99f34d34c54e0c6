"""A campaign in one file: asked for, followed, and taken."""

from collections.abc import Hashable
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.admission import reads
from api.deps import DatabaseDep, FilesDep, Reading, TheCampaign
from api.downloads.campaign_archive import ArchiveWriter
from api.identity import Asking
from api.web.live.packing import KeptFile, Packing, Packings, standing, taken
from api.web.rendering import render
from api.web.visiting import pages

_HERE = "/nhat-ky/{code}/luu-tru"
_MAY = [reads("campaign_archive")]

router = pages()


class ArchivePacking(Packing):
    """The archive of a campaign for one person, in one of the *places* for readers."""

    def __init__(self, request: Request, writer: ArchiveWriter) -> None:
        self.writer, self._places = writer, request.app.state.places

    @property
    def percent(self) -> int:
        """Say how many of its papers are drawn: they are what takes long."""
        return self.writer.done * 100 // max(1, self.writer.papers)

    async def run(self) -> None:
        """Write it, as of one moment."""
        async with self._places:
            file, size = await run_in_threadpool(self.writer.write)
        self.at, self.missing = self.writer.at, self.writer.missing
        self.file = KeptFile(file, size)


def whose(campaign: TheCampaign, session: Reading, visitor: Asking) -> Hashable:
    """Say whose an archive is."""
    return "campaign", campaign.id, standing(session, visitor.id)


Whose = Annotated[Hashable, Depends(whose)]


@router.get(_HERE, dependencies=_MAY)
async def look(
    campaign: TheCampaign, visitor: Asking, works: Packings, whose: Whose
) -> Response:
    """Show how far the archive is, and what came of it."""
    facts = {"visitor": visitor, "campaign": campaign, "work": works.of(whose)}
    return render("year/archive.html", **facts)


@router.post(_HERE, dependencies=_MAY)
async def begin(
    campaign: TheCampaign,
    visitor: Asking,
    works: Packings,
    whose: Whose,
    database: DatabaseDep,
    room: FilesDep,
    request: Request,
) -> Response:
    """Let everything of a campaign that the visitor may read be put into one file."""
    base = str(request.base_url)
    writer = ArchiveWriter(database, room, campaign.id, visitor.id, base)
    works.begin(whose, ArchivePacking(request, writer))
    return RedirectResponse(_HERE.format(code=campaign.id), HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/tep", dependencies=_MAY)
async def take(campaign: TheCampaign, works: Packings, whose: Whose) -> Response:
    """Hand the file out; where there is none, the page says so."""
    name = f"luu-tru-{campaign.id}.zip"
    return taken(works.of(whose), name, _HERE.format(code=campaign.id))
