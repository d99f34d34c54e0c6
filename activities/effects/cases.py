"""The steps of a matter: filed, taken up or not, reported, concluded, withdrawn."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from activities.addressing import resolve, secretariat_desk
from activities.cases import keep_time, name_of, rules_of
from activities.effects.registry import Answer, Call, effect
from activities.effects.rescission import require_alone, require_award, sign_rescission
from activities.holding import end_on_hold, hold, release
from domain import cases
from domain.cases import OVER, PROCEDURES
from domain.ladder import Addressee
from domain.refusals import Refusal, Refused, refuse
from domain.states import CaseKind
from engine.bodies import AcceptCase, Empty, Reason, ReportCase, ResolveCase
from papers.terms import CASE_STATES
from store import people
from store.database import lock
from store.tables import Case, Nomination


@effect("file_case")
def file_case(call: Call, _body: Empty) -> Answer:
    """Hand a matter in; from now on it has a clock."""
    case = _case(call)
    if call.deed.actor != case.recorded_by:
        raise refuse("not_yours", "Chỉ người đã soạn vụ việc gửi được vụ việc đó.")
    _require_in_time(call, case)
    if case.kind is CaseKind.RESCISSION:
        require_award(call, case)
        require_alone(call, case)
    _take(call, case, "file_case", filed_at=call.received_at)
    _tell_desk(call, case, "case_filed")
    return {"state": case.state}


@effect("accept_case")
def accept_case(call: Call, body: AcceptCase) -> Answer:
    """Take a matter up: the line that it speaks against waits from now on (P3)."""
    case = _case(call)
    _take(call, case, "accept_case", is_complex=body.is_complex)
    held = _holds_a_line(case) and hold(call.deed, _line(call, case))
    _tell_filer(call, case, "case_accepted")
    return {"state": case.state, "held": held}


@effect("refuse_case")
def refuse_case(call: Call, body: Reason) -> Answer:
    """Do not take a matter up, and say why."""
    case = _case(call)
    _take(call, case, "refuse_case")
    _tell_filer(call, case, "case_refused", reason=body.reason)
    return {"state": case.state}


@effect("report_case")
def report_case(call: Call, body: ReportCase) -> Answer:
    """Lay the whole file before the director, and before the council for its word."""
    case = _case(call)
    _take(call, case, "report_case", report=body.report)
    members = [seat.person for seat in people.seats(call.session, call.deed.day)]
    told = {*members, *resolve(call.deed, Addressee.DIRECTOR, "resolve_case")}
    _tell(call, case, "case_reported", sorted(told), report=body.report)
    return {"state": case.state}


@effect("resolve_case")
def resolve_case(call: Call, body: ResolveCase) -> Answer:
    """Conclude whether a matter is so; what it stopped goes on, or ends."""
    case = _case(call)
    _require_not_own(call, case)
    if body.ends_line and body.outcome == "unfounded":
        raise refuse(
            "nothing_against_line",
            "Chỉ kết luận là đúng mới chấm dứt được đề nghị đang tạm giữ.",
        )
    founded = body.outcome == "founded"
    _take(call, case, "resolve_case", founded=founded, conclusion=body.conclusion)
    answer: Answer = {"state": case.state}
    if case.kind is CaseKind.RESCISSION and founded:
        answer["decision"] = sign_rescission(call, case)
    elif _holds_a_line(case):
        _let_go(call, case, ends=body.ends_line)
    _tell_filer(call, case, "case_resolved", conclusion=body.conclusion)
    return answer


@effect("withdraw_case")
def withdraw_case(call: Call, body: Reason) -> Answer:
    """Take a matter back; what it stopped goes on."""
    case = _case(call)
    if call.deed.actor != case.recorded_by:
        raise refuse("not_yours", "Chỉ người đã gửi vụ việc rút được vụ việc đó.")
    _take(call, case, "withdraw_case")
    if _holds_a_line(case):
        _let_go(call, case)
    _tell_desk(call, case, "case_withdrawn", reason=body.reason)
    return {"state": case.state}


def _case(call: Call) -> Case:
    call.not_resting()
    return lock(call.session, Case, Case.id == UUID(call.target.key))[0]


def _take(
    call: Call, case: Case, act: str, *, is_complex: bool = False, **said: Any
) -> None:
    """Bring a matter one step on, if the act, the state and the actor are right."""
    step = cases.step(case.kind, act, case.state, CASE_STATES)
    person = call.deed.behalf or call.deed.actor
    cases.require_role(step, act, people.roles_of(call.session, person, call.deed.day))
    case.sqlmodel_update(said | {"state": step.goes_to})
    case.ended_at = call.received_at if case.state in OVER else None
    call.session.add(case)
    call.session.flush()
    call.deed.facts["case"] = [str(case.id), case.state]
    keep_time(call.deed, case, is_complex=is_complex)


def _require_in_time(call: Call, case: Case) -> None:
    code = PROCEDURES[case.kind].filing_sla
    if code is None or case.event_on is None:
        return
    sla = rules_of(call.deed, case).sla(code)
    if refusal := cases.filed_too_late(sla, case.event_on, call.deed.day):
        raise Refused(refusal)


def _require_not_own(call: Call, case: Case) -> None:
    if case.line and _line(call, case).subject == call.deed.actor:
        raise Refused(OWN_CASE)


OWN_CASE = Refusal(
    "own_case",
    "Không ai kết luận về vụ việc liên quan đến đề nghị của chính mình: Chánh Văn "
    "phòng ủy quyền cho Phó Chánh Văn phòng ký KT.",
)


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


def _tell_desk(call: Call, case: Case, kind: str, **facts: Any) -> None:
    told = [*secretariat_desk(call.deed), *resolve(call.deed, Addressee.DIRECTOR)]
    _tell(call, case, kind, told, **facts)


def _tell_filer(call: Call, case: Case, kind: str, **facts: Any) -> None:
    _tell(call, case, kind, [case.recorded_by], **facts)


def _tell(
    call: Call, case: Case, kind: str, people_told: Sequence[str], **facts: Any
) -> None:
    call.deed.notify(
        f"case/{case.id}", kind, people_told, matter=name_of(case), **facts
    )
