"""Which departments have registered anybody, or themselves, in a campaign."""

from typing import Any

from sqlmodel import select

from domain.states import RegistrationState
from store.tables import Registration


def registered_departments(campaign: str) -> Any:
    """Select the departments with a registration that stands."""
    return select(Registration.department).where(
        Registration.campaign == campaign,
        Registration.state != RegistrationState.WITHDRAWN,
    )
