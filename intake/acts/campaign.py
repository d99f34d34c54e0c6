"""What the acts on a campaign say."""

from pydantic import Field

from domain.delegation import Capacity
from intake.fields import Body, Code, Day, Text


class Launch(Body):
    """Whether dates that are past have been read, and are launched all the same."""

    although_past: bool = False


class Amend(Body):
    """A changed plan, whole, and why it changed."""

    plan: dict[str, object]
    reason: Text


class MigrateRules(Body):
    """The rule pack that a phase is judged by from now on, and why."""

    phase: Code
    pack: Code
    reason: Text


class Delegate(Body):
    """Who may sign for the director: in what capacity, which acts, until when."""

    to: Code
    capacity: Capacity
    acts: tuple[Code, ...] = Field(min_length=1)
    starts: Day
    until: Day
    basis: Text


class RevokeDelegation(Body):
    """The delegation that ends before its time, and why."""

    delegation: Code
    reason: Text


class ConfirmScorecard(Body):
    """The version of the scorecard that the director has read and confirms."""

    version: int = Field(ge=1)
