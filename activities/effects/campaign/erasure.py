"""Personal data erased from what an act has said; that it was done stays on record."""

from activities.effects.registry import Answer, Call, effect
from domain.record import ERASE
from intake.acts.campaign import ErasePersonalData
from store.record.erasing import erase_said


@effect(ERASE)
def erase_personal_data(call: Call, body: ErasePersonalData) -> Answer:
    """Erase what an act has said, in the record and in the command that it came by."""
    campaign = call.campaign()
    call.deed.facts["erased"] = erase_said(call.session, campaign.id, body.seq)
    return {"seq": body.seq}
