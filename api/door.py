"""The door: who asks for an act, by what right, and its row, in one transaction."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from api.identity import Asker, Credentials, require_fresh, who_asks
from domain import ids
from domain.accounts.lifetimes import FRESH_ACTS
from domain.acts import ACTS, may, not_allowed
from domain.calendar import local_day
from domain.ids import Kind, WorkflowId
from domain.record.tending import TENDING
from domain.refusals import Refused
from domain.roles import Role
from domain.states import CommandState
from engine.line import TARGET_OVER
from engine.situations import is_over, stand_and_sent, unknown
from intake.acts.bodies import BODIES
from intake.days import require_days
from intake.fields import Body
from store import commands, delegations
from store.commands import Intent, SentBefore, Turn
from store.deciding import nominated_director
from store.findings.spans import span_of_process
from store.knowing.acts import command_for
from store.knowing.matters import closed_among
from store.office import people


def receive(
    session: Session,
    *,
    kind: str,
    target: WorkflowId,
    body: Body,
    shown: Credentials,
    key: str,
) -> Turn:
    """Write an act down for whoever may do it, or find it under its key.

    Raises Refused as *who_asks* does, and (`unknown_target`, `key_reused`,
    `sign_in_again`, `not_allowed`, `beyond_delegation`, `day_out_of_reach`,
    `target_over`).
    """
    asker = who_asks(session, shown)
    _require_known(session, target, asker.person.id, key)
    stand, sent = stand_and_sent(session, target, asker.person.id, key)
    of_department = target.kind is Kind.DEPARTMENT
    intent = Intent(
        actor=asker.person.id,
        kind=kind,
        campaign=stand.campaign,
        target=str(target),
        body=body.model_dump(mode="json"),
        key=key,
        phase=stand.phase,
        department=ids.department_key(target)[1] if of_department else None,
        window=ACTS[kind].window,
    )
    looked = SentBefore(sent, stand.at)
    turn = commands.receive(session, intent, partial(_admit, session, asker), looked)
    # One sent again gets the answer that it got; a new one that waits may have opened
    # its target again.
    new = turn.command.state is CommandState.RECEIVED
    if stand.over and new and is_over(session, turn.command.target):
        raise Refused(TARGET_OVER)
    return turn


def _require_known(session: Session, target: WorkflowId, person: str, key: str) -> None:
    """Raise Refused (`unknown_target`) for what is closed to whoever acts.

    That takes as long as for one that is not there. What was sent before it was closed
    keeps its answer.
    """
    closed = is_closed(session, target, person)
    if closed and not commands.is_known(session, person, key):
        raise unknown(target)


def is_closed(session: Session, target: WorkflowId, person: str) -> bool:
    """Say whether a matter or a decision is closed to somebody, or is not there."""
    if target.kind not in (Kind.CASE, Kind.DECISION):
        return False
    try:
        return bool(closed_among(session, [str(target)], person))
    except ValueError:  # no id of ours
        return True


def _admit(session: Session, asker: Asker, intent: Intent, at: datetime) -> Intent:
    """Find by what right an act is done, and hold what it says to its campaign.

    Raises Refused (`not_allowed`, `beyond_delegation`, `sign_in_again`,
    `unknown_command`, `day_out_of_reach`).
    """
    entitled = entitle(session, intent, at)
    if intent.kind in TENDING:
        command_for(session, UUID(intent.body["command"]), intent.actor)
    if intent.kind in FRESH_ACTS:
        require_fresh(asker)
    require_days(
        BODIES[intent.kind],
        intent.body,
        lambda: span_of_process(session, intent.campaign, intent.phase, local_day(at)),
    )
    return entitled


def entitle(session: Session, intent: Intent, at: datetime) -> Intent:
    """Find for whom an act is done, and under which delegation; nobody for oneself.

    Raises Refused (`not_allowed`, `beyond_delegation`).
    """
    roles = people.roles_of(session, intent.actor, local_day(at), intent.department)
    if may(intent.kind, roles):
        return intent
    if director := _stands_in_for(session, intent, roles, at):
        return replace(intent, behalf=director)
    basis = delegations.basis_for(
        session, intent.campaign, intent.kind, intent.actor, at
    )
    if basis is None:
        raise not_allowed(intent.kind)
    return replace(intent, behalf=basis.given_by, delegation=basis.id)


def _stands_in_for(
    session: Session, intent: Intent, roles: frozenset[Role], at: datetime
) -> str | None:
    """Name the director whose own lines a deputy decides (E25)."""
    if intent.kind != "decide" or Role.DEPUTY_DIRECTOR not in roles:
        return None
    decision = ids.read(intent.target).key
    return nominated_director(session, decision, local_day(at))


def tend(
    session: Session,
    *,
    kind: str,
    command: UUID,
    said: Body,
    shown: Credentials,
    key: str,
) -> Turn:
    """Write down an act on another act, in whose campaign it is done.

    Raises Refused as *receive* does, and `unknown_command`.
    """
    campaign = commands.find(session, command).campaign
    body = BODIES[kind].model_validate({**said.model_dump(), "command": command})
    target = ids.campaign(campaign)
    return receive(session, kind=kind, target=target, body=body, shown=shown, key=key)
