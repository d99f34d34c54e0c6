"""The supervisor: what ends is started again, what never gets ready ends it all."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from machine.supervisor import CannotRun, ManagedProcess, Supervisor


async def yes(_process: int) -> bool:
    """Be ready at once."""
    return True


async def no(_process: int) -> bool:
    """Never be ready."""
    return False


def a_part(
    name: str,
    script: str,
    ready: Callable[[int], Awaitable[bool]] = yes,
    needs: str = "",
) -> ManagedProcess:
    """Write a part that runs a line of Python."""
    return ManagedProcess(
        name, (sys.executable, "-S", "-c", script), ready, 5.0, needs=needs
    )


class Heard:
    """All that was said, until somebody says a certain thing."""

    def __init__(self, last: str, times: int = 1) -> None:
        self.lines: list[str] = []
        self._last = last
        self._times = times
        self.enough = asyncio.Event()

    def __call__(self, who: str, line: str) -> None:
        self.lines.append(f"{who}: {line}")
        if sum(self._last in each for each in self.lines) >= self._times:
            self.enough.set()

    def of(self, *who: str) -> list[str]:
        """What these said."""
        return [line for line in self.lines if line.split(":")[0] in who]


async def run_until(supervisor: Supervisor, heard: Heard) -> None:
    """Run parts until enough was heard, then stop."""
    running = asyncio.create_task(supervisor.run())
    async with asyncio.timeout(30):
        await heard.enough.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_what_ends_is_started_again_after_a_growing_pause() -> None:
    heard, whole = Heard("chạy lại", 3), list[bool]()
    part = a_part("one", "import time; print('hello', flush=True); time.sleep(1)")

    await run_until(Supervisor([part], heard, whole.append), heard)

    pauses = [line.rpartition("; ")[2] for line in heard.lines if "chạy lại" in line]
    assert pauses == [f"chạy lại sau {each} giây." for each in ("0.25", "0.5", "1")]
    assert heard.of("one") == ["one: hello"] * 3
    assert whole[:1] == [True]
    assert not any(whole[1:])


async def test_what_never_gets_ready_ends_everything_with_its_last_words() -> None:
    heard = Heard("")
    parts = [
        a_part("engine", "import time; time.sleep(60)"),
        a_part("worker", "print('one'); print('no table')", no),
    ]

    with pytest.raises(CannotRun) as ended:
        await Supervisor(parts, heard, print).run()

    assert str(ended.value) == "worker không chạy được: no table"
    assert heard.of("worker") == ["worker: one", "worker: no table"] * 3


async def test_a_part_waits_for_the_one_it_needs_and_the_last_one_ends_first() -> None:
    script = """
import signal, sys, time
def end(*_):
    print("bye")
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("here")
time.sleep(60)
"""
    heard = Heard("here", 2)
    asked: list[str] = []

    async def after_a_while(_process: int) -> bool:
        asked.append("engine")
        return len(asked) > 3

    parts = [
        a_part("engine", script, after_a_while),
        a_part("worker", script, needs="engine"),
    ]

    await run_until(Supervisor(parts, heard, lambda _first: None), heard)

    assert heard.of("engine", "worker") == [
        *("engine: here", "worker: here", "worker: bye", "engine: bye"),
    ]
