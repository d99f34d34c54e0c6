"""What each act says: the body of its request, and the payload of its command."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from domain.delegation import Capacity
from domain.names import tidy


def _written(value: object) -> object:
    """Take a day only as text: a number would silently be one since 1970."""
    if not isinstance(value, str):
        raise PydanticCustomError("date_type", "a day, written")
    return value


def _tidy(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_written)]
# PostgreSQL stores every character but this one.
Text = Annotated[
    str,
    BeforeValidator(_tidy),
    Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$"),
]
Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
SubjectKind = Literal["individual", "collective"]


class Body(BaseModel):
    """The body of an act; what is not asked for is not taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Empty(Body):
    """An act that says nothing but itself."""


class Reason(Body):
    """An act that must say why."""

    reason: Text


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


class Extend(Body):
    """A later due moment, for everybody or for one department."""

    deadline: Literal["registration", "submission"]
    until: Day
    reason: Text
    department: Code | None = None


class Publish(Body):
    """Post the list; departments that sent nothing are named on purpose."""

    without: tuple[Code, ...] = ()


class Comment(Body):
    """What somebody says of the list, or of one line of it."""

    text: Text
    line: UUID | None = None


class Convene(Body):
    """When and where the council meets."""

    meets_at: AwareDatetime
    place: Text


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

    held_on: Day
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
    until: Day


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
    until: Day | None = None
    reason: Text


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
    until: Day | None = None


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


class Opinion(Body):
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
    dissents: tuple[Opinion, ...] = ()


class ShowOfHands(Body):
    """What the secretary counted, line by line."""

    lines: tuple[Hands, ...] = Field(min_length=1)


class CloseVoting(Body):
    """The minutes of the session; whose sheets are waited for no longer is named."""

    minutes: Text
    without: tuple[Code, ...] = ()


class Ruling(Body):
    """The director's word on one line; what goes back may carry questions."""

    line: UUID
    outcome: Literal["approve", "decline", "return"]
    reason: Text | None = None
    questions: tuple[Text, ...] = Field(default=(), max_length=20)


class Decide(Body):
    """The director's decision: named lines, and one word for all the others."""

    rulings: tuple[Ruling, ...] = ()
    others: Literal["approve"] | None = None


class Number(Body):
    """The number that the records clerk gives."""

    number: int = Field(ge=1)
    year: int = Field(ge=2000, le=2200)
    series: Annotated[str, Field(pattern=r"^[A-ZĐ0-9-]{1,16}(/[A-ZĐ0-9-]{1,16})?$")]


class Correct(Body):
    """What a decision says wrongly, how it reads rightly, and of which line."""

    printed: Text
    corrected: Text
    reason: Text
    line: UUID | None = None


class Forward(Body):
    """The letter that takes the lines to the superior."""

    letter: Text


class SuperiorAnswer(Body):
    """What the superior answered on one line."""

    line: UUID
    outcome: Literal["awarded", "declined", "returned", "revoked"]
    reference: Text
    answered_on: Day


class DeclineAward(Body):
    """An award that its awardee does not want, and why."""

    line: UUID
    reason: Text


class AcceptCase(Body):
    """A matter is taken up; a complex one has more time."""

    is_complex: bool = False


class ReportCase(Body):
    """The whole file on which the director concludes."""

    report: Text
    documents: tuple[Code, ...] = ()


class ResolveCase(Body):
    """Whether what a matter says is so, and whether it ends the line that waits.

    Of an ad hoc commendation: whether it is granted.
    """

    outcome: Literal["founded", "unfounded"]
    conclusion: Text
    ends_line: bool = False


class AssessCase(Body):
    """What a member says of a matter in writing; an initiative is scored as well."""

    agrees: bool
    score: int | None = Field(ge=0, le=100, default=None)
    opinion: Text | None = None


class ConcludeInitiative(Body):
    """What the council found; whose scores are waited for no longer is named."""

    conclusion: Text
    without: tuple[Code, ...] = ()


class CertifyInitiative(Body):
    """The year whose titles the certificate may support."""

    counts_for: int = Field(ge=2000, le=2200)


BODIES: dict[str, type[Body]] = {
    "sign_pact": Empty,
    "launch": Empty,
    "amend": Amend,
    "migrate_rules": MigrateRules,
    "suspend": Reason,
    "resume": Empty,
    "cancel": Reason,
    "close": Empty,
    "delegate": Delegate,
    "revoke_delegation": RevokeDelegation,
    "confirm_scorecard": ConfirmScorecard,
    "extend_deadline": Extend,
    "publish": Publish,
    "comment": Comment,
    "convene": Convene,
    "launch_department": Empty,
    "register": Register,
    "amend_registration": Register,
    "withdraw_registration": Register,
    "record_peer_review": PeerReview,
    "submit": Submit,
    "recall": Empty,
    "file_nil_return": Reason,
    "supplement": Supplement,
    "withdraw_line": WithdrawLine,
    "give_opinion": GiveOpinion,
    "receive": Empty,
    "return_for_supplement": ReturnForSupplement,
    "appraise": Appraise,
    "request_late": Reason,
    "answer_late": AnswerLate,
    "confirm_attendance": Attendance,
    "recuse": Recuse,
    "open_voting": OpenVoting,
    "record_show_of_hands": ShowOfHands,
    "record_paper_count": PaperCounts,
    "close_voting": CloseVoting,
    "attest_count": Empty,
    "order_second_round": SecondRound,
    "settle_tie": SettleTie,
    "repeat_vote": RepeatVote,
    "sign_minutes": Empty,
    "decide": Decide,
    "number": Number,
    "issue": Empty,
    "correct": Correct,
    "forward": Forward,
    "record_superior_answer": SuperiorAnswer,
    "decline_award": DeclineAward,
    "file_case": Empty,
    "return_case": Reason,
    "open_poll": Empty,
    "assess_case": AssessCase,
    "conclude_initiative": ConcludeInitiative,
    "certify_initiative": CertifyInitiative,
    "accept_case": AcceptCase,
    "refuse_case": Reason,
    "report_case": ReportCase,
    "resolve_case": ResolveCase,
    "withdraw_case": Reason,
}
