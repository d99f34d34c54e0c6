"""A correction (đính chính): linked to what it corrects, which is never edited."""

from activities.addressing import everybody
from activities.effects.decision.rulings import lines_of
from activities.effects.decision.signature import sign_amending
from activities.effects.registry import Answer, Call, effect
from activities.services.decision.decisions import number_of
from domain.refusals import refuse
from domain.states import DecisionKind
from intake.acts.decision import Correct
from store.tables import Decision, Phase


@effect("correct")
def correct(call: Call, body: Correct) -> Answer:
    """Sign a correction of what an issued decision has printed wrongly."""
    decision = call.decision()
    if body.printed == body.corrected:
        raise refuse("nothing_to_correct", "Nội dung đính chính giống nội dung đã in.")
    known = {line.id for line in lines_of(call, decision)}
    if body.line is not None and body.line not in known:
        raise refuse("unknown_line", "Quyết định này không có đề nghị nào như vậy.")
    content = body.model_dump(mode="json")
    signed = sign_amending(call, decision, DecisionKind.CORRECTION, content)
    call.deed.facts["decision"] = signed.id
    return {"decision": signed.id}


def issue_correction(call: Call, decision: Decision, number: str) -> Answer:
    """Issue a correction: all who were told of the decision are told of it."""
    amended = call.session.get_one(Decision, decision.amends)
    content = decision.content or {}
    call.deed.notify(
        f"correction/{decision.id}",
        "corrected",
        everybody(call.deed),
        phase=call.session.get_one(Phase, decision.phase).name,
        number=number,
        amended=number_of(amended),
        printed=content["printed"],
        corrected=content["corrected"],
        reason=content["reason"],
    )
    return {"corrects": amended.id}
