"""The steps of a matter: filed, taken up or not, reported, concluded, withdrawn."""

from collections.abc import Callable, Mapping

from activities.addressing import resolve
from activities.effects.cases.ad_hoc import grant, require_commendable, require_proposer
from activities.effects.cases.initiative import ask_to_score
from activities.effects.cases.matter import (
    require_below_leaders,
    require_not_own,
    require_recorder,
    require_step,
    take,
    tell,
    tell_desk,
    tell_filer,
    the_case,
)
from activities.effects.cases.rescission import (
    require_alone,
    require_award,
    sign_rescission,
)
from activities.effects.registry import Answer, Call, effect
from activities.services.progress.cases import put_off, rules_of
from activities.services.progress.holds import end_on_hold, hold, release
from domain.cases.clocks import out_of_time
from domain.cases.procedures import PROCEDURES
from domain.ladder import Addressee
from domain.refusals import Refused, refuse
from domain.states import CaseKind
from intake.acts.cases import AcceptCase, ExtendCase, ReportCase, ResolveCase
from intake.fields import Empty, Reason
from store.calendars import office_calendar
from store.database import lock
from store.office import people
from store.tables import Case, Nomination

Need = Callable[[Call, Case], object]
# What else must be true of a matter of some kind, or follows for it.
_TO_FILE: Mapping[CaseKind, tuple[Need, ...]] = {
    CaseKind.RESCISSION: (require_award, require_alone),
    CaseKind.AD_HOC: (require_proposer,),
}
_TO_ACCEPT: Mapping[CaseKind, Need] = {CaseKind.AD_HOC: require_commendable}
_ONCE_ACCEPTED: Mapping[CaseKind, Need] = {CaseKind.INITIATIVE: ask_to_score}
_ONCE_FOUNDED: Mapping[CaseKind, Callable[[Call, Case], str]] = {
    CaseKind.RESCISSION: sign_rescission,
    CaseKind.AD_HOC: grant,
}


@effect("file_case")
def file_case(call: Call, _body: Empty) -> Answer:
    """Hand a matter in; from now on it has a clock."""
    case = the_case(call)
    require_recorder(call, case)
    _require_in_time(call, case)
    for needed in _TO_FILE.get(case.kind, ()):
        needed(call, case)
    take(call, case, "file_case", filed_at=call.received_at)
    tell_desk(call, case, "case_filed")
    return {"state": case.state}


@effect("return_case")
def return_case(call: Call, body: Reason) -> Answer:
    """Give a matter back to be completed, and say what is missing."""
    case = the_case(call)
    take(call, case, "return_case")
    tell_filer(call, case, "case_returned", reason=body.reason)
    return {"state": case.state}


@effect("accept_case")
def accept_case(call: Call, body: AcceptCase) -> Answer:
    """Take a matter up: the line that it speaks against waits from now on (P3)."""
    case = the_case(call)
    if PROCEDURES[case.kind].above_leaders:
        require_below_leaders(call, case)
    if needed := _TO_ACCEPT.get(case.kind):
        needed(call, case)
    take(call, case, "accept_case", is_complex=body.is_complex)
    held = _holds_a_line(case) and bool(hold(call.deed, [_line(call, case)]))
    tell_filer(call, case, "case_accepted")
    if follows := _ONCE_ACCEPTED.get(case.kind):
        follows(call, case)
    return {"state": case.state, "held": held}


@effect("extend_case")
def extend_case(call: Call, body: ExtendCase) -> Answer:
    """Take the longer time that the law gives for a matter, and say why."""
    case = the_case(call)
    require_step(call, case, "extend_case")
    due_at = put_off(call.deed, case, very_complex=body.especially_complex)
    call.deed.facts["case"] = [str(case.id), case.state]
    tell_filer(call, case, "case_extended", until=due_at, reason=body.reason)
    return {"state": case.state, "due_at": due_at.isoformat()}


@effect("refuse_case")
def refuse_case(call: Call, body: Reason) -> Answer:
    """Do not take a matter up, and say why."""
    case = the_case(call)
    take(call, case, "refuse_case")
    tell_filer(call, case, "case_refused", reason=body.reason)
    return {"state": case.state}


@effect("report_case")
def report_case(call: Call, body: ReportCase) -> Answer:
    """Lay the whole file before the director, and before the council for its word."""
    case = the_case(call)
    take(call, case, "report_case", report=body.report)
    members = [seat.person for seat in people.seats(call.session, call.deed.day)]
    told = [*members, *resolve(call.deed, Addressee.DIRECTOR, "resolve_case")]
    tell(call, case, "case_reported", told, report=body.report)
    return {"state": case.state}


@effect("resolve_case")
def resolve_case(call: Call, body: ResolveCase) -> Answer:
    """Conclude whether a matter is so; what it stopped goes on, or ends."""
    case = the_case(call)
    require_not_own(call, case)
    if body.ends_line and (body.outcome == "unfounded" or not _holds_a_line(case)):
        raise refuse(
            "nothing_against_line",
            "Chỉ kết luận là đúng mới chấm dứt được đề nghị đang tạm giữ vì vụ việc.",
        )
    founded = body.outcome == "founded"
    take(call, case, "resolve_case", founded=founded, conclusion=body.conclusion)
    answer: Answer = {"state": case.state}
    follows = _ONCE_FOUNDED.get(case.kind)
    if founded and follows:
        answer["decision"] = follows(call, case)
    elif _holds_a_line(case):
        _let_go(call, case, ends=body.ends_line)
    tell_filer(call, case, "case_resolved", conclusion=body.conclusion)
    return answer


@effect("withdraw_case")
def withdraw_case(call: Call, body: Reason) -> Answer:
    """Take a matter back; what it stopped goes on."""
    case = the_case(call)
    require_recorder(call, case)
    take(call, case, "withdraw_case")
    if _holds_a_line(case):
        _let_go(call, case)
    tell_desk(call, case, "case_withdrawn", reason=body.reason)
    return {"state": case.state}


def _require_in_time(call: Call, case: Case) -> None:
    if case.event_on is None:
        return
    code = PROCEDURES[case.kind].filing_sla
    sla = rules_of(call.deed, case).sla(code) if code else None
    day, calendar = call.deed.day, office_calendar(call.session)
    if refusal := out_of_time(case.kind, sla, case.event_on, day, calendar):
        raise Refused(refusal)


def _holds_a_line(case: Case) -> bool:
    return case.line is not None and PROCEDURES[case.kind].holds_line


def _line(call: Call, case: Case) -> Nomination:
    return lock(call.session, Nomination, Nomination.id == case.line)[0]


def _let_go(call: Call, case: Case, *, ends: bool = False) -> None:
    """End the line that waited for a matter, or let it go on."""
    line = _line(call, case)
    if ends:
        end_on_hold(call.deed, line, case.conclusion or "")
    else:
        release(call.deed, line)
