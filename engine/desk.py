"""Where every human act comes in: received as a row, then sent, then answered."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from domain.refusals import Refusal
from domain.states import CommandState
from engine.client import Engine, Sent
from engine.messages import CommandRef
from engine.situations import is_over
from store import commands
from store.clock import now
from store.database import Database, lock
from store.failpoints import failpoint
from store.tables import Command

_PATIENCE = timedelta(seconds=5)
_LOOK = 0.02  # seconds between looks at an older command in the way

TARGET_OVER = Refusal(
    "target_over", "Việc này đã kết thúc, không nhận thêm thao tác nào."
)


class Desk:
    """Takes acts in. It writes the command's row and nothing else."""

    def __init__(
        self, database: Database, engine: Engine, patience: timedelta = _PATIENCE
    ) -> None:
        self._database = database
        self._engine = engine
        self._patience = patience

    async def take(self, write: Callable[[Session], Command]) -> Command:
        """Let *write* put a command in its row; return it as it ended, or as it waits.

        Raises Refused as *write* does; what refuses the act later stands in the row.
        """
        turn = await self._database.in_turn(partial(self._receive, write))
        return await self._bring_to_its_end(turn)

    def _receive(self, write: Callable[[Session], Command]) -> commands.Turn:
        with self._database.write() as session:
            command = write(session)
            turn = commands.turn_of(session, command.id)
            failpoint("command.before_commit")
        failpoint("command.after_commit")
        return turn

    async def _bring_to_its_end(self, turn: commands.Turn) -> Command:
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._patience.total_seconds()
        while turn.command.state is CommandState.RECEIVED:
            left = deadline - clock()
            if left <= 0:
                break
            if not turn.waits:
                return await self._send(turn, timedelta(seconds=left))
            await asyncio.sleep(_LOOK)
            turn = await asyncio.to_thread(self._look, turn.command.id)
        return turn.command

    def _look(self, command_id: UUID) -> commands.Turn:
        with self._database.read() as session:
            return commands.turn_of(session, command_id)

    async def _send(self, turn: commands.Turn, patience: timedelta) -> Command:
        failpoint("command.before_send")
        sent = await send(self._engine, turn.command, patience)
        failpoint("command.after_send")
        return await asyncio.to_thread(self._end_of, turn.command.id, sent)

    def _end_of(self, command_id: UUID, sent: Sent) -> Command:
        if sent is Sent.OVER:
            turn_away(self._database, command_id)
        with self._database.read() as session:
            return commands.find(session, command_id)


async def send(engine: Engine, command: Command, patience: timedelta) -> Sent:
    """Send one command to its workflow."""
    ref = CommandRef(command.id, command.kind, command.received_at, command.tries)
    return await engine.send(command.target, ref, patience)


def turn_away(database: Database, command_id: UUID) -> None:
    """End a command whose target has ended, as its rows say: nobody else can."""
    with database.write() as session:
        # Locked: somebody may be applying it at this moment.
        command = lock(session, Command, Command.id == command_id)[0]
        waits = command.state is CommandState.RECEIVED
        if waits and is_over(session, command.target):
            commands.refuse_command(command, (TARGET_OVER,), now(session))
            session.add(command)
        failpoint("turn_away.before_commit")
    failpoint("turn_away.after_commit")
