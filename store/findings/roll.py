"""What the rules may ask about people and collectives, in a fixed number of queries."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from sqlmodel import Session, col, func, select

from domain.council.course import Titles
from domain.grouping import grouped
from domain.rules.criteria import DisciplineLevel, RatingLevel
from domain.rules.eligibility import takes_part
from domain.rules.facts import CollectiveFacts, Facts, IndividualFacts
from domain.rules.rulepack import RulePack
from domain.rules.service import service_months
from domain.states import RegistrationState
from store.database import among, made_once
from store.findings.hearing import Hearing, open_hearing
from store.findings.membership import members_of
from store.office.past_awards import granted_before, granted_here
from store.opinions import scores_in
from store.tables import (
    Discipline,
    Nomination,
    PastAward,
    Phase,
    Rating,
    Recognition,
    Registration,
    SubjectKind,
)

Value = TypeVar("Value")
Asked = Collection[str] | None  # by their codes; None is everybody
_NOT_DONE = (None, RatingLevel.NOT_COMPLETED)


@dataclass(frozen=True)
class Roll:
    """What the rows say of those whom a phase may concern, at its period's end.

    Of all of them, or of some lines' only; *rated* counts the whole agency's people by
    their rating in either. A department's *members* are told with how many they stand
    for: of some lines one stands for all of whom the rows say the same (`members_of`).
    """

    year: int
    day: date
    members: Mapping[str, Mapping[str, int]]
    registered: frozenset[str]
    ratings: Mapping[tuple[SubjectKind, str], RatingLevel]
    rated: Mapping[RatingLevel, int]
    disciplines: Mapping[str, tuple[DisciplineLevel, ...]]
    hearing: Hearing
    recognitions: Mapping[str, frozenset[tuple[str, str]]]
    history: Mapping[str, tuple[tuple[int, str], ...]]
    brought: Mapping[str, frozenset[tuple[int, str]]]
    scores: Mapping[str, Fraction]

    def person(self, pack: RulePack, person: str, titles: Titles) -> IndividualFacts:
        """Put together what is known of one person."""
        known = self.recognitions.get(person, frozenset())
        return IndividualFacts(
            year=self.year,
            registered=person in self.registered,
            rating=self.ratings.get((SubjectKind.INDIVIDUAL, person)),
            disciplines=self.disciplines.get(person, ()),
            titles=titles.get(person, frozenset()),
            service_months=service_months(
                pack.service,
                [post.span for post in self.hearing.posts.get(person, ())],
                self.hearing.last_day(person),
                self.hearing.away.get(person, ()),
            ),
            initiative_recognised=any(kind == "initiative" for kind, _ in known),
            provincial_initiative=("initiative", "province") in known,
            research_accepted=any(kind == "research" for kind, _ in known),
            history=self.history.get(person, ()),
            brought=self.brought.get(person, frozenset()),
            rated=self.rated,
        )

    def collective(
        self, pack: RulePack, department: str, titles: Titles
    ) -> CollectiveFacts:
        """Put together what is known of one department."""
        members = self.members.get(department, {})
        return CollectiveFacts(
            registered=department in self.registered,
            rating=self.ratings.get((SubjectKind.COLLECTIVE, department)),
            disciplines=tuple(
                level for p in members for level in self.disciplines.get(p, ())
            ),
            titles=titles.get(department, frozenset()),
            members=sum(members.values()),
            reviewable_members=sum(
                many
                for p, many in members.items()
                if takes_part(pack, self.person(pack, p, titles))
            ),
            holding=self._holding(department, titles),
            completed=sum(
                many
                for p, many in members.items()
                if self.ratings.get((SubjectKind.INDIVIDUAL, p)) not in _NOT_DONE
            ),
            dissolved=department not in self.hearing.standing,
        )

    def granted(self, facts: Facts, subject: str, titles: Titles) -> Facts:
        """Say what is known of a subject if it were these *titles* that are held."""
        held = titles.get(subject, frozenset())
        if isinstance(facts, CollectiveFacts):
            return replace(facts, titles=held, holding=self._holding(subject, titles))
        return replace(facts, titles=held)

    def _holding(self, department: str, titles: Titles) -> Mapping[str, int]:
        held = Counter[str]()
        for person, many in self.members.get(department, {}).items():
            held.update(dict.fromkeys(titles.get(person, ()), many))
        return held

    def headcount(self) -> int:
        """Count everybody in the departments on the period's last day."""
        return sum(sum(members.values()) for members in self.members.values())


