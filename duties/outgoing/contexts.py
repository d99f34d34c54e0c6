"""What stands beside a notice: why you, by when, what ends it, when the next comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.acts import rule_of
from domain.calendar import local_day
from domain.ladder import REMINDED, Addressee
from domain.outgoing.concerns import Concern
from duties.outgoing.applying import deadlines_of
from papers import calendar as words
from papers.mail.reasons import reason_of
from papers.wording import due, moment
from store.database import one_of
from store.tables import Deadline, LadderStep, Notice

_NOTHING = "không phải làm gì thêm; thông báo để biết"
_ENDED = "việc này đã xong hoặc đã qua, không phải làm gì nữa"


@dataclass(frozen=True)
class Beside:
    """What a notice does not say itself, as things stand now.

    *until* is the deadline's day as it is now; *next_at* when one is reminded next.
    """

    why: str
    until: datetime | None
    ends: str
    next_at: datetime | None

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Say it below the notice, each by its name."""
        shown = [("Vì sao bạn nhận thư này", self.why)]
        if self.until is not None:
            shown.append(("Hạn", due(self.until)))
        shown.append(("Khi nào xong", self.ends))
        if self.until is not None:
            comes = moment(self.next_at) if self.next_at else "không nhắc thêm nữa"
            shown.append(("Lần nhắc sau, nếu khi đó chưa xong", comes))
        return tuple(shown)


def beside(
    session: Session, notices: Sequence[Notice], now: datetime
) -> dict[int, Beside]:
    """Find what stands beside notices, by their ids, in two statements."""
    about = deadlines_of(session, notices)
    steps = _steps(session, [x for _, x in about.values() if x is not None])
    return {
        row.id or 0: _beside(row, about.get(row.id or 0), steps, now) for row in notices
    }


_About = tuple[Concern, Deadline | None] | None
_Steps = dict[tuple[str, str], list[LadderStep]]


def _steps(session: Session, deadlines: Sequence[Deadline]) -> _Steps:
    """Read every step of the deadlines, in the order of time."""
    found: _Steps = {(each.owner, each.name): [] for each in deadlines}
    if not found:
        return {}
    query = select(LadderStep).where(
        one_of(LadderStep.owner, {owner for owner, _ in found})
    )
    for step in session.exec(query.order_by(col(LadderStep.at))):
        if (step.owner, step.name) in found:
            found[step.owner, step.name].append(step)
    return found


def _beside(notice: Notice, about: _About, steps: _Steps, now: datetime) -> Beside:
    why, deadline = reason_of(notice.kind), about[1] if about else None
    if deadline is None:
        return Beside(why or _ENDED, None, _NOTHING, None)
    own = steps[deadline.owner, deadline.name]
    if deadline.closed_at is not None:
        return Beside(why or _why(notice, deadline, own), None, _ENDED, None)
    following = (
        step.at
        for step in own
        if step.version == deadline.version and step.ended_at is None and step.at > now
    )
    return Beside(
        why or _why(notice, deadline, own),
        deadline.due_at,
        words.ending(deadline.name),
        next(following, None),
    )


def _why(notice: Notice, deadline: Deadline, steps: Sequence[LadderStep]) -> str:
    """Say whether the reader owes what is reminded of, or stands above who does."""
    rule = rule_of(deadline.name)
    reminded = REMINDED[rule.ladder] if rule.ladder else frozenset()
    step = next(
        (x for x in steps if (x.version, x.code) == (notice.version, notice.step)),
        None,
    )
    to = tuple(Addressee(each) for each in (step.to if step else ()))
    above = tuple(each for each in to if each not in reminded)
    if not above or local_day(notice.at) <= local_day(deadline.due_at):
        return f"việc «{rule.name_vi}» chưa xong và bạn là người phải làm"
    who = words.reached(deadline.name, above)
    return f"việc «{rule.name_vi}» quá hạn; bạn theo dõi với vai trò {who}"
