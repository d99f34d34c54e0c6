"""What duties are looked for in: all that is open, or what is around one deadline."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, or_, select

from domain import ids
from domain.acts import ACTS, DEADLINES
from domain.calendar import local_day
from domain.deadlines import DeadlineKind
from domain.ids import Kind, WorkflowId
from domain.roles import Role
from domain.states import CampaignState, PhaseState
from duties.duty import Duty, Until
from duties.holders import Holders, holders_on
from engine.open_workflows import UNARCHIVED
from store import delegations
from store.clock import now
from store.database import made_once
from store.office.standing import Standing
from store.tables import Campaign, Case, Deadline, Delegation, Department, Phase

OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)
# A suspended campaign asks nothing of anybody; one that has closed only what its
# decisions and the matters beside its phases have left.
SILENT = (CampaignState.SUSPENDED, CampaignState.CANCELLED)
_AT_WORK = (
    CampaignState.DRAFT,
    CampaignState.PENDING_UNION,
    CampaignState.PACT_SIGNED,
    CampaignState.RUNNING,
)


class Running(NamedTuple):
    """A deadline that runs: until when, in which campaign."""

    due_at: datetime
    campaign: str


@dataclass(frozen=True)
class Agenda:
    """Who holds what, and which campaigns, phases and deadlines are running.

    It is of one *person*, whose departments are in *desks*, or else for everybody: of
    one *owner* of deadlines, or of all of them.
    """

    session: Session
    moment: datetime
    holders: Holders
    campaigns: Mapping[str, Campaign]
    phases: Mapping[str, Phase]
    dues: Mapping[Until, Running]
    desks: Collection[str]
    person: str | None = None
    owner: WorkflowId | None = None

    @property
    def open_phases(self) -> list[str]:
        """The phases that are not over."""
        return [p.id for p in self.phases.values() if p.state not in OVER]

    def duty(
        self,
        act: str,
        target: WorkflowId,
        part: Campaign | Phase | Case,
        kind: DeadlineKind | None,
        *,
        owner: WorkflowId | None = None,
        about: str = "",
        **more: Any,
    ) -> Duty:
        """Say that an act is owed until a deadline of *kind*, if it has one.

        The deadline is kept by the target or another *owner*. It is owed as the table
        of deadlines says, but for what is said *more* of it.
        """
        until = Until(str(owner or target), kind) if kind else None
        running = self.dues.get(until) if until else None
        said: dict[str, Any] = {
            "campaign": part.id if isinstance(part, Campaign) else part.campaign,
            "title": titled(act, _within(part, about)),
            "due_at": running.due_at if running else None,
            "roles": DEADLINES[kind].owed[act] if kind else ACTS[act].who,
        }
        return Duty(act, target, until=until, **{**said, **more})

    def asks(self, role: Role) -> bool:
        """Say whether it is of everybody, or of one who has *role*."""
        return self.person is None or self.person in self.holders.of(role)

    def asks_any(self, people: Collection[str]) -> bool:
        """Say whether it is of everybody, and there are some, or of one of *people*."""
        return bool(people) if self.person is None else self.person in people

    def asks_of(self, duty: Duty) -> bool:
        """Say whether it is of everybody, or of one who owes a duty."""
        return self.person is None or self.person in self.holders.owing(duty)


def _within(part: Campaign | Phase | Case, about: str) -> str:
    whole = part.name if isinstance(part, Phase) else part.title
    return f"{about} – {whole}" if about else whole


def titled(act: str, about: str) -> str:
    """Call what is owed by the act and what that is about."""
    return f"{ACTS[act].summary}: {about}"


def agenda_of(session: Session, standing: Standing) -> Agenda:
    """Look for what one person owes."""
    moment = now(session)
    signing = dict.fromkeys(standing.signs, frozenset({standing.person}))
    day = local_day(moment)
    return Agenda(
        session=session,
        moment=moment,
        holders=holders_on(session, day, standing.desks, signing),
        campaigns=_by_id(session.exec(_CAMPAIGNS)),
        phases=_by_id(session.exec(_PHASES)),
        dues=_running(session.exec(_DUES)),
        desks=standing.desks,
        person=standing.person,
    )


def agenda_of_all(session: Session) -> Agenda:
    """Look for what anybody owes to anything."""
    moment = now(session)
    desks = session.exec(select(Department.code).order_by(Department.code)).all()
    given = select(Delegation.campaign).distinct().order_by(Delegation.campaign)
    signing = {
        power: people
        for code in session.exec(given).all()
        for power, people in delegations.signing(session, code, moment).items()
    }
    return Agenda(
        session=session,
        moment=moment,
        holders=holders_on(session, local_day(moment), desks, signing),
        campaigns=_by_id(session.exec(_CAMPAIGNS)),
        phases=_by_id(session.exec(_PHASES)),
        dues=_running(session.exec(_DUES)),
        desks=desks,
    )


def agenda_around(session: Session, owner: WorkflowId, campaign: str) -> Agenda:
    """Look for what anybody owes to the deadlines of one owner."""
    moment = now(session)
    desks = [ids.department_key(owner)[1]] if owner.kind is Kind.DEPARTMENT else []
    signing = delegations.signing(session, campaign, moment)
    return Agenda(
        session=session,
        moment=moment,
        holders=holders_on(session, local_day(moment), desks, signing),
        campaigns=_by_id(_campaign(session, campaign=campaign)),
        phases=_by_id(_phases_of(session, campaign=campaign)),
        dues=_running(_dues_of(session, owner=str(owner))),
        desks=desks,
        owner=owner,
    )


# Campaigns at work, and those whose files are still to be archived.
_CAMPAIGNS: Any = (
    select(Campaign)
    .where(or_(col(Campaign.state).in_(_AT_WORK), UNARCHIVED))
    .order_by(Campaign.id)
)
# The phases of campaigns that are at work.
_PHASES: Any = (
    select(Phase)
    .join(Campaign, col(Campaign.id) == col(Phase.campaign))
    .where(col(Campaign.state).in_(_AT_WORK))
    .order_by(Phase.id)
)
_DUES: Any = (
    select(Deadline.owner, Deadline.name, Deadline.due_at, Deadline.campaign)
    .join(Campaign, col(Campaign.id) == col(Deadline.campaign))
    .where(col(Deadline.closed_at).is_(None), col(Campaign.state).not_in(SILENT))
)


@made_once
def _campaign(campaign: Any) -> Any:
    return _CAMPAIGNS.where(Campaign.id == campaign)


@made_once
def _phases_of(campaign: Any) -> Any:
    return _PHASES.where(Phase.campaign == campaign)


@made_once
def _dues_of(owner: Any) -> Any:
    return _DUES.where(Deadline.owner == owner)


def _by_id(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows}


def _running(rows: Iterable[Any]) -> dict[Until, Running]:
    return {Until(owner, name): Running(due, whole) for owner, name, due, whole in rows}
