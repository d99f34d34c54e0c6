"""What not everybody may read: acts on matters whose people need protection."""

from uuid import UUID

from sqlmodel import Session, col, select

from domain import ids
from domain.calendar import local_day
from domain.cases.procedures import PROCEDURES
from domain.roles import Role
from domain.states import CaseKind, CaseState
from store.clock import now
from store.database import one_of
from store.office import people
from store.tables import Case, Command

_KINDS = [kind for kind, procedure in PROCEDURES.items() if procedure.restricted]


def restricted_acts(session: Session, campaign: str, person: str) -> frozenset[UUID]:
    """Find the commands whose words are closed to *person*."""
    return _protected(session, campaign, person) | _not_yet_counted(
        session, campaign, person
    )


def _not_yet_counted(session: Session, campaign: str, person: str) -> frozenset[UUID]:
    """Members score an initiative apart from each other, until all is said."""
    open_still = session.exec(
        select(Case.id).where(
            Case.campaign == campaign,
            Case.kind == CaseKind.INITIATIVE,
            Case.state == CaseState.ACCEPTED,
        )
    ).all()
    said = select(Command.id).where(
        one_of(col(Command.target), [str(ids.case(case)) for case in open_still]),
        Command.kind == "assess_case",
        Command.actor != person,
    )
    return frozenset(session.exec(said))


def _protected(session: Session, campaign: str, person: str) -> frozenset[UUID]:
    targets = protected_cases(session, campaign, person)
    said = select(Command.id).where(col(Command.target).in_(targets))
    return frozenset(session.exec(said)) if targets else frozenset()


def protected_cases(session: Session, campaign: str, person: str) -> list[str]:
    """List the matters, as targets, that are closed to *person* altogether."""
    cases = session.exec(
        select(Case.id).where(
            Case.campaign == campaign,
            col(Case.kind).in_(_KINDS),
            Case.recorded_by != person,
        )
    ).all()
    roles = people.roles_of(session, person, local_day(now(session))) if cases else ()
    return [] if Role.DIRECTOR in roles else [str(ids.case(case)) for case in cases]
