"""The cast without a script: whoever owes something does it, as the rows have it.

It remembers nothing that the rows do not hold, so it goes on from wherever they stand,
whatever somebody else has done meanwhile.
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session, col, select

from api.tasks import path_of
from domain import ids
from domain.calendar import WorkingCalendar
from domain.ids import Kind, WorkflowId
from domain.roles import Role
from domain.rules.rulepack import RulePack
from duties.duty import Duty
from duties.holders import Holders
from duties.tasks import tasks_of_all
from intake.casts import Cast
from rehearsal.cast.company import Company
from rehearsal.cast.cues import Cue, knows, said
from rehearsal.cast.hours import is_morning, morning_after
from rehearsal.cast.script import Script
from rehearsal.house import House, OffScript
from store.calendars import office_calendar
from store.clock import now
from store.database import Database
from store.plans import plan_of
from store.tables import CouncilSession, Decision, Phase, SessionMember

_MEETING = frozenset(
    {
        *("open_voting", "cast", "record_show_of_hands", "close_voting"),
        *("attest_count", "sign_minutes"),
    }
)


@dataclass(frozen=True)
class Played:
    """What somebody of the cast has done, or could not do because of *refused*."""

    at: datetime
    person: str
    name: str
    title: str
    refused: str | None = None


@dataclass
class Ensemble:
    """Plays everybody, but for the cues that are *left* to somebody else.

    *casts* say how departments play a campaign; in others they behave well. It plays
    in all campaigns, or *only* in some.
    """

    database: Database
    house: House
    company: Company
    packs: tuple[RulePack, ...]
    casts: Mapping[str, Cast] = field(default_factory=dict)
    only: Collection[str] | None = None
    left: Callable[[Cue], bool] = lambda _: False
    done: list[Played] = field(default_factory=list)
    _refused: set[tuple[str, str, str]] = field(default_factory=set)

    def forget(self) -> None:
        """Try again what was refused, and tell anew what is done."""
        self._refused.clear()
        self.done = []

    def clock(self) -> tuple[datetime, WorkingCalendar]:
        """Say where the clock stands, and which days are worked on."""
        with self.database.read() as session:
            return now(session), office_calendar(session)

    def cues(self) -> list[Cue]:
        """List what everybody owes, by who would play it, the most urgent first."""
        with self.database.read() as session:
            holders, duties = tasks_of_all(session)
            at = now(session)
            scripts = {
                campaign: self._script(session, campaign, at)
                for campaign in {duty.campaign for duty in duties}
                if self.only is None or campaign in self.only
            }
            return [
                self._with_council(session, holders, cue)
                for duty in duties
                if knows(duty.act) and duty.campaign in scripts
                for cue in self._cues(session, holders, duty, scripts[duty.campaign])
            ]

    def _cues(
        self, session: Session, holders: Holders, duty: Duty, script: Script
    ) -> Iterator[Cue]:
        part = script.plan.phases[_number_of_phase(session, duty.target) - 1]
        for person in self._players(holders, duty):
            yield Cue(person, duty, script, part, script.begins)

    def _script(self, session: Session, campaign: str, at: datetime) -> Script:
        cast = self.casts.get(campaign, Cast())
        plan, calendar = plan_of(session, campaign), office_calendar(session)
        return Script(plan, cast, self.company, calendar, self.house, at, self.packs)

    def _players(self, holders: Holders, duty: Duty) -> list[str]:
        """Name who does it: each of those named, or one of all who might."""
        owing = sorted(holders.owing(duty))
        if duty.named is not None or duty.act == "assess_case":
            return owing
        first = self.company.heads.get(duty.department or "")
        if Role.SECRETARIAT in duty.roles:
            first = self.company.secretariat
        return [first] if first in owing else owing[:1]

    def _with_council(self, session: Session, holders: Holders, cue: Cue) -> Cue:
        if cue.duty.act != "open_voting":
            return cue
        away = session.exec(
            select(SessionMember.person).where(
                SessionMember.session == cue.duty.target.key,
                col(SessionMember.confirmed).is_(False),
            )
        )
        coming = sorted(holders.of(Role.COUNCIL_MEMBER) - set(away))
        coming.sort(key=lambda person: self.left(replace(cue, person=person)))
        return replace(cue, council=coming)

    async def meet(self) -> list[Cue]:
        """Do all that a meeting asks of the cast now; return what is then owed."""
        while True:
            cues = self.cues()
            voting = {cue.duty.target for cue in cues if cue.duty.act == "cast"}
            ours = [
                cue
                for cue in self._ours(cues)
                if cue.duty.act in _MEETING
                and is_due(cue)
                and not (cue.duty.act == "close_voting" and cue.duty.target in voting)
            ]
            if not ours:
                return cues
            await self._do(ours)

    async def work(self) -> None:
        """Do what has been owed to this working morning."""
        self._refused.clear()
        await self._do([cue for cue in self._ours(self.cues()) if is_due(cue)])

    def next_of(self, cues: list[Cue]) -> tuple[datetime, Cue] | None:
        """Find when somebody of the cast next does something of it, and what."""
        waiting = ((_moment_of(cue), cue) for cue in self._ours(cues))
        return min(waiting, key=lambda pair: pair[0], default=None)

    def _ours(self, cues: list[Cue]) -> Iterator[Cue]:
        for cue in cues:
            if not self.left(cue) and cue.key not in self._refused:
                yield cue

    async def _do(self, cues: list[Cue]) -> None:
        for cue in cues:
            refused = None
            try:
                await act(cue)
            except OffScript as off:
                self._refused.add(cue.key)
                refused = str(off.problem.get("detail", off))
            name = self.company.name_of(cue.person)
            told = Played(cue.at, cue.person, name, cue.duty.title, refused)
            self.done.append(told)


async def daily(ensemble: Ensemble, begins: datetime) -> AsyncIterator[datetime]:
    """Let an ensemble play beside a script. Raises OffScript."""
    yield begins
    while True:
        cues = await ensemble.meet()
        if refused := next((done for done in ensemble.done if done.refused), None):
            raise OffScript(f"{refused.person}: {refused.title}: {refused.refused}")
        at, calendar = ensemble.clock()
        following = ensemble.next_of(cues)
        morning = morning_after(calendar, at)
        yield min(morning, following[0]) if following else morning
        at, calendar = ensemble.clock()
        if is_morning(calendar, at):
            await ensemble.work()


async def act(cue: Cue) -> None:
    """Let somebody do what they owe. Raises OffScript."""
    path = path_of(cue.duty).removeprefix("/api/v1")
    for body in await said(cue):
        await cue.script.house.act(cue.person, path, body)


def is_due(cue: Cue) -> bool:
    """Say whether it can be done now: a vote is not opened before the meeting."""
    opens = cue.duty.due_at if cue.duty.act == "open_voting" else None
    return opens is None or opens <= cue.at


def _moment_of(cue: Cue) -> datetime:
    if not is_due(cue) and cue.duty.due_at is not None:
        return cue.duty.due_at
    return morning_after(cue.script.calendar, cue.at)


def _number_of_phase(session: Session, target: WorkflowId) -> int:
    """Find which phase of its campaign something is in: the first when in none."""
    match target.kind:
        case Kind.PHASE:
            key = target.key
        case Kind.DEPARTMENT:
            key = ids.department_key(target)[0]
        case Kind.COUNCIL:
            key = session.get_one(CouncilSession, target.key).phase
        case Kind.DECISION:
            key = session.get_one(Decision, target.key).phase
        case _:
            return 1
    return session.get_one(Phase, key).number
