"""The computed reviews: sơ kết of a phase, tổng kết of a campaign."""

from functools import partial

from sqlmodel import col, func, select

from activities.addressing import everybody
from activities.deed import Deed
from activities.services.calendar.deadlines import (
    by_plan,
    close_deadlines,
    set_deadline,
)
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import CampaignState, PhaseState
from store.database import lock
from store.findings.reviews import content
from store.plans import plan_of
from store.tables import (
    Campaign,
    CouncilSession,
    Decision,
    Phase,
    Report,
    Submission,
)

# The office's own habit: so many working days from the last results to the review.
_CLOSING_DAYS = 20
_PHASE_DEADLINES = (
    DeadlineKind.PHASE,
    DeadlineKind.PEER_REVIEW,
    DeadlineKind.SUBMISSION,
    DeadlineKind.PUBLIC_NOTICE,
    DeadlineKind.COUNCIL,
)


def sum_up_phase(deed: Deed, phase: Phase) -> Report:
    """Write the review of a decided phase, and close the phase."""
    report = _write(deed, "interim", phase)
    phase.closed_at = deed.at
    reach(deed, phase, PhaseState.CLOSED)
    close_deadlines(deed, str(ids.phase(phase.id)), *_PHASE_DEADLINES)
    deed.wake += waiting_for(phase)
    if phase.final:
        date_the_closing(deed)
    deed.facts |= {"phase": phase.id, "report": str(report.id)}
    deed.notify(
        f"interim/{phase.id}",
        "interim_review",
        everybody(deed),
        version=report.version,
        phase=phase.name,
    )
    return report


def date_the_closing(deed: Deed) -> None:
    """Set by when the campaign is summed up, as the plan has it now."""
    review = plan_of(deed.session, deed.campaign).follow_up.final_review_by
    close_by = by_plan(deed, review, _CLOSING_DAYS)
    set_deadline(deed, str(ids.campaign(deed.campaign)), DeadlineKind.CLOSING, close_by)


def waiting_for(phase: Phase) -> tuple[str, ...]:
    """Name the workflows that wait for a phase to end."""
    return str(ids.departments(phase.id)), str(ids.campaign(phase.campaign))


def sum_up_campaign(deed: Deed, campaign: Campaign) -> Report:
    """Write the closing review, from the campaign's last phase."""
    last = deed.session.exec(
        select(Phase)
        .where(Phase.campaign == campaign.id)
        .order_by(col(Phase.number).desc())
    ).first()
    assert last is not None  # noqa: S101 - a plan has at least one phase
    return _write(deed, "final", last)


def sum_up_if_closed(deed: Deed) -> None:
    """Write the closing review anew, because an award came or went after it."""
    campaign = lock(deed.session, Campaign, Campaign.id == deed.campaign)[0]
    if campaign.state is CampaignState.CLOSED:
        deed.session.flush()
        sum_up_campaign(deed, campaign)


def _write(deed: Deed, kind: str, phase: Phase) -> Report:
    of_phase = phase.id if kind == "interim" else None
    before = deed.session.exec(
        select(func.count())
        .select_from(Report)
        .where(
            Report.campaign == deed.campaign,
            Report.kind == kind,
            col(Report.phase).is_not_distinct_from(of_phase),
        )
    ).one()
    report = Report(
        campaign=deed.campaign,
        phase=of_phase,
        kind=kind,
        version=before + 1,
        at=deed.at,
        content=content(
            deed.session, phase, _owners(deed, phase) if of_phase else None
        ),
    )
    deed.session.add(report)
    deed.session.flush()
    return report


def _owners(deed: Deed, phase: Phase) -> list[str]:
    """Name the workflows that keep a phase's deadlines."""
    here = Submission.phase == phase.id
    sessions = select(CouncilSession.id).where(CouncilSession.phase == phase.id)
    decisions = select(Decision.id).where(Decision.phase == phase.id)
    kept = (
        (partial(ids.department, phase.id), select(Submission.department).where(here)),
        (ids.council, sessions),
        (ids.decision, decisions),
    )
    owners = [name(key) for name, query in kept for key in deed.session.exec(query)]
    return [str(owner) for owner in (ids.phase(phase.id), *owners)]
