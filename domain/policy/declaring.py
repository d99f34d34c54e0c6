"""What is declared of a way in: who may read, or edit, and by what relation to it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.roles import Role


class Relation(StrEnum):
    """How somebody stands to what is asked for, beside the roles that they hold."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"
    OF_THE_OFFICE = "of_the_office"
    OWN = "own"
    SIGNER = "signer"
    CONFIRMER = "confirmer"
    ADMINISTRATOR = "administrator"


class About(StrEnum):
    """To what the relations are taken: the whole office, or one thing in it."""

    OFFICE = "office"
    DEPARTMENT = "department"
    LINE = "line"
    MATTER = "matter"
    ACT = "act"
    PERSON = "person"
    PROPOSAL = "proposal"
    FILE = "file"
    ACCOUNT = "account"


Who = frozenset[Role | Relation]


def to(*who: Role | Relation) -> Who:
    """Declare to whom something is open."""
    return frozenset(who)


_EVERYBODY = (Relation.ANYBODY, Relation.SIGNED_IN)


@dataclass(frozen=True)
class Access:
    """A way in: what it is called, to whom it is open, and what that is judged by.

    Whoever it is closed to hears that they may not; of what is *hidden* they hear that
    it is not there.
    """

    name: str
    summary: str
    who: Who
    about: About = About.OFFICE
    hidden: bool = False


@dataclass(frozen=True)
class Reading(Access):
    """A way to read."""

    @property
    def refuses(self) -> bool:
        """Say whether some who have signed in hear that they may not."""
        return not self.hidden and not self.who & to(*_EVERYBODY)


@dataclass(frozen=True)
class Edit(Access):
    """A way to write what is no act of the process: drafts, and rows of the office."""


def relations_of(roles: frozenset[Role]) -> Who:
    """Say how somebody who has signed in stands to the office by what they hold."""
    held = frozenset[Role | Relation](roles) | {Relation.SIGNED_IN}
    return held | {Relation.OF_THE_OFFICE} if roles else held
