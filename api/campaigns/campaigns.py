"""Campaigns: drafted from a plan, then read; everything else is an act."""

from datetime import date, datetime

from fastapi import Response
from pydantic import Field
from sqlmodel import col, select

from api.admission import reads
from api.answers import Answer
from api.campaigns.targets import MeasuredTargetOut
from api.deps import Reading, TheCampaign
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page
from api.versions import tell
from domain.delegation import Capacity
from domain.refusals import refuse
from domain.reports.targets import Progress
from domain.states import CampaignState, LineState, PhaseState, SubmissionState
from intake.plans import Plan
from store.findings.targets import stages, targets
from store.knowing.lines import knows_all
from store.knowing.matters import about_readable
from store.plans import warnings_of
from store.tables import Campaign, Deadline, Delegation, Phase, Report

router = Router(prefix="/api/v1/campaigns", tags=["campaign"])


class CampaignOut(Answer):
    """A campaign as everybody sees it."""

    id: str
    title: str
    kind: str
    year: int
    state: CampaignState
    version: int
    launched_at: datetime | None
    closed_at: datetime | None
    archived_on: date | None
    archived_with: str | None


class PhaseOut(Answer):
    """A phase of a campaign, with what the rules that it goes by warn of."""

    id: str
    campaign: str
    number: int
    name: str
    final: bool
    state: PhaseState
    period_start: date
    period_end: date
    pack: str
    warnings: list[str]
    titles: list[str]
    round: int


class DeadlineOut(Answer):
    """A deadline as it stands, and as it was first set."""

    owner: str
    name: str
    version: int
    opens_at: datetime | None
    due_at: datetime
    original_due_at: datetime
    closed_at: datetime | None


class DelegationOut(Answer):
    """A power to sign for the director, as it was given; *ends* is out."""

    id: str
    given_by: str
    given_at: datetime
    delegate: str
    capacity: Capacity
    acts: list[str]
    starts: date
    ends: date
    basis: str
    revoked_at: datetime | None
    revoked_because: str | None


class ReviewOut(Answer):
    """What a review says: lists by title, targets, and who was late.

    *outcomes* counts lines by title and state, *departments* has a state for each
    phase and department; *warnings* are those of the rules.
    """

    lists: dict[str, list[str]]
    outcomes: dict[str, dict[LineState, int]]
    targets: list[MeasuredTargetOut]
    departments: dict[str, SubmissionState]
    escalations: int
    warnings: list[str] = Field(default=[])


class ReportOut(Answer):
    """A review, computed."""

    kind: str
    phase: str | None
    version: int
    at: datetime
    content: ReviewOut


_CAMPAIGNS = Order(Campaign, ("year", "id"), last_first=True)
_DEADLINES = Order(Deadline, ("due_at", "owner", "name"))
_DELEGATIONS = Order(Delegation, ("number",))
_REPORTS = Order(Report, ("at", "kind", "version", "id"))


@router.get("", dependencies=[reads("campaigns")])
def campaigns(
    session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[CampaignOut]:
    """List every campaign, the latest year first."""
    return _CAMPAIGNS.page(
        session, select(Campaign), limit, cursor, CampaignOut.model_validate
    )


@router.get("/{code}", dependencies=[reads("campaigns")])
def campaign(found: TheCampaign, response: Response) -> CampaignOut:
    """Read one campaign."""
    tell(response, found.version)
    return CampaignOut.model_validate(found)


@router.get("/{code}/plan", dependencies=[reads("plan")])
def plan(campaign: TheCampaign) -> Plan:
    """Read the plan as it stands now."""
    return Plan.model_validate(campaign.plan)


@router.get("/{code}/phases", dependencies=[reads("campaigns")])
def phases(campaign: TheCampaign, session: Reading) -> list[PhaseOut]:
    """List a campaign's phases."""
    rows = session.exec(
        select(Phase).where(Phase.campaign == campaign.id).order_by(col(Phase.number))
    )
    return [
        PhaseOut.model_validate(
            {**row.model_dump(), "warnings": warnings_of(campaign, row.pack)}
        )
        for row in rows
    ]


@router.get("/{code}/deadlines", dependencies=[reads("calendar")])
def deadlines(
    campaign: TheCampaign,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DeadlineOut]:
    """List every deadline of a campaign, the next one first."""
    open_to = about_readable(session, campaign.id, person.id, col(Deadline.owner))
    query = select(Deadline).where(Deadline.campaign == campaign.id, open_to)
    return _DEADLINES.page(session, query, limit, cursor, DeadlineOut.model_validate)


@router.get("/{code}/delegations", dependencies=[reads("delegations")])
def list_delegations(
    campaign: TheCampaign, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[DelegationOut]:
    """List who may sign for the director, and who might before."""
    query = select(Delegation).where(Delegation.campaign == campaign.id)
    return _DELEGATIONS.page(
        session, query, limit, cursor, DelegationOut.model_validate
    )


@router.get("/{code}/targets", dependencies=[reads("reports")])
def progress(
    campaign: TheCampaign, session: Reading, person: Asking
) -> list[MeasuredTargetOut]:
    """Measure the targets as they stand now, each against its denominators."""
    last = session.exec(
        select(Phase)
        .where(Phase.campaign == campaign.id)
        .order_by(col(Phase.number).desc())
    ).first()
    if last is None:
        raise refuse("not_launched", "Phong trào chưa phát động nên chưa có chỉ tiêu.")
    whole = knows_all(session, person.id)
    awarded = stages(session, campaign.id, whole=whole)[Progress.AWARDED]
    return [MeasuredTargetOut(**each) for each in targets(session, last, awarded)]


@router.get(
    "/{code}/reports",
    response_model_exclude_unset=True,
    dependencies=[reads("reports")],
)
def reports(
    campaign: TheCampaign, session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[ReportOut]:
    """List the reviews of a campaign, every version of them."""
    query = select(Report).where(Report.campaign == campaign.id)
    return _REPORTS.page(session, query, limit, cursor, ReportOut.model_validate)
