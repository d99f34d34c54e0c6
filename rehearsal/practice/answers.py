"""What the routes of a practice office take, and what they answer with."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.answers import Answer
from intake.fields import Body, Day, PersonCode
from intake.lists import Once


class Take(Body):
    """The people whom the visitor plays from now on; the cast plays all others."""

    people: Annotated[tuple[PersonCode, ...], Field(max_length=100), Once()]


class Advance(Body):
    """The day to whose morning the clock goes; none: until the visitor has to act."""

    to: Day | None = None


class PlayerOut(Answer):
    """Somebody whom the visitor plays."""

    person: str
    name: str


class OwedOut(PlayerOut):
    """What somebody whom the visitor plays owes, and where to send it."""

    kind: str
    path: str
    title: str
    due_at: datetime | None


class NextOut(PlayerOut):
    """What somebody of the cast does next, and when."""

    at: datetime
    title: str


class HappenedOut(NextOut):
    """What somebody of the cast has done, or could not do because of *refused*."""

    refused: str | None


class PracticeOut(Answer):
    """Where the clock stands, who plays whom, what is owed, and what comes next.

    *happened* is what the cast did on the way, *said* the same in a sentence.
    """

    clock: datetime
    visitor: list[PlayerOut]
    owed: list[OwedOut]
    next: NextOut | None
    happened: list[HappenedOut]
    said: str
