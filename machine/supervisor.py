"""Keeps processes running: starts them, starts again what dies, ends them in order."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from machine.child import child

# How long a process may take until it is ready, and how often one that never gets
# there is tried.
_STARTING = 120.0
_TRIES = 3
# The pause before another start grows with each life that was cut short.
_PAUSE, _LONGEST_PAUSE, _SHORT_LIFE = 0.25, 8.0, 30.0
_LOOK = 0.1

_US = "thidua"

Say = Callable[[str, str], None]


class CannotRun(Exception):
    """It cannot run here; the message is a sentence for people."""


def _nothing() -> None:
    """Do nothing first."""


@dataclass(frozen=True)
class ManagedProcess:
    """A process that is kept running."""

    name: str
    command: Sequence[str]
    # Asked with the id of the process, since an older one may have been seen as well.
    ready: Callable[[int], Awaitable[bool]]
    patience: float  # seconds to end in
    needs: str = ""  # the part that has to be ready before this one is started
    before: Callable[[], None] = _nothing  # done before each start, in a thread
    more: Mapping[str, str] = field(default_factory=dict)  # environment
    kept: Sequence[int] = ()  # files that stay open in it


@dataclass
class _Life:
    """One process of a part, from its start to its end."""

    process: Process
    began: float
    was_ready: bool = False
    said: str = ""  # its last words


class Supervisor:
    """Runs parts until it is cancelled.

    *say* takes what a part says, a line at a time; *whole* is called each time after
    which everything is ready, with whether it was the first.
    """

    def __init__(
        self, parts: Sequence[ManagedProcess], say: Say, whole: Callable[[bool], None]
    ) -> None:
        self._parts = parts
        self._say = say
        self._whole = whole
        self._ready = {part.name: asyncio.Event() for part in parts}
        self._processes: dict[str, int] = {}
        self._changes = 0

    async def run(self) -> None:
        """Keep every part running; when cancelled, end the last one first.

        Raises CannotRun, and ends them too, when a part never gets ready.
        """
        tasks = [asyncio.create_task(self._keep(part)) for part in self._parts]
        tasks.append(asyncio.create_task(self._watch()))
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            ended.pop().result()
        finally:
            for task in reversed(tasks):
                task.cancel()
                await asyncio.wait([task])

    async def _keep(self, part: ManagedProcess) -> None:
        cut_short = failed = 0
        while True:
            if part.needs:
                await self._ready[part.needs].wait()
            life = await self._live(part)
            failed = 0 if life.was_ready else failed + 1
            if failed == _TRIES:
                raise CannotRun(f"{part.name} không chạy được: {life.said or '?'}")
            cut_short = cut_short + 1 if _now() - life.began < _SHORT_LIFE else 1
            pause = min(_PAUSE * 2 ** (cut_short - 1), _LONGEST_PAUSE)
            ended = f"{part.name} đã dừng (mã {life.process.returncode})"
            self._say(_US, f"{ended}; chạy lại sau {pause:g} giây.")
            await asyncio.sleep(pause)

    async def _live(self, part: ManagedProcess) -> _Life:
        await asyncio.to_thread(part.before)
        async with self._heard(part) as life:
            life.was_ready = await self._gets_ready(part, life.process)
            if life.was_ready:
                self._ready[part.name].set()
                self._changes += 1
                await life.process.wait()
        return life

    @asynccontextmanager
    async def _heard(self, part: ManagedProcess) -> AsyncIterator[_Life]:
        """Run a part's process, and pass on what it says, to its last word."""
        hearing: asyncio.Task[None] | None = None
        try:
            async with child(
                part.command, PIPE, part.patience, more=part.more, kept=part.kept
            ) as process:
                life = _Life(process, _now())
                hearing = asyncio.create_task(self._hear(part.name, life))
                self._processes[part.name] = process.pid
                self._say(_US, f"{part.name} khởi động (tiến trình {process.pid}).")
                yield life
        finally:
            self._ready[part.name].clear()
            if hearing:
                await hearing

    async def _hear(self, name: str, life: _Life) -> None:
        assert life.process.stdout is not None  # noqa: S101 - it is a pipe
        while True:
            with suppress(ValueError):  # a line without an end is passed over
                line = await life.process.stdout.readline()
                if not line:
                    return
                if said := line.decode(errors="replace").rstrip():
                    life.said = said
                    self._say(name, said)

    async def _gets_ready(self, part: ManagedProcess, process: Process) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(_STARTING):
                while process.returncode is None:
                    if await part.ready(process.pid):
                        return True
                    await asyncio.sleep(_LOOK)
        return False

    async def _watch(self) -> None:
        """Say when everything is ready, by asking every part once more."""
        told = 0
        while True:
            if self._changes != told and await self._all_ready():
                self._whole(told == 0)
                told = self._changes
            await asyncio.sleep(_LOOK)

    async def _all_ready(self) -> bool:
        for part in self._parts:
            if not self._ready[part.name].is_set():
                return False
            if not await part.ready(self._processes[part.name]):
                return False
        return True


def _now() -> float:
    return asyncio.get_running_loop().time()
