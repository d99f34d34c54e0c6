"""What deadlines and acts are about, in words: a campaign, a phase, a matter."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlmodel import Session, select

from domain import ids
from domain.cases.procedures import PROCEDURES, confidential
from domain.ids import Kind, WorkflowId
from intake.plans import Plan
from papers.terms import AD_HOC
from store.database import made_once, one_of
from store.plans import plan_of
from store.tables import Campaign, Case, CouncilSession, Decision, Department, Phase

# How the texts of notices call that which a target belongs to.
_CALLED = {Kind.CAMPAIGN: "title", Kind.CASE: "matter"}
Names = dict[WorkflowId, str]


def about(session: Session, target: WorkflowId) -> dict[str, str]:
    """Name what a target belongs to, by the word that texts have for it."""
    return {_CALLED.get(target.kind, "phase"): wholes(session, [target])[target]}


def target_name(session: Session, target: WorkflowId) -> str:
    """Name a target itself, in its campaign or its phase."""
    whole = wholes(session, [target])[target]
    match target.kind:
        case Kind.DEPARTMENT:
            return f"{whole}, {_departments(session, [target])[target]}"
        case Kind.COUNCIL:
            return f"{whole}, phiên họp {ids.number_in(target)}"
        case Kind.DECISION:
            return f"{whole}, quyết định thứ {ids.number_in(target)}"
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
    cases = _cases(session, targets)
    kinds = {str(ids.case(x.id)): PROCEDURES[x.kind].name_vi for x in cases}
    others = [each for each in targets if each.kind is not Kind.CASE]
    return named | kinds | subjects(session, others)


def subjects(session: Session, targets: Collection[WorkflowId]) -> dict[str, str]:
    """Name targets within what they belong to, in so many statements."""
    parts = _departments(session, targets)
    return {
        str(each): f"{parts[each]} – {whole}" if each in parts else whole
        for each, whole in wholes(session, targets).items()
    }


def wholes(session: Session, targets: Collection[WorkflowId]) -> Names:
    """Name what each of some targets belongs to, in so many statements."""
    campaigns = _rows(session, Campaign, _keys(targets, Kind.CAMPAIGN))
    phases = _phases(session, targets)
    rows = _rows(session, Phase, set(filter(None, phases.values())))
    names = {row.id: row.name for row in rows}
    return {
        **{ids.campaign(row.id): row.title for row in campaigns},
        **{ids.case(row.id): name_of(row) for row in _cases(session, targets)},
        **{x: names[key] if key else AD_HOC for x, key in phases.items()},
    }


def name_of(case: Case) -> str:
    """Name a matter for people: what it is, and its title unless that is restricted."""
    procedure = PROCEDURES[case.kind]
    if procedure.restricted or confidential(case.basis):
        return f"{procedure.name_vi} (nội dung hạn chế)"
    return f"{procedure.name_vi} «{case.title}»"


def _phases(
    session: Session, targets: Collection[WorkflowId]
) -> dict[WorkflowId, str | None]:
    """Find the phases that targets belong to; None: no council has led up to it."""
    keys = _keys(targets, Kind.COUNCIL)
    meetings = _rows(session, CouncilSession, keys)
    keys = _keys(targets, Kind.DECISION)
    taken = _rows(session, Decision, keys)
    return {
        **{ids.phase(key): key for key in _keys(targets, Kind.PHASE)},
        **{x: ids.department_key(x)[0] for x in targets if x.kind is Kind.DEPARTMENT},
        **{ids.council(row.id): row.phase for row in meetings},
        **{ids.decision(row.id): row.phase if row.session else None for row in taken},
    }


def _departments(session: Session, targets: Iterable[WorkflowId]) -> Names:
    theirs = [each for each in targets if each.kind is Kind.DEPARTMENT]
    codes = {each: ids.department_key(each)[1] for each in theirs}
    rows = _rows(session, Department, set(codes.values()))
    names = {row.code: row.name for row in rows}
    return {each: names[code] for each, code in codes.items()}


def _cases(session: Session, targets: Iterable[WorkflowId]) -> list[Case]:
    keys = [UUID(key) for key in _keys(targets, Kind.CASE)]
    return _rows(session, Case, keys)


def _keys(targets: Iterable[WorkflowId], kind: Kind) -> list[str]:
    return [each.key for each in targets if each.kind is kind]


def _rows(session: Session, table: Any, keys: Collection[Any]) -> list[Any]:
    """Read the rows that have some keys; of none, nothing is asked."""
    return list(_by_key(table)(session, keys=keys)) if keys else []


@cache
def _by_key(table: Any) -> Callable[..., Any]:
    [key] = inspect(table).primary_key

    @made_once
    def rows(keys: Any) -> Any:
        return select(table).where(one_of(key, keys))

    return rows
