"""What the acts on a campaign say."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.delegation import Capacity
from intake.days import ComingDay
from intake.fields import Body, Code, Text, Version
from intake.lists import Once
from intake.plans import Plan


class Launch(Body):
    """Whether dates that are past have been read, and are launched all the same."""

    although_past: bool = False


class Amend(Body):
    """A changed plan, whole, and why it changed."""

    plan: Plan
    reason: Text


class MigrateRules(Body):
    """The rule pack that a phase is judged by from now on, and why."""

    phase: Code
    pack: Code
    reason: Text


class NewDue(Body):
    """Another last day of a deadline that runs, named as the calendar names it."""

    owner: Annotated[str, Field(min_length=1, max_length=150)]
    deadline: Annotated[Code, Field(max_length=32)]
    until: ComingDay = Field(description="Ngày cuối cùng còn trong hạn.")


class MoveDeadline(NewDue):
    """A later day for one deadline, and why."""

    reason: Text


class Delegate(Body):
    """Who may sign for the director: in what capacity, which acts, until when."""

    to: Code
    capacity: Capacity
    acts: Annotated[tuple[Code, ...], Field(min_length=1, max_length=100), Once()]
    starts: ComingDay
    until: ComingDay
    basis: Text


class RevokeDelegation(Body):
    """The delegation that ends before its time, and why."""

    delegation: Code
    reason: Text


class TryAgain(Body):
    """The act, set aside by a fault, that is tried again."""

    command: UUID


class Discard(Body):
    """The act, set aside by a fault, that is given up, and why."""

    command: UUID
    reason: Text


class ConfirmScorecard(Body):
    """The version of the scorecard that the director has read and confirms."""

    version: Version
