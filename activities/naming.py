"""What notices call that which a deadline or an act is about."""

from uuid import UUID

from sqlmodel import Session

from activities.addressing import department_name
from activities.services.decision.decisions import occasion_of
from activities.services.progress.cases import name_of
from domain import ids
from domain.ids import Kind, WorkflowId
from store.tables import Campaign, Case, CouncilSession, Decision, Phase


def about(session: Session, target: WorkflowId) -> dict[str, str]:
    """Name what a target belongs to: a campaign, a matter, or a phase."""
    match target.kind:
        case Kind.CAMPAIGN:
            return {"title": session.get_one(Campaign, target.key).title}
        case Kind.CASE:
            return {"matter": name_of(session.get_one(Case, UUID(target.key)))}
        case Kind.DEPARTMENT:
            phase = ids.department_key(target)[0]
        case Kind.COUNCIL:
            phase = session.get_one(CouncilSession, target.key).phase
        case Kind.DECISION:
            decision = session.get_one(Decision, target.key)
            return {"phase": occasion_of(session, decision)}
        case Kind.PHASE:
            phase = target.key
    return {"phase": session.get_one(Phase, phase).name}


def target_name(session: Session, target: WorkflowId) -> str:
    """Name a target itself, in its campaign or its phase."""
    [whole] = about(session, target).values()
    match target.kind:
        case Kind.DEPARTMENT:
            code = ids.department_key(target)[1]
            return f"{whole}, {department_name(session, code)}"
        case Kind.COUNCIL:
            return f"{whole}, phiên họp {target.key}"
        case Kind.DECISION:
            return f"{whole}, quyết định {target.key}"
    return whole
