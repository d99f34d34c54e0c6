"""An award undone (hủy bỏ): on the director's word, by a decision of its own."""

from sqlmodel import col, select

from activities.addressing import everybody, line_names
from activities.effects.decision.signature import sign_amending
from activities.effects.registry import Answer, Call
from activities.lines import move
from activities.services.decision.decisions import number_of, occasion_of
from activities.services.decision.outcomes import News, tell_lines
from activities.services.decision.reevaluation import reevaluate
from activities.services.progress.reviews import sum_up_if_closed
from domain.cases.procedures import OVER
from domain.refusals import refuse
from domain.states import CaseState, DecisionKind, DecisionState, LineState
from papers.terms import LINE_STATES
from store.database import lock
from store.tables import Case, Decision, DecisionLine, Nomination


def require_award(call: Call, case: Case) -> Decision:
    """Find the decision that granted a matter's line.

    Raises Refused (`not_ours_to_rescind`) for what the office has not granted: a
    superior's award is the superior's to undo.
    """
    line = call.session.get_one(Nomination, case.line)
    granted = call.session.exec(
        select(Decision)
        .join(DecisionLine, col(DecisionLine.decision) == col(Decision.id))
        .where(
            DecisionLine.line == line.id,
            DecisionLine.outcome == LineState.DIRECTOR_APPROVED,
            Decision.kind == DecisionKind.AWARD,
            Decision.state == DecisionState.ISSUED,
        )
    ).first()
    if granted is None or line.state is not LineState.AWARDED:
        raise refuse(
            "not_ours_to_rescind",
            "Chỉ hủy bỏ được danh hiệu, khen thưởng do Chánh Văn phòng đã tặng; đề "
            f"nghị này đang ở trạng thái «{LINE_STATES[line.state]}». Khen thưởng của "
            "cấp trên thì báo cáo cấp trên.",
        )
    return granted


def require_alone(call: Call, case: Case) -> None:
    """Raise Refused (`rescission_open`) while another matter may undo the award."""
    other = call.session.exec(
        select(Case.id).where(
            Case.line == case.line,
            Case.kind == case.kind,
            Case.id != case.id,
            col(Case.state).not_in((*OVER, CaseState.DRAFT)),
        )
    ).first()
    if other is not None:
        raise refuse(
            "rescission_open", f"Đang xem xét hủy bỏ khen thưởng này ở vụ việc {other}."
        )


def sign_rescission(call: Call, case: Case) -> str:
    """Sign the decision that undoes an award; it holds once it is issued."""
    granted = require_award(call, case)
    line = call.session.get_one(Nomination, case.line)
    content = {"case": str(case.id), "reason": case.conclusion}
    signed = sign_amending(call, granted, DecisionKind.RESCISSION, content, [line])
    return signed.id


def issue_rescission(call: Call, decision: Decision) -> Answer:
    """Issue a rescission: the award is gone, and what rests on it is judged again."""
    amended = call.session.get_one(Decision, decision.amends)
    of_decision = select(DecisionLine.line).where(DecisionLine.decision == decision.id)
    lines = lock(call.session, Nomination, col(Nomination.id).in_(of_decision))
    number, reason = number_of(decision), str((decision.content or {})["reason"])
    move(call.deed, lines, LineState.REVOKED, reason)
    facts = {"number": number, "reason": reason}
    tell_lines(call.deed, [News(line, "rescinded", facts) for line in lines])
    call.deed.notify(
        f"rescission/{decision.id}",
        "rescission_issued",
        everybody(call.deed),
        phase=occasion_of(call.session, decision),
        number=number,
        amended=number_of(amended),
        subjects=[*line_names(call.session, lines).values()],
    )
    reevaluate(call.deed, lines)
    sum_up_if_closed(call.deed)
    return {"rescinds": amended.id, "revoked": [str(line.id) for line in lines]}
