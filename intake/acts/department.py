"""What the acts on a department's part in a phase say."""

from typing import Annotated

from pydantic import Field

from intake.acts.naming import (
    Documents,
    KindOfSubject,
    Leaver,
    LineId,
    OneSubject,
    Seldom,
    Several,
    Some,
    Staff,
    TitleCode,
)
from intake.acts.saying import says
from intake.days import ComingDay, PastDay
from intake.fields import Body, Count, Empty, Reason, Text
from intake.lists import MANY, Once

says("launch_department", "recall", "receive")(Empty)
says("file_nil_return", "request_late")(Reason)


class Aim(Body):
    """A subject and the title it aims for."""

    kind: KindOfSubject
    subject: OneSubject
    title: TitleCode


MOST_AIMS = 500  # at once
# Whom it is about, and for which title: nothing else tells one aim from another.
ONE_AIM = Once("subject", "title")


@says("register", "amend_registration", "withdraw_registration")
class Register(Body):
    """The aims of people and of the department itself."""

    aims: Annotated[tuple[Aim, ...], Field(min_length=1, max_length=MOST_AIMS), ONE_AIM]


class PeerReviewVote(Aim):
    """How the department's own people voted on one subject and title."""

    yes: Count
    no: Count


@says("record_peer_review")
class PeerReview(Body):
    """The department's own meeting: who was there, the votes, the minutes."""

    held_on: PastDay
    present: Some[Staff]
    absent: Several[Staff] = ()
    chaired_by: Staff
    votes: Annotated[tuple[PeerReviewVote, ...], Field(max_length=MANY), ONE_AIM] = ()
    minutes: Text


class Line(Aim):
    """One nomination, with what supports it; one on a state secret is not posted."""

    achievement: Text
    documents: Documents = ()
    secret: Annotated[bool, Seldom] = False


@says("submit")
class Submit(Body):
    """A department's whole list."""

    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=1000), ONE_AIM]


class Flag(Body):
    """One thing that is missing, of one line."""

    line: LineId
    missing: Text


@says("return_for_supplement")
class ReturnForSupplement(Body):
    """What is missing, why it is needed, and until when."""

    items: Annotated[
        tuple[Flag, ...],
        Field(min_length=1, max_length=MANY),
        Once("line", "missing"),
    ]
    reason: Text
    until: ComingDay


class SupplementedLine(Body):
    """A flagged line as it is after its supplement."""

    line: LineId
    achievement: Text
    documents: Documents = ()


@says("supplement")
class Supplement(Body):
    """The flagged lines, and only those."""

    lines: Annotated[
        tuple[SupplementedLine, ...],
        Field(min_length=1, max_length=1000),
        Once("line"),
    ]


@says("withdraw_line")
class WithdrawLine(Body):
    """A line that its department or nominee no longer wants."""

    line: LineId
    reason: Text


@says("give_opinion")
class GiveOpinion(Body):
    """What a department's head says of somebody who left it in the year."""

    person: Leaver
    text: Text


class Appraisal(Body):
    """The secretariat's own finding on one line, beside what the rules say."""

    line: LineId
    eligible: bool
    reason: Text | None = None


@says("appraise")
class Appraise(Body):
    """The findings; what is not named is found eligible when the rules say so."""

    findings: Annotated[
        tuple[Appraisal, ...], Field(max_length=MANY), Once("line")
    ] = ()


@says("answer_late")
class AnswerLate(Body):
    """Whether a department may still send its list, until when, and why."""

    accept: bool
    until: ComingDay | None = None
    reason: Text
