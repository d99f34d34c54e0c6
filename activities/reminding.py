"""The notices of one ladder step: to whoever owes, and to those above or beside."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from activities.addressing import resolve
from activities.deed import Deed
from activities.services.calendar.delegations import send_end
from activities.services.council.forecast import warn
from activities.services.progress.department_notices import last_of, next_of, tell_each
from domain import ids
from domain.acts import kind_of, rule_of
from domain.deadlines import DeadlineKind
from domain.ladder import INVITATION, REMINDED, Addressee, Ladder
from duties.duty import Until
from duties.reminders import departments_owing, owing_at
from duties.subjects import about
from papers.notices import Advice
from papers.wording import some
from store.tables import (
    CouncilSession,
    Deadline,
    Department,
    LadderStep,
)

_OF_DEPARTMENT = (Addressee.DEPARTMENT, Addressee.DEPARTMENT_HEAD)


def send_step(
    deed: Deed, deadline: Deadline, step: LadderStep, after: str
) -> tuple[int, str | None]:
    """Write one ladder step's notices to whoever owes, some departments at a time.

    Return how many, and after which department to go on when there are more.
    """
    kind, target = kind_of(deadline.name), ids.read(deadline.owner)
    if kind is DeadlineKind.DELEGATION:
        return send_end(deed, deadline, step), None
    if kind is DeadlineKind.MEETING:
        warn(deed, deed.session.get_one(CouncilSession, target.key), step.code)
    facts = {
        "until": deadline.due_at,
        "period_end": deadline.period_end,
        "step": step.code,
        "version": deadline.version,
        **about(deed.session, target),
    }
    to = [Addressee(each) for each in step.to]
    late = step.at >= deadline.due_at
    if rule_of(deadline.name).ladder is Ladder.DEPARTMENT:
        return _send_for_departments(deed, deadline, to, facts, after, late=late)
    return _send_to_offices(deed, deadline, to, facts, late=late), None


def _send_to_offices(
    deed: Deed,
    deadline: Deadline,
    to: Sequence[Addressee],
    facts: dict[str, Any],
    *,
    late: bool,
) -> int:
    """Remind those who owe, where the step means them, and tell whom else it names."""
    until = Until(deadline.owner, deadline.name)
    owing = owing_at(deed.session, deed.campaign, until)
    ladder = rule_of(deadline.name).ladder
    reminded = REMINDED[ladder] if ladder else frozenset()
    owe = owing.people if reminded.intersection(to) else frozenset()
    others = {
        person for each in to if each not in reminded for person in resolve(deed, each)
    }
    own = deadline.name == DeadlineKind.DECISION and owing.set_aside
    kind = "own_decision_due" if own else f"{deadline.name}_due"
    task, mine = f"{deadline.name}/{deadline.owner}", _advice(late=late)
    told = deed.notify(task, kind, owe, **facts, advice=mine)
    above = others - owe
    return told + deed.notify(task, kind, above, **facts, advice=Advice.ABOVE)


def _advice(*, late: bool) -> Advice:
    return Advice.LATE if late else Advice.SOON


def _send_for_departments(
    deed: Deed,
    deadline: Deadline,
    to: Sequence[Addressee],
    facts: dict[str, Any],
    after: str,
    *,
    late: bool,
) -> tuple[int, str | None]:
    """Tell those who owe, and once they are told whoever stands above them."""
    sent, last = 0, None
    own = [each for each in _OF_DEPARTMENT if each in to]
    if own:
        they = next_of(deed.session, departments_owing(deadline), after)
        task = f"{deadline.name}/{deadline.owner}"
        opens = facts["step"] == INVITATION
        kind = f"{deadline.name}_opens" if opens else f"{deadline.name}_due"
        told = {**facts, "advice": None if opens else _advice(late=late)}
        sent, last = tell_each(deed, they, own[0], task, kind, **told), last_of(they)
    above = [each for each in to if each not in _OF_DEPARTMENT]
    if above and last is None:
        sent += _tell_above(deed, deadline, above, facts)
    return sent, last


def _tell_above(
    deed: Deed, deadline: Deadline, above: Sequence[Addressee], facts: dict[str, Any]
) -> int:
    owing = deed.session.exec(
        select(Department.code, Department.name)
        .where(col(Department.code).in_(departments_owing(deadline)))
        .order_by(Department.code)
    ).all()
    if not owing:
        return 0
    who = owing[0][0] if len(owing) == 1 else "all"
    return deed.notify(
        f"{deadline.name}/{deadline.owner}/{who}",
        f"{deadline.name}_due",
        [person for to in above for person in resolve(deed, to)],
        department=some([name for _, name in owing], "phòng"),
        **facts,
        advice=Advice.ABOVE,
    )
