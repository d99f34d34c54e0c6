"""What deadlines are about, in words: a campaign, a phase, a department, a matter."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from domain import ids
from domain.cases.procedures import PROCEDURES
from domain.ids import Kind, WorkflowId
from domain.states import CaseKind
from intake.plans import Plan
from papers.terms import AD_HOC
from store.plans import plan_of
from store.tables import Campaign, Case, CouncilSession, Decision, Department


def subjects_of(plan: Plan) -> dict[str, str]:
    """Name what a plan's own deadlines are about, by their owner."""
    phases = {
        str(ids.phase(ids.phase_key(plan.code, part.number))): part.name
        for part in plan.phases
    }
    return {str(ids.campaign(plan.code)): plan.title, **phases}


def subjects_in(
    session: Session, campaign: Campaign, owners: Iterable[str]
) -> dict[str, str]:
    """Name what deadlines are about, by their owner."""
    named = subjects_of(plan_of(session, campaign.id))
    targets = [ids.read(owner) for owner in {*owners} - named.keys()]
    keys = [each.key for each in targets if each.kind is Kind.COUNCIL]
    met = select(CouncilSession).where(col(CouncilSession.id).in_(keys))
    of_phase = {str(ids.council(row.id)): row.phase for row in session.exec(met)}
    keys = [each.key for each in targets if each.kind is Kind.DECISION]
    taken = select(Decision).where(col(Decision.id).in_(keys))
    for row in session.exec(taken):
        if row.session is None:
            named[str(ids.decision(row.id))] = AD_HOC
        else:
            of_phase[str(ids.decision(row.id))] = row.phase
    named |= {owner: named[str(ids.phase(at))] for owner, at in of_phase.items()}
    named |= _departments(session, named, targets)
    cases = [UUID(each.key) for each in targets if each.kind is Kind.CASE]
    kinds = session.exec(select(Case.id, Case.kind).where(col(Case.id).in_(cases)))
    named |= {
        str(ids.case(key)): PROCEDURES[CaseKind(kind)].name_vi for key, kind in kinds
    }
    return named


def _departments(
    session: Session, named: Mapping[str, str], targets: Iterable[WorkflowId]
) -> dict[str, str]:
    parts = {
        str(each): ids.department_key(each)
        for each in targets
        if each.kind is Kind.DEPARTMENT
    }
    codes = {code for _, code in parts.values()}
    rows = session.exec(
        select(Department.code, Department.name).where(col(Department.code).in_(codes))
    )
    names = dict(rows.all())
    return {
        owner: f"{names[code]} – {named[str(ids.phase(phase))]}"
        for owner, (phase, code) in parts.items()
    }
