"""What is open, as rows: all that tells what somebody owes, in so many queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, and_, col, or_, select

from domain.calendar import local_day
from domain.cases.procedures import OVER as CASE_OVER
from domain.council.ballots import Method
from domain.roles import Role
from domain.states import (
    CampaignState,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
)
from duties.ballots import Ballots, ballots_of
from store.database import now
from store.deciding import sole_nominees
from store.office import people
from store.office.standing import Standing
from store.tables import (
    Campaign,
    Case,
    CaseAuthor,
    CaseOpinion,
    CouncilSession,
    Deadline,
    Decision,
    DecisionLine,
    Department,
    Nomination,
    Office,
    Phase,
    Registration,
    RoundLine,
    SessionLine,
    SessionMember,
    Submission,
    Window,
)

_DRAFTED = (
    CampaignState.DRAFT,
    CampaignState.PENDING_UNION,
    CampaignState.PACT_SIGNED,
)
# A suspended campaign asks nothing of anybody; one that has closed only to send
# upward what is left.
_SILENT = (CampaignState.SUSPENDED, CampaignState.CANCELLED)
_OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)
_MEETING = (SessionState.CONVENED, SessionState.VOTING, SessionState.COUNTED)
_UNISSUED = (DecisionState.PENDING, DecisionState.DECIDED, DecisionState.NUMBERED)
_TO_FORWARD = (LineState.DIRECTOR_APPROVED, LineState.SUPERIOR_RETURNED)
_SEES_ALL = frozenset({Role.SECRETARIAT, Role.COUNCIL_CHAIR})


@dataclass(frozen=True)
class Agenda:
    """What is open: of the departments that a person answers for or sees.

    *registered* and *launched* pair a campaign with a department that has done so;
    *nominees* are of decisions on the lines of one subject; on the matters in *said*
    this person has nothing more to say; *dues* are by owner and name.
    """

    moment: datetime
    campaigns: Mapping[str, Campaign]
    phases: Mapping[str, Phase]
    departments: Mapping[str, str]
    submissions: Sequence[Submission]
    windows: Mapping[tuple[str, str, str], Window]
    registered: frozenset[tuple[str, str]]
    launched: frozenset[tuple[str, str]]
    sessions: Sequence[CouncilSession]
    members: Sequence[SessionMember]
    uncounted: frozenset[str]
    ballots: Ballots
    decisions: Sequence[Decision]
    nominees: Mapping[str, str]
    directors: Sequence[str]
    cases: Sequence[Case]
    said: frozenset[UUID]
    dues: Mapping[tuple[str, str], datetime]


def agenda_of(session: Session, standing: Standing) -> Agenda:
    """Read what is open, in a number of queries that hangs on nothing."""
    campaigns = _campaigns(session)
    decisions = _decisions(session, standing)
    phases = _phases(session, campaigns, decisions)
    open_phases = [phase.id for phase in phases if phase.state not in _OVER]
    sessions = _sessions(session, open_phases)
    cases = _cases(session)
    moment = now(session)
    return Agenda(
        moment=moment,
        campaigns={campaign.id: campaign for campaign in campaigns},
        phases={phase.id: phase for phase in phases},
        departments=_departments(session),
        submissions=_submissions(session, open_phases, standing),
        windows=_windows(session, open_phases, standing),
        registered=_registered(session, campaigns, standing),
        launched=_launched(session, campaigns, standing),
        sessions=sessions,
        members=_members(session, sessions),
        uncounted=_uncounted(session, sessions),
        ballots=ballots_of(session, [meeting.id for meeting in sessions]),
        decisions=decisions,
        nominees=sole_nominees(session, [decision.id for decision in decisions]),
        directors=people.holders(session, Office.DIRECTOR, local_day(moment)),
        cases=cases,
        said=_said(session, standing.person),
        dues=_dues(session, {*(p.campaign for p in phases), *_campaigns_of(cases)}),
    )


def _campaigns_of(cases: Sequence[Case]) -> set[str]:
    return {case.campaign for case in cases}


def _cases(session: Session) -> Sequence[Case]:
    """List the matters that wait for somebody, of closed campaigns too."""
    return session.exec(
        select(Case)
        .join(Campaign, col(Campaign.id) == col(Case.campaign))
        .where(
            col(Case.state).not_in((*CASE_OVER, CaseState.DRAFT)),
            col(Campaign.state).not_in(_SILENT),
        )
        .order_by(col(Case.id))
    ).all()


def _said(session: Session, person: str) -> frozenset[UUID]:
    """Name the matters on which somebody need not speak: they did, or are authors."""
    spoken = select(CaseOpinion.case).where(CaseOpinion.person == person)
    authored = select(CaseAuthor.case).where(CaseAuthor.person == person)
    either = col(Case.id).in_(spoken) | col(Case.id).in_(authored)
    return frozenset(session.exec(select(Case.id).where(either)))


def _campaigns(session: Session) -> Sequence[Campaign]:
    states = (*_DRAFTED, CampaignState.RUNNING)
    query = select(Campaign).where(col(Campaign.state).in_(states))
    return session.exec(query.order_by(Campaign.id)).all()


def _decisions(session: Session, standing: Standing) -> Sequence[Decision]:
    """List decisions that are not issued, or that have lines to send upward."""
    waits: Any = col(Decision.state).in_(_UNISSUED)
    if Role.SECRETARIAT in standing.roles:
        left = (
            select(DecisionLine.decision)
            .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
            .where(col(Nomination.state).in_(_TO_FORWARD))
        )
        issued = Decision.state == DecisionState.ISSUED
        waits = or_(waits, and_(issued, col(Decision.id).in_(left)))
    return session.exec(
        select(Decision)
        .join(Campaign, col(Campaign.id) == col(Decision.campaign))
        .where(waits, col(Campaign.state).not_in(_SILENT))
        .order_by(Decision.id)
    ).all()


def _phases(
    session: Session, campaigns: Sequence[Campaign], decisions: Sequence[Decision]
) -> Sequence[Phase]:
    of_campaign = col(Phase.campaign).in_([campaign.id for campaign in campaigns])
    of_decision = col(Phase.id).in_([decision.phase for decision in decisions])
    query = select(Phase).where(or_(of_campaign, of_decision))
    return session.exec(query.order_by(Phase.id)).all()


def _departments(session: Session) -> dict[str, str]:
    rows = session.exec(select(Department.code, Department.name)).all()
    return {row[0]: row[1] for row in rows}


def _submissions(
    session: Session, phases: Sequence[str], standing: Standing
) -> Sequence[Submission]:
    query = select(Submission).where(col(Submission.phase).in_(phases))
    answers_late = any(kind == "answer_late" for _, kind in standing.signs)
    if not (standing.roles & _SEES_ALL or answers_late):
        query = query.where(col(Submission.department).in_(standing.desks))
    return session.exec(query.order_by(Submission.phase, Submission.department)).all()


def _windows(
    session: Session, phases: Sequence[str], standing: Standing
) -> dict[tuple[str, str, str], Window]:
    rows = session.exec(
        select(Window).where(
            col(Window.phase).in_(phases), col(Window.department).in_(standing.desks)
        )
    )
    return {(row.phase, row.department, row.kind): row for row in rows}


def _registered(
    session: Session, campaigns: Sequence[Campaign], standing: Standing
) -> frozenset[tuple[str, str]]:
    rows = session.exec(
        select(Registration.campaign, Registration.department)
        .where(
            col(Registration.campaign).in_([campaign.id for campaign in campaigns]),
            col(Registration.department).in_(standing.desks),
            Registration.state != RegistrationState.WITHDRAWN,
        )
        .distinct()
    )
    return frozenset((campaign, department) for campaign, department in rows)


def _launched(
    session: Session, campaigns: Sequence[Campaign], standing: Standing
) -> frozenset[tuple[str, str]]:
    rows = session.exec(
        select(Phase.campaign, Submission.department)
        .join(Submission, col(Submission.phase) == col(Phase.id))
        .where(
            col(Phase.campaign).in_([campaign.id for campaign in campaigns]),
            col(Submission.department).in_(standing.desks),
            col(Submission.launched_at).is_not(None),
        )
    )
    return frozenset((campaign, department) for campaign, department in rows)


def _sessions(session: Session, phases: Sequence[str]) -> Sequence[CouncilSession]:
    query = select(CouncilSession).where(
        col(CouncilSession.phase).in_(phases), col(CouncilSession.state).in_(_MEETING)
    )
    return session.exec(query.order_by(CouncilSession.id)).all()


def _members(
    session: Session, sessions: Sequence[CouncilSession]
) -> Sequence[SessionMember]:
    keys = [meeting.id for meeting in sessions]
    query = select(SessionMember).where(col(SessionMember.session).in_(keys))
    return session.exec(query).all()


def _uncounted(session: Session, sessions: Sequence[CouncilSession]) -> frozenset[str]:
    """Name the sessions that have still to count the hands on a line."""
    keys = [meeting.id for meeting in sessions]
    query = (
        select(SessionLine.session)
        .join(
            RoundLine,
            (col(RoundLine.session) == col(SessionLine.session))
            & (col(RoundLine.line) == col(SessionLine.line)),
        )
        .where(
            col(SessionLine.session).in_(keys),
            col(SessionLine.yes).is_(None),
            RoundLine.method == Method.HANDS,
            col(RoundLine.voided_at).is_(None),
        )
    )
    return frozenset(session.exec(query.distinct()))


def _dues(
    session: Session, campaigns: Iterable[str]
) -> dict[tuple[str, str], datetime]:
    rows = session.exec(
        select(Deadline.owner, Deadline.name, Deadline.due_at).where(
            col(Deadline.campaign).in_(campaigns), col(Deadline.closed_at).is_(None)
        )
    )
    return {(owner, name): due_at for owner, name, due_at in rows}
