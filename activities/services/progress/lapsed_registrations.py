"""Registrations of people who have left the office: they lapse."""

from collections.abc import Sequence

from sqlmodel import col

from activities.addressing import desks
from activities.deed import Deed
from activities.stages import reach
from domain.states import STANDING_REGISTRATIONS, RegistrationState
from store.database import lock
from store.office import people
from store.office.posts import serves
from store.tables import Phase, Registration, SubjectKind


def lapse(deed: Deed, phase: Phase) -> None:
    """Let the registrations lapse of whoever serves in no department any more (E14).

    That they were made still counts: who met the rules when leaving may be nominated.
    """
    rows = lock(
        deed.session,
        Registration,
        Registration.campaign == phase.campaign,
        Registration.kind == SubjectKind.INDIVIDUAL,
        col(Registration.state).in_(STANDING_REGISTRATIONS),
        ~serves(col(Registration.subject), deed.day),
    )
    for row in rows:
        reach(deed, row, RegistrationState.LAPSED)
    if rows:
        deed.facts["lapsed"] = sorted(str(row.id) for row in rows)
        _tell(deed, phase, rows)


def _tell(deed: Deed, phase: Phase, rows: Sequence[Registration]) -> None:
    at_desk = desks(deed, {row.department for row in rows})
    names = people.names_of(deed.session, [row.subject for row in rows])
    for person, department in sorted({(row.subject, row.department) for row in rows}):
        deed.notify(
            f"lapsed/{phase.campaign}/{person}",
            "registration_lapsed",
            at_desk[department],
            phase=phase.name,
            subject=names[person],
        )
