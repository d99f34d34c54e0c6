"""Who prepares a vote and sees what others do not: by name, and before it is held."""

from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from api.deps import Reading
from api.identity import Asking
from domain.refusals import refuse
from domain.roles import ROLE_NAMES, Role
from store.office import people
from store.office.master import today
from store.tables import Person

_PREPARING = (Role.SECRETARIAT, Role.COUNCIL_MEMBER, Role.DIRECTOR, Role.AUDITOR)


def prepares(session: Session, person: str) -> bool:
    """Say whether a person prepares the council's votes, takes part, or checks them."""
    return not people.roles_of(session, person, today(session)).isdisjoint(_PREPARING)


def preparing(session: Reading, person: Asking) -> Person:
    """Hand out who is asking. Refused (`not_allowed`) unless they prepare a vote."""
    if not prepares(session, person.id):
        allowed = "; ".join(ROLE_NAMES[role] for role in _PREPARING)
        raise refuse("not_allowed", f"Chỉ những người sau được xem: {allowed}.")
    return person


Preparing = Annotated[Person, Depends(preparing)]
