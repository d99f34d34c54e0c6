"""One way of the clock: it goes on when nobody waits for it any more."""

import asyncio
from datetime import date

from domain.refusals import Refused
from rehearsal.practice.game import Game, GameState


class Journey:
    """The way that the clock of an office goes, or went last."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._task: asyncio.Task[GameState] | None = None
        self.to: date | None = None

    async def go(self, to: date | None, patience: float) -> None:
        """Let the clock go, and wait so many seconds for it.

        Raises Refused, as `Game.advance` does, if that is known by then.
        """
        if self.moving:
            await self._game.advance(to)  # refused: it moves already
        self.to = to
        self._task = asyncio.create_task(self._game.advance(to))
        await asyncio.wait([self._task], timeout=patience)
        if self._task.done():
            self._task.result()

    @property
    def moving(self) -> bool:
        """Say whether it goes on."""
        return self._task is not None and not self._task.done()

    @property
    def came_to(self) -> GameState | None:
        """Give what happened on the way, once it has ended well."""
        if self._task is None or self.moving or self._task.exception():
            return None
        return self._task.result()

    @property
    def failed(self) -> Refused | None:
        """Give why it ended before it should."""
        found = self._task.exception() if self._task and self._task.done() else None
        return found if isinstance(found, Refused) else None
