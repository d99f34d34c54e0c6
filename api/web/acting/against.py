"""What stands against an act before anything is typed, and what changed meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from api.door import entitle
from api.web.choosing.asked import may_read
from domain import ids
from domain.acts import ACTS
from domain.ids import Kind, WorkflowId
from domain.refusals import Refusal, Refused
from domain.states import (
    CampaignState,
    CaseState,
    DecisionState,
    PhaseState,
    SessionState,
    SubmissionState,
)
from engine.situations import Stand
from papers.terms import wrong_state
from store.clock import now
from store.commands import Intent
from store.knowing.acts import view_of
from store.office.people import names_of
from store.record import acts_after, head

_STAGES: dict[Kind, type[StrEnum]] = {
    Kind.CAMPAIGN: CampaignState,
    Kind.PHASE: PhaseState,
    Kind.DEPARTMENT: SubmissionState,
    Kind.COUNCIL: SessionState,
    Kind.DECISION: DecisionState,
    Kind.CASE: CaseState,
}
_DIGITS = 9
_READ = 200  # acts of a campaign that are looked through


def against(
    session: Session, kind: str, target: WorkflowId, stand: Stand, person: str
) -> list[str]:
    """Say why somebody could not do an act now, whatever they type."""
    found = [*_by_right(session, kind, target, stand, person), *_by_state(kind, stand)]
    return [each.detail for each in found]


def _by_right(
    session: Session, kind: str, target: WorkflowId, stand: Stand, person: str
) -> tuple[Refusal, ...]:
    of_department = target.kind is Kind.DEPARTMENT
    intent = Intent(
        actor=person,
        kind=kind,
        campaign=stand.campaign,
        target=str(target),
        body={},
        key="",
        department=ids.department_key(target)[1] if of_department else None,
    )
    try:
        entitle(session, intent, now(session))
    except Refused as refused:
        return refused.refusals
    return ()


def _by_state(kind: str, stand: Stand) -> Iterator[Refusal]:
    rule = ACTS[kind]
    stage = _STAGES[Kind(rule.target)](stand.stage)
    for state in dict.fromkeys((stand.state, stage)):
        allowed: frozenset[StrEnum] | None = rule.allowed(type(state))
        if allowed is not None and state not in allowed:
            yield wrong_state(state, allowed).refusals[0]
            return


@dataclass(frozen=True)
class Meanwhile:
    """An act of somebody on the same target since a page was opened."""

    title: str
    who: str
    at: datetime


def seen(session: Session, campaign: str) -> int:
    """Say how far the record is that a page is made of."""
    return head(session, campaign)


def meanwhile(
    session: Session, campaign: str, target: WorkflowId, since: str, person: str
) -> list[Meanwhile]:
    """List what others did to a target since a page knew the record so far."""
    if not since.isdecimal() or len(since) > _DIGITS:
        return []
    if not may_read(session, person, "record"):
        return []
    rows = list[Any](acts_after(session, campaign, int(since), _READ))
    view = view_of(session, campaign, person, rows)
    theirs = [
        act
        for act, _, aimed in rows
        if aimed == str(target) and act.actor != person and act.kind in ACTS
        if not view.hides((act, None, aimed))
    ]
    names = names_of(session, [each.actor for each in theirs])
    return [
        Meanwhile(ACTS[each.kind].summary, names.get(each.actor, each.actor), each.at)
        for each in theirs
    ]
