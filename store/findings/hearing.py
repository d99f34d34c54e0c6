"""Where people served in a year, and whose word their nomination still waits for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from domain.grouping import grouped
from domain.rules.facts import IndividualFacts
from domain.rules.rulepack import Absence, RulePack
from domain.rules.service import Away, Post, Span, home, left_behind
from store.database import among, made_once
from store.office.posts import posts_of
from store.tables import Department, Leave, Nomination, Opinion, Phase

# The kind of paper in which another unit gives its opinion (ý kiến).
OPINION = "YKIEN"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hearing:
    """What the rows say of who moved, came or was away, at a period's end."""

    day: date
    posts: Mapping[str, tuple[Post, ...]]
    away: Mapping[str, tuple[Away, ...]]
    names: Mapping[str, str]
    standing: frozenset[str]
    opinions: Mapping[str, frozenset[str]]

    def last_day(self, person: str) -> date:
        """Give the day on which somebody is judged: who left, on the last one there."""
        here = home(self.posts.get(person, ()), self.day)
        return min(here.span.end or self.day, self.day) if here else self.day

    def about(
        self, pack: RulePack, line: Nomination, facts: IndividualFacts
    ) -> IndividualFacts:
        """Complete a person's *facts* by what came with a line, and what lacks.

        That is who else should nominate, and opinions, of the units left behind and of
        secondments (E11 to E13).
        """
        here = home(self.posts.get(line.subject, ()), self.day)
        moved = here is not None and here.unit != line.department
        return replace(
            facts,
            unheard=tuple(self._name(post) for post in self.unheard(pack, line)),
            unconfirmed=self._unconfirmed(pack, line),
            elsewhere=self._name(here) if here and moved else None,
            documents=frozenset(line.evidence.get("documents", ())),
        )

    def unheard(self, pack: RulePack, line: Nomination) -> tuple[Post, ...]:
        """List the units left in the year whose opinion a line still lacks.

        A department of ours gives it by an act, unless it is no more; what another
        agency says is a paper of the line.
        """
        heard = self.opinions.get(line.subject, frozenset())
        asked = self.standing - heard
        left = self._left(pack, line)
        ours = [post for post in left if post.ours and post.unit in asked]
        others = [post for post in left if not post.ours]
        return (*ours, *others[_papers(line) :])

    def _unconfirmed(self, pack: RulePack, line: Nomination) -> bool:
        """Say whether the unit of a secondment has still to send its paper.

        That is one more, beside what other agencies say.
        """
        if not self._seconded(line.subject):
            return False
        return _papers(line) <= sum(not post.ours for post in self._left(pack, line))

    def _seconded(self, person: str) -> bool:
        """Say whether somebody was seconded for some time of the year."""
        new_year = date(self.day.year, 1, 1)
        return any(
            each.why is Absence.SECONDMENT and each.span.days(new_year, self.day)
            for each in self.away.get(person, ())
        )

    def _left(self, pack: RulePack, line: Nomination) -> tuple[Post, ...]:
        posts = self.posts.get(line.subject, ())
        return left_behind(pack.service.old_unit_opinion, posts, self.day)

    def _name(self, post: Post) -> str:
        return self.names.get(post.unit, post.unit)


def _papers(line: Nomination) -> int:
    """Count the opinions of other units that came with a line."""
    return sum(kind == OPINION for kind in line.evidence.get("documents", ()))


def open_hearing(
    session: Session, phase: Phase, asked: Collection[str] | None = None
) -> Hearing:
    """Read where people served, and what was said of them in a phase.

    Of all, or of those *asked* about, and of the departments that they come from.
    """
    day, posts = phase.period_end, posts_of(session, asked)
    left = {post.unit for each in posts.values() for post in each}
    units = None if asked is None else left.union(asked)
    departments = _departments(session, units=units).all()
    return Hearing(
        day=day,
        posts=posts,
        away=_away(session, asked),
        names={code: name for code, name, _ in departments},
        standing=frozenset(
            code for code, _, ends in departments if ends is None or ends > day
        ),
        opinions=_opinions(session, phase, asked),
    )


@made_once
def _departments(units: Any) -> Any:
    known = select(Department.code, Department.name, col(Department.ends))
    return known.where(among(Department.code, units))


def _away(
    session: Session, asked: Collection[str] | None
) -> dict[str, tuple[Away, ...]]:
    rows = _leaves(session, asked=asked)
    found = grouped((row.person, _absence(row)) for row in rows)
    return {person: tuple(times) for person, times in found.items()}


@made_once
def _leaves(asked: Any) -> Any:
    return select(Leave).where(among(Leave.person, asked))


def _absence(row: Leave) -> Away:
    end = row.ends - _ONE_DAY if row.ends else None
    return Away(Span(row.starts, end), Absence(row.kind), row.result == "good")


def _opinions(
    session: Session, phase: Phase, asked: Collection[str] | None
) -> dict[str, frozenset[str]]:
    found = grouped(_opinions_of(session, phase=phase.id, asked=asked))
    return {person: frozenset(units) for person, units in found.items()}


@made_once
def _opinions_of(phase: Any, asked: Any) -> Any:
    theirs = Opinion.phase == phase, among(Opinion.person, asked)
    return select(Opinion.person, Opinion.department).where(*theirs)
