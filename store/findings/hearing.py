"""Where people served in a year, and whose word their nomination still waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, or_, select

from domain.grouping import grouped
from domain.rules.facts import IndividualFacts
from domain.rules.rulepack import Absence, RulePack
from domain.rules.service import Post, home, left_behind
from store.office.posts import posts_of
from store.tables import Department, Leave, Nomination, Opinion, Phase

# The kind of paper in which another unit gives its opinion (ý kiến).
OPINION = "YKIEN"


@dataclass(frozen=True)
class Hearing:
    """What the rows say of who moved, came or was seconded, at a period's end."""

    day: date
    posts: Mapping[str, tuple[Post, ...]]
    seconded: frozenset[str]
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
        """Complete a person's *facts*: who else should nominate, whose opinion lacks.

        Opinions are of the units left behind and of secondments (E11 to E13).
        """
        here = home(self.posts.get(line.subject, ()), self.day)
        moved = here is not None and here.unit != line.department
        return replace(
            facts,
            unheard=tuple(self._name(post) for post in self.unheard(pack, line)),
            unconfirmed=self._unconfirmed(pack, line),
            elsewhere=self._name(here) if here and moved else None,
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
        asked = sum(not post.ours for post in self._left(pack, line))
        return line.subject in self.seconded and _papers(line) <= asked

    def _left(self, pack: RulePack, line: Nomination) -> tuple[Post, ...]:
        posts = self.posts.get(line.subject, ())
        return left_behind(pack.service.old_unit_opinion, posts, self.day)

    def _name(self, post: Post) -> str:
        return self.names.get(post.unit, post.unit)


def _papers(line: Nomination) -> int:
    """Count the opinions of other units that came with a line."""
    return sum(kind == OPINION for kind in line.evidence.get("documents", ()))


def open_hearing(session: Session, phase: Phase) -> Hearing:
    """Read where everybody served, and what was said of them in a phase."""
    day = phase.period_end
    departments = session.exec(select(Department)).all()
    return Hearing(
        day=day,
        posts=posts_of(session),
        seconded=_seconded(session, day),
        names={row.code: row.name for row in departments},
        standing=frozenset(
            row.code for row in departments if row.ends is None or row.ends > day
        ),
        opinions=_opinions(session, phase),
    )


def _seconded(session: Session, day: date) -> frozenset[str]:
    """Find who was seconded for some time of the year that *day* ends."""
    rows = session.exec(
        select(Leave.person).where(
            Leave.kind == Absence.SECONDMENT,
            col(Leave.starts) <= day,
            or_(col(Leave.ends).is_(None), col(Leave.ends) > date(day.year, 1, 1)),
        )
    )
    return frozenset(rows)


def _opinions(session: Session, phase: Phase) -> dict[str, frozenset[str]]:
    rows = session.exec(select(Opinion).where(Opinion.phase == phase.id))
    found = grouped((row.person, row.department) for row in rows)
    return {person: frozenset(units) for person, units in found.items()}
