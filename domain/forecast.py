"""Before the council meets: whether a line can still pass with those who are left."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.thresholds import Ballot, Threshold, passes


@dataclass(frozen=True)
class Prospect:
    """What a line can come to: of whom, who can agree, and how many it takes."""

    stepping_out: tuple[str, ...]
    electors: int
    voters: int
    needed: int
    can_pass: bool


@dataclass(frozen=True)
class Muster:
    """Who sits in the council, who has said not to come, and whose voice ends a tie."""

    seated: Collection[str]
    absent: Collection[str] = ()
    chair: str | None = None
    written: bool = True  # those who are absent may send a sheet

    def prospect(
        self, stepping_out: Collection[str], threshold: Threshold, ballot: Ballot
    ) -> Prospect:
        """Say what a line can come to when everybody who can vote agrees.

        Whoever steps out leaves the vote and the whole. Whoever is absent stays in
        the whole: no hand of theirs is counted, but a sheet is, where the regulation
        takes it in writing.
        """
        electors = [p for p in self.seated if p not in stepping_out]
        by_sheet = ballot is Ballot.SECRET and self.written
        away = () if by_sheet else self.absent
        voters = [person for person in electors if person not in away]
        return Prospect(
            stepping_out=tuple(p for p in self.seated if p in stepping_out),
            electors=len(electors),
            voters=len(voters),
            needed=threshold.needed(len(electors)),
            can_pass=passes(
                len(voters),
                len(electors),
                threshold,
                ballot,
                chair_yes=self.chair in voters,
            ),
        )
