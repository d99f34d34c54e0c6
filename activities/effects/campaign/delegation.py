"""The director lets somebody sign certain acts for a time, or takes that back."""

from datetime import date

from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.delegations import begin, revoke
from domain import ids
from domain.calendar import ONE_DAY, local_day
from domain.delegation import Power, against_giving, against_repeating
from domain.refusals import Refused, refuse
from intake.acts.campaign import Delegate, RevokeDelegation
from store import delegations
from store.database import lock
from store.office import people
from store.office.master import require_subject
from store.tables import Delegation, SubjectKind


@effect("delegate")
def delegate(call: Call, body: Delegate) -> Answer:
    """Give somebody the power to sign certain acts of this campaign for a time."""
    campaign = call.campaign()
    require_subject(call.session, SubjectKind.INDIVIDUAL, body.to)
    _require_grantable(call, body, local_day(call.received_at))
    number = len(delegations.of_campaign(call.session, campaign.id)) + 1
    row = Delegation(
        id=ids.delegation_key(campaign.id, number),
        campaign=campaign.id,
        number=number,
        given_by=call.deed.actor,
        given_at=call.received_at,
        delegate=body.to,
        capacity=body.capacity,
        acts=sorted(set(body.acts)),
        starts=body.starts,
        ends=body.until + ONE_DAY,
        basis=body.basis,
    )
    call.session.add(row)
    call.session.flush()
    begin(call.deed, row)
    return {"delegation": row.id}


def _require_grantable(call: Call, body: Delegate, today: date) -> None:
    if body.to == call.deed.actor:
        raise refuse("delegate_self", "Không ủy quyền cho chính mình được.")
    ends = body.until + ONE_DAY
    power = Power(body.capacity, frozenset(body.acts), body.starts, ends, body.basis)
    offices = people.offices_of(call.session, [body.to], body.starts)[body.to]
    if against := against_giving(power, offices, today):
        raise Refused(*against)
    given = [
        delegations.power_of(row)
        for row in delegations.of_campaign(call.session, call.deed.campaign)
        if (row.given_by, row.delegate) == (call.deed.actor, body.to)
    ]
    if repeated := against_repeating(power, given):
        raise Refused(repeated)


@effect("revoke_delegation")
def revoke_delegation(call: Call, body: RevokeDelegation) -> Answer:
    """Take a power back at once; what was received before stands."""
    campaign = call.campaign()
    rows = lock(
        call.session,
        Delegation,
        Delegation.id == body.delegation,
        Delegation.campaign == campaign.id,
    )
    if not rows:
        raise refuse(
            "unknown_delegation",
            f"Phong trào này không có ủy quyền nào mang mã «{body.delegation}».",
        )
    over = rows[0].ends <= local_day(call.received_at)
    if over or rows[0].revoked_at is not None:
        raise refuse("delegation_over", "Ủy quyền này đã hết hiệu lực rồi.")
    revoke(call.deed, rows, call.received_at, body.reason)
    return {"delegation": rows[0].id}
