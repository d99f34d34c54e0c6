"""The director's decision, its number and issue, and what a superior answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from activities.addressing import (
    department_name,
    desk,
    everybody,
    person_name,
    secretariat_desk,
)
from activities.deadlines import close_deadlines, in_working_days, set_deadline
from activities.effects.registry import Answer, Call, effect, wrong_state
from activities.moving import move
from activities.settling import settle
from domain.eligibility import Stage
from domain.refusals import Refused, refuse
from domain.rulepack import RulePack
from domain.states import DecisionState, LineState
from engine.bodies import Decide, Empty, Number, Ruling
from papers.terms import DECISION_STATES
from store import people
from store.database import lock
from store.judging import (
    awarded_in,
    call_the_roll,
    judge_lines,
    titles_of,
)
from store.plans import pack_of
from store.tables import (
    Decision,
    DecisionLine,
    Delegation,
    Nomination,
    Office,
    Phase,
    SubjectKind,
)

_S = DecisionState
_OUTCOMES: Mapping[str, LineState] = {
    "approve": LineState.DIRECTOR_APPROVED,
    "decline": LineState.DIRECTOR_DECLINED,
    "return": LineState.RETURNED_TO_COUNCIL,
}
_NOTIFY_DAYS = "notify"


def decision_in(call: Call, *allowed: DecisionState) -> Decision:
    call.not_resting()
    decision = call.decision()
    if decision.state not in allowed:
        raise wrong_state(
            f"quyết định đang ở trạng thái «{DECISION_STATES[decision.state]}»",
            (DECISION_STATES[state] for state in allowed),
        )
    return decision


def lines_of(call: Call, decision: Decision) -> list[Nomination]:
    of_decision = select(DecisionLine.line).where(DecisionLine.decision == decision.id)
    lines = lock(
        call.session,
        Nomination,
        col(Nomination.id).in_(of_decision),
        Nomination.state != LineState.WITHDRAWN,
    )
    return sorted(lines, key=lambda line: (line.title, line.department, line.subject))


@effect("decide")
def decide(call: Call, body: Decide) -> Answer:
    """Approve, decline or return each line; a whole list may be approved en bloc."""
    call.running()
    decision = decision_in(call, _S.PENDING)
    phase = lock(call.session, Phase, Phase.id == decision.phase)[0]
    lines = lines_of(call, decision)
    rulings = _complete(lines, body)
    _require_return_allowed(call, phase, rulings)
    _require_coherent(call, phase, lines, rulings)
    for line in lines:
        ruling = rulings[line.id]
        move(call.deed, [line], _OUTCOMES[ruling.outcome], ruling.reason)
        row = call.session.get_one(DecisionLine, (decision.id, line.id))
        row.outcome, row.reason = _OUTCOMES[ruling.outcome], ruling.reason
        call.session.add(row)
    _sign(call, decision)
    returned = [line for line in lines if rulings[line.id].outcome == "return"]
    decision.state = _S.RETURNED if len(returned) == len(lines) else _S.DECIDED
    call.session.add(decision)
    close_deadlines(call.deed, str(call.target), "decision")
    if decision.state is _S.DECIDED:
        _ask_to_issue(call, phase)
    if returned:
        _tell_returned(call, phase, decision, returned, rulings)
    call.session.flush()
    settle(call.deed, phase)
    return {"state": decision.state, "returned": [str(line.id) for line in returned]}


def _sign(call: Call, decision: Decision) -> None:
    decision.decided_by, decision.decided_at = call.deed.actor, call.received_at
    if call.deed.delegation is not None:
        power = call.session.get_one(Delegation, call.deed.delegation)
        decision.behalf, decision.delegation = power.given_by, power.id
        decision.capacity = power.capacity


def _complete(lines: Sequence[Nomination], body: Decide) -> dict[UUID, Ruling]:
    given = {ruling.line: ruling for ruling in body.rulings}
    strange = set(given) - {line.id for line in lines}
    if strange or len(given) != len(body.rulings):
        raise refuse(
            "unknown_line",
            "Mỗi đề nghị Hội đồng đã thông qua được quyết định một lần; không thêm "
            f"tên ngoài danh sách: {', '.join(sorted(map(str, strange))) or 'trùng'}.",
        )
    silent = [line for line in lines if line.id not in given]
    if silent and body.others is None:
        raise refuse(
            "not_all_ruled",
            f"Còn {len(silent)} đề nghị chưa có ý kiến; nêu từng đề nghị, hoặc đồng ý "
            "với tất cả đề nghị còn lại.",
        )
    unexplained = [r for r in body.rulings if r.outcome != "approve" and not r.reason]
    if unexplained:
        raise refuse("reason_missing", "Không đồng ý hoặc trả lại thì phải ghi lý do.")
    return given | {line.id: Ruling(line=line.id, outcome="approve") for line in silent}


def _require_return_allowed(
    call: Call, phase: Phase, rulings: Mapping[UUID, Ruling]
) -> None:
    most = pack_of(call.session, phase).policies.max_council_returns
    if phase.round >= most and any(r.outcome == "return" for r in rulings.values()):
        raise refuse(
            "too_many_returns",
            f"Đã trả lại Hội đồng {phase.round} lần, tối đa {most}; hãy đồng ý hoặc "
            "không đồng ý, có lý do.",
        )


def _require_coherent(
    call: Call,
    phase: Phase,
    lines: Sequence[Nomination],
    rulings: Mapping[UUID, Ruling],
) -> None:
    """What is approved must still have all that it rests on."""
    pack = pack_of(call.session, phase)
    approved = [line for line in lines if rulings[line.id].outcome == "approve"]
    earlier = _approved_before(call, phase)
    titles = titles_of([*earlier, *approved])
    roll = call_the_roll(call.session, phase)
    verdicts = judge_lines(pack, roll, approved, titles, Stage.BALLOT)
    against = [refusal for v in verdicts.values() for refusal in v.refusals]
    if against:
        raise Refused(*against)


def _approved_before(call: Call, phase: Phase) -> list[Nomination]:
    approved = call.session.exec(
        select(Nomination).where(
            Nomination.phase == phase.id,
            Nomination.state == LineState.DIRECTOR_APPROVED,
        )
    )
    return [*awarded_in(call.session, phase.period_end.year), *approved]


def _days(call: Call, phase: Phase, sla: str) -> int:
    return pack_of(call.session, phase).sla(sla).days


def _ask_to_issue(call: Call, phase: Phase) -> None:
    due_at = in_working_days(call.deed, _days(call, phase, _NOTIFY_DAYS))
    set_deadline(call.deed, str(call.target), "issue", due_at)
    clerks = people.holders(call.session, Office.RECORDS_CLERK, call.deed.day)
    call.deed.notify(
        f"issue/{call.target.key}",
        "decided",
        [*clerks, *secretariat_desk(call.deed)],
        phase=phase.name,
        until=due_at,
    )


def _tell_returned(
    call: Call,
    phase: Phase,
    decision: Decision,
    returned: Sequence[Nomination],
    rulings: Mapping[UUID, Ruling],
) -> None:
    reasons = sorted({rulings[line.id].reason or "" for line in returned})
    call.deed.notify(
        f"returned/{decision.id}",
        "returned_to_council",
        [seat.person for seat in people.seats(call.session, call.deed.day)],
        phase=phase.name,
        count=len(returned),
        reason="; ".join(reasons),
    )


@effect("number")
def number(call: Call, body: Number) -> Answer:
    """Give the signed decision its number: once in a year and series."""
    decision = decision_in(call, _S.DECIDED)
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
    decision.series, decision.state = body.series, _S.NUMBERED
    call.session.add(decision)
    return {"number": _number(decision)}


def _number(decision: Decision) -> str:
    return f"{decision.number:02}/{decision.series}"


@effect("issue")
def issue(call: Call, _body: Empty) -> Answer:
    """Issue: what the office may grant is granted, everybody concerned is told."""
    decision = decision_in(call, _S.NUMBERED)
    phase = lock(call.session, Phase, Phase.id == decision.phase)[0]
    pack = pack_of(call.session, phase)
    lines = lines_of(call, decision)
    approved = [line for line in lines if line.state is LineState.DIRECTOR_APPROVED]
    granted = [line for line in approved if _ours(pack, line)]
    move(call.deed, granted, LineState.AWARDED)
    decision.state, decision.issued_at = _S.ISSUED, call.received_at
    call.session.add(decision)
    close_deadlines(call.deed, str(call.target), "issue")
    _tell_results(call, phase, pack, decision, lines)
    if len(granted) < len(approved):
        forward_by = in_working_days(call.deed, _days(call, phase, _NOTIFY_DAYS))
        set_deadline(call.deed, str(call.target), "forward", forward_by)
    call.session.flush()
    settle(call.deed, phase)
    return {
        "awarded": [str(line.id) for line in granted],
        "to_forward": [str(x.id) for x in approved if x not in granted],
    }


def _ours(pack: RulePack, line: Nomination) -> bool:
    code = pack.title(line.title).authority
    return next(a.ours for a in pack.authorities if a.code == code)


def _tell_results(
    call: Call,
    phase: Phase,
    pack: RulePack,
    decision: Decision,
    lines: Sequence[Nomination],
) -> None:
    for line in lines:
        kind = _TOLD.get(line.state)
        if kind is not None:
            tell_line(call, phase, pack, line, kind, number=_number(decision))
    granted = sum(line.state is LineState.AWARDED for line in lines)
    call.deed.notify(
        f"results/{decision.id}",
        "results",
        everybody(call.session),
        phase=phase.name,
        count=granted,
        number=_number(decision),
    )


_TOLD = {LineState.AWARDED: "awarded", LineState.DIRECTOR_DECLINED: "declined"}


def tell_line(
    call: Call,
    phase: Phase,
    pack: RulePack,
    line: Nomination,
    kind: str,
    **facts: Any,
) -> None:
    people_told = desk(call.deed, line.department)
    if line.kind is SubjectKind.INDIVIDUAL:
        people_told = [*people_told, line.subject]
    call.deed.notify(
        f"line/{line.id}",
        kind,
        people_told,
        version=line.moves,
        phase=phase.name,
        subject=_name(call, line),
        award=pack.title(line.title).name_vi,
        **{"reason": _reason_of(call, line), **facts},
    )


def _name(call: Call, line: Nomination) -> str:
    if line.kind is SubjectKind.INDIVIDUAL:
        return person_name(call.session, line.subject)
    return department_name(call.session, line.subject)


def _reason_of(call: Call, line: Nomination) -> str:
    reason = call.session.exec(
        select(DecisionLine.reason).where(DecisionLine.line == line.id)
    ).all()
    return "; ".join(text for text in reason if text)