def call_the_roll(
    session: Session, phase: Phase, lines: Collection[Nomination] | None = None
) -> Roll:
    """Read all that the rules may ask about the people of a phase.

    Of *lines* these are who they are about, and of the members of the collectives who
    differ from others.
    """
    day, year = phase.period_end, phase.period_end.year
    subjects = None if lines is None else {line.subject for line in lines}
    members = members_of(session, phase, subjects)
    asked = subjects and subjects.union(*members.values())
    brought = _brought(session, year, asked)
    return Roll(
        year=year,
        day=day,
        members=members,
        registered=_registered(session, phase.campaign, asked),
        ratings=_ratings(session, year, asked),
        rated=_rated(session, year),
        disciplines=_disciplines(session, phase, asked),
        hearing=open_hearing(session, phase, asked),
        recognitions=_recognitions(session, year, asked),
        history=_history(session, year, asked, brought),
        brought=brought,
        scores=scores_in(session, year, asked),
    )


def _registered(session: Session, campaign: str, asked: Asked) -> frozenset[str]:
    return frozenset(_registrations(session, campaign=campaign, asked=asked))


@made_once
def _registrations(campaign: Any, asked: Any) -> Any:
    return select(Registration.subject).where(
        Registration.campaign == campaign,
        Registration.state != RegistrationState.WITHDRAWN,
        among(Registration.subject, asked),
    )


def _ratings(
    session: Session, year: int, asked: Asked
) -> dict[tuple[SubjectKind, str], RatingLevel]:
    rows = _ratings_of(session, year=year, asked=asked)
    return {(kind, subject): RatingLevel(level) for kind, subject, level in rows}


@made_once
def _ratings_of(year: Any, asked: Any) -> Any:
    return select(col(Rating.kind), Rating.subject, Rating.level).where(
        Rating.year == year,
        col(Rating.kind).in_(SubjectKind),  # by all that the key begins with
        among(Rating.subject, asked),
    )


def _rated(session: Session, year: int) -> dict[RatingLevel, int]:
    rows = _ratings_in(session, year=year)
    return {RatingLevel(level): count for level, count in rows}


@made_once
def _ratings_in(year: Any) -> Any:
    of_people = Rating.year == year, Rating.kind == SubjectKind.INDIVIDUAL
    count = select(Rating.level, func.count()).where(*of_people)
    return count.group_by(Rating.level)


def _disciplines(
    session: Session, phase: Phase, asked: Asked
) -> dict[str, tuple[DisciplineLevel, ...]]:
    end = phase.period_end
    year = {"first": date(end.year, 1, 1), "last": end}
    rows = _disciplines_of(session, **year, asked=asked)
    return _fixed((person, DisciplineLevel(level)) for person, level in rows)


@made_once
def _disciplines_of(first: Any, last: Any, asked: Any) -> Any:
    return select(Discipline.person, Discipline.level).where(
        col(Discipline.decided_on) >= first,
        col(Discipline.decided_on) <= last,
        among(Discipline.person, asked),
    )


def _recognitions(
    session: Session, year: int, asked: Asked
) -> dict[str, frozenset[tuple[str, str]]]:
    rows = _recognitions_of(session, year=year, asked=asked)
    found = grouped((person, (kind, scope)) for person, kind, scope in rows)
    return {person: frozenset(known) for person, known in found.items()}


@made_once
def _recognitions_of(year: Any, asked: Any) -> Any:
    theirs = Recognition.year == year, among(Recognition.person, asked)
    known = select(Recognition.person, Recognition.kind, Recognition.scope)
    return known.where(*theirs)


def _brought(
    session: Session, year: int, asked: Asked
) -> dict[str, frozenset[tuple[int, str]]]:
    rows = granted_before(session, asked, col(PastAward.year) < year)
    found = grouped((row.subject, (row.year, row.title)) for row in rows)
    return {person: frozenset(known) for person, known in found.items()}


def _history(
    session: Session,
    year: int,
    asked: Asked,
    brought: Mapping[str, frozenset[tuple[int, str]]],
) -> dict[str, tuple[tuple[int, str], ...]]:
    here = granted_here(session, asked, Nomination.period < str(year))
    found = {(who, (of, title)) for who, title, of in here}
    found |= {(who, each) for who, known in brought.items() for each in known}
    return _fixed(sorted(found))


def _fixed(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    return {key: tuple(values) for key, values in grouped(pairs).items()}
