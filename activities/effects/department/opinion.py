"""What a department says of somebody who has left it: asked for, and given."""

from collections.abc import Iterable
from datetime import date

from activities.addressing import department_names, desks, person_name
from activities.deed import Deed
from activities.effects.department.submission import tell_secretariat
from activities.effects.registry import Answer, Call, effect
from domain.calendar import day_vi
from domain.refusals import refuse
from domain.rules.service import Post, home
from intake.acts.department import GiveOpinion
from store.office.people import names_of
from store.office.posts import posts_of
from store.tables import Nomination, Opinion, Phase


@effect("give_opinion")
def give_opinion(call: Call, body: GiveOpinion) -> Answer:
    """Say what the department thinks of somebody who served there; the last stands."""
    call.submission()
    phase = call.session.get_one(Phase, call.phase_id)
    _require_left(call, body.person, phase.period_end)
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


def _require_left(call: Call, person: str, day: date) -> None:
    """Raise Refused (`not_asked`) unless somebody served here and is elsewhere then."""
    posts = posts_of(call.session, [person]).get(person, ())
    there = home(posts, day)
    served = any(post.unit == call.department for post in posts)
    if there is None or there.unit == call.department or not served:
        raise refuse(
            "not_asked",
            f"Phòng chỉ cho ý kiến về người đã công tác ở phòng và ngày {day_vi(day)} "
            "thuộc nơi khác.",
        )


def ask_for_opinions(
    deed: Deed, phase: Phase, unheard: Iterable[tuple[Nomination, Iterable[Post]]]
) -> None:
    """Ask the departments that are still to be heard about lines' people, once.

    About one on a state secret the secretariat asks itself.
    """
    asked = [
        (line, post.unit)
        for line, posts in unheard
        for post in posts
        if post.ours and not line.secret
    ]
    if not asked:
        return
    at_desk = desks(deed, {unit for _, unit in asked})
    people = names_of(deed.session, [line.subject for line, _ in asked])
    departments = department_names(deed.session, [line.department for line, _ in asked])
    for line, unit in asked:
        deed.notify(
            f"opinion/{phase.id}/{unit}/{line.subject}",
            "opinion_wanted",
            at_desk[unit],
            phase=phase.name,
            person=people[line.subject],
            department=departments[line.department],
        )
