"""What follows a signed decision: its number, its issue, and who is told of it."""

from collections.abc import Sequence

from sqlmodel import func, select

from activities.addressing import everybody, secretariat_desk
from activities.effects.cases.rescission import issue_rescission
from activities.effects.decision.correction import issue_correction
from activities.effects.decision.publication import date_the_posting
from activities.effects.decision.rulings import lines_of
from activities.effects.decision.signature import NOTIFY_DAYS
from activities.effects.registry import Answer, Call, effect
from activities.lines import move
from activities.services.calendar.deadlines import (
    by_sla,
    close_deadlines,
    set_deadline,
)
from activities.services.decision.decisions import (
    decided_on,
    number_of,
    occasion_of,
)
from activities.services.decision.outcomes import News, tell_left_out, tell_lines
from activities.services.progress.phase_progress import settle
from activities.stages import reach
from domain.calendar import local_day
from domain.deadlines import DeadlineKind
from domain.numbering import against_leap, against_year, numbered
from domain.refusals import Refused, refuse
from domain.states import DecisionKind, DecisionState, LineState
from intake.acts.decision import Number, Renumber
from intake.fields import Empty
from store import record
from store.database import lock
from store.plans import pack_of
from store.tables import Decision, Nomination, Phase


@effect("number")
def number(call: Call, body: Number) -> Answer:
    """Give the signed decision its number: once in a year and series."""
    decision = call.decision()
    _write_number(call, decision, body)
    reach(call.deed, decision, DecisionState.NUMBERED)
    return {"number": number_of(decision)}


@effect("renumber")
def renumber(call: Call, body: Renumber) -> Answer:
    """Put a number right before anybody has read it; both stand in the record."""
    decision = call.decision()
    before = {"number": number_of(decision), "year": decision.number_year}
    _write_number(call, decision, body)
    call.session.add(decision)
    call.deed.facts["from"] = before
    call.deed.notify(
        f"renumber/{decision.id}",
        "renumbered",
        secretariat_desk(call.deed),
        again=True,
        phase=call.session.get_one(Phase, decision.phase).name,
        before=before["number"],
        number=number_of(decision),
        reason=body.reason,
    )
    return {"number": number_of(decision)}


def _write_number(call: Call, decision: Decision, body: Number) -> None:
    """Write a number. Refused (`number_taken`, `number_year`, `number_leap`)."""
    _require_in_turn(call, decision, body)
    taken = call.session.exec(
        select(Decision.id).where(
            Decision.series == body.series,
            Decision.number_year == body.year,
            Decision.number == body.number,
            Decision.id != decision.id,
        )
    ).first()
    if taken:
        raise refuse(
            "number_taken",
            f"Số {numbered(body.number, body.series)} năm {body.year} đã dùng cho "
            f"{taken}.",
        )
    decision.number, decision.number_year = body.number, body.year
    decision.series = body.series


def _require_in_turn(call: Call, decision: Decision, body: Number) -> None:
    signed, today = decided_on(decision), local_day(call.received_at)
    wrong = against_year(body.year, signed, today)
    if wrong is None and body.reason is None:
        used = Decision.series == body.series, Decision.number_year == body.year
        last = call.session.exec(select(func.max(Decision.number)).where(*used)).one()
        wrong = against_leap(body.number, last or 0)
    if wrong is not None:
        raise Refused(wrong)


@effect("issue")
def issue(call: Call, _body: Empty) -> Answer:
    """Issue: what the decision says now holds, everybody concerned is told."""
    decision = call.decision()
    if decision.kind is DecisionKind.AWARD:
        return _grant(call, decision)
    _put_out(call, decision)
    if decision.kind is DecisionKind.CORRECTION:
        return issue_correction(call, decision)
    return issue_rescission(call, decision)


def _put_out(call: Call, decision: Decision) -> None:
    """Note when it is issued, and the head of the record until then."""
    head = record.head_link(call.session, call.deed.campaign)
    decision.issued_at = call.received_at
    decision.head_seq, decision.head_digest = head
    call.deed.facts["head"] = [call.deed.campaign, *head]
    reach(call.deed, decision, DecisionState.ISSUED)
    close_deadlines(call.deed, str(call.target), DeadlineKind.ISSUE)


def _grant(call: Call, decision: Decision) -> Answer:
    """Grant what the office may grant; the rest has to go upward."""
    phase = lock(call.session, Phase, Phase.id == decision.phase)[0]
    lines, pack = lines_of(call, decision), pack_of(call.session, phase)
    approved = [line for line in lines if line.state is LineState.DIRECTOR_APPROVED]
    granted = [line for line in approved if pack.is_ours(line.title)]
    beyond = [line for line in approved if not pack.is_ours(line.title)]
    declined = [line for line in lines if line.state is LineState.DIRECTOR_DECLINED]
    _tell_results(call, decision, granted, declined)
    # All that takes long is said; from here on it is written.
    _put_out(call, decision)
    move(call.deed, granted, LineState.AWARDED)
    if beyond:
        forward_by = by_sla(call.deed, pack.sla(NOTIFY_DAYS), call.deed.day)
        set_deadline(call.deed, str(call.target), DeadlineKind.FORWARD, forward_by)
    posting = date_the_posting(call, decision, decided_on(decision))
    call.session.flush()
    settle(call.deed, phase)
    return {
        "awarded": [str(line.id) for line in granted],
        "to_forward": [str(line.id) for line in beyond],
        **posting,
    }


def _tell_results(
    call: Call,
    decision: Decision,
    granted: Sequence[Nomination],
    declined: Sequence[Nomination],
) -> None:
    """Tell whoever it concerns; what is *granted* is about to be moved."""
    facts = {"number": number_of(decision)}
    awards = [News(line, "awarded", facts, moves=1) for line in granted]
    tell_lines(call.deed, [*awards, *(News(x, "declined", facts) for x in declined)])
    tell_left_out(call.deed, decision.session)
    call.deed.notify(
        f"results/{decision.id}",
        "results",
        everybody(call.deed),
        phase=occasion_of(call.session, decision),
        count=sum(not line.secret for line in granted),
        number=number_of(decision),
    )
