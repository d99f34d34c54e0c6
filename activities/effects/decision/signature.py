"""A decision signed: by whom and for whom; then the clerk is asked for its number."""

from collections.abc import Sequence
from typing import Any

from activities.addressing import secretariat_desk
from activities.effects.registry import Call
from activities.services.calendar.deadlines import by_sla, set_deadline
from activities.services.decision.decisions import occasion_of, write_decision
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.delegation import Capacity
from domain.states import DecisionKind, DecisionState
from store.office import people
from store.plans import pack_of
from store.tables import (
    Decision,
    DecisionLine,
    Delegation,
    Nomination,
    Office,
    Phase,
)

NOTIFY_DAYS, _ISSUE_DAYS = "notify", "issue"


def sign(call: Call, decision: Decision, state: DecisionState) -> None:
    """Bring a decision to *state* under the actor's signature."""
    signature = _signature(call)  # asked first: what is half signed is not written
    decision.sqlmodel_update(signature)
    reach(call.deed, decision, state)


def sign_amending(
    call: Call,
    amended: Decision,
    kind: DecisionKind,
    content: dict[str, Any],
    lines: Sequence[Nomination] = (),
) -> Decision:
    """Write and sign a decision that amends an earlier one, which stays as it is."""
    decision = write_decision(
        call.deed,
        amended.phase,
        amended.session,
        lines,
        kind=kind,
        amends=amended.id,
        content=content,
        state=DecisionState.DECIDED,
        **_signature(call),
    )
    ask_to_issue(call, decision)
    return decision


def sign_award(call: Call, phase: Phase, line: Nomination) -> Decision:
    """Write and sign a decision that no council has led up to (ad hoc)."""
    decision = write_decision(
        call.deed,
        phase.id,
        None,
        [line],
        state=DecisionState.DECIDED,
        **_signature(call),
    )
    row = call.session.get_one(DecisionLine, (decision.id, line.id))
    row.outcome = line.state
    call.session.add(row)
    ask_to_issue(call, decision)
    return decision


def ask_to_issue(call: Call, decision: Decision) -> None:
    """Ask the clerk for the number, and for the issue in time."""
    phase = call.session.get_one(Phase, decision.phase)
    sla = pack_of(call.session, phase).sla(_ISSUE_DAYS, before=NOTIFY_DAYS)
    due_at = by_sla(call.deed, sla, call.deed.day)
    set_deadline(call.deed, str(ids.decision(decision.id)), DeadlineKind.ISSUE, due_at)
    clerks = people.holders(call.session, Office.RECORDS_CLERK, call.deed.day)
    call.deed.notify(
        f"issue/{decision.id}",
        _TO_ISSUE[decision.kind],
        [*clerks, *secretariat_desk(call.deed)],
        phase=occasion_of(call.session, decision),
        until=due_at,
    )


_TO_ISSUE = {
    DecisionKind.AWARD: "decided",
    DecisionKind.CORRECTION: "correction_signed",
    DecisionKind.RESCISSION: "rescission_signed",
}


def _signature(call: Call) -> dict[str, Any]:
    deed = call.deed
    return {
        "decided_by": deed.actor,
        "decided_at": call.received_at,
        "behalf": deed.behalf,
        "delegation": deed.delegation,
        "capacity": _capacity(call),
    }


def _capacity(call: Call) -> Capacity | None:
    if call.deed.delegation is not None:
        return call.session.get_one(Delegation, call.deed.delegation).capacity
    # A deputy signs for the director who is the nominee.
    return Capacity.SIGNED_FOR if call.deed.behalf is not None else None
