"""What one person owes, or everybody, the most urgent first; why, and until what."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from domain.acts import ACTS, rule_of
from domain.ids import Kind
from domain.roles import DESK, ROLE_NAMES, Role
from duties.agenda import Agenda, agenda_of, agenda_of_all
from duties.duty import Duty
from duties.finders import finders_of
from duties.holders import Holders
from store.office.standing import Standing


def tasks_of(
    session: Session, standing: Standing, to: Kind | None = None
) -> list[Duty]:
    """List what a person owes, in a number of statements that hangs on nothing.

    All of it, or what is owed *to* targets of a kind.
    """
    agenda = agenda_of(session, standing)
    owed = (
        duty
        for duty in _duties(agenda, to)
        if agenda.asks_of(duty) and to in (None, duty.target.kind)
    )
    return sorted(owed, key=_urgency)


def tasks_of_all(session: Session) -> tuple[Holders, list[Duty]]:
    """List what anybody owes, and who holds what, in as many statements."""
    agenda = agenda_of_all(session)
    return agenda.holders, sorted(_duties(agenda), key=_urgency)


def _duties(agenda: Agenda, to: Kind | None = None) -> Iterator[Duty]:
    for find in finders_of(to):
        yield from find(agenda)


def _urgency(duty: Duty) -> tuple[Any, ...]:
    return duty.due_at is None, duty.due_at, str(duty.target), duty.act


def why(standing: Standing, duty: Duty) -> str:
    """Say by what a duty is theirs: they are named in it, hold a role, or sign."""
    if duty.named is not None:
        return "Việc này giao đích danh cho bạn."
    held = [ROLE_NAMES[role] for role in Role if role in _held(standing, duty)]
    if held:
        return f"Bạn là {'; '.join(held)}."
    return "Bạn được ủy quyền ký việc này."


def _held(standing: Standing, duty: Duty) -> frozenset[Role]:
    """Find by which roles; of another department's desk than their own, by that."""
    if duty.department is not None and duty.department != standing.home:
        return duty.roles & DESK if duty.department in standing.desks else frozenset()
    return duty.roles & standing.roles


def ends(duty: Duty) -> str:
    """Say what ends it: their own doing, or also another's, and if time does too."""
    done = f"việc «{ACTS[duty.act].summary}»"
    own = duty.named is not None
    said = f"bạn làm {done}" if own else f"bạn hoặc người cùng trách nhiệm làm {done}"
    by_time = duty.until is not None and rule_of(duty.until.name).ended_by is None
    return f"Xong khi {said}{', hoặc khi hết hạn' if by_time else ''}."
