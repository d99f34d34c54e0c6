"""What the office may not decide itself: sent upward, and answered later."""

from collections.abc import Mapping
from datetime import date

from activities.effects.decision.publication import date_the_posting
from activities.effects.decision.rulings import lines_of
from activities.effects.registry import Answer, Call, effect
from activities.lines import move
from activities.services.calendar.deadlines import (
    close_deadlines,
    in_working_days,
    set_deadline,
)
from activities.services.decision.decisions import rows_of
from activities.services.decision.outcomes import News, tell_line, tell_lines
from activities.services.decision.reevaluation import reevaluate
from activities.services.progress.reviews import sum_up_if_closed
from domain.calendar import day_vi, local_day
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.states import LineState
from intake.acts.decision import Forward, SuperiorAnswer
from papers.terms import LINE_STATES
from store.database import update_all
from store.tables import Decision, DecisionLine, Nomination

_ANSWERS: Mapping[str, LineState] = {
    "awarded": LineState.SUPERIOR_AWARDED,
    "declined": LineState.SUPERIOR_DECLINED,
    "returned": LineState.SUPERIOR_RETURNED,
    "revoked": LineState.REVOKED,
}
# What a superior may answer on, and what undo.
_ASKED_OF = (LineState.FORWARDED_UPWARD, LineState.SUPERIOR_AWARDED)
_ANSWER_DAYS = 60  # working days after which somebody asks the superior


@effect("forward")
def forward(call: Call, body: Forward) -> Answer:
    """Send upward what the office may not grant itself."""
    decision = call.decision()
    lines = [
        line
        for line in lines_of(call, decision)
        if line.state in (LineState.DIRECTOR_APPROVED, LineState.SUPERIOR_RETURNED)
    ]
    if not lines:
        raise refuse("nothing_to_forward", "Quyết định này không còn gì để trình.")
    move(call.deed, lines, LineState.FORWARDED_UPWARD, body.letter)
    sent = rows_of(call.session, decision, lines)
    for row in sent:
        row.forwarded_at = call.received_at
    update_all(call.session, sent, "forwarded_at")
    tell_lines(call.deed, [News(line, "forwarded") for line in lines])
    answer_by = in_working_days(call.deed, _ANSWER_DAYS)
    set_deadline(call.deed, str(call.target), DeadlineKind.ANSWER, answer_by)
    return {"forwarded": [str(line.id) for line in lines]}


def _awaited(line: Nomination) -> bool:
    return line.state is LineState.FORWARDED_UPWARD


def _require_asked_before(row: DecisionLine, answered_on: date) -> None:
    asked_on = local_day(row.forwarded_at) if row.forwarded_at else answered_on
    if answered_on < asked_on:
        raise refuse(
            "answered_too_early",
            f"Đề nghị này trình cấp trên ngày {day_vi(asked_on)}; cấp trên không thể "
            f"trả lời ngày {day_vi(answered_on)}.",
        )


@effect("record_superior_answer")
def record_superior_answer(call: Call, body: SuperiorAnswer) -> Answer:
    """Write down a superior's answer, even after the campaign has closed."""
    decision = call.decision()
    line = _asked_about(call, decision, body)
    row = call.session.get_one(DecisionLine, (decision.id, body.line))
    _require_asked_before(row, body.answered_on)
    move(call.deed, [line], _ANSWERS[body.outcome], body.reference)
    row.answered_at, row.answered_on = call.received_at, body.answered_on
    call.session.add(row)
    answer = LINE_STATES[_ANSWERS[body.outcome]]
    tell_line(call.deed, line, "superior_answered", answer=answer)
    call.session.flush()
    if not any(_awaited(each) for each in lines_of(call, decision)):
        close_deadlines(call.deed, str(call.target), DeadlineKind.ANSWER)
    if body.outcome == "revoked":
        reevaluate(call.deed, [line])
    sum_up_if_closed(call.deed)
    if body.outcome != "awarded":
        return {"state": line.state}
    # The office can post nothing before it knows.
    posting = date_the_posting(call, decision, call.deed.day)
    return {"state": line.state, **posting}


def _asked_about(call: Call, decision: Decision, body: SuperiorAnswer) -> Nomination:
    """Find the line that an answer is about. Refused (`unknown_line`)."""
    before = _ASKED_OF[body.outcome == "revoked"]
    for line in lines_of(call, decision):
        if line.id == body.line and line.state is before:
            return line
    raise refuse(
        "unknown_line",
        f"Quyết định này không có đề nghị nào như vậy «{LINE_STATES[before]}».",
    )
