"""A deadline is moved to a later day, whichever it is that may be."""

from datetime import datetime

from activities.addressing import desk, secretariat_desk
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import set_deadline
from activities.services.calendar.precedence import require_room
from domain import ids
from domain.acts import kind_of, require_role, rule_of
from domain.acts.moving import MOVE
from domain.calendar import end_of
from domain.ids import Kind
from domain.postponing import require_later, require_movable
from duties.duty import Until
from duties.reminders import owing_at
from duties.subjects import target_name
from intake.acts.campaign import MoveDeadline
from store.findings.shifts import phase_of, running_deadline
from store.office import people
from store.tables import Deadline


@effect("move_deadline")
def move_deadline(call: Call, body: MoveDeadline) -> Answer:
    """Give one deadline a later day; whoever owes something by it is told."""
    call.require_campaign()
    campaign, until = call.deed.campaign, end_of(body.until)
    deadline = running_deadline(call.session, campaign, body.owner, body.deadline)
    _require_may(call, deadline, until)
    told, was = _concerned(call, deadline), deadline.due_at
    set_deadline(call.deed, deadline.owner, deadline.name, until)
    if deadline.owner != str(call.target):
        call.deed.wake.append(deadline.owner)
    call.deed.notify(
        f"move/{deadline.owner}/{deadline.name}",
        "deadline_moved",
        told,
        again=True,
        what=rule_of(deadline.name).name_vi,
        on=target_name(call.session, ids.read(deadline.owner)),
        was=was,
        until=until,
        reason=body.reason,
    )
    return {"due_at": until.isoformat()}


def _require_may(call: Call, deadline: Deadline, until: datetime) -> None:
    """Refuse what nobody moves, or somebody else, and a day that leaves no room."""
    kind = kind_of(deadline.name)
    moving = require_movable(kind)
    person = call.deed.behalf or call.deed.actor
    roles = people.roles_of(call.session, person, call.deed.day)
    require_role(MOVE, moving.who, roles)
    require_later(kind, deadline.due_at, until, call.received_at)
    if phase := phase_of(deadline.owner):
        require_room(call.deed, phase, kind, until)


def _concerned(call: Call, deadline: Deadline) -> frozenset[str]:
    """Find who hears of it: the secretariat, and whoever owes something by then."""
    told, owner = frozenset(secretariat_desk(call.deed)), ids.read(deadline.owner)
    if owner.kind is Kind.DEPARTMENT:
        return told.union(desk(call.deed, ids.department_key(owner)[1]))
    until = Until(deadline.owner, deadline.name)
    return told | owing_at(call.session, call.deed.campaign, until).people
