"""What the acts on a campaign say."""

from typing import Annotated

from pydantic import Field

from domain.delegation import Capacity
from intake.acts.naming import (
    DeadlineCode,
    DeadlineOwner,
    DelegableAct,
    DelegationCode,
    Deputy,
    PackCode,
    PhaseCode,
    SetAside,
)
from intake.acts.saying import says
from intake.days import ComingDay, PastDay
from intake.fields import LARGEST, Body, Empty, Reason, Text, Version
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

    phase: PhaseCode
    pack: PackCode
    reason: Text


class NewDue(Body):
    """Another last day of a deadline that runs, named as the calendar names it."""

    owner: DeadlineOwner
    deadline: DeadlineCode
    until: ComingDay = Field(description="Ngày cuối cùng còn trong hạn.")


@says("move_deadline")
class MoveDeadline(NewDue):
    """A later day for one deadline, and why."""

    reason: Text


@says("delegate")
class Delegate(Body):
    """Who may sign for the director: in what capacity, which acts, until when."""

    to: Deputy
    capacity: Capacity
    acts: Annotated[
        tuple[DelegableAct, ...], Field(min_length=1, max_length=100), Once()
    ]
    starts: ComingDay
    until: ComingDay
    basis: Text


@says("revoke_delegation")
class RevokeDelegation(Body):
    """The delegation that ends before its time, and why."""

    delegation: DelegationCode
    reason: Text


@says("try_again")
class TryAgain(Body):
    """The act, set aside by a fault, that is tried again."""

    command: SetAside


@says("discard")
class Discard(Body):
    """The act, set aside by a fault, that is given up, and why."""

    command: SetAside
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
