"""Who signs for the director: delegations as rows, and the one that an act rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.acts import ACTS
from domain.calendar import local_day
from domain.delegation import Power, against_use
from domain.refusals import Refusal, Refused
from domain.roles import Role
from domain.states import SET_ASIDE, CommandState
from store.database import made_once
from store.office import people
from store.tables import Command, Delegation


@dataclass(frozen=True)
class _Moment:
    """A moment, and the offices that people hold then."""

    at: datetime
    offices: Mapping[str, frozenset[Role]]

    def against(self, row: Delegation, power: Power, kind: str) -> Refusal | None:
        """Find what speaks against an act of *kind* under a delegation."""
        giver, delegate = self.offices[row.given_by], self.offices[row.delegate]
        return against_use(power, kind, self.at, delegate, giver)


def of_campaign(session: Session, campaign: str) -> Sequence[Delegation]:
    """List all that were given in a campaign, in the order in which they were."""
    found: Sequence[Delegation] = _of_campaign(session, campaign=campaign).all()
    return found


@made_once
def _of_campaign(campaign: Any) -> Any:
    theirs = select(Delegation).where(Delegation.campaign == campaign)
    return theirs.order_by(col(Delegation.number))


def basis_for(
    session: Session, campaign: str, kind: str, person: str, at: datetime
) -> Delegation | None:
    """Find the delegation under which *person* may do an act; None who holds none.

    Raises Refused (`beyond_delegation`) when what the person holds does not cover it.
    """
    held = [r for r in of_campaign(session, campaign) if r.delegate == person]
    if not held or not ACTS[kind].delegable:
        return None
    moment, refusal = _moment(session, held, at), None
    for row in reversed(held):
        against = moment.against(row, power_of(row), kind)
        if against is None:
            return row
        refusal = refusal or against  # of the latest, which says most
    assert refusal is not None  # noqa: S101 - there was one at least
    raise Refused(refusal)


def require_in_force(
    session: Session, key: str, kind: str, received_at: datetime
) -> None:
    """Raise Refused (`beyond_delegation`) unless one covered an act as it came.

    A revocation that came before counts, though it waits to be applied. It is
    looked for first, so that it is seen either there or in the row.
    """
    revoked = _revocation_waits(session, key, received_at)
    row = session.get_one(Delegation, key, populate_existing=True)
    power = replace(power_of(row), revoked_at=received_at) if revoked else power_of(row)
    moment = _moment(session, [row], received_at)
    if refusal := moment.against(row, power, kind):
        raise Refused(refusal)


def signing(
    session: Session, campaign: str, at: datetime
) -> dict[tuple[str, str], frozenset[str]]:
    """Name who may sign for the director in a campaign, by campaign and kind of act."""
    found: dict[tuple[str, str], set[str]] = {}
    for row, kind in _covering(session, of_campaign(session, campaign), at):
        found.setdefault((campaign, kind), set()).add(row.delegate)
    return {key: frozenset(people) for key, people in found.items()}


def held_by(
    session: Session, person: str, at: datetime
) -> dict[tuple[str, str], Delegation]:
    """Find what a person may sign for the director, by campaign and kind of act."""
    rows = _held_by(session, person=person).all()
    return {(row.campaign, kind): row for row, kind in _covering(session, rows, at)}


@made_once
def _held_by(person: Any) -> Any:
    theirs = select(Delegation).where(Delegation.delegate == person)
    return theirs.order_by(Delegation.campaign, col(Delegation.number))


def _covering(
    session: Session, rows: Sequence[Delegation], at: datetime
) -> Iterator[tuple[Delegation, str]]:
    """Pair each delegation with the kinds of act that may be done under it."""
    moment = _moment(session, rows, at)
    for row in rows:
        power = power_of(row)
        for kind in row.acts:
            if moment.against(row, power, kind) is None:
                yield row, kind


def _moment(session: Session, rows: Iterable[Delegation], at: datetime) -> _Moment:
    concerned = {person for row in rows for person in (row.given_by, row.delegate)}
    return _Moment(at, people.offices_of(session, concerned, local_day(at)))


def power_of(row: Delegation) -> Power:
    """Read the power that a delegation gives."""
    return Power(
        capacity=row.capacity,
        acts=frozenset(row.acts),
        starts=row.starts,
        ends=row.ends,
        basis=row.basis,
        revoked_at=row.revoked_at,
    )


def _revocation_waits(session: Session, key: str, before: datetime) -> bool:
    waiting = session.exec(
        select(Command.payload).where(
            Command.kind == "revoke_delegation",
            col(Command.state).in_((CommandState.RECEIVED, *SET_ASIDE)),
            col(Command.received_at) <= before,
        )
    )
    return any(payload["delegation"] == key for payload in waiting)
