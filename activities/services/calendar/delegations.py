"""Delegations as they begin and end, and who is told of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from activities.addressing import resolve, secretariat_desk
from activities.deed import Deed
from activities.services.calendar.deadlines import close_deadlines, set_deadline
from domain import ids
from domain.acts import ACTS
from domain.calendar import local_day, start_of
from domain.deadlines import DeadlineKind, deadline_name, number_of
from domain.delegation import CAPACITIES
from domain.ladder import Addressee
from store import delegations
from store.database import update_all
from store.office import people
from store.tables import Campaign, Deadline, Delegation, LadderStep


def begin(deed: Deed, row: Delegation) -> None:
    """Plan how a new delegation ends, and tell of it."""
    owner = str(ids.campaign(row.campaign))
    set_deadline(deed, owner, _end_of(row), start_of(row.ends))
    _tell(deed, [row], "delegation_given", basis=row.basis)


def _end_of(row: Delegation) -> str:
    return deadline_name(DeadlineKind.DELEGATION, row.number)


def revoke(deed: Deed, rows: Sequence[Delegation], at: datetime, reason: str) -> None:
    """End delegations before their time, and tell of it."""
    if not rows:
        return
    for row in rows:
        row.revoked_at, row.revoked_because = at, reason
    update_all(deed.session, rows, "revoked_at", "revoked_because")
    names = [_end_of(row) for row in rows]
    close_deadlines(deed, str(ids.campaign(deed.campaign)), *names)
    _tell(deed, rows, "delegation_revoked", at=at, reason=reason)


def revoke_all(deed: Deed, at: datetime, reason: str) -> None:
    """End what still runs when its campaign ends: it is good for nothing else."""
    given = delegations.of_campaign(deed.session, deed.campaign)
    running = [x for x in given if x.revoked_at is None and local_day(at) < x.ends]
    revoke(deed, running, at, reason)


def send_end(deed: Deed, deadline: Deadline, step: LadderStep) -> int:
    """Tell that a delegation is about to end, or has ended; return how many."""
    key = ids.delegation_key(deed.campaign, number_of(deadline.name))
    row = deed.session.get_one(Delegation, key)
    director = resolve(deed, Addressee.DIRECTOR)
    if step.at < deadline.due_at:
        return _tell(deed, [row], "delegation_ends", director)
    close_deadlines(deed, deadline.owner, deadline.name)
    return _tell(deed, [row], "delegation_ended", director)


def _tell(
    deed: Deed,
    rows: Sequence[Delegation],
    kind: str,
    others: Sequence[str] = (),
    **facts: Any,
) -> int:
    names = people.names_of(deed.session, [row.delegate for row in rows])
    title = deed.session.get_one(Campaign, deed.campaign).title
    told = [*others, *secretariat_desk(deed)]
    return sum(
        deed.notify(
            f"delegation/{row.id}",
            kind,
            [row.delegate, *told],
            title=title,
            delegate=names[row.delegate],
            prefix=CAPACITIES[row.capacity].prefix,
            acts=[ACTS[kind].summary for kind in row.acts],
            starts=row.starts,
            until=start_of(row.ends),
            **facts,
        )
        for row in rows
    )
