"""An award that its awardee does not want (E20)."""

from activities.effects.decision.rulings import lines_of
from activities.effects.registry import Answer, Call, effect
from activities.lines import move
from activities.services.decision.outcomes import tell_line
from activities.services.decision.reevaluation import reevaluate
from activities.services.progress.reviews import sum_up_if_closed
from domain.refusals import refuse
from domain.roles import Role
from domain.states import AWARDED_LINES, LineState
from intake.acts.decision import DeclineAward
from store.office import people
from store.tables import Nomination, SubjectKind


@effect("decline_award")
def decline_award(call: Call, body: DeclineAward) -> Answer:
    """Give an award back: a person one's own, a head the department's."""
    decision = call.decision()
    found = [line for line in lines_of(call, decision) if line.id == body.line]
    if not found or found[0].state not in AWARDED_LINES:
        raise refuse("unknown_line", "Quyết định này không tặng gì như vậy.")
    [line] = found
    if not _theirs(call, line):
        raise refuse(
            "not_yours",
            "Chỉ người được tặng, hoặc trưởng phòng của tập thể được tặng, từ chối "
            "được khen thưởng này.",
        )
    move(call.deed, [line], LineState.DECLINED_BY_AWARDEE, body.reason)
    tell_line(call.deed, line, "award_declined", reason=body.reason)
    reevaluate(call.deed, [line])
    sum_up_if_closed(call.deed)
    return {"state": line.state}


def _theirs(call: Call, line: Nomination) -> bool:
    actor, day = call.deed.actor, call.deed.day
    if line.kind is SubjectKind.INDIVIDUAL:
        return actor == line.subject
    roles = people.roles_of(call.session, actor, day, line.subject)
    return Role.DEPARTMENT_HEAD in roles
