"""A campaign on paper in which every climb is looked at, before and after."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.calendar.deadlines import close_deadlines
from domain import ids
from domain.calendar import due_day
from domain.ids import Kind
from domain.states import CampaignState, SubmissionState
from engine.messages import Climb
from store.tables import (
    Campaign,
    Deadline,
    LadderStep,
    Notice,
    Submission,
    Window,
)
from tests.activities.paper import Paper
from tests.journeys.cast import HEADS, praise
from tests.office import DIRECTOR

# A department in one of these states owes nothing.
_ANSWERED = (
    SubmissionState.SUBMITTED,
    SubmissionState.NIL_RETURN,
    SubmissionState.LATE_REFUSED,
)
Step = tuple[int, str]  # version and code
Told = tuple[str, str, int, str]  # task, step and version of a notice, and to whom


@dataclass(frozen=True)
class Look:
    """What a climb goes by, and what it may change."""

    live: bool
    owing: frozenset[str]
    steps: dict[Step, dict[str, Any]]
    told: dict[Told, datetime]

    def due(self, order: Climb) -> list[Step]:
        """List the steps that a climb finds, in the order of their moments."""
        found = [
            key
            for key, step in self.steps.items()
            if key[0] == order.version
            and step["ended_at"] is None
            and step["at"] <= order.now
        ]
        return sorted(found, key=lambda key: self.steps[key]["at"])


@dataclass
class Watched(Paper):
    """Things that may happen to a deadline, and what must be true after each."""

    climbs: list[Climb] = field(default_factory=list)
    over: dict[tuple[str, str, int], datetime] = field(default_factory=dict)

    # What may happen.

    def passes(self, hours: int) -> None:
        """The time passes, and everybody is at work."""
        self.pass_to(self.now + timedelta(hours=hours))

    def outage(self, hours: int) -> None:
        """The time passes, and nobody is."""
        self.set_clock(self.now + timedelta(hours=hours))
        self.settle()

    def again(self, back: int) -> None:
        """A climb is asked for once more, by who has not heard what came after it."""
        if self.climbs:
            order = self.climbs[-1 - back % len(self.climbs)]
            self.climb(replace(order, now=self.now))

    def extend(self, days: int) -> None:
        """The director gives everybody more time."""
        self._extend(days)

    def extend_one(self, department: str, days: int) -> None:
        """The director gives one department more time."""
        self._extend(days, department=department)

    def _extend(self, days: int, **department: str) -> None:
        body = {
            "deadline": "submission",
            "until": (self._due_day() + timedelta(days=days)).isoformat(),
            "reason": "Bận phục vụ kỳ họp.",
            **department,
        }
        self.act(DIRECTOR, "extend_deadline", str(ids.phase(self.phase)), body)
        self.settle()

    def _due_day(self) -> date:
        with self.database.read() as session:
            owner = str(ids.phase(self.phase))
            return due_day(session.get_one(Deadline, (owner, "submission")).due_at)

    def submit(self, department: str) -> None:
        """A department sends its list."""
        body = {"lines": praise(f"{department.lower()}-02")}
        self._desk_acts(department, "submit", body)

    def nil(self, department: str) -> None:
        """A department says that it nominates nobody."""
        self._desk_acts(department, "file_nil_return", {"reason": "Không có."})

    def recall(self, department: str) -> None:
        """A department takes its answer back."""
        self._desk_acts(department, "recall")

    def late(self, department: str, days: int) -> None:
        """A department that missed the end asks for more time, and gets it."""
        self._desk_acts(department, "request_late", {"reason": "Trưởng phòng ốm."})
        until = (due_day(self.now) + timedelta(days=days)).isoformat()
        body = {"accept": True, "until": until, "reason": "Đồng ý."}
        self.act(DIRECTOR, "answer_late", self.desk(department), body)
        self.settle()

    def _desk_acts(
        self, department: str, kind: str, body: dict[str, Any] | None = None
    ) -> None:
        self.act(HEADS[department], kind, self.desk(department), body)
        self.settle()

    def closes(self) -> None:
        """The whole matter is closed for everybody."""
        with self.database.write() as session:
            deed = Deed(session, self.code, "test", self.now)
            close_deadlines(deed, str(ids.phase(self.phase)), "submission")
            deed.close()

    def suspend(self) -> None:
        """The campaign rests."""
        target = str(ids.campaign(self.code))
        self.act(DIRECTOR, "suspend", target, {"reason": "Bão lụt."})

    def resume(self) -> None:
        """The campaign goes on."""
        self.act(DIRECTOR, "resume", str(ids.campaign(self.code)))
        self.settle()

    # What must be true.

    def climb(self, order: Climb) -> None:
        """Climb, and hold the rows against what they were."""
        before = self.look(order)
        super().climb(order)
        after = self.look(order)
        self.climbs.append(order)
        due = before.due(order) if before.live else []
        assert after.steps == before.steps | self._ended(due, before, after)
        self._require_told(order, due, before, after)

    def _ended(
        self, due: list[Step], before: Look, after: Look
    ) -> dict[Step, dict[str, Any]]:
        """All that is due ends; the latest of it goes out, and nothing else does."""
        passed_over = {key: {**before.steps[key], "ended_at": self.now} for key in due}
        for key in due[-1:]:
            assert after.steps[key]["notices"] is not None
            passed_over[key]["notices"] = after.steps[key]["notices"]
        return passed_over

    def _require_told(
        self, order: Climb, due: list[Step], before: Look, after: Look
    ) -> None:
        """Whoever owes is told of the latest step, now and once."""
        new = {key: at for key, at in after.told.items() if key not in before.told}
        assert set(new.values()) <= {self.now}
        assert {(version, step) for _, step, version, _ in new} <= set(due[-1:])
        if order.deadline == "submission":
            told = {task.rpartition("/")[2] for task, *_ in new}
            assert told - {"all"} <= before.owing
            assert bool(told) == bool(due and before.owing)

    def look(self, order: Climb) -> Look:
        """Read how one deadline stands."""
        with self.database.read() as session:
            steps = session.exec(
                select(LadderStep).where(
                    LadderStep.owner == order.owner, LadderStep.name == order.deadline
                )
            ).all()
            told = session.exec(
                select(Notice).where(
                    col(Notice.kind).in_(
                        [f"{order.deadline}_due", f"{order.deadline}_opens"]
                    ),
                    col(Notice.task).startswith(f"{order.deadline}/{order.owner}"),
                )
            ).all()
            return Look(
                live=self._is_live(session, order),
                owing=self._owing(session, order.owner),
                steps={(step.version, step.code): step.model_dump() for step in steps},
                told={(n.task, n.step, n.version, n.recipient): n.at for n in told},
            )

    def _is_live(self, session: Session, order: Climb) -> bool:
        deadline = session.get_one(Deadline, (order.owner, order.deadline))
        campaign = session.get_one(Campaign, self.code)
        return (
            deadline.version == order.version
            and deadline.closed_at is None
            and campaign.state is CampaignState.RUNNING
        )

    def _owing(self, session: Session, owner: str) -> frozenset[str]:
        """Say which departments still owe their list by this owner's deadline."""
        own = ids.read(owner).kind is Kind.DEPARTMENT
        windows = session.exec(
            select(Window).where(
                Window.phase == self.phase, Window.kind == "submission"
            )
        )
        return frozenset(
            w.department
            for w in windows.all()
            if w.own == own
            and owner in (str(ids.phase(self.phase)), self.desk(w.department))
            and session.get_one(Submission, (self.phase, w.department)).state
            not in _ANSWERED
        )

    def require_all_well(self) -> None:
        """Ask, after anything has happened, of everything that was ever sent."""
        self._remember_what_is_over()
        moments: dict[tuple[str, str, int, str], set[datetime]] = {}
        for owner, name, version, step, at in self._reminders():
            moments.setdefault((owner, name, version, step), set()).add(at)
            assert at <= self.over.get((owner, name, version), at)
        assert [len(at) for at in moments.values()] == [1] * len(moments)
        assert self._left_over() == []

    def _remember_what_is_over(self) -> None:
        """A version is over when the next one is made, or with its deadline."""
        with self.database.read() as session:
            for row in session.exec(select(Deadline)):
                for version in range(1, row.version):
                    self.over.setdefault((row.owner, row.name, version), self.now)
                if row.closed_at is not None:
                    self.over[row.owner, row.name, row.version] = row.closed_at

    def _reminders(self) -> list[tuple[str, str, int, str, datetime]]:
        with self.database.read() as session:
            rows = session.exec(
                select(Notice).where(col(Notice.kind).endswith("_due"))
            ).all()
        parts = [(row, row.task.split("/")) for row in rows]
        return [(p[1], p[0], row.version, row.step, row.at) for row, p in parts]

    def _left_over(self) -> list[dict[str, Any]]:
        """List the steps of running deadlines whose moment passed unnoticed."""
        with self.database.read() as session:
            if session.get_one(Campaign, self.code).state is CampaignState.SUSPENDED:
                return []
            steps = session.exec(
                select(LadderStep)
                .join(
                    Deadline,
                    (col(Deadline.owner) == col(LadderStep.owner))
                    & (col(Deadline.name) == col(LadderStep.name))
                    & (col(Deadline.version) == col(LadderStep.version)),
                )
                .where(
                    col(Deadline.owner).contains(self.phase),
                    col(Deadline.closed_at).is_(None),
                    col(LadderStep.ended_at).is_(None),
                    col(LadderStep.at) <= self.now,
                )
            ).all()
        return [step.model_dump() for step in steps]
