"""What director, clerk and secretariat owe to the decisions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import col, or_, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.roles import Role
from domain.states import DecisionState, LineState
from duties.agenda import SILENT, Agenda
from duties.duty import Duty
from store.deciding import sole_nominees
from store.tables import Campaign, Decision, DecisionLine, Nomination, Phase

_K = DeadlineKind
# What is owed to a decision that stands so.
_NEXT = {
    DecisionState.PENDING: ("decide", _K.DECISION),
    DecisionState.DECIDED: ("number", _K.ISSUE),
    DecisionState.NUMBERED: ("issue", _K.ISSUE),
}
# What is owed to an issued one for a line that stands so.
_UPWARD = {
    LineState.DIRECTOR_APPROVED: ("forward", _K.FORWARD),
    LineState.SUPERIOR_RETURNED: ("forward", _K.FORWARD),
    LineState.FORWARDED_UPWARD: ("record_superior_answer", _K.ANSWER),
}


def of_decisions(agenda: Agenda) -> Iterator[Duty]:
    """Find what is owed to decisions, of campaigns that have closed too."""
    issued = _once_issued(agenda) if agenda.asks(Role.SECRETARIAT) else {}
    rows = _decisions(agenda, issued)
    pending = [row.id for row, _ in rows if row.state is DecisionState.PENDING]
    nominees = sole_nominees(agenda.session, pending) if pending else {}
    for decision, phase in rows:
        next_one = _NEXT.get(decision.state)
        owed = {next_one} if next_one else issued[decision.id]
        for act, kind in sorted(owed):
            yield _duty(agenda, decision, phase, act, kind, nominees.get(decision.id))


def _duty(
    agenda: Agenda,
    decision: Decision,
    phase: Phase,
    act: str,
    kind: DeadlineKind,
    nominee: str | None,
) -> Duty:
    """Nobody decides on their own line; a deputy does it for a director (E25)."""
    duty = agenda.duty(act, ids.decision(decision.id), phase, kind)
    if nominee is None:
        return duty
    duty = replace(duty, but=frozenset({nominee}))
    if nominee not in agenda.holders.of(Role.DIRECTOR):
        return duty
    return replace(duty, roles=duty.roles | {Role.DEPUTY_DIRECTOR}, stands_in=nominee)


def _decisions(
    agenda: Agenda, issued: Mapping[str, object]
) -> list[tuple[Decision, Phase]]:
    rows = agenda.session.exec(
        select(Decision, Phase)
        .join(Phase, col(Phase.id) == col(Decision.phase))
        .join(Campaign, col(Campaign.id) == col(Decision.campaign))
        .where(
            or_(col(Decision.state).in_(_NEXT), col(Decision.id).in_(issued)),
            col(Campaign.state).not_in(SILENT),
            *_only(agenda),
        )
        .order_by(Decision.id)
    )
    return [(decision, phase) for decision, phase in rows]


def _once_issued(agenda: Agenda) -> Mapping[str, set[tuple[str, DeadlineKind]]]:
    """Say what the secretariat owes to issued decisions: to send upward, to ask."""
    rows = agenda.session.exec(
        select(Decision.id, Nomination.state)
        .join(DecisionLine, col(DecisionLine.decision) == col(Decision.id))
        .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
        .where(
            Decision.state == DecisionState.ISSUED,
            col(Nomination.state).in_(_UPWARD),
            *_only(agenda),
        )
        .distinct()
    )
    found: defaultdict[str, set[tuple[str, DeadlineKind]]] = defaultdict(set)
    for key, state in rows:
        found[key].add(_UPWARD[LineState(state)])
    return found


def _only(agenda: Agenda) -> list[Any]:
    """Narrow to the decision that a deadline is of."""
    of = agenda.owner
    return [Decision.id == of.key] if of and of.kind is Kind.DECISION else []
