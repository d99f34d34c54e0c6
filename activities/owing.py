"""Who still owes what a deadline asks for, and the notices of one ladder step."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from activities.addressing import OF_DEPARTMENT, deciders, desks, resolve
from activities.deadlines import DELEGATION
from activities.deed import Deed
from activities.delegations import send_end
from domain.ladder import Addressee
from domain.states import SubmissionState
from engine import ids
from engine.ids import Kind
from store.registrations import registered_departments
from store.tables import (
    Campaign,
    CouncilSession,
    Deadline,
    Decision,
    Department,
    LadderStep,
    Phase,
    Submission,
    Window,
)
from store.voting import awaited_in

_NOTHING_SENT = (
    SubmissionState.NOT_STARTED,
    SubmissionState.PEER_REVIEWED,
    SubmissionState.RECALLED,
    SubmissionState.OVERDUE,
    SubmissionState.LATE_REQUESTED,
    SubmissionState.LATE_ACCEPTED,
)


def send_step(deed: Deed, deadline: Deadline, step: LadderStep) -> int:
    """Write one ladder step's notices to everybody who owes; return how many."""
    if deadline.name.startswith(DELEGATION):
        return send_end(deed, deadline, step)
    target = ids.read(deadline.owner)
    facts: dict[str, Any] = {
        "until": deadline.due_at,
        "overdue": step.at >= deadline.due_at,
    }
    if target.kind is Kind.CAMPAIGN:
        facts["title"] = deed.session.get_one(Campaign, deed.campaign).title
        return _send_to_offices(deed, deadline, step, facts)
    phase = _phase(deed, target)
    facts["phase"] = phase.name
    if target.kind in (Kind.COUNCIL, Kind.DECISION) or deadline.name in _OF_THE_PHASE:
        return _send_to_offices(deed, deadline, step, facts)
    owing = _owing_departments(deed, deadline, phase.id)
    return _send_for_departments(deed, deadline, step, owing, facts)


_OF_THE_PHASE = ("appraisal", "council", "late_answer")
# What the director owes, and a delegate may sign.
_OF_THE_DIRECTOR: Mapping[str, str] = {
    "pact": "sign_pact",
    "launch": "launch",
    "closing": "close",
    "late_answer": "answer_late",
}


def _phase(deed: Deed, target: ids.Target) -> Phase:
    key = target.key
    if target.kind is Kind.DEPARTMENT:
        key = ids.department_key(target)[0]
    elif target.kind is Kind.COUNCIL:
        key = deed.session.get_one(CouncilSession, key).phase
    elif target.kind is Kind.DECISION:
        key = deed.session.get_one(Decision, key).phase
    return deed.session.get_one(Phase, key)


def _send_to_offices(
    deed: Deed, deadline: Deadline, step: LadderStep, facts: dict[str, Any]
) -> int:
    people = [p for to in step.to for p in _people(deed, deadline, Addressee(to))]
    return deed.notify(
        f"{deadline.name}/{deadline.owner}",
        _kind_of(deed, deadline),
        people,
        step=step.code,
        version=deadline.version,
        **facts,
    )


def _people(deed: Deed, deadline: Deadline, to: Addressee) -> list[str]:
    """Find who stands for an addressee, where that hangs on what is due."""
    if deadline.name == "decision" and to is Addressee.DIRECTOR:
        return deciders(deed, ids.read(deadline.owner).key).people
    if deadline.name == "ballots" and to is Addressee.COUNCIL_MEMBER:
        return awaited_in(deed.session, ids.read(deadline.owner).key)
    return resolve(deed, to, _OF_THE_DIRECTOR.get(deadline.name))


def _kind_of(deed: Deed, deadline: Deadline) -> str:
    own = deadline.name == "decision" and (
        deciders(deed, ids.read(deadline.owner).key).own
    )
    return "own_decision_due" if own else f"{deadline.name}_due"


def _send_for_departments(
    deed: Deed,
    deadline: Deadline,
    step: LadderStep,
    owing: Sequence[Department],
    facts: dict[str, Any],
) -> int:
    sent = 0
    if not owing:
        return sent
    own = [Addressee(to) for to in step.to if Addressee(to) in OF_DEPARTMENT]
    if own:
        found = desks(deed, [d.code for d in owing], own[0])
        for department in owing:
            sent += _send_for(
                deed, deadline, step, [department], found[department.code], facts
            )
    above = [Addressee(to) for to in step.to if Addressee(to) not in OF_DEPARTMENT]
    people = [person for to in above for person in resolve(deed, to)]
    return sent + _send_for(deed, deadline, step, owing, people, facts)


def _send_for(
    deed: Deed,
    deadline: Deadline,
    step: LadderStep,
    departments: Sequence[Department],
    people: Sequence[str],
    facts: dict[str, Any],
) -> int:
    who = departments[0].code if len(departments) == 1 else "all"
    return deed.notify(
        f"{deadline.name}/{deadline.owner}/{who}",
        f"{deadline.name}_due",
        people,
        step=step.code,
        version=deadline.version,
        department="; ".join(department.name for department in departments),
        **facts,
    )


def _owing_departments(
    deed: Deed, deadline: Deadline, phase_id: str
) -> list[Department]:
    """Find who owes at this deadline: it is theirs, and they have not sent."""
    if deadline.name == "supplement":
        owing = _returned(deed, deadline)
    elif deadline.name == "registration":
        owing = _unregistered(deed, deadline, phase_id)
    else:
        owing = _unsent(deed, deadline, phase_id)
    return list(
        deed.session.exec(
            select(Department)
            .where(col(Department.code).in_(owing))
            .order_by(Department.code)
        )
    )


def _windows(deadline: Deadline, phase_id: str) -> list[Any]:
    """Conditions that a window hangs on this very deadline, not on another."""
    target = ids.read(deadline.owner)
    where: list[Any] = [
        Window.phase == phase_id,
        Window.kind == deadline.name,
        col(Window.own) == (target.kind is Kind.DEPARTMENT),
    ]
    if target.kind is Kind.DEPARTMENT:
        where.append(Window.department == ids.department_key(target)[1])
    return where


def _unsent(deed: Deed, deadline: Deadline, phase_id: str) -> list[str]:
    query = (
        select(Submission.department)
        .join(
            Window,
            (col(Window.phase) == col(Submission.phase))
            & (col(Window.department) == col(Submission.department)),
        )
        .where(*_windows(deadline, phase_id), col(Submission.state).in_(_NOTHING_SENT))
    )
    return list(deed.session.exec(query))


def _unregistered(deed: Deed, deadline: Deadline, phase_id: str) -> list[str]:
    registered = registered_departments(deed.campaign)
    query = select(Window.department).where(
        *_windows(deadline, phase_id), col(Window.department).not_in(registered)
    )
    return list(deed.session.exec(query))


def _returned(deed: Deed, deadline: Deadline) -> list[str]:
    phase_id, code = ids.department_key(ids.read(deadline.owner))
    submission = deed.session.get(Submission, (phase_id, code))
    returned = submission and submission.state is SubmissionState.RETURNED
    return [code] if returned else []
