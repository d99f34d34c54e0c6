"""Whether a notice still says what is so: asked just before it leaves the system."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlmodel import Session, col, select

from domain.acts import rule_of
from domain.calendar import local_day
from domain.ladder import HELD_BY, REMINDED, Addressee, Ladder
from domain.outgoing.concerns import MEETINGS, Concern, concern_of
from domain.outgoing.deliveries import Cause
from duties.agenda import SILENT
from duties.duty import Until
from duties.reminders import Owing, departments_owing, owing_at
from store.database import one_of
from store.office.people import living
from store.office.standing import roles_today
from store.tables import Campaign, Deadline, LadderStep, Notice

_Topic = tuple[str, Concern, str]


def deadlines_of(
    session: Session, notices: Sequence[Notice]
) -> dict[int, tuple[Concern, Deadline | None]]:
    """Find the deadlines that notices are about, by their ids, in one statement."""
    concerns = {
        row.id or 0: concern
        for row in notices
        if (concern := concern_of(row.kind, row.task)) is not None
    }
    owners = {concern.owner for concern in concerns.values()}
    query = select(Deadline).where(one_of(Deadline.owner, owners))
    rows = session.exec(query).all() if owners else []
    known = {(row.owner, row.name): row for row in rows}
    return {key: (x, known.get((x.owner, x.name))) for key, x in concerns.items()}


def no_longer_apply(
    session: Session, notices: Sequence[Notice], moment: datetime
) -> dict[int, Cause]:
    """Find the notices that are over, by their ids, and why."""
    people = {row.recipient for row in notices}
    alive = living(session, people, local_day(moment))
    looking = _Looking(session, notices, moment)
    over = dict.fromkeys(looking.over(), Cause.OVER)
    gone = {
        row.id or 0: Cause.OUT_OF_OFFICE
        for row in notices
        if row.recipient not in alive
    }
    return over | gone


@dataclass
class _Looking:
    """A look at some notices, which finds who owes by each deadline once."""

    session: Session
    notices: Sequence[Notice]
    moment: datetime
    _owing: dict[Until, Owing] = field(default_factory=dict)
    _departments: dict[Until, frozenset[str]] = field(default_factory=dict)

    def over(self) -> Iterator[int]:
        """Name the notices that are over."""
        about = deadlines_of(self.session, self.notices)
        for row in self.notices:
            if (found := about.get(row.id or 0)) and self._is_over(row, *found):
                yield row.id or 0

    def _is_over(
        self, notice: Notice, concern: Concern, deadline: Deadline | None
    ) -> bool:
        if deadline is None or deadline.closed_at is not None:
            return True
        if notice.kind in MEETINGS and deadline.due_at <= self.moment:
            return True
        if (concern.reminds or notice.kind in _MOVES) and self._is_old(notice, concern):
            return True
        if not concern.reminds:
            return concern.asks and not self._asks(notice, deadline)
        return notice.version != deadline.version or not self._reminds(
            notice, concern, deadline
        )

    def _is_old(self, notice: Notice, concern: Concern) -> bool:
        newest = self._newest[(notice.kind, concern, notice.recipient)]
        return newest > (notice.id or 0)

    def _asks(self, notice: Notice, deadline: Deadline) -> bool:
        return notice.recipient in self._owing_by(deadline).people

    def _reminds(self, notice: Notice, concern: Concern, deadline: Deadline) -> bool:
        if self._is_silent(deadline.campaign):
            return False
        ladder = rule_of(deadline.name).ladder
        if ladder is Ladder.DEPARTMENT:
            owing = self._departments_by(deadline)
            return (
                bool(owing)
                if concern.department is None
                else (concern.department in owing)
            )
        people = self._owing_by(deadline).people
        above = self._above(notice, deadline, ladder)
        return notice.recipient in people or (bool(people) and above)

    def _above(self, notice: Notice, deadline: Deadline, ladder: Ladder | None) -> bool:
        """Say whether a step means somebody who stands above those who owe."""
        key = deadline.owner, deadline.name, notice.version, notice.step
        step = self.session.get(LadderStep, key)
        reminded = REMINDED[ladder] if ladder else frozenset()
        others = {Addressee(x) for x in (step.to if step else ())} - reminded
        if not others:
            return False
        held = roles_today(self.session, notice.recipient)
        return any(HELD_BY[each] & held for each in others)

    def _owing_by(self, deadline: Deadline) -> Owing:
        until = Until(deadline.owner, deadline.name)
        if until not in self._owing:
            found = owing_at(self.session, deadline.campaign, until)
            self._owing[until] = found
        return self._owing[until]

    def _departments_by(self, deadline: Deadline) -> frozenset[str]:
        until = Until(deadline.owner, deadline.name)
        if until not in self._departments:
            codes = self.session.exec(departments_owing(deadline)).all()
            self._departments[until] = frozenset(codes)
        return self._departments[until]

    def _is_silent(self, campaign: str) -> bool:
        return self.session.get_one(Campaign, campaign).state in SILENT

    @cached_property
    def _newest(self) -> Mapping[_Topic, int]:
        """Find the newest notice of each topic to each of these recipients."""
        first = min(row.id or 0 for row in self.notices)
        query = select(Notice.id, Notice.kind, Notice.task, Notice.recipient).where(
            one_of(Notice.recipient, {row.recipient for row in self.notices}),
            one_of(Notice.kind, {row.kind for row in self.notices}),
            col(Notice.id) >= first,
        )
        newest: dict[_Topic, int] = {}
        for key, kind, task, recipient in self.session.exec(query):
            if (concern := concern_of(kind, task)) is not None:
                topic = kind, concern, recipient
                newest[topic] = max(newest.get(topic, 0), key or 0)
        return newest


# What tells of a day is over once another day was told.
_MOVES = ("deadline_moved", "extended")
