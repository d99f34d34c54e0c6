"""What the acts on a department's part in a phase say."""

from uuid import UUID

from pydantic import Field

from intake.days import ComingDay, PastDay
from intake.fields import Body, Code, SubjectKind, Text


class Aim(Body):
    """A subject and the title it aims for."""

    kind: SubjectKind
    subject: Code
    title: Code


class Register(Body):
    """The aims of people and of the department itself."""

    aims: tuple[Aim, ...] = Field(min_length=1, max_length=500)


class PeerReviewVote(Aim):
    """How the department's own people voted on one subject and title."""

    yes: int = Field(ge=0)
    no: int = Field(ge=0)


class PeerReview(Body):
    """The department's own meeting: who was there, the votes, the minutes."""

    held_on: PastDay
    present: tuple[Code, ...] = Field(min_length=1)
    absent: tuple[Code, ...] = ()
    chaired_by: Code
    votes: tuple[PeerReviewVote, ...] = ()
    minutes: Text


class Line(Aim):
    """One nomination, with what supports it; one on a state secret is not posted."""

    achievement: Text
    documents: tuple[Code, ...] = ()
    secret: bool = False


class Submit(Body):
    """A department's whole list."""

    lines: tuple[Line, ...] = Field(min_length=1, max_length=1000)


class Flag(Body):
    """One thing that is missing, of one line."""

    line: UUID
    missing: Text


class ReturnForSupplement(Body):
    """What is missing, why it is needed, and until when."""

    items: tuple[Flag, ...] = Field(min_length=1)
    reason: Text
    until: ComingDay


class SupplementedLine(Body):
    """A flagged line as it is after its supplement."""

    line: UUID
    achievement: Text
    documents: tuple[Code, ...] = ()


class Supplement(Body):
    """The flagged lines, and only those."""

    lines: tuple[SupplementedLine, ...] = Field(min_length=1)


class WithdrawLine(Body):
    """A line that its department or nominee no longer wants."""

    line: UUID
    reason: Text


class GiveOpinion(Body):
    """What a department's head says of somebody who left it in the year."""

    person: Code
    text: Text


class Appraisal(Body):
    """The secretariat's own finding on one line, beside what the rules say."""

    line: UUID
    eligible: bool
    reason: Text | None = None


class Appraise(Body):
    """The findings; what is not named is found eligible when the rules say so."""

    findings: tuple[Appraisal, ...] = ()


class AnswerLate(Body):
    """Whether a department may still send its list, until when, and why."""

    accept: bool
    until: ComingDay | None = None
    reason: Text
