"""A process of ours that cannot outlive us, and is ended by its own id."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

_LEASH = Path(__file__).with_name("leash.py")


@asynccontextmanager
async def child(
    command: Sequence[str],
    output: Any,
    patience: float,
    *,
    more: Mapping[str, str] | None = None,
    kept: Sequence[int] = (),
) -> AsyncIterator[Process]:
    """Run a command for the length of the block, its words going to *output*.

    It has *patience* seconds to end in, its environment has *more* than ours, and
    the files *kept* stay open in it. It dies with the thread that starts it, which
    is the one of the event loop.
    """
    process = await asyncio.create_subprocess_exec(
        *leashed(command),
        stdin=DEVNULL,
        stdout=output,
        stderr=asyncio.subprocess.STDOUT,
        env={**_ours(), **(more or {})},
        pass_fds=kept,
        process_group=0,  # Ctrl-C is for us alone: we end our children in order
        limit=2**20,  # bytes in a line
    )
    try:
        yield process
    finally:
        await _end(process, patience)


def _ours() -> dict[str, str]:
    """Our environment, without what it says of a Temporal elsewhere."""
    return {k: v for k, v in os.environ.items() if not k.startswith("TEMPORAL_")}


def leashed(command: Sequence[str]) -> list[str]:
    """Write the command that becomes *command*, and dies with this process."""
    return [sys.executable, "-I", "-S", str(_LEASH), str(os.getpid()), *command]


async def _end(process: Process, patience: float) -> None:
    """Ask it to end, and kill it when it takes too long, or when we have no time."""
    _send(process, signal.SIGTERM)
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), patience)
    finally:
        _send(process, signal.SIGKILL)
    await process.wait()


def _send(process: Process, how: signal.Signals) -> None:
    """Send a signal; by `process.kill` asyncio could lose how the process ended."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, how)
