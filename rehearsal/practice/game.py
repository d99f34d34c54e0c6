"""The game: the clock goes on by the visitor's word, and the cast with it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select
from temporalio.client import RPCError

from domain.calendar import VIETNAM, add_months, day_vi, local_day, moment
from domain.refusals import Refused, refuse
from intake.office.columns import DUTY_NAMES, SEAT_NAMES
from intake.office.positions import Position, position_names
from rehearsal.cast.cues import Cue
from rehearsal.cast.ensemble import Ensemble, Played, is_due
from rehearsal.cast.hours import in_hours, is_morning, morning_after
from rehearsal.cast.rows import company_in
from rehearsal.cast.script import MORNING
from rehearsal.conductor import Conductor
from rehearsal.practice.visitor import Visitor
from store.database import Database
from store.office.agency import head_in
from store.tables import Person

_LEADERSHIP = "Lãnh đạo"
# As far as one advance goes, in months.
_FAR = 12


@dataclass(frozen=True)
class GameState:
    """Where the game stands: what the visitor owes, and what the cast does next."""

    at: datetime
    owed: Sequence[Cue]
    next: tuple[datetime, Cue] | None
    happened: Sequence[Played] = ()
    moved: bool = False


class Game:
    """One office for practice: one visitor, one clock."""

    def __init__(
        self,
        database: Database,
        conductor: Conductor,
        ensemble: Ensemble,
        visitor: Visitor,
    ) -> None:
        self._database = database
        self._conductor = conductor
        self._ensemble = ensemble
        self.visitor = visitor
        # Whoever asks how it stands waits for another who does; an advance is refused.
        self._settling = asyncio.Lock()
        self._advancing = False
        ensemble.left = self._is_left
        self._look_round()

    def _is_left(self, cue: Cue) -> bool:
        return cue.person in self.visitor.plays

    def _look_round(self) -> None:
        """See who is in the office now: people come, and posts change hands."""
        with self._database.read() as session:
            company = company_in(session)
        self._ensemble.company = company
        self._ensemble.house.reader = company.secretariat

    async def take(self, people: Sequence[str]) -> GameState:
        """Let the visitor play these people. Refused (`unknown_subject`)."""
        with self._database.read() as session:
            known = session.exec(select(Person.id).where(col(Person.id).in_(people)))
            strangers = sorted(set(people) - set(known))
        if strangers:
            named = ", ".join(f"«{each}»" for each in strangers)
            raise refuse("unknown_subject", f"Danh bạ không có ai mang mã {named}.")
        self.visitor.take(people)
        return await self.standing()

    def name_of(self, person: str) -> str:
        """Name somebody."""
        return self._ensemble.company.name_of(person)

    def everybody(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """List who may be played by department: code, name and what they are."""
        office = self._ensemble.company.office
        with self._database.read() as session:
            names = {**position_names(head_in(session)), Position.NHAN_VIEN: ""}
        homes = {each.code: each.name for each in office.departments}
        seats = {x.person: f"{SEAT_NAMES[x.seat]} Hội đồng" for x in office.council}
        found = defaultdict[str, list[tuple[str, str, str]]](list)
        for each in office.people:
            home, duties = homes.get(each.department, _LEADERSHIP), each.duties
            are = (
                names[each.position],
                *map(DUTY_NAMES.get, duties),
                seats.get(each.code),
            )
            found[home].append((each.code, each.name, ", ".join(filter(None, are))))
        return [*found.items()]

    def clock(self) -> datetime:
        """Say where the clock stands."""
        return self._ensemble.clock()[0]

    async def standing(self) -> GameState:
        """Say where the game stands, once what the last act set off is done."""
        if not self._advancing:
            async with self._settling, _engine_answers():
                await self._conductor.settle()
                self._look_round()
        return self._standing(self._ensemble.cues())

    def _standing(self, cues: list[Cue]) -> GameState:
        at, _ = self._ensemble.clock()
        return GameState(at, self._owed(cues), self._ensemble.next_of(cues))

    def _owed(self, cues: list[Cue]) -> list[Cue]:
        return [cue for cue in cues if self._is_left(cue) and is_due(cue)]

    async def advance(self, to: date | None) -> GameState:
        """Go on until the visitor, in office hours, owes something, or to a morning.

        While nobody is the visitor's, it goes on by one moment. What the visitor owes
        is passed by only on the way to a day.

        Refused (`clock_moves`, `day_out_of_reach`, `engine_away`).
        """
        if self._advancing:
            raise refuse(
                "clock_moves", "Đồng hồ đang đi theo một yêu cầu khác; hãy đợi xong."
            )
        began, _ = self._ensemble.clock()
        limit = moment(to, MORNING) if to else None
        if limit:
            _require_ahead(limit, began)
        self._advancing = True
        try:
            async with self._settling, _engine_answers():
                self._ensemble.forget()
                self._look_round()
                return await self._go(began, limit)
        finally:
            self._advancing = False

    async def _go(self, began: datetime, limit: datetime | None) -> GameState:
        while True:
            await self._conductor.settle()
            cues = await self._ensemble.meet()
            wake = await self._conductor.settle()
            at, calendar = self._ensemble.clock()
            owed = self._owed(cues) if limit is None else []
            following = self._ensemble.next_of(cues)
            moments = [wake, following and following[0], limit]
            if owed:
                moments.append(morning_after(calendar, at))
            ahead = min((each for each in moments if each), default=None)
            if (
                ahead is None
                or at == limit
                or (owed and in_hours(calendar, at))
                or (limit is None and not self.visitor.plays and at > began)
            ):
                told = replace(self._standing(cues), happened=self._ensemble.done)
                return replace(told, moved=at > began)
            await self._conductor.advance_to(ahead)
            if is_morning(calendar, ahead):
                await self._ensemble.work()


@asynccontextmanager
async def _engine_answers() -> AsyncIterator[None]:
    """Refuse (`engine_away`) what engine or worker do not answer to just now."""
    try:
        yield
    except (RPCError, RuntimeError):
        raise refuse(
            "engine_away",
            "Temporal hoặc worker chưa trả lời; đồng hồ đứng ở chỗ vừa đến, hãy thử "
            "lại sau ít giây.",
        ) from None


def _require_ahead(limit: datetime, at: datetime) -> None:
    """Raise Refused unless a moment lies ahead, and not too far."""
    today = local_day(at)
    last = add_months(today, _FAR)
    if not at < limit <= moment(last, MORNING):
        raise _out_of_reach(at, last)


def _out_of_reach(at: datetime, last: date) -> Refused:
    stands = at.astimezone(VIETNAM)
    return refuse(
        "day_out_of_reach",
        f"Đồng hồ đang ở {stands:%H:%M} ngày {day_vi(stands.date())}, chỉ đi tới chứ "
        f"không lùi: «to» là ngày còn ở phía trước (đến 09:00 ngày đó), muộn nhất "
        f"{day_vi(last)}.",
    )
