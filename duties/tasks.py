"""What one person owes now, from what is open: every task leads to its act."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from domain import ids
from domain.calendar import end_of
from domain.roles import Role
from domain.states import CampaignState, PhaseState, SubmissionState, WindowState
from duties.agenda import Agenda
from duties.cases import of_cases
from duties.duty import Owed, due, owe
from duties.sessions import of_decisions, of_sessions
from store.office.standing import Standing
from store.tables import Campaign, Phase, Submission

_S = SubmissionState
_BEFORE_SUBMISSION = (
    PhaseState.REGISTRATION_OPEN,
    PhaseState.RUNNING,
    PhaseState.DEPARTMENT_REVIEW,
    PhaseState.SUBMISSION_WINDOW,
)
_OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)
_UNSENT = (_S.NOT_STARTED, _S.PEER_REVIEWED, _S.RECALLED, _S.LATE_ACCEPTED)
# With these the list may be posted: all is in, or who is not in is named.
_SETTLED = (_S.APPRAISED, _S.NIL_RETURN, _S.OVERDUE, _S.LATE_REFUSED, _S.CLOSED)


Finder = Callable[[Standing, Agenda], Iterator[Owed]]


def owed(standing: Standing, agenda: Agenda) -> list[Owed]:
    """List what a person owes, the most urgent first."""
    return sorted(
        (one for find in _FINDERS for one in find(standing, agenda)),
        key=lambda one: (one.due_at is None, one.due_at, str(one.target), one.kind),
    )


def _of_campaigns(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    for campaign in agenda.campaigns.values():
        kind = _campaign_act(standing, agenda, campaign)
        if kind is not None:
            due_at = _followed_up(campaign, _UNTIL.get(kind))
            yield owe(kind, ids.campaign(campaign.id), campaign, due_at=due_at)


# The day that a plan names for an act.
_UNTIL = {"sign_pact": "pact_signing_by", "close": "final_review_by"}


def _campaign_act(standing: Standing, agenda: Agenda, campaign: Campaign) -> str | None:
    match campaign.state:
        case CampaignState.DRAFT | CampaignState.PENDING_UNION:
            return "sign_pact" if _has_to_sign(standing, campaign) else None
        case CampaignState.PACT_SIGNED:
            return "launch" if standing.directs("launch", campaign.id) else None
        case _:
            directs = standing.directs("close", campaign.id)
            return "close" if directs and _all_ended(agenda, campaign) else None


def _has_to_sign(standing: Standing, campaign: Campaign) -> bool:
    """The union's chair signs for the union, even one who directs as well."""
    if Role.UNION_CHAIR in standing.roles:
        return campaign.signed_by_union is None
    directs = standing.directs("sign_pact", campaign.id)
    return directs and campaign.signed_by_director is None


def _all_ended(agenda: Agenda, campaign: Campaign) -> bool:
    phases = [p for p in agenda.phases.values() if p.campaign == campaign.id]
    return bool(phases) and all(phase.state in _OVER for phase in phases)


def _followed_up(campaign: Campaign, field: str | None) -> datetime | None:
    day = (campaign.plan.get("follow_up") or {}).get(field)
    return end_of(date.fromisoformat(day)) if day else None


def _of_desks(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    for submission in agenda.submissions:
        if submission.department in standing.desks:
            phase = agenda.phases[submission.phase]
            yield from _of_desk(agenda, phase, submission)


def _of_desk(agenda: Agenda, phase: Phase, submission: Submission) -> Iterator[Owed]:
    target = ids.department(phase.id, submission.department)
    name = agenda.departments[submission.department]
    mark = (phase.campaign, submission.department)
    if phase.state in _BEFORE_SUBMISSION and mark not in agenda.launched:
        yield owe("launch_department", target, phase, name)
    due_at = _open_until(agenda, submission, "registration")
    if due_at is not None and mark not in agenda.registered:
        yield owe("register", target, phase, name, due_at)
    kind, due_at = _list_act(agenda, phase, submission)
    if kind is not None:
        yield owe(kind, target, phase, name, due_at)


def _list_act(
    agenda: Agenda, phase: Phase, submission: Submission
) -> tuple[str | None, datetime | None]:
    """Find the next thing that a department does about its list."""
    due_at = _open_until(agenda, submission, "submission")
    if submission.state in _UNSENT and due_at is not None:
        reviewed = submission.peer_review is not None
        return "submit" if reviewed else "record_peer_review", due_at
    if submission.state is _S.OVERDUE and phase.state is PhaseState.APPRAISAL:
        window = agenda.windows.get((phase.id, submission.department, "submission"))
        return "request_late", window.due_at if window else None
    if submission.state is _S.RETURNED:
        owner = str(ids.department(phase.id, submission.department))
        return "supplement", agenda.dues.get((owner, "supplement"))
    return None, None


def _open_until(agenda: Agenda, submission: Submission, kind: str) -> datetime | None:
    """Give the end of a department's window, if that has opened and not closed."""
    window = agenda.windows.get((submission.phase, submission.department, kind))
    if window is None or window.state is WindowState.CLOSED:
        return None
    return window.due_at if window.opens_at <= agenda.moment else None


def _of_secretariat(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    if Role.SECRETARIAT not in standing.roles:
        return
    for submission in agenda.submissions:
        kind = _DESK_ACTS.get(submission.state)
        if kind is not None:
            yield _about_list(agenda, submission, kind)
    for phase in agenda.phases.values():
        target = ids.phase(phase.id)
        if _may_be_posted(agenda, phase):
            yield owe("publish", target, phase, due_at=due(agenda, target, "appraisal"))
        if _lacks_a_session(agenda, phase):
            yield owe("convene", target, phase, due_at=due(agenda, target, "council"))


_DESK_ACTS = {
    _S.SUBMITTED: "receive",
    _S.RECEIVED: "appraise",
    _S.RESUBMITTED: "appraise",
}


def _about_list(agenda: Agenda, submission: Submission, kind: str) -> Owed:
    phase = agenda.phases[submission.phase]
    return owe(
        kind,
        ids.department(phase.id, submission.department),
        phase,
        agenda.departments[submission.department],
        due(agenda, ids.phase(phase.id), "appraisal"),
    )


def _may_be_posted(agenda: Agenda, phase: Phase) -> bool:
    states = [s.state for s in agenda.submissions if s.phase == phase.id]
    appraised = phase.state is PhaseState.APPRAISAL
    return appraised and all(state in _SETTLED for state in states)


def _lacks_a_session(agenda: Agenda, phase: Phase) -> bool:
    met = any(meeting.phase == phase.id for meeting in agenda.sessions)
    return phase.state is PhaseState.COUNCIL_REVIEW and not met


def _of_the_late(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    for submission in agenda.submissions:
        campaign = agenda.phases[submission.phase].campaign
        signs = (campaign, "answer_late") in standing.signs
        answers = Role.COUNCIL_CHAIR in standing.roles or signs
        if answers and submission.state is _S.LATE_REQUESTED:
            yield _about_list(agenda, submission, "answer_late")


_FINDERS: tuple[Finder, ...] = (
    _of_campaigns,
    _of_desks,
    _of_secretariat,
    _of_the_late,
    of_sessions,
    of_decisions,
    of_cases,
)
