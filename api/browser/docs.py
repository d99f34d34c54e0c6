"""The page that shows every route and tries it out, from this host alone."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from api.admission import reads
from api.browser.security import content_policy

router = APIRouter(include_in_schema=False)

_FOLDER = Path(__file__).parent / "swagger"
_PAGE = "index.html"
_PARTS = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "start.js"})
_HEADERS = {
    "Cache-Control": "max-age=3600",
    # Swagger UI writes styles of its own into the page.
    "Content-Security-Policy": content_policy(style_src="'self' 'unsafe-inline'"),
}


@router.get("/docs", dependencies=[reads("documentation")])
async def docs() -> FileResponse:
    """Show the page."""
    return FileResponse(_FOLDER / _PAGE, headers=_HEADERS)


@router.get("/docs/{part}", dependencies=[reads("documentation")])
async def docs_part(part: str) -> FileResponse:
    """Hand out what the page is made of."""
    if part not in _PARTS:
        raise HTTPException(404)
    return FileResponse(_FOLDER / part, headers=_HEADERS)
