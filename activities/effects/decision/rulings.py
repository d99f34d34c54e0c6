"""The director's decision: who rules on which lines, and what may not be ruled so."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select

from activities.effects.decision.signature import ask_to_issue, sign
from activities.effects.registry import Answer, Call, effect
from activities.lines import Way, move_each
from activities.services.decision.decisions import rows_of
from activities.services.progress.phase_progress import ask_to_decide, settle
from domain.acts import not_allowed
from domain.council.deciding import require_others
from domain.refusals import Refused, refuse
from domain.rules.eligibility import Stage
from domain.states import DecisionState, LineState
from intake.acts.decision import Decide, Ruling
from store.database import lock, put, update_all
from store.findings.judging import approved_beside, judge_lines, titles_of
from store.findings.roll import call_the_roll
from store.office import people
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Nomination, Phase

_S = DecisionState
_OUTCOMES: Mapping[str, LineState] = {
    "approve": LineState.DIRECTOR_APPROVED,
    "decline": LineState.DIRECTOR_DECLINED,
    "return": LineState.RETURNED_TO_COUNCIL,
}


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
    decision = call.decision()
    phase = lock(call.session, Phase, Phase.id == decision.phase)[0]
    lines = _others_lines(call, phase, decision, body)
    rulings = _complete(lines, body)
    _require_return_allowed(call, phase, rulings)
    _require_coherent(call, phase, lines, rulings)
    _rule(call, decision, lines, rulings)
    returned = [line for line in lines if rulings[line.id].outcome == "return"]
    sign(call, decision, _S.RETURNED if len(returned) == len(lines) else _S.DECIDED)
    if decision.state is _S.DECIDED:
        ask_to_issue(call, decision)
    if returned:
        _tell_returned(call, phase, decision, returned, rulings)
    call.session.flush()
    settle(call.deed, phase)
    return {"state": decision.state, "returned": [str(line.id) for line in returned]}


def _others_lines(
    call: Call, phase: Phase, decision: Decision, body: Decide
) -> list[Nomination]:
    """List what the actor may rule on; lines of their own wait for somebody else."""
    lines = lines_of(call, decision)
    _require_stands_in(call, lines)
    own = [line for line in lines if line.subject == call.deed.actor]
    named = [str(ruling.line) for ruling in body.rulings]
    require_others(len(lines), [str(line.id) for line in own], named)
    if own:
        for row in rows_of(call.session, decision, own):
            call.session.delete(row)
        call.session.flush()
        left = ask_to_decide(call.deed, phase, decision.session, own)
        call.deed.facts["left_to_others"] = left.id
    return [line for line in lines if line not in own]


def _require_stands_in(call: Call, lines: Sequence[Nomination]) -> None:
    """A deputy without a delegation signs for the director on his own lines only."""
    for_whom = call.deed.behalf if call.deed.delegation is None else None
    if for_whom and any(line.subject != for_whom for line in lines):
        raise not_allowed("decide")


def _rule(
    call: Call,
    decision: Decision,
    lines: Sequence[Nomination],
    rulings: Mapping[UUID, Ruling],
) -> None:
    ways = [
        Way(line, _OUTCOMES[rulings[line.id].outcome], rulings[line.id].reason)
        for line in lines
    ]
    move_each(call.deed, ways)
    rows = rows_of(call.session, decision, lines)
    for row, way in zip(rows, ways, strict=True):
        put(row, outcome=way.target, reason=way.reason)
    update_all(call.session, rows, "outcome", "reason")


def _complete(lines: Sequence[Nomination], body: Decide) -> dict[UUID, Ruling]:
    given = {ruling.line: ruling for ruling in body.rulings}
    strange = set(given) - {line.id for line in lines}
    if strange:
        raise refuse(
            "unknown_line",
            "Chỉ quyết định về các đề nghị Hội đồng đã thông qua; ngoài danh sách: "
            f"{', '.join(sorted(map(str, strange)))}.",
        )
    silent = [line for line in lines if line.id not in given]
    if silent and body.others is None:
        raise refuse(
            "not_all_ruled",
            f"Còn {len(silent)} đề nghị chưa có ý kiến; nêu từng đề nghị, hoặc đồng ý "
            "với tất cả đề nghị còn lại.",
        )
    _require_reasons(body.rulings)
    return given | {line.id: Ruling(line=line.id, outcome="approve") for line in silent}


def _require_reasons(rulings: Sequence[Ruling]) -> None:
    if any(r.outcome != "approve" and not r.reason for r in rulings):
        raise refuse("reason_missing", "Không đồng ý hoặc trả lại thì phải ghi lý do.")
    if any(r.outcome != "return" and r.questions for r in rulings):
        raise refuse(
            "questions_without_return",
            "Câu hỏi cho Hội đồng chỉ đi cùng đề nghị được trả lại.",
        )


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
    roll = call_the_roll(call.session, phase, approved)
    earlier = approved_beside(call.session, phase, roll, approved)
    titles = titles_of([*earlier, *approved])
    verdicts = judge_lines(pack, roll, approved, titles, Stage.BALLOT)
    against = [refusal for v in verdicts.values() for refusal in v.refusals]
    if against:
        raise Refused(*against)


def _tell_returned(
    call: Call,
    phase: Phase,
    decision: Decision,
    returned: Sequence[Nomination],
    rulings: Mapping[UUID, Ruling],
) -> None:
    reasons = sorted({rulings[line.id].reason or "" for line in returned})
    questions = [ask for line in returned for ask in rulings[line.id].questions]
    asked = f" Câu hỏi: {'; '.join(questions)}" if questions else ""
    call.deed.notify(
        f"returned/{decision.id}",
        "returned_to_council",
        [seat.person for seat in people.seats(call.session, call.deed.day)],
        phase=phase.name,
        count=len(returned),
        reason="; ".join(reasons) + asked,
    )
