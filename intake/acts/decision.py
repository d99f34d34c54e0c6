"""What the acts on a decision say."""

from typing import Annotated, Literal

from pydantic import Field

from domain.record.papers import PaperOutcome
from intake.acts.naming import LineId, SignedScan
from intake.acts.saying import says
from intake.days import PastDay
from intake.fields import Body, Count, Empty, Name, Text, Year, only
from intake.lists import MANY, Once

says("issue")(Empty)

# Of letters as offices write them: QĐ-VPĐĐBQH&HĐND.
_LETTERS = r"[A-ZĐĂÂÊÔƠƯ0-9&.-]"
_SERIES = rf"{_LETTERS}{{1,32}}(/{_LETTERS}{{1,16}})?"
Series = Annotated[
    str,
    only(_SERIES, "ký hiệu viết hoa (ví dụ QĐ-VP, QĐ-SKHCN&CĐS)"),
    Field(max_length=32, json_schema_extra={"pattern": f"^{_SERIES}$"}),
]


class Ruling(Body):
    """The director's word on one line; what goes back may carry questions."""

    line: LineId
    outcome: Literal["approve", "decline", "return"]
    reason: Text | None = None
    questions: Annotated[tuple[Text, ...], Field(max_length=20), Once()] = ()


@says("decide")
class Decide(Body):
    """The director's decision: named lines, and one word for all the others."""

    rulings: Annotated[tuple[Ruling, ...], Field(max_length=MANY), Once("line")] = ()
    others: Literal["approve"] | None = None


@says("number")
class Number(Body):
    """The number that the records clerk gives; a leap in the register says why."""

    number: int = Field(ge=1, le=99_999)
    year: Year
    series: Series
    reason: Text | None = None


@says("renumber")
class Renumber(Number):
    """Another number for a decision that is not issued yet, and why."""

    reason: Text


@says("correct")
class Correct(Body):
    """What a decision says wrongly, how it reads rightly, and of which line."""

    printed: Text
    corrected: Text
    reason: Text
    line: LineId | None = None


@says("post_results")
class PostResults(Body):
    """Where the results hang for everybody in the agency, and since when."""

    posted_on: PastDay
    place: Text


@says("take_down_results")
class TakeDownResults(Body):
    """On which day the results were taken down."""

    taken_down_on: PastDay


@says("forward")
class Forward(Body):
    """The letter that takes the lines to the superior."""

    letter: Text


@says("record_superior_answer")
class SuperiorAnswer(Body):
    """What the superior answered on one line."""

    line: LineId
    outcome: Literal["awarded", "declined", "returned", "revoked"]
    reference: Text
    answered_on: PastDay


@says("record_signed_paper")
class RecordSignedPaper(Body):
    """What a decision that was signed on paper states, as its scan shows.

    What the paper does not state, or nobody can read, is left out.
    """

    file: SignedScan
    number: Annotated[int, Field(ge=1, le=99_999)] | None = None
    number_year: Year | None = None
    series: Series | None = None
    signed_on: PastDay | None = None
    signed_by: Name | None = None
    awarded: Count | None = None


@says("settle_signed_paper")
class SettleSignedPaper(Body):
    """Which is wrong: the paper, or the record, which by now says the same."""

    outcome: PaperOutcome
    reason: Text


@says("decline_award")
class DeclineAward(Body):
    """An award that its awardee does not want, and why."""

    line: LineId
    reason: Text
