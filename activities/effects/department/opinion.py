"""What a department says of somebody who has left it: asked for, and given."""

from collections.abc import Iterable

from activities.addressing import department_name, desk, person_name
from activities.deed import Deed
from activities.effects.department.submission import tell_secretariat
from activities.effects.registry import Answer, Call, effect
from domain.refusals import refuse
from domain.rules.service import Post, home
from intake.acts.department import GiveOpinion
from papers.wording import day
from store.office.posts import posts_of
from store.tables import Nomination, Opinion, Phase


@effect("give_opinion")
def give_opinion(call: Call, body: GiveOpinion) -> Answer:
    """Say what the department thinks of somebody who served there; the last stands."""
    call.submission()
    phase = call.session.get_one(Phase, call.phase_id)
    posts = posts_of(call.session, [body.person]).get(body.person, ())
    here = home(posts, phase.period_end)
    served = any(post.unit == call.department for post in posts)
    if here is None or here.unit == call.department or not served:
        raise refuse(
            "not_asked",
            f"Phòng chỉ cho ý kiến về người đã công tác ở phòng và ngày "
            f"{day(phase.period_end)} thuộc nơi khác.",
        )
    call.session.add(
        Opinion(
            phase=phase.id,
            department=call.department or "",
            person=body.person,
            author=call.deed.actor,
            text=body.text,
            at=call.received_at,
        )
    )
    name = person_name(call.session, body.person)
    tell_secretariat(call, "opinion_given", person=name)
    return {"person": body.person}


def ask_for_opinions(
    deed: Deed, phase: Phase, line: Nomination, units: Iterable[Post]
) -> None:
    """Ask the departments that are still to be heard about a line's person, once.

    About one on a state secret the secretariat asks itself.
    """
    for post in units:
        if post.ours and not line.secret:
            deed.notify(
                f"opinion/{phase.id}/{post.unit}/{line.subject}",
                "opinion_wanted",
                desk(deed, post.unit),
                phase=phase.name,
                person=person_name(deed.session, line.subject),
                department=department_name(deed.session, line.department),
            )
