"""Who still owes what a deadline asks for, and the notices of one ladder step."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from activities.addressing import OF_DEPARTMENT, deciders, resolve
from activities.deed import Deed
from activities.services.calendar.delegations import send_end
from activities.services.council.forecast import warn
from activities.services.progress.cases import name_of
from activities.services.progress.department_notices import last_of, next_of, tell_each
from domain import ids
from domain.deadlines import DeadlineKind, kind_of
from domain.ids import Kind
from domain.ladder import Addressee
from domain.states import SubmissionState
from papers.wording import some
from store.tables import (
    Campaign,
    Case,
    CouncilSession,
    Deadline,
    Decision,
    Department,
    LadderStep,
    Phase,
    Submission,
)
from store.voting import awaited_in
from store.waiting import Windows

_NOTHING_SENT = (
    SubmissionState.NOT_STARTED,
    SubmissionState.PEER_REVIEWED,
    SubmissionState.RECALLED,
    SubmissionState.OVERDUE,
    SubmissionState.LATE_REQUESTED,
    SubmissionState.LATE_ACCEPTED,
)


def send_step(
    deed: Deed, deadline: Deadline, step: LadderStep, after: str
) -> tuple[int, str | None]:
    """Write one ladder step's notices to whoever owes, some departments at a time.

    Return how many, and after which department to go on when there are more.
    """
    if kind_of(deadline.name) is DeadlineKind.DELEGATION:
        return send_end(deed, deadline, step), None
    target = ids.read(deadline.owner)
    facts: dict[str, Any] = {
        "until": deadline.due_at,
        "overdue": step.at >= deadline.due_at,
    }
    if target.kind is Kind.CAMPAIGN:
        facts["title"] = deed.session.get_one(Campaign, deed.campaign).title
        return _send_to_offices(deed, deadline, step, facts), None
    if target.kind is Kind.CASE:
        facts["matter"] = name_of(deed.session.get_one(Case, UUID(target.key)))
        return _send_to_offices(deed, deadline, step, facts), None
    facts["phase"] = _phase(deed, target).name
    if deadline.name == "meeting":
        warn(deed, deed.session.get_one(CouncilSession, target.key), step.code)
    if target.kind in (Kind.COUNCIL, Kind.DECISION) or deadline.name in _OF_THE_PHASE:
        return _send_to_offices(deed, deadline, step, facts), None
    return _send_for_departments(deed, deadline, step, facts, after)


_OF_THE_PHASE = ("appraisal", "council", "late_answer")
# What the director owes, and a delegate may sign.
_OF_THE_DIRECTOR: Mapping[str, str] = {
    "pact": "sign_pact",
    "launch": "launch",
    "closing": "close",
    "late_answer": "answer_late",
    "case_resolution": "resolve_case",
    "rescission": "resolve_case",
    "ad_hoc_award": "resolve_case",
    "initiative_certificate": "certify_initiative",
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
    facts: dict[str, Any],
    after: str,
) -> tuple[int, str | None]:
    """Tell those who owe, and once they are told whoever stands above them."""
    said = {**facts, "step": step.code, "version": deadline.version}
    own = [Addressee(to) for to in step.to if Addressee(to) in OF_DEPARTMENT]
    sent, last = 0, None
    if own:
        they = next_of(deed.session, _owing(deadline), after)
        task, kind = f"{deadline.name}/{deadline.owner}", f"{deadline.name}_due"
        sent, last = tell_each(deed, they, own[0], task, kind, **said), last_of(they)
    above = [Addressee(to) for to in step.to if Addressee(to) not in OF_DEPARTMENT]
    if above and last is None:
        sent += _tell_above(deed, deadline, above, said)
    return sent, last


def _tell_above(
    deed: Deed, deadline: Deadline, above: Sequence[Addressee], said: dict[str, Any]
) -> int:
    owing = deed.session.exec(
        select(Department.code, Department.name)
        .where(col(Department.code).in_(_owing(deadline)))
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
        **said,
    )


def _owing(deadline: Deadline) -> Any:
    """Select who owes at this deadline: it is theirs, and they have not sent."""
    if deadline.name == "supplement":
        return _returned(deadline)
    if deadline.name == "registration":
        return windows_of(deadline).unregistered()
    return windows_of(deadline).unsent(_NOTHING_SENT)


def windows_of(deadline: Deadline) -> Windows:
    """Find the windows that hang on this very deadline, not on another."""
    target = ids.read(deadline.owner)
    phase, department = target.key, None
    if target.kind is Kind.DEPARTMENT:
        phase, department = ids.department_key(target)
    return Windows(deadline.campaign, phase, deadline.name, department)


def _returned(deadline: Deadline) -> Any:
    phase_id, code = ids.department_key(ids.read(deadline.owner))
    return select(Submission.department).where(
        Submission.phase == phase_id,
        Submission.department == code,
        Submission.state == SubmissionState.RETURNED,
    )
