"""Who is offered choices, for which act on what; and how each kind is found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlmodel import Session

from domain import ids
from domain.acts import Undeclared
from domain.ids import Kind, WorkflowId
from domain.policy import READINGS
from domain.policy.declaring import relations_of
from domain.rules.rulepack import RulePack
from intake.acts.naming import Named
from store.office.standing import roles_today
from store.tables import Campaign, Case, CouncilSession, Decision, Phase


@dataclass(frozen=True)
class Option:
    """One of what may be named: its code, what it is called, and among which."""

    code: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Asked:
    """An act of a *kind* on a target, as *person* is about to do it, or has *done*."""

    session: Session
    kind: str
    target: WorkflowId
    person: str
    packs: Sequence[RulePack] = ()
    done: bool = False

    @cached_property
    def phase(self) -> Phase | None:
        """Find the phase that the target is in; None of what is in none."""
        session, key = self.session, self.target.key
        match self.target.kind:
            case Kind.DEPARTMENT:
                key, _ = ids.department_key(self.target)
            case Kind.COUNCIL:
                key = session.get_one(CouncilSession, key).phase
            case Kind.DECISION:
                key = session.get_one(Decision, key).phase
        return session.get(Phase, key)

    @cached_property
    def campaign(self) -> Campaign:
        """Find the campaign that the target is in."""
        key = self.phase.campaign if self.phase else self.target.key
        if self.target.kind is Kind.CASE:
            key = self.session.get_one(Case, UUID(self.target.key)).campaign
        return self.session.get_one(Campaign, key)

    @property
    def department(self) -> str:
        """Give the department that the target is of."""
        return ids.department_key(self.target)[1]

    def may(self, reading: str) -> bool:
        """Say whether the visitor may read what the policy table calls so."""
        return may_read(self.session, self.person, reading)


def may_read(session: Session, person: str, reading: str) -> bool:
    """Say whether somebody may read what the policy table calls so."""
    held = roles_today(session, person)
    return bool(READINGS[reading].who & relations_of(held))


Find = Callable[[Asked], Iterable[Option]]
FINDERS: dict[Named, tuple[str, Find]] = {}


def finds(named: Named, reading: str) -> Callable[[Find], Find]:
    """Enter how choices of one kind are found, for whoever may do that *reading*."""

    def enter(find: Find) -> Find:
        if named in FINDERS:
            raise Undeclared(f"two ways to find {named}")
        FINDERS[named] = reading, find
        return find

    return enter
