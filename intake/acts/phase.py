"""What the acts on a phase say."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from intake.fields import Body, Code, Day, Text
from intake.lists import Codes


class Extend(Body):
    """A later due moment, for everybody or for one department."""

    deadline: Literal["registration", "submission"]
    until: Day
    reason: Text
    department: Code | None = None


class Publish(Body):
    """Post the list; departments that sent nothing are named on purpose."""

    without: Codes = ()


class GiveComment(Body):
    """What somebody says of the list, or of one line of it."""

    text: Text
    line: UUID | None = None


class Convene(Body):
    """When and where the council meets."""

    meets_at: AwareDatetime
    place: Annotated[Text, Field(max_length=200)]
