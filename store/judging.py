"""The facts of many lines at once, read in a fixed number of queries, and judged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from domain.criteria import CommendationType, DisciplineLevel, Rating
from domain.dependency import in_dependency_order
from domain.eligibility import (
    Stage,
    Verdict,
    judge_collective,
    judge_individual,
    takes_part,
)
from domain.facts import CollectiveFacts, IndividualFacts
from domain.rulepack import Absence, RulePack
from domain.service import Away, Post, Span, home, left_behind, service_months
from domain.states import AWARDED_LINES, LineState, RegistrationState
from store import people
from store.opinions import scores_in
from store.posts import posts_of
from store.tables import (
    Department,
    Discipline,
    Leave,
    Nomination,
    Opinion,
    Phase,
    Recognition,
    Registration,
    ServiceSpan,
    SubjectKind,
)
from store.tables import (
    Rating as RatingRow,
)

Titles = Mapping[str, frozenset[str]]
_ONE_DAY = timedelta(days=1)
# What the council or the director has said yes to; later ones are awarded or sent.
_ON_THE_WAY = (LineState.COUNCIL_PASSED, LineState.DIRECTOR_APPROVED)
# The kind of paper in which another unit gives its opinion (ý kiến).
OPINION = "YKIEN"


@dataclass(frozen=True)
class Roll:
    """What the rows say of everybody whom a phase may concern, at its period's end."""

    year: int
    day: date
    members: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    dissolved: frozenset[str]
    registered: frozenset[str]
    ratings: Mapping[tuple[SubjectKind, str], Rating]
    disciplines: Mapping[str, tuple[DisciplineLevel, ...]]
    posts: Mapping[str, tuple[Post, ...]]
    away: Mapping[str, tuple[Away, ...]]
    recognitions: Mapping[str, frozenset[tuple[str, str]]]
    history: Mapping[str, tuple[tuple[int, str], ...]]
    scores: Mapping[str, Fraction]
    opinions: Mapping[str, frozenset[str]]

    def person(self, pack: RulePack, person: str, titles: Titles) -> IndividualFacts:
        """Put together what is known of one person."""
        known = self.recognitions.get(person, frozenset())
        posts = self.posts.get(person, ())
        here = home(posts, self.day)
        return IndividualFacts(
            year=self.year,
            registered=person in self.registered,
            rating=self.ratings.get((SubjectKind.INDIVIDUAL, person)),
            disciplines=self.disciplines.get(person, ()),
            titles=titles.get(person, frozenset()),
            service_months=service_months(
                pack.service,
                [post.span for post in posts],
                # Who left is judged as on the last day.
                min(here.span.end or self.day, self.day) if here else self.day,
                self.away.get(person, ()),
            ),
            initiative_recognised=any(kind == "initiative" for kind, _ in known),
            provincial_initiative=("initiative", "province") in known,
            research_accepted=any(kind == "research" for kind, _ in known),
            history=self.history.get(person, ()),
        )

    def unheard(self, pack: RulePack, line: Nomination) -> tuple[Post, ...]:
        """List the units left in the year whose opinion a line still lacks.

        A department of ours gives it by an act, unless it is no more; what another
        agency says is a paper of the line.
        """
        posts = self.posts.get(line.subject, ())
        left = left_behind(pack.service.old_unit_opinion, posts, self.day)
        heard = self.opinions.get(line.subject, frozenset()) | self.dissolved
        papers = _papers(line)
        others = [post for post in left if not post.ours]
        ours = [post for post in left if post.ours and post.unit not in heard]
        return (*ours, *others[papers:])

    def unconfirmed(self, pack: RulePack, line: Nomination) -> bool:
        """Say whether where somebody is seconded to has still to confirm it.

        That is one paper more, beside what other agencies say.
        """
        left = left_behind(
            pack.service.old_unit_opinion, self.posts.get(line.subject, ()), self.day
        )
        asked = sum(not post.ours for post in left)
        return self._seconded(line.subject) and _papers(line) <= asked

    def _seconded(self, person: str) -> bool:
        first = date(self.year, 1, 1)
        return any(
            away.span.days(first, self.day)
            for away in self.away.get(person, ())
            if away.why is Absence.SECONDMENT
        )

    def collective(
        self, pack: RulePack, department: str, titles: Titles
    ) -> CollectiveFacts:
        """Put together what is known of one department."""
        members = self.members.get(department, ())
        holding = [titles.get(person, frozenset()) for person in members]
        rated = [self.ratings.get((SubjectKind.INDIVIDUAL, p)) for p in members]
        return CollectiveFacts(
            registered=department in self.registered,
            rating=self.ratings.get((SubjectKind.COLLECTIVE, department)),
            disciplines=tuple(
                level for p in members for level in self.disciplines.get(p, ())
            ),
            titles=titles.get(department, frozenset()),
            members=len(members),
            reviewable_members=sum(
                takes_part(pack, self.person(pack, p, titles)) for p in members
            ),
            ldtt=sum("LDTT" in held for held in holding),
            cstdcs=sum("CSTDCS" in held for held in holding),
            completed=sum(
                rating not in (None, Rating.NOT_COMPLETED) for rating in rated
            ),
            dissolved=department in self.dissolved,
        )

    def participants(self, pack: RulePack) -> list[str]:
        """List who takes part in the movement."""
        return [
            person
            for members in self.members.values()
            for person in members
            if takes_part(pack, self.person(pack, person, {}))
        ]

    def headcount(self) -> int:
        """Count everybody in the departments on the period's last day."""
        return sum(len(members) for members in self.members.values())


