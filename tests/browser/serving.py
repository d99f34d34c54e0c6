"""An application served on this machine, in the loop of the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import uvicorn
from playwright.async_api import Browser

from api.app import create_app
from api.main import listen
from intake.rulepacks import load_packs
from store.database import Database
from store.files.room import NOWHERE, FileRoom
from tests.browser.actors import Actors, actors
from tests.processes import unused_port
from tests.scale.test_statements import nowhere


class _Server(uvicorn.Server):
    """A server that leaves signals to the run."""

    def capture_signals(self) -> Any:
        return nullcontext()


@asynccontextmanager
async def paper_office(
    database: Database, browser: Browser, files: FileRoom = NOWHERE
) -> AsyncIterator[Actors]:
    """Open an office to browsers in which nobody works but by hand."""
    packs = load_packs()
    app = create_app(database, await nowhere(), packs, sample=True, files=files)
    async with served(app) as address, actors(browser, address) as people:
        yield people


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """Serve for the length of the block; give the address."""
    with listen("127.0.0.1", unused_port()) as listening:
        host, port = listening.getsockname()
        config = uvicorn.Config(
            app, http="httptools", log_level="warning", timeout_graceful_shutdown=1
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        # Whoever comes before it is ready waits: the socket listens.
        try:
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
            await serving
