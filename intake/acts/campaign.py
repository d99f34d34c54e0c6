"""What the acts on a campaign say."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.delegation import Capacity
from intake.acts.saying import says
from intake.days import ComingDay, PastDay
from intake.fields import LARGEST, Body, Code, Empty, Owner, Reason, Text, Version
from intake.lists import Once
from intake.plans import Plan

says("sign_pact", "resume", "close")(Empty)
says("roll_deadlines", "suspend", "cancel")(Reason)


@says("launch")
class Launch(Body):
    """Whether dates that are past have been read, and are launched all the same."""

    although_past: bool = False


@says("amend")
class Amend(Body):
    """A changed plan, whole, and why it changed."""

    plan: Plan
    reason: Text


@says("archive_files")
class ArchiveFiles(Body):
    """On which day the files were handed over, and to which archive."""

    handed_over_on: PastDay
    place: Text


@says("migrate_rules")
class MigrateRules(Body):
    """The rule pack that a phase is judged by from now on, and why."""

    phase: Code
    pack: Code
    reason: Text


class NewDue(Body):
    """Another last day of a deadline that runs, named as the calendar names it."""

    owner: Owner
    deadline: Annotated[Code, Field(max_length=32)]
    until: ComingDay = Field(description="Ngày cuối cùng còn trong hạn.")


@says("move_deadline")
class MoveDeadline(NewDue):
    """A later day for one deadline, and why."""

    reason: Text


@says("delegate")
class Delegate(Body):
    """Who may sign for the director: in what capacity, which acts, until when."""

    to: Code
    capacity: Capacity
    acts: Annotated[tuple[Code, ...], Field(min_length=1, max_length=100), Once()]
    starts: ComingDay
    until: ComingDay
    basis: Text


@says("revoke_delegation")
class RevokeDelegation(Body):
    """The delegation that ends before its time, and why."""

    delegation: Code
    reason: Text


@says("try_again")
class TryAgain(Body):
    """The act, set aside by a fault, that is tried again."""

    command: UUID


@says("discard")
class Discard(Body):
    """The act, set aside by a fault, that is given up, and why."""

    command: UUID
    reason: Text


@says("erase_personal_data")
class ErasePersonalData(Body):
    """The act, by its place in the record, whose words are erased, and why."""

    seq: Annotated[int, Field(ge=1, le=LARGEST)]
    reason: Text


@says("confirm_scorecard")
class ConfirmScorecard(Body):
    """The version of the scorecard that the director has read and confirms."""

    version: Version
