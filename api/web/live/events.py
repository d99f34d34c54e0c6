"""The stream that a page listens to: it says that something moved, never what."""

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from api.admission import reads
from api.identity import Signed
from api.web.live.watching import RecordWatcher
from api.web.visiting import pages

router = pages()

_STREAM = "text/event-stream"
# Whatever stands in between passes each word on as it comes.
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/su-kien", dependencies=[reads("own_account")])
async def events(request: Request, signed: Signed) -> Response:
    """Tell whenever a record grows; 204 where too many listen: do not ask again."""
    watcher: RecordWatcher = request.app.state.watcher
    listener = watcher.place_for(signed.shown.digest)
    if listener is None:
        return Response(status_code=204)
    told = watcher.stream(listener)
    return StreamingResponse(told, media_type=_STREAM, headers=_HEADERS)
