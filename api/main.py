"""The process that serves HTTP: settings → database, lazy client → application."""

import asyncio
import socket

import uvicorn

from api.app import create_app
from engine.client import Engine, connect
from settings import Settings
from store.database import Database

_HOST = "127.0.0.1"
_GRACE = 5  # seconds for the requests that are still being answered


class PortTaken(Exception):
    """Another program listens where we should."""


def main(settings: Settings) -> None:
    """Serve until told to stop. Raises NotASample or PortTaken."""
    try:
        listening = socket.create_server((_HOST, settings.port))
    except OSError:
        raise PortTaken from None
    with listening:
        asyncio.run(_serve(settings, listening))


async def _serve(settings: Settings, listening: socket.socket) -> None:
    database = Database(settings.database)
    # Lazily: whoever only reads needs no engine.
    client = await connect(settings.temporal_address, settings.temporal_namespace)
    engine = Engine(client, settings.task_queue)
    app = create_app(database, engine, sample=settings.sample)
    config = uvicorn.Config(app, timeout_graceful_shutdown=_GRACE, log_level="info")
    await uvicorn.Server(config).serve(sockets=[listening])
    database.close()
