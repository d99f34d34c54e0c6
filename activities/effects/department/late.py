"""Coming late: a department asks with a reason, and the council's chair answers."""

from datetime import datetime
from typing import Any

from activities.addressing import resolve, secretariat_desk, signers
from activities.effects.department.submission import tell
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import in_working_days, set_deadline
from activities.services.calendar.precedence import require_room
from activities.services.calendar.windows import extend_for_one
from activities.stages import reach
from domain import ids
from domain.calendar import end_of
from domain.deadlines import DeadlineKind
from domain.ladder import Addressee
from domain.refusals import refuse
from domain.states import SubmissionState
from intake.acts.department import AnswerLate
from intake.fields import Reason
from store.office import people
from store.tables import Office

_S = SubmissionState
_ANSWER_DAYS = 2  # working days for the chair, the office's own habit


@effect("request_late")
def request_late(call: Call, body: Reason) -> Answer:
    """Ask to send after the end; the chair decides until the list is posted."""
    submission = call.submission()
    call.phase()
    submission.late_reason = body.reason
    reach(call.deed, submission, _S.LATE_REQUESTED)
    answer_by = in_working_days(call.deed, _ANSWER_DAYS)
    set_deadline(call.deed, str(call.target), DeadlineKind.LATE_ANSWER, answer_by)
    chair = resolve(call.deed, Addressee.COUNCIL_CHAIR)
    to = [*chair, *signers(call.deed, "answer_late"), *secretariat_desk(call.deed)]
    tell(call, "late", "late_requested", to, reason=body.reason)
    return {"state": submission.state}


@effect("answer_late")
def answer_late(call: Call, body: AnswerLate) -> Answer:
    """Open a window for one late department, or refuse it with a reason."""
    submission = call.submission()
    call.phase()
    answered = _S.LATE_ACCEPTED if body.accept else _S.LATE_REFUSED
    reach(call.deed, submission, answered)
    facts: dict[str, Any] = {"reason": body.reason}
    if body.accept:
        facts = {"until": _open_late(call, body)}
    head, day = Office.DEPARTMENT_HEAD, call.deed.day
    heads = people.holders(call.session, head, day, call.department)
    tell(call, "late", submission.state, heads, **facts)
    return {"state": submission.state}


def _open_late(call: Call, body: AnswerLate) -> datetime:
    if body.until is None or end_of(body.until) <= call.received_at:
        raise refuse("until_missing", "Cho nộp muộn thì phải ghi hạn mới, từ hôm nay.")
    until = end_of(body.until)
    phase = ids.department_key(call.target)[0]
    require_room(call.deed, phase, DeadlineKind.SUBMISSION, until)
    extend_for_one(call.deed, call.window_to_change("submission"), until)
    return until
