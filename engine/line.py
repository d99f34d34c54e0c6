"""Whoever waits for acts on one target: all that waits for it goes together."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import chain
from uuid import UUID

from sqlmodel import col

from domain.refusals import Refusal
from domain.states import CommandState
from engine.client import Engine, Sent
from engine.messages import CommandRef
from engine.situations import is_over
from store import commands
from store.clock import now
from store.database import Database, Grouped, lock, one_of
from store.failpoints import failpoint
from store.tables import Command

Refs = Sequence[CommandRef]

TARGET_OVER = Refusal(
    "target_over", "Việc này đã kết thúc, không nhận thêm thao tác nào."
)

# How many acts the engine is told of at once: none waits for long behind the others.
TOGETHER = 20

# How long it may take, in seconds, until it is noted that the engine has answered.
_SOON = 1


class Answered:
    """What the engine has answered for: read at once, and noted in the rows soon.

    Both for many at a time. What is not noted, since the process ends before, the
    dispatcher follows up.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: list[UUID] = []
        self._rows = Grouped(self._find_all, self._find)

    async def look(self, ids: Iterable[UUID]) -> list[Command]:
        """Read how commands stand: acts that end at one moment are read at once."""
        asked = list(ids)
        return await asyncio.to_thread(self._rows.do, asked) if asked else []

    def _find_all(self, asked: Sequence[Sequence[UUID]]) -> list[list[Command]]:
        found = {row.id: row for row in self._find([*chain.from_iterable(asked)])}
        return [[found[each] for each in ids if each in found] for ids in asked]

    def _find(self, ids: Sequence[UUID]) -> list[Command]:
        with self._database.read() as session:
            return commands.find_all(session, ids)

    def add(self, refs: Refs) -> None:
        """Take acts that have ended, and all that follows from them with them."""
        if not self._ids:
            asyncio.get_running_loop().call_later(_SOON, self._note)
        self._ids += [ref.id for ref in refs]

    def _note(self) -> None:
        ids, self._ids = self._ids, []
        with suppress(RuntimeError):  # the database is closed
            self._database.later(partial(settle, self._database, ids))


def settle(database: Database, ids: Sequence[UUID]) -> None:
    """Note of acts that nothing of them is owed to the engine any more."""
    with database.write() as session:
        commands.settle(session, ids)


class WaitingLine:
    """The requests of this process that wait for an act on one target.

    One task sends for them all, as long as one waits. What came meanwhile, here or by
    another process, goes the next time, in the order in which it came.
    """

    def __init__(
        self, database: Database, engine: Engine, answered: Answered, target: str
    ) -> None:
        self._database = database
        self._engine = engine
        self._answered = answered
        self._target = target
        self._ends: dict[UUID, asyncio.Future[Command]] = {}

    def join(self, command_id: UUID) -> asyncio.Future[Command]:
        """Hand out how a command will end, or stand when nobody sends here any more."""
        if command_id not in self._ends:
            self._ends[command_id] = asyncio.get_running_loop().create_future()
        return self._ends[command_id]

    async def serve(self, first: Refs, patience: timedelta) -> None:
        """Send what waits while anybody does, *first* what is known to be the oldest.

        Ends where there is no getting on: that is left to the dispatcher.
        """
        sends = first or await self._waiting()
        while self._ends and sends:
            failpoint("command.before_send")
            sent = await self._engine.send(self._target, sends, patience)
            failpoint("command.after_send")
            if sent is Sent.ENDED:
                self._answered.add(sends)
            if sent is Sent.OVER:
                away = partial(turn_away, self._database, self._target, sends)
                await self._database.in_turn(away)
            await self._tell_ends({each.id for each in sends})
            if sent is Sent.AWAY or not self._ends:
                return
            before, sends = sends[0], await self._waiting()
            if before in sends:
                return

    async def _waiting(self) -> Refs:
        return await asyncio.to_thread(waiting, self._database, self._target)

    async def _tell_ends(self, sent: set[UUID]) -> None:
        for command in await self._answered.look(sent & self._ends.keys()):
            if command.state is not CommandState.RECEIVED:
                self._ends.pop(command.id).set_result(command)

    async def dismiss(self) -> None:
        """Tell whoever still waits how their act stands."""
        for command in await self._answered.look(self._ends):
            self._ends.pop(command.id).set_result(command)

    def fail(self, error: Exception) -> None:
        """Tell whoever still waits that nobody can tell."""
        for end in self._ends.values():
            end.set_exception(error)
            end.exception()  # heard, also where the request has given up


def waiting(database: Database, target: str) -> Refs:
    """List the oldest acts that wait for a target, as many as go together."""
    with database.read() as session:
        rows = commands.in_line(session, target, TOGETHER)
        return [CommandRef(*row) for row in rows]


def turn_away(database: Database, target: str, refs: Refs) -> None:
    """End the commands of a target that has ended, as its rows say: nobody else can."""
    with database.write() as session:
        # Locked: somebody may be applying them at this moment.
        found = lock(
            session, Command, one_of(col(Command.id), [ref.id for ref in refs])
        )
        left = [each for each in found if each.state is CommandState.RECEIVED]
        if left and is_over(session, target):
            at = now(session)
            for command in left:
                commands.refuse_command(command, (TARGET_OVER,), at)
                session.add(command)
        failpoint("turn_away.before_commit")
    failpoint("turn_away.after_commit")
