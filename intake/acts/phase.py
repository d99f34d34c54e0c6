"""What the acts on a phase say."""

from typing import Annotated, Literal

from pydantic import Field

from intake.acts.naming import LineId, OneDepartment, Several
from intake.acts.saying import says
from intake.days import ComingDay, ComingMoment
from intake.fields import Body, Text


class NewEnd(Body):
    """Another last day of a window."""

    deadline: Literal["registration", "submission"]
    until: ComingDay = Field(description="Ngày cuối cùng còn trong hạn.")


@says("extend_deadline")
class Extend(NewEnd):
    """A later due moment, for everybody or for one department."""

    reason: Text
    department: OneDepartment | None = None


@says("receive_lists", "appraise_lists")
class Lists(Body):
    """The lists of which departments; of none named, all that wait."""

    departments: Several[OneDepartment] = ()


@says("publish")
class Publish(Body):
    """Post the list; departments that sent nothing are named on purpose."""

    without: Several[OneDepartment] = ()


@says("comment")
class GiveComment(Body):
    """What somebody says of the list, or of one line of it."""

    text: Text
    line: LineId | None = None


@says("convene")
class Convene(Body):
    """When and where the council meets."""

    meets_at: ComingMoment
    place: Annotated[Text, Field(max_length=200)]
