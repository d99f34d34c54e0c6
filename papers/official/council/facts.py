"""A council session as its papers see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import local_day
from domain.council.ballots import Method
from domain.states import LineState, SessionState
from papers.official.letterhead import Letterhead
from papers.wording import moment
from store.findings.papers.listed import ListedLine
from store.tables import CouncilSession

# When there is a result.
COUNTED = (SessionState.COUNTED, SessionState.CONCLUDED)


@dataclass(frozen=True, kw_only=True)
class SittingMember:
    """Who sits: on which seat, and whether they are there, once that is known."""

    name: str
    seat: str
    present: bool | None


@dataclass(frozen=True, kw_only=True)
class RoundVote:
    """How a line was voted on in one round; no figures where they are masked."""

    round: int
    method: Method
    electors: int
    recused: tuple[str, ...]
    ballots: int | None
    yes: int | None
    no: int | None
    blank: int | None
    carried: bool | None
    void_reason: str | None


@dataclass(frozen=True)
class BeforeCouncil:
    """A line before the council: its votes, round by round, and what came of it.

    *dissents* are opinions that members wished to be kept by name.
    """

    line: ListedLine
    votes: tuple[RoundVote, ...]
    outcome: LineState | None
    dissents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class OpenSheet:
    """Lines to be voted on that have the same members step out: whoever gets the sheet
    votes on each of them. How is not known until the vote is open.
    """

    method: Method | None
    lines: tuple[ListedLine, ...]


@dataclass(frozen=True, kw_only=True)
class SittingFacts:
    """A council session: who sits, what is before it, and what has been signed.

    *tellers* are by round, each with when they have said that the count was right.
    """

    by: Letterhead
    row: CouncilSession
    occasion: str
    members: tuple[SittingMember, ...]
    lines: tuple[BeforeCouncil, ...]
    tellers: Mapping[int, Sequence[tuple[str, datetime | None]]]
    open_sheets: tuple[OpenSheet, ...]
    chair: str
    secretary: str

    @property
    def met_on(self) -> date:
        """The day of the meeting, in Vietnam."""
        return local_day(self.row.meets_at)

    @property
    def when_and_where(self) -> str:
        """When and where it meets."""
        return f"{moment(self.row.meets_at)}, tại {self.row.place}"

    @property
    def live(self) -> list[ListedLine]:
        """The lines that are not withdrawn."""
        return [x.line for x in self.lines if x.line.state is not LineState.WITHDRAWN]

    @property
    def signed(self) -> bool:
        """Say whether the minutes are signed by both."""
        return self.row.state is SessionState.CONCLUDED
