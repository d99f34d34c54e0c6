"""What the acts on a matter beside the phases say."""

from typing import Literal

from pydantic import Field

from intake.fields import Body, Text, Year
from intake.lists import Codes, Documents


class AcceptCase(Body):
    """A matter is taken up; a complex one has more time."""

    is_complex: bool = False


class ExtendCase(Body):
    """Why a matter needs more time; twice for what is especially complex only."""

    reason: Text
    especially_complex: bool = False


class ReportCase(Body):
    """The whole file on which the director concludes."""

    report: Text
    documents: Documents = ()


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
    without: Codes = ()


class CertifyInitiative(Body):
    """The year whose titles the certificate may support."""

    counts_for: Year
