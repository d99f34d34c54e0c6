"""For whom a calendar is read, and which deadlines are theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import true, tuple_
from sqlmodel import Session, col, or_, select

from domain import ids
from domain.acts import DEADLINES
from domain.deadlines import DeadlineKind
from domain.ladder import Ladder
from domain.roles import DESK, Role
from intake.plans import Plan
from store.office.master import require_department, require_subject
from store.office.standing import standing_of
from store.tables import Campaign, Deadline, Phase, SubjectKind, Window
from store.waiting import awaited

_OF_DEPARTMENTS = [k for k, r in DEADLINES.items() if r.ladder is Ladder.DEPARTMENT]


@dataclass(frozen=True)
class Viewer:
    """For whom a calendar is read: one who has *roles* and answers for *desks*."""

    roles: frozenset[Role]
    desks: Collection[str]


def viewer_of(
    session: Session, person: str | None, department: str | None
) -> Viewer | None:
    """Say for whom: a person, or whoever answers for a department; None: for all.

    Raises Refused (`unknown_subject`, `unknown_department`).
    """
    if department is not None:
        require_department(session, department)
    if person is None:
        return Viewer(DESK, [department]) if department else None
    require_subject(session, SubjectKind.INDIVIDUAL, person)
    standing = standing_of(session, person)
    return Viewer(standing.roles, [department] if department else standing.desks)


def concerns(plan: Plan, viewer: Viewer, kind: str) -> bool:
    """Say whether a deadline is of time alone, or may write to the viewer's roles."""
    rule = DEADLINES[kind]
    if rule.ladder is None:
        return True
    to = {each for rung in plan.ladder(rule.ladder) for each in rung.to}
    return bool(rule.written_to(to) & viewer.roles)


def which(
    session: Session, campaign: Campaign, plan: Plan, viewer: Viewer | None
) -> Any:
    """Give the condition that a deadline concerns the viewer."""
    if viewer is None:
        return true()
    above = Viewer(viewer.roles - DESK, ())
    by_role = [kind for kind in DEADLINES if concerns(plan, above, kind)]
    return or_(
        col(Deadline.name).in_(by_role),
        tuple_(col(Deadline.owner), col(Deadline.name)).in_(
            _of_desks(session, campaign, viewer.desks)
        ),
    )


def _of_desks(
    session: Session, campaign: Campaign, desks: Collection[str]
) -> list[tuple[str, str]]:
    """Pair owners and names of what departments may still owe: their own, or common.

    Before its window opens a department owes as all others do.
    """
    phases = session.exec(select(Phase.id).where(Phase.campaign == campaign.id)).all()
    theirs = col(Window.phase).in_(phases), col(Window.department).in_(desks)
    opened = {
        (row.phase, row.kind, row.department)
        for row in session.exec(select(Window).where(*theirs))
    }
    waiting = {
        (row.phase, row.kind, row.department)
        for kind in (DeadlineKind.REGISTRATION, DeadlineKind.SUBMISSION)
        for row in session.exec(awaited(kind).where(*theirs, ~col(Window.own)))
    }
    found = []
    for phase, kind, code in product(phases, _OF_DEPARTMENTS, desks):
        found.append((str(ids.department(phase, code)), str(kind)))
        key = (phase, str(kind), code)
        if key not in opened or key in waiting:
            found.append((str(ids.phase(phase)), str(kind)))
    return found
