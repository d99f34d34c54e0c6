"""An office on paper: acts and steps one after the other, without any engine.

Whoever plays the workflows here does as they do: looks where things stand, and
runs what has come due, the earliest first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import col, select

import activities.all  # noqa: F401 - registers the effects
from activities.commands import Commands
from activities.steps import Steps
from ballots.box import BallotBox
from domain import ids
from domain.acts import ACTS
from domain.ids import Kind
from domain.rules.rulepack import RulePack
from domain.states import CommandState, PhaseState
from engine.messages import Climb, CloseWindow, CommandRef, Enter, Situation
from intake.rulepacks import load_packs
from store import clock, commands, record
from store.commands import Intent
from store.database import Database
from store.tables import Campaign, Deadline
from tests.office import DIRECTOR, NO_BALLOTS, UNION

_S = PhaseState
# What time brings to a phase: at the opening or the end of which deadline, and what
# follows. The same as the workflow's own paragraphs.
_OPENS = {
    _S.PLANNED: ("phase", _S.REGISTRATION_OPEN),
    _S.RUNNING: ("peer_review", _S.DEPARTMENT_REVIEW),
    _S.DEPARTMENT_REVIEW: ("submission", _S.SUBMISSION_WINDOW),
}
_WINDOWS = ("registration", "submission")
_CLOSES = {_S.REGISTRATION_OPEN: "registration", _S.SUBMISSION_WINDOW: "submission"}


@dataclass
class Paper:
    """One campaign, with the workflows of its first phase played by hand."""

    database: Database
    code: str = "2022"
    box: BallotBox = NO_BALLOTS
    packs: tuple[RulePack, ...] = load_packs()

    @property
    def phase(self) -> str:
        """The id of the first phase."""
        return ids.phase_key(self.code, 1)

    def desk(self, department: str) -> str:
        """The target of one department in the first phase."""
        return str(ids.department(self.phase, department))

    @property
    def now(self) -> datetime:
        """The moment at which everything stands."""
        with self.database.read() as session:
            return clock.now(session)

    def set_clock(self, moment: datetime) -> None:
        """Let the time be *moment*, with nobody at work."""
        with self.database.write() as session:
            clock.step(session, moment)

    def draft(self, plan: dict[str, Any]) -> None:
        """Draft a campaign."""
        with self.database.write() as session:
            of_plan = {name: plan[name] for name in ("title", "kind", "year")}
            session.add(Campaign(id=self.code, plan=plan, **of_plan))
            session.flush()
            record.begin_chain(session, self.code)

    def launch(self, plan: dict[str, Any]) -> None:
        """Draft a campaign, sign its pact on both sides, and launch it."""
        self.draft(plan)
        target = str(ids.campaign(self.code))
        for who, kind in (
            (DIRECTOR, "sign_pact"),
            (UNION, "sign_pact"),
            (DIRECTOR, "launch"),
        ):
            assert self.act(who, kind, target) == "applied"

    def act(
        self, who: str, kind: str, target: str, body: Mapping[str, Any] | None = None
    ) -> str:
        """Let somebody act; answer «applied», or the code it is refused with."""
        with self.database.write() as session:
            turn = commands.receive(session, self._intent(who, kind, target, body))
            command = turn.command
            ref = CommandRef(command.id, kind, command.received_at)
        Commands(self.database, self.packs, box=self.box).apply_command(ref)
        with self.database.read() as session:
            ended = commands.get(session, ref.id)
        assert ended is not None
        if ended.state is CommandState.REFUSED:
            return str((ended.refusals or [])[0]["code"])
        return str(ended.state)

    def _intent(
        self, who: str, kind: str, target: str, body: Mapping[str, Any] | None
    ) -> Intent:
        read = ids.read(target)
        place: tuple[str | None, str | None] = (None, None)
        if read.kind is Kind.PHASE:
            place = (read.key, None)
        elif read.kind is Kind.DEPARTMENT:
            place = ids.department_key(read)
        elif read.kind is Kind.COUNCIL:
            place = (self.phase, None)
        return Intent(
            actor=who,
            kind=kind,
            campaign=self.code,
            target=target,
            body=dict(body or {}),
            key=uuid4().hex,
            phase=place[0],
            department=place[1],
            window=ACTS[kind].window,
        )

    def pass_to(self, moment: datetime) -> None:
        """Let the time pass, and everything happen at its own moment."""
        while (wake := self.settle()) is not None and self.now < wake < moment:
            self.set_clock(wake)
        self.set_clock(max(moment, self.now))
        self.settle()

    def settle(self) -> datetime | None:
        """Do all that is due by now; return when something is due next."""
        wakes = [wake for owner in self._owners() if (wake := self._run(owner))]
        return min(wakes, default=None)

    def _owners(self) -> list[str]:
        """List the workflows that wait for a moment; the others wait for an act."""
        with self.database.read() as session:
            owners = session.exec(
                select(Deadline.owner)
                .where(
                    col(Deadline.owner).contains(self.phase),
                    col(Deadline.closed_at).is_(None),
                )
                .distinct()
                .order_by(Deadline.owner)
            )
            return list(owners)

    def _run(self, owner: str) -> datetime | None:
        while True:
            found = self._steps.load(owner)
            milestone = None if found.ended else self._milestone(owner, found)
            moments = [rung.at for rung in found.rungs]
            wake = min([*moments, *([milestone] if milestone else [])], default=None)
            if wake is None or wake > self.now or found.suspended:
                return None if found.suspended else wake
            if milestone and milestone <= self.now:
                self._reach(owner, found)
            else:
                rung = min(found.rungs, key=lambda rung: rung.at)
                self.climb(Climb(owner, rung.deadline, rung.version, self.now))

    def climb(self, order: Climb) -> None:
        """Climb a ladder, as its owner's workflow asks for it."""
        self._steps.climb(order)

    @property
    def _steps(self) -> Steps:
        return Steps(self.database)

    def _milestone(self, owner: str, found: Situation) -> datetime | None:
        stage = self._stage(owner, found)
        if stage in _OPENS:
            return found.dues[_OPENS[stage][0]].opens_at
        ends = found.dues.get(self._window(owner, found) or "")
        return ends.due_at if ends else None

    def _reach(self, owner: str, found: Situation) -> None:
        stage = self._stage(owner, found)
        if stage is _S.PLANNED:
            self._steps.open_phase(owner)
        elif stage in _OPENS:
            self._steps.enter(Enter(owner, stage, _OPENS[stage][1]))
        else:
            name = self._window(owner, found) or ""
            version = found.dues[name].version
            self._steps.close_window(CloseWindow(owner, name, version))

    def _stage(self, owner: str, found: Situation) -> PhaseState | None:
        of_phase = ids.read(owner).kind is Kind.PHASE
        return PhaseState(found.stage) if of_phase else None

    def _window(self, owner: str, found: Situation) -> str | None:
        """Name the window that closes next: a phase's by its stage."""
        if stage := self._stage(owner, found):
            return _CLOSES.get(stage)
        own = [name for name in _WINDOWS if name in found.dues]
        return min(own, key=lambda name: found.dues[name].due_at, default=None)
