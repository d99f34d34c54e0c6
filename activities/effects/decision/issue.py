"""What follows a signed decision: its number, its issue, and who is told of it."""

from collections.abc import Sequence

from sqlmodel import select

from activities.addressing import everybody
from activities.effects.cases.rescission import issue_rescission
from activities.effects.decision.correction import issue_correction
from activities.effects.decision.rulings import lines_of
from activities.effects.decision.signature import NOTIFY_DAYS
from activities.effects.registry import Answer, Call, effect
from activities.lines import move
from activities.services.calendar.deadlines import (
    close_deadlines,
    in_working_days,
    set_deadline,
)
from activities.services.decision.decisions import number_of
from activities.services.decision.outcomes import News, tell_left_out, tell_lines
from activities.services.progress.phase_progress import settle
from activities.stages import reach
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from domain.states import DecisionKind, DecisionState, LineState
from intake.acts.decision import Number
from intake.fields import Empty
from store.database import lock
from store.plans import pack_of
from store.tables import Decision, Nomination, Phase


@effect("number")
def number(call: Call, body: Number) -> Answer:
    """Give the signed decision its number: once in a year and series."""
    decision = call.decision()
    taken = call.session.exec(
        select(Decision.id).where(
            Decision.series == body.series,
            Decision.number_year == body.year,
            Decision.number == body.number,
        )
    ).first()
    if taken:
        raise refuse(
            "number_taken",
            f"Số {body.number:02}/{body.series} năm {body.year} đã dùng cho {taken}.",
        )
    decision.number, decision.number_year = body.number, body.year
    decision.series = body.series
    reach(call.deed, decision, DecisionState.NUMBERED)
    return {"number": number_of(decision)}


@effect("issue")
def issue(call: Call, _body: Empty) -> Answer:
    """Issue: what the decision says now holds, everybody concerned is told."""
    decision = call.decision()
    decision.issued_at = call.received_at
    reach(call.deed, decision, DecisionState.ISSUED)
    close_deadlines(call.deed, str(call.target), DeadlineKind.ISSUE)
    if decision.kind is DecisionKind.CORRECTION:
        return issue_correction(call, decision, number_of(decision))
    if decision.kind is DecisionKind.RESCISSION:
        return issue_rescission(call, decision, number_of(decision))
    return _grant(call, decision)


def _grant(call: Call, decision: Decision) -> Answer:
    """Grant what the office may grant; the rest has to go upward."""
    phase = lock(call.session, Phase, Phase.id == decision.phase)[0]
    pack = pack_of(call.session, phase)
    lines = lines_of(call, decision)
    approved = [line for line in lines if line.state is LineState.DIRECTOR_APPROVED]
    granted = [line for line in approved if _ours(pack, line)]
    move(call.deed, granted, LineState.AWARDED)
    _tell_results(call, phase, decision, lines)
    if len(granted) < len(approved):
        forward_by = in_working_days(call.deed, pack.sla(NOTIFY_DAYS).days)
        set_deadline(call.deed, str(call.target), DeadlineKind.FORWARD, forward_by)
    call.session.flush()
    settle(call.deed, phase)
    return {
        "awarded": [str(line.id) for line in granted],
        "to_forward": [str(line.id) for line in approved if not _ours(pack, line)],
    }


def _ours(pack: RulePack, line: Nomination) -> bool:
    code = pack.title(line.title).authority
    return next(a.ours for a in pack.authorities if a.code == code)


def _tell_results(
    call: Call,
    phase: Phase,
    decision: Decision,
    lines: Sequence[Nomination],
) -> None:
    facts = {"number": number_of(decision)}
    news = [News(x, _TOLD[x.state], facts) for x in lines if x.state in _TOLD]
    tell_lines(call.deed, news)
    tell_left_out(call.deed, decision.session)
    told = sum(x.state is LineState.AWARDED and not x.secret for x in lines)
    call.deed.notify(
        f"results/{decision.id}",
        "results",
        everybody(call.deed),
        phase=phase.name,
        count=told,
        number=number_of(decision),
    )


_TOLD = {LineState.AWARDED: "awarded", LineState.DIRECTOR_DECLINED: "declined"}
