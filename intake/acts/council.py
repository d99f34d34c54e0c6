"""What the acts on a council session say."""

from uuid import UUID

from pydantic import Field

from intake.days import ComingDay
from intake.fields import Body, Code, Text


class Attendance(Body):
    """Whether a member will come."""

    comes: bool = True


class Recuse(Body):
    """A line that a member will not vote on, and why."""

    line: UUID
    reason: Text


class Sitting(Body):
    """Who is there when a vote opens, and how the secret lines are voted on.

    Two tellers or more watch a secret count. Sheets of members who are away are
    waited for *until* the end of that day. Nobody is there when all vote *in_writing*.
    """

    present: tuple[Code, ...] = ()
    tellers: tuple[Code, ...] = ()
    paper: bool = False
    in_writing: bool = False
    until: ComingDay | None = None


class OpenVoting(Sitting):
    """The first vote, on every line of the session."""


class SecondRound(Sitting):
    """The lines that are voted on once more, in secret, after they were counted."""

    lines: tuple[UUID, ...] = Field(min_length=1, max_length=1000)


class SettleTie(Body):
    """The lines that go in, of those tied for the last seats of a quota."""

    lines: tuple[UUID, ...] = Field(min_length=1, max_length=1000)


class RepeatVote(Sitting):
    """The lines whose vote is void before it was counted, and why."""

    lines: tuple[UUID, ...] = Field(min_length=1, max_length=1000)
    reason: Text


class PaperLine(Body):
    """What one teller counted of one line: figures, or where masked the outcome."""

    line: UUID
    issued: int = Field(ge=0)
    collected: int = Field(ge=0)
    valid: int = Field(ge=0)
    invalid: int = Field(ge=0)
    yes: int | None = Field(ge=0, default=None)
    no: int | None = Field(ge=0, default=None)
    blank: int | None = Field(ge=0, default=None)
    carried: bool | None = None


class PaperCounts(Body):
    """What one teller counted on paper, line by line."""

    lines: tuple[PaperLine, ...] = Field(min_length=1, max_length=1000)


class MemberDissent(Body):
    """A member's dissent, kept by name."""

    person: Code
    opinion: Text


class Hands(Body):
    """The hands counted on one line."""

    line: UUID
    yes: int = Field(ge=0)
    no: int = Field(ge=0)
    blank: int = Field(ge=0, default=0)
    chair_yes: bool | None = None
    dissents: tuple[MemberDissent, ...] = ()


class ShowOfHands(Body):
    """What the secretary counted, line by line."""

    lines: tuple[Hands, ...] = Field(min_length=1)


class CloseVoting(Body):
    """The minutes of the session; whose sheets are waited for no longer is named."""

    minutes: Text
    without: tuple[Code, ...] = ()
