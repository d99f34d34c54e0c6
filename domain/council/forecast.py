"""Before the council meets: whether a line can still pass with those who are left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.council.conflicts import Conflict
from domain.council.presiding import who_presides
from domain.council.thresholds import Ballot, Threshold, passes


@dataclass(frozen=True)
class Prospect:
    """What a line can come to: of whom, who can agree, and how many it takes.

    *missing* says how many votes more it takes: so many of those who stay away have to
    be replaced by somebody who comes.
    """

    stepping_out: tuple[str, ...]
    flagged: tuple[str, ...]
    presided_by: str | None
    electors: int
    voters: int
    needed: int
    missing: int
    can_pass: bool


@dataclass(frozen=True)
class Muster:
    """Who sits in the council, who has said not to come, and who may preside.

    *chairs* are the chair and the vice-chairs, in that order.
    """

    seated: Collection[str]
    absent: Collection[str] = ()
    chairs: Sequence[str] = ()
    casting: bool = True  # the voice of whoever presides ends a tie
    written: bool = True  # those who are absent may send a sheet

    def prospect(
        self,
        conflict: Conflict,
        threshold: Threshold,
        ballot: Ballot,
        nominee: Collection[str] = (),
    ) -> Prospect:
        """Say what a line can come to when everybody who can vote agrees.

        Whoever steps out leaves the vote and the whole. Whoever is absent stays in
        the whole: no hand of theirs is counted, but a sheet is, where the regulation
        takes it in writing.
        """
        electors = [p for p in self.seated if p not in conflict.stepping_out]
        by_sheet = ballot is Ballot.SECRET and self.written
        away = () if by_sheet else self.absent
        voters = [person for person in electors if person not in away]
        presider = who_presides(
            self.chairs, {*self.absent, *conflict.stepping_out, *nominee}
        )
        needed = threshold.needed(len(electors))
        can_pass = passes(
            len(voters),
            len(electors),
            threshold,
            ballot,
            chair_yes=self.casting and presider is not None,
        )
        return Prospect(
            stepping_out=tuple(p for p in self.seated if p in conflict.stepping_out),
            flagged=tuple(p for p in self.seated if p in conflict.flagged),
            presided_by=presider,
            electors=len(electors),
            voters=len(voters),
            needed=needed,
            missing=0 if can_pass else max(needed - len(voters), 1),
            can_pass=can_pass,
        )
