"""What deadlines and acts are about, in words: a campaign, a phase, a matter."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from domain import ids
from domain.cases.procedures import PROCEDURES, confidential
from domain.ids import Kind, WorkflowId
from intake.plans import Plan
from papers.terms import AD_HOC
from store.plans import plan_of
from store.tables import Campaign, Case, CouncilSession, Decision, Department, Phase

# How the texts of notices call that which a target belongs to.
_CALLED = {Kind.CAMPAIGN: "title", Kind.CASE: "matter"}


def about(session: Session, target: WorkflowId) -> dict[str, str]:
    """Name what a target belongs to, by the word that texts have for it."""
    return {_CALLED.get(target.kind, "phase"): wholes(session, [target])[target]}


def target_name(session: Session, target: WorkflowId) -> str:
    """Name a target itself, in its campaign or its phase."""
    whole = wholes(session, [target])[target]
    match target.kind:
        case Kind.DEPARTMENT:
            return f"{whole}, {department_names(session, [target])[target]}"
        case Kind.COUNCIL:
            return f"{whole}, phiên họp {target.key}"
        case Kind.DECISION:
            return f"{whole}, quyết định {target.key}"
    return whole


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
    """Name what deadlines of a campaign are about, by their owner.

    Of a matter, which not everybody may read, its kind alone is said.
    """
    named = subjects_of(plan_of(session, campaign.id))
    targets = [ids.read(owner) for owner in {*owners} - named.keys()]
    kinds = {
        str(ids.case(case.id)): PROCEDURES[case.kind].name_vi
        for case in _cases(session, _keys(targets, Kind.CASE))
    }
    others = [each for each in targets if each.kind is not Kind.CASE]
    return named | kinds | subjects(session, others)


def subjects(session: Session, targets: Collection[WorkflowId]) -> dict[str, str]:
    """Name targets within what they belong to, in so many statements."""
    found, parts = wholes(session, targets), department_names(session, targets)
    return {
        str(each): f"{parts[each]} – {whole}" if each in parts else whole
        for each, whole in found.items()
    }


def wholes(session: Session, targets: Collection[WorkflowId]) -> dict[WorkflowId, str]:
    """Name what each of some targets belongs to, in so many statements."""
    found: dict[WorkflowId, str] = {}
    if keys := _keys(targets, Kind.CAMPAIGN):
        query = select(Campaign.id, Campaign.title).where(col(Campaign.id).in_(keys))
        found |= {ids.campaign(key): title for key, title in session.exec(query)}
    for case in _cases(session, _keys(targets, Kind.CASE)):
        found[ids.case(case.id)] = name_of(case)
    if phases := _phases(session, targets):
        of_phases = col(Phase.id).in_(set(filter(None, phases.values())))
        names = dict(session.exec(select(Phase.id, Phase.name).where(of_phases)).all())
        found |= {x: names[key] if key else AD_HOC for x, key in phases.items()}
    return found


def _phases(
    session: Session, targets: Collection[WorkflowId]
) -> dict[WorkflowId, str | None]:
    """Find the phases that targets belong to; None: no council has led up to it."""
    found: dict[WorkflowId, str | None] = {
        **{each: each.key for each in targets if each.kind is Kind.PHASE},
        **{x: ids.department_key(x)[0] for x in targets if _of_department(x)},
    }
    if keys := _keys(targets, Kind.COUNCIL):
        met = select(CouncilSession).where(col(CouncilSession.id).in_(keys))
        found |= {ids.council(row.id): row.phase for row in session.exec(met)}
    if keys := _keys(targets, Kind.DECISION):
        taken = select(Decision).where(col(Decision.id).in_(keys))
        found |= {
            ids.decision(row.id): row.phase if row.session else None
            for row in session.exec(taken)
        }
    return found


def name_of(case: Case) -> str:
    """Name a matter for people: what it is, and its title unless that is restricted."""
    procedure = PROCEDURES[case.kind]
    if procedure.restricted or confidential(case.basis):
        return f"{procedure.name_vi} (nội dung hạn chế)"
    return f"{procedure.name_vi} «{case.title}»"


def department_names(
    session: Session, targets: Iterable[WorkflowId]
) -> dict[WorkflowId, str]:
    """Name the departments among some targets."""
    codes = {x: ids.department_key(x)[1] for x in targets if _of_department(x)}
    if not codes:
        return {}
    theirs = col(Department.code).in_(set(codes.values()))
    query = select(Department.code, Department.name).where(theirs)
    names = dict(session.exec(query).all())
    return {target: names[code] for target, code in codes.items()}


def _of_department(target: WorkflowId) -> bool:
    return target.kind is Kind.DEPARTMENT


def _keys(targets: Iterable[WorkflowId], kind: Kind) -> list[str]:
    return [each.key for each in targets if each.kind is kind]


def _cases(session: Session, keys: Collection[str]) -> Iterable[Case]:
    if not keys:
        return ()
    return session.exec(select(Case).where(col(Case.id).in_(map(UUID, keys))))
