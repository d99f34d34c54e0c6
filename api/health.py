"""Is it alive, and is it ready: the database and the engine, each by name."""

from datetime import timedelta
from http import HTTPStatus

from fastapi import Response
from sqlalchemy import text
from temporalio.service import RPCError

from api.admission import reads
from api.deps import EngineDep, Reading
from api.headers import Router

router = Router(prefix="/health", tags=["health"])

_PATIENCE = timedelta(seconds=2)


@router.get("/live", dependencies=[reads("health")])
def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@router.get(
    "/ready", responses={503: {"model": dict[str, str]}}, dependencies=[reads("health")]
)
async def ready(
    session: Reading, engine: EngineDep, response: Response
) -> dict[str, str]:
    """Say whether database and engine answer; reads work without the engine."""
    session.connection().execute(text("SELECT 1"))
    try:
        well = await engine.client.service_client.check_health(timeout=_PATIENCE)
    except (RPCError, RuntimeError):
        well = False
    if not well:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return {"database": "ready", "engine": "ready" if well else "away"}
