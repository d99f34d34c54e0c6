"""An application served on this machine, in the loop of the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import uvicorn

from api.main import listen
from tests.processes import unused_port


class _Server(uvicorn.Server):
    """A server that leaves signals to the run."""

    def capture_signals(self) -> Any:
        return nullcontext()


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
        yield f"http://{host}:{port}"
        server.should_exit = True
        await serving
