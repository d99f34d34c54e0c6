"""What the acts on a council session say."""

from typing import Annotated

from pydantic import Field

from domain.record.papers import PaperOutcome
from intake.acts.naming import (
    LineId,
    OneMember,
    Seldom,
    Several,
    SignedScan,
    Some,
)
from intake.acts.saying import says
from intake.days import ComingDay, PastDay
from intake.fields import Body, Count, Empty, Text
from intake.lists import AT_A_TIME, IN_PARTS, MANY, Once

says("attest_count", "sign_minutes")(Empty)


@says("confirm_attendance")
class Attendance(Body):
    """Whether a member will come."""

    comes: bool = True


@says("recuse", "declare_conflict")
class Recuse(Body):
    """A line that a member will not vote on, and why."""

    line: LineId
    reason: Text


class Sitting(Body):
    """Who is there when a vote opens, and how the secret lines are voted on.

    Two tellers or more watch a secret count. Sheets of members who are away are
    waited for *until* the end of that day. Nobody is there when all vote *in_writing*.
    """

    present: Several[OneMember] = ()
    tellers: Several[OneMember] = ()
    paper: Annotated[bool, Seldom] = False
    in_writing: Annotated[bool, Seldom] = False
    until: Annotated[ComingDay | None, Seldom] = None


@says("open_voting")
class OpenVoting(Sitting):
    """The first vote, on every line of the session."""


@says("order_second_round")
class SecondRound(Sitting):
    """The lines that are voted on once more, in secret, after they were counted."""

    lines: Some[LineId]


@says("settle_tie")
class SettleTie(Body):
    """The lines that go in, of those tied for the last seats of a quota."""

    lines: Some[LineId]


@says("repeat_vote")
class RepeatVote(Sitting):
    """The lines whose vote is void before it was counted, and why."""

    lines: Some[LineId]
    reason: Text


class PaperLine(Body):
    """What one teller counted of one line: figures, or where masked the outcome."""

    line: LineId
    issued: Count
    collected: Count
    valid: Count
    invalid: Count
    yes: Count | None = None
    no: Count | None = None
    blank: Count | None = None
    carried: bool | None = None


@says("record_paper_count")
class PaperCounts(Body):
    """What one teller counted on paper, line by line."""

    lines: Annotated[
        tuple[PaperLine, ...],
        Field(min_length=1, max_length=AT_A_TIME),
        Once("line"),
        IN_PARTS,
    ]


class MemberDissent(Body):
    """A member's dissent, kept by name."""

    person: OneMember
    opinion: Text


class Hands(Body):
    """The hands counted on one line."""

    line: LineId
    yes: Count
    no: Count
    blank: Count = 0
    chair_yes: bool | None = None
    dissents: Annotated[
        tuple[MemberDissent, ...], Field(max_length=MANY), Once("person")
    ] = ()


@says("record_show_of_hands")
class ShowOfHands(Body):
    """What the secretary counted, line by line."""

    lines: Annotated[
        tuple[Hands, ...],
        Field(min_length=1, max_length=AT_A_TIME),
        Once("line"),
        IN_PARTS,
    ]


@says("close_voting")
class CloseVoting(Body):
    """The minutes of the session; whose sheets are waited for no longer is named."""

    minutes: Text
    without: Several[OneMember] = ()


class LineFigures(Body):
    """What signed minutes say that was counted of one line."""

    line: LineId
    yes: Count
    no: Count
    blank: Count = 0


@says("record_signed_minutes")
class RecordSignedMinutes(Body):
    """What minutes that were signed on paper state, as their scan shows.

    What they do not state, or nobody can read, is left out.
    """

    file: SignedScan
    sitting: Annotated[int, Field(ge=1, le=1000)] | None = None
    met_on: PastDay | None = None
    present: Count | None = None
    figures: Annotated[
        tuple[LineFigures, ...], Field(max_length=MANY), Once("line")
    ] = ()


@says("settle_signed_minutes")
class SettleSignedMinutes(Body):
    """Which is wrong: the minutes, or the record, which by now says the same."""

    outcome: PaperOutcome
    reason: Text
