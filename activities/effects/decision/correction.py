"""A decision that amends an issued one; what it corrects is never edited.

Content that is wrong, a name among it, is amended by a paper of the same form; only
errors of form are put right by a letter (đính chính bằng công văn), which is no
decision. Law: NĐ 30/2020/NĐ-CP Điều 18 khoản 3.
"""

from typing import Any

from sqlmodel import select

from activities.addressing import everybody
from activities.effects.decision.rulings import lines_of
from activities.effects.decision.signature import sign_amending
from activities.effects.registry import Answer, Call, effect
from activities.services.decision.decisions import number_of, occasion_of
from domain.refusals import refuse
from domain.states import DecisionKind
from intake.acts.decision import Correct
from store.tables import Decision


@effect("correct")
def correct(call: Call, body: Correct) -> Answer:
    """Sign a correction of what an issued decision has printed wrongly."""
    decision = call.decision()
    if body.printed == body.corrected:
        raise refuse("nothing_to_correct", "Nội dung sửa đổi giống nội dung đã in.")
    known = {line.id for line in lines_of(call, decision)}
    if body.line is not None and body.line not in known:
        raise refuse("unknown_line", "Quyết định này không có đề nghị nào như vậy.")
    content = body.model_dump(mode="json")
    _require_new(call, decision, content)
    signed = sign_amending(call, decision, DecisionKind.CORRECTION, content)
    call.deed.facts["decision"] = signed.id
    return {"decision": signed.id}


def _require_new(call: Call, decision: Decision, content: dict[str, Any]) -> None:
    corrected = call.session.exec(
        select(Decision).where(
            Decision.amends == decision.id, Decision.kind == DecisionKind.CORRECTION
        )
    )
    for row in corrected:
        if _what(row.content or {}) == _what(content):
            raise refuse("already_corrected", f"Chỗ này đã được sửa đổi ở {row.id}.")


def _what(content: dict[str, Any]) -> list[Any]:
    return [content.get(name) for name in ("printed", "corrected", "line")]


def issue_correction(call: Call, decision: Decision) -> Answer:
    """Issue a correction: all who were told of the decision are told of it."""
    amended = call.session.get_one(Decision, decision.amends)
    content = decision.content or {}
    call.deed.notify(
        f"correction/{decision.id}",
        "corrected",
        everybody(call.deed),
        phase=occasion_of(call.session, decision),
        number=number_of(decision),
        amended=number_of(amended),
        printed=content["printed"],
        corrected=content["corrected"],
        reason=content["reason"],
    )
    return {"corrects": amended.id}