def judge_lines(
    pack: RulePack,
    roll: Roll,
    lines: Iterable[Nomination],
    titles: Titles,
    stage: Stage,
) -> dict[UUID, Verdict]:
    """Judge lines by the rules, given who holds or is passing which title."""
    verdicts = {}
    for line in lines:
        if line.kind is SubjectKind.INDIVIDUAL:
            unheard = [post.unit for post in roll.unheard(pack, line)]
            person = replace(
                roll.person(pack, line.subject, titles),
                unheard=tuple(roll.names.get(unit, unit) for unit in unheard),
                unconfirmed=roll.unconfirmed(pack, line),
            )
            verdicts[line.id] = judge_individual(pack, line.title, person, stage)
        else:
            facts = roll.collective(pack, line.subject, titles)
            verdicts[line.id] = judge_collective(pack, line.title, facts, stage)
    return verdicts


def _papers(line: Nomination) -> int:
    """Count the opinions of other units that came with a line."""
    return sum(kind == OPINION for kind in line.evidence.get("documents", ()))


def titles_of(lines: Iterable[Nomination]) -> dict[str, frozenset[str]]:
    """Gather, for each subject, the titles that these lines give it."""
    held: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        held[line.subject].add(line.title)
    return {subject: frozenset(titles) for subject, titles in held.items()}


def awarded_in(session: Session, year: int) -> list[Nomination]:
    """List the lines awarded for a year, in whatever campaign."""
    return list(
        session.exec(
            select(Nomination).where(
                col(Nomination.state).in_((*AWARDED_LINES, LineState.FORWARDED_UPWARD)),
                Nomination.period == str(year),
            )
        )
    )


def standing_in(
    session: Session, phase: Phase, apart: Collection[UUID] = ()
) -> list[Nomination]:
    """List what stands in a phase's year, awarded or on its way, *apart* from some."""
    on_the_way = session.exec(
        select(Nomination).where(
            Nomination.phase == phase.id, col(Nomination.state).in_(_ON_THE_WAY)
        )
    )
    found = [*awarded_in(session, phase.period_end.year), *on_the_way]
    named = sorted(found, key=lambda x: (x.title, x.department, x.subject))
    return [line for line in named if line.id not in apart]


