"""Where every human act comes in: received as a row, then sent, then answered."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from domain.refusals import Refusal, Refused, refuse
from domain.states import CommandState
from engine.client import Engine, Sent
from engine.messages import CommandRef
from engine.situations import is_over
from store import commands
from store.commands import Intent
from store.database import Database, lock, now, stepped_moment
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

    async def take(self, intent: Intent) -> Command:
        """Receive an act and return it as it ended, or as it waits.

        Raises Refused (`key_reused`); other refusals stand in the command.
        """
        command_id = await asyncio.to_thread(self._receive, intent)
        await self._bring_to_its_end(command_id)
        return await asyncio.to_thread(self.command, command_id)

    async def try_again(self, command_id: UUID) -> Command:
        """Try a stuck act again. Raises Refused (`unknown_command`, `not_stuck`)."""
        await asyncio.to_thread(self._put_back, command_id)
        await self._bring_to_its_end(command_id)
        return await asyncio.to_thread(self.command, command_id)

    def _put_back(self, command_id: UUID) -> None:
        with self._database.write() as session:
            command = commands.get(session, command_id)
            if command is None:
                raise _unknown()
            commands.try_again(command)
            session.add(command)

    def command(self, command_id: UUID) -> Command:
        """Read how a command stands. Raises Refused (`unknown_command`)."""
        with self._database.read() as session:
            command = commands.get(session, command_id)
        if command is None:
            raise _unknown()
        return command

    def _receive(self, intent: Intent) -> UUID:
        with self._database.write() as session:
            command = commands.receive(session, intent)
            # A new act only: one sent again gets the answer that it got.
            waits = command.state is CommandState.RECEIVED
            if waits and is_over(session, intent.target):
                raise Refused(TARGET_OVER)
            command_id = command.id
            failpoint("command.before_commit")
        failpoint("command.after_commit")
        return command_id

    async def _bring_to_its_end(self, command_id: UUID) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience.total_seconds()
        while (left := deadline - asyncio.get_running_loop().time()) > 0:
            command, free, moment = await asyncio.to_thread(self._look, command_id)
            if command.state is not CommandState.RECEIVED:
                return
            if free:
                await self._send(command, moment, timedelta(seconds=left))
                return
            await asyncio.sleep(_LOOK)

    def _look(self, command_id: UUID) -> tuple[Command, bool, datetime | None]:
        with self._database.read() as session:
            command = commands.get(session, command_id)
            assert command is not None  # noqa: S101 - its row was just written
            free = not commands.has_older_waiting(session, command)
            return command, free, stepped_moment(session)

    async def _send(
        self, command: Command, moment: datetime | None, patience: timedelta
    ) -> None:
        failpoint("command.before_send")
        sent = await send(self._engine, command, moment, patience)
        failpoint("command.after_send")
        if sent is Sent.OVER:
            await asyncio.to_thread(turn_away, self._database, command.id)


async def send(
    engine: Engine, command: Command, moment: datetime | None, patience: timedelta
) -> Sent:
    """Send one command to its workflow."""
    ref = CommandRef(command.id, command.kind, command.received_at, command.tries)
    return await engine.send(command.target, ref, moment, patience)


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


def _unknown() -> Refused:
    return refuse("unknown_command", "Không có thao tác nào mang mã này.")
