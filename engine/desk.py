"""Where every human act comes in: received as a row, then sent, then answered."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from domain.states import CommandState
from engine.client import Engine
from engine.line import Answered, Refs, WaitingLine
from engine.messages import CommandRef
from store.commands import Turn
from store.database import Database
from store.failpoints import failpoint
from store.tables import Command

_PATIENCE = timedelta(seconds=5)


class Desk:
    """Takes acts in. It writes the command's row and nothing else."""

    def __init__(
        self, database: Database, engine: Engine, patience: timedelta = _PATIENCE
    ) -> None:
        self._database = database
        self._engine = engine
        self._patience = patience
        self._answered = Answered(database)
        self._lines: dict[str, WaitingLine] = {}
        self._serving: set[asyncio.Task[None]] = set()

    async def take(self, write: Callable[[Session], Turn]) -> Command:
        """Let *write* put a command in its row; return it as it ended, or as it waits.

        Raises Refused as *write* does; what refuses the act later stands in the row.
        """
        turn = await self._database.in_turn(partial(self._receive, write))
        if turn.command.state is not CommandState.RECEIVED or not self._patience:
            return turn.command
        return await self._wait(turn)

    def _receive(self, write: Callable[[Session], Turn]) -> Turn:
        with self._database.write() as session:
            turn = write(session)
            failpoint("command.before_commit")
        failpoint("command.after_commit")
        return turn

    async def _wait(self, turn: Turn) -> Command:
        command = turn.command
        end = self._line(turn).join(command.id)
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                return await asyncio.shield(end)
        except TimeoutError:
            return command

    def _line(self, turn: Turn) -> WaitingLine:
        """Find the line that waits for a command's target, or begin one."""
        command = turn.command
        if command.target not in self._lines:
            line = WaitingLine(
                self._database, self._engine, self._answered, command.target
            )
            self._lines[command.target] = line
            ref = CommandRef(
                command.id, command.kind, command.received_at, command.tries
            )
            serving = self._serve(command.target, line, () if turn.waits else (ref,))
            task = asyncio.create_task(serving)
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        return self._lines[command.target]

    async def _serve(self, target: str, line: WaitingLine, first: Refs) -> None:
        try:
            try:
                await line.serve(first, self._patience)
            finally:
                # Whoever comes from now on begins a line of their own.
                del self._lines[target]
            await line.dismiss()
        except Exception as error:  # noqa: BLE001 - theirs who wait, and no longer ours
            line.fail(error)
