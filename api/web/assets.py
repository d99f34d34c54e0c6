"""What pages are made of, from this host alone: styles, letters, scripts."""

import gzip
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import Header, Response
from starlette.exceptions import HTTPException

from api.admission import reads
from api.web import vendored
from api.web.visiting import pages

router = pages()

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
_SMALLER = (".css", ".js", ".svg")  # letters are as small as they get
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/static/{digest}/{name}", dependencies=[reads("page_parts")])
def asset(
    digest: str, name: str, accept_encoding: Annotated[str, Header()] = ""
) -> Response:
    """Hand out a file."""
    kind = _KINDS.get(Path(name).suffix)
    if kind is None or digest != vendored.digest() or name not in vendored.names():
        raise HTTPException(404)
    headers = {**_FOR_GOOD, "Vary": "Accept-Encoding"}
    if name.endswith(_SMALLER) and "gzip" in accept_encoding:
        headers["Content-Encoding"] = "gzip"
        return Response(_small(name), media_type=kind, headers=headers)
    return Response(
        (vendored.FOLDER / name).read_bytes(), media_type=kind, headers=headers
    )


@cache
def _small(name: str) -> bytes:
    return gzip.compress((vendored.FOLDER / name).read_bytes(), mtime=0)
