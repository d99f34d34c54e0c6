"""A member's written opinion on a matter: a score, or a word in a poll."""

from activities.effects.cases.matter import require_not_own, take, tell, the_case
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import running
from domain.cases.procedures import confidential
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.states import CaseKind
from intake.acts.cases import AssessCase
from intake.fields import Empty
from store.office import people
from store.office.twins import require_one_human_each
from store.tables import Case, CaseOpinion


@effect("open_poll")
def open_poll(call: Call, _body: Empty) -> Answer:
    """Ask the council in writing, on its chair's word; no meeting need be held (E3)."""
    case = the_case(call)
    if confidential(case.basis):
        raise refuse(
            "not_polled",
            "Thành tích thuộc phạm vi bí mật nhà nước không lấy ý kiến của cả Hội "
            "đồng bằng văn bản; Chánh Văn phòng quyết định.",
        )
    take(call, case, "open_poll")
    due = running(call.session, str(call.target))[DeadlineKind.AD_HOC_AWARD]
    seats = people.seats(call.session, call.deed.day)
    asked = [seat.person for seat in seats if seat.person != case.subject]
    tell(call, case, "poll_opened", asked, until=due.due_at)
    return {"state": case.state}


@effect("assess_case")
def assess_case(call: Call, body: AssessCase) -> Answer:
    """Say in writing what a member thinks; it is said once."""
    case = the_case(call)
    require_not_own(call, case)
    take(call, case, "assess_case")
    _require_score(case, body)
    require_one_human_each(call.session, [call.deed.actor])
    if call.session.get(CaseOpinion, (case.id, call.deed.actor)) is not None:
        raise refuse("already_said", "Bạn đã cho ý kiến về vụ việc này rồi.")
    call.session.add(
        CaseOpinion(
            case=case.id,
            person=call.deed.actor,
            at=call.received_at,
            **body.model_dump(),
        )
    )
    return {"state": case.state}


def _require_score(case: Case, body: AssessCase) -> None:
    scored = case.kind is CaseKind.INITIATIVE
    if scored is (body.score is not None):
        return
    wanted = "phải cho điểm từ 0 đến 100" if scored else "không cho điểm"
    raise refuse("score_wanted", f"Vụ việc này {wanted} (score).")
