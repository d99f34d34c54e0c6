"""Which function carries out which act, and what it is handed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from inspect import signature
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, select

from activities.deed import Deed
from activities.services.calendar.windows import require_open
from ballots.box import BallotBox
from domain import ids
from domain.acts import ACTS, Undeclared
from domain.acts.declaring import ActRule
from domain.calendar import day_vi, local_day
from domain.deadlines import DeadlineKind
from domain.ids import WorkflowId
from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from intake.acts.bodies import BODIES
from papers.terms import wrong_state
from store.database import lock
from store.tables import (
    Campaign,
    CouncilSession,
    Deadline,
    Decision,
    Department,
    Phase,
    Submission,
    Window,
)

Row = TypeVar("Row", bound=SQLModel)
Answer = dict[str, Any]

# A department's envelope, locked; beside it, not locked, whose it is, and the window
# that takes an act: a closing may hold that while it waits for an act still being
# written down, and must not keep the others from being applied.
_ENVELOPE: Any = (
    select(Submission, Department, Window)
    .join(Department, col(Department.code) == col(Submission.department))
    .outerjoin(
        Window,
        (col(Window.phase) == col(Submission.phase))
        & (col(Window.department) == col(Submission.department))
        & (col(Window.kind) == bindparam("kind")),
    )
    .where(
        Submission.phase == bindparam("phase"),
        Submission.department == bindparam("department"),
    )
    .with_for_update(key_share=True, of=Submission)
    .execution_options(populate_existing=True)
)


@dataclass
class Call:
    """One act being carried out: its deed, its target, its moment of receipt.

    Whatever it asks for is judged by the table of acts: Refused (`wrong_state`) where
    the act is not done while that stands so.
    *packs* are the rules that the office has; a campaign that runs has its own.
    """

    deed: Deed
    box: BallotBox
    target: WorkflowId
    received_at: datetime
    phase_id: str | None
    department: str | None
    packs: tuple[RulePack, ...]
    # What was read of it once.
    _openings: dict[DeadlineKind, datetime] = field(default_factory=dict)
    _beside: list[Any] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The transaction of the deed."""
        return self.deed.session

    @property
    def day(self) -> date:
        """The day, in Vietnam, on which the act came, whenever it is carried out."""
        return local_day(self.received_at)

    def require_between(self, day: date, since: date) -> None:
        """Refuse (`wrong_day`) a day before *since*, or after that of the act."""
        if not since <= day <= self.day:
            raise refuse(
                "wrong_day",
                f"Ngày {day_vi(day)} không đúng: phải từ {day_vi(since)} đến hôm nay, "
                f"{day_vi(self.day)}.",
            )

    @property
    def rule(self) -> ActRule:
        """What the table of acts says of this one."""
        return ACTS[self.deed.kind]

    def campaign(self) -> Campaign:
        """Lock the campaign that the act is aimed at."""
        return self._judged(Campaign, Campaign.id == self.deed.campaign)

    def require_campaign(self) -> Campaign:
        """Read the campaign in which the act is done."""
        return self._require_state(self.session.get_one(Campaign, self.deed.campaign))

    def phase(self) -> Phase:
        """Lock the phase that the act is aimed at, or falls in."""
        self.require_campaign()
        return self._judged(Phase, Phase.id == self.phase_id)

    def submission(self) -> Submission:
        """Lock the department's envelope, once the act has come in time."""
        self.require_campaign()
        place = {"phase": self.phase_id, "department": self.department}
        asked = place | {"kind": self.rule.window}
        row: Submission
        row, *self._beside = self.session.exec(_ENVELOPE, params=asked).one()
        self.require_in_time()
        return self._require_state(row)

    def council(self) -> CouncilSession:
        """Lock the council session."""
        self.require_campaign()
        return self._judged(CouncilSession, CouncilSession.id == self.target.key)

    def decision(self) -> Decision:
        """Lock the decision."""
        self.require_campaign()
        return self._judged(Decision, Decision.id == self.target.key)

    def _judged(self, table: type[Row], *where: Any) -> Row:
        """Lock a row; Refused (`wrong_state`) where the act may not find it so."""
        return self._require_state(lock(self.session, table, *where)[0])

    def _require_state(self, row: Row) -> Row:
        state: StrEnum = cast("Any", row).state
        allowed = self.rule.allowed(type(state))
        if allowed is not None and state not in allowed:
            raise wrong_state(state, allowed)
        return row

    def require_in_time(self) -> None:
        """Refuse what was received before its window opened, or after that ended."""
        if self.rule.window is None:
            return
        window, early = self.window(self.rule.window), None
        if self.rule.opens_with is not None:
            early = self.opening(self.rule.opens_with)
        require_open(window, self.received_at, early)

    def opening(self, name: DeadlineKind) -> datetime:
        """Find when a part of the phase opens, by its deadline's name."""
        if name not in self._openings:
            key = (str(ids.phase(self.phase_id or "")), name)
            opens_at = self.session.get_one(Deadline, key).opens_at
            assert opens_at is not None  # noqa: S101 - asked of what has a beginning
            self._openings[name] = opens_at
        return self._openings[name]

    def window(self, kind: str) -> Window:
        """Read the department's window. Refused (`no_window`) when there is none.

        Not locked, as where the envelope is read with it.
        """
        key = (self.phase_id, kind, self.department)
        window = self.session.get(Window, key)
        if window is None:
            raise refuse("no_window", "Giai đoạn này không nhận việc đó của phòng này.")
        return window

    def window_to_change(self, kind: str) -> Window:
        """Lock the department's window, to move its end."""
        where = (
            Window.phase == self.phase_id,
            Window.kind == kind,
            Window.department == self.department,
        )
        return lock(self.session, Window, *where)[0]


Effect = Callable[[Call, Any], Answer | None]
EFFECTS: dict[str, Effect] = {}


def effect(kind: str) -> Callable[[Effect], Effect]:
    """Register the function that carries out acts of *kind*, by what these say."""

    def register(function: Effect) -> Effect:
        _, reads = signature(function).parameters.values()
        if reads.annotation is not BODIES.get(kind):
            raise Undeclared(f"the effect of {kind} reads {reads}, not what that says")
        if kind in EFFECTS:
            raise Undeclared(f"{kind} has two effects")
        EFFECTS[kind] = function
        return function

    return register
