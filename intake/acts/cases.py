"""What the acts on a matter beside the phases say."""

from typing import Annotated, Literal

from pydantic import Field

from intake.acts.naming import Assessor, Documents, Seldom, Several
from intake.acts.saying import says
from intake.fields import Body, Empty, Reason, Text, Year

says("file_case", "open_poll")(Empty)
says("return_case", "refuse_case", "withdraw_case")(Reason)


@says("accept_case")
class AcceptCase(Body):
    """A matter is taken up; a complex one has more time."""

    is_complex: bool = False


@says("extend_case")
class ExtendCase(Body):
    """Why a matter needs more time; twice for what is especially complex only."""

    reason: Text
    especially_complex: Annotated[bool, Seldom] = False


@says("report_case")
class ReportCase(Body):
    """The whole file on which the director concludes."""

    report: Text
    documents: Documents = ()


@says("resolve_case")
class ResolveCase(Body):
    """Whether what a matter says is so, and whether it ends the line that waits.

    Of an ad hoc commendation: whether it is granted.
    """

    outcome: Literal["founded", "unfounded"]
    conclusion: Text
    ends_line: bool = False


@says("assess_case")
class AssessCase(Body):
    """What a member says of a matter in writing; an initiative is scored as well."""

    agrees: bool
    score: int | None = Field(ge=0, le=100, default=None)
    opinion: Text | None = None


@says("conclude_initiative")
class ConcludeInitiative(Body):
    """What the council found; whose scores are waited for no longer is named."""

    conclusion: Text
    without: Several[Assessor] = ()


@says("certify_initiative")
class CertifyInitiative(Body):
    """The year whose titles the certificate may support."""

    counts_for: Year