def call_the_roll(session: Session, phase: Phase) -> Roll:
    """Read all that the rules may ask about the people of a phase."""
    day, year = phase.period_end, phase.period_end.year
    return Roll(
        year=year,
        day=day,
        members=_members(session, day),
        names=dict(session.exec(select(Department.code, Department.name)).all()),
        dissolved=_dissolved(session, day),
        registered=_registered(session, phase.campaign),
        ratings=_ratings(session, year),
        disciplines=_disciplines(session, phase),
        posts=posts_of(session),
        away=_grouped(session.exec(select(Leave)), _away),
        recognitions=_recognitions(session, year),
        history=_history(session, year),
        scores=scores_in(session, year),
        opinions=_opinions(session, phase),
    )


def _members(session: Session, day: date) -> dict[str, tuple[str, ...]]:
    rows = session.exec(
        select(ServiceSpan.department, ServiceSpan.person)
        .join(Department, col(Department.code) == col(ServiceSpan.department))
        .where(people.in_force(ServiceSpan, day), col(Department.collective))
        .order_by(ServiceSpan.department, ServiceSpan.person)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for department, person in rows:
        found[department or ""].append(person)
    return {department: tuple(persons) for department, persons in found.items()}


def _dissolved(session: Session, day: date) -> frozenset[str]:
    query = select(Department.code).where(col(Department.ends) <= day)
    return frozenset(session.exec(query))


def _registered(session: Session, campaign: str) -> frozenset[str]:
    query = select(Registration.subject).where(
        Registration.campaign == campaign,
        Registration.state != RegistrationState.WITHDRAWN,
    )
    return frozenset(session.exec(query))


def _ratings(session: Session, year: int) -> dict[tuple[SubjectKind, str], Rating]:
    rows = session.exec(select(RatingRow).where(RatingRow.year == year))
    return {(row.kind, row.subject): Rating(row.level) for row in rows}


def _disciplines(
    session: Session, phase: Phase
) -> dict[str, tuple[DisciplineLevel, ...]]:
    window = select(Discipline).where(
        col(Discipline.decided_on) >= date(phase.period_end.year, 1, 1),
        col(Discipline.decided_on) <= phase.period_end,
    )
    return _grouped(session.exec(window), lambda row: DisciplineLevel(row.level))


def _recognitions(session: Session, year: int) -> dict[str, frozenset[tuple[str, str]]]:
    rows = session.exec(select(Recognition).where(Recognition.year == year))
    grouped = _grouped(rows, lambda row: (row.kind, row.scope))
    return {person: frozenset(known) for person, known in grouped.items()}


def _history(session: Session, year: int) -> dict[str, tuple[tuple[int, str], ...]]:
    rows = session.exec(
        select(Nomination).where(
            col(Nomination.state).in_(AWARDED_LINES),
            # What was given for something else than merit supports no merit award.
            Nomination.commendation_type == CommendationType.MERIT,
            Nomination.period < str(year),
        )
    )
    held: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in rows:
        held[line.subject].append((line.achieved_to.year, line.title))
    return {subject: tuple(sorted(titles)) for subject, titles in held.items()}


def _grouped(rows: Iterable[Any], read: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person].append(read(row))
    return {person: tuple(values) for person, values in found.items()}


def _opinions(session: Session, phase: Phase) -> dict[str, frozenset[str]]:
    rows = session.exec(select(Opinion).where(Opinion.phase == phase.id))
    grouped = _grouped(rows, lambda row: row.department)
    return {person: frozenset(units) for person, units in grouped.items()}


def _away(row: Leave) -> Away:
    end = row.ends - _ONE_DAY if row.ends else None
    return Away(Span(row.starts, end), Absence(row.kind), row.result == "good")


def in_order(pack: RulePack, lines: Iterable[Nomination]) -> list[Nomination]:
    """Sort lines so that each comes after those that it may depend on."""
    named = sorted(lines, key=lambda line: (line.title, line.department, line.subject))
    return in_dependency_order(pack, named, lambda line: line.title)
