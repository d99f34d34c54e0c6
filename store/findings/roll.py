"""What the rules may ask about the people of a phase, in a fixed number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from sqlmodel import Session, col, select

from domain.council.course import Titles
from domain.grouping import grouped
from domain.rules.criteria import CommendationType, DisciplineLevel, RatingLevel
from domain.rules.eligibility import takes_part
from domain.rules.facts import CollectiveFacts, IndividualFacts
from domain.rules.rulepack import Absence, RulePack
from domain.rules.service import Away, Span, service_months
from domain.states import AWARDED_LINES, RegistrationState
from store.findings.hearing import Hearing, open_hearing
from store.office import people
from store.opinions import scores_in
from store.tables import (
    Department,
    Discipline,
    Leave,
    Nomination,
    Phase,
    Rating,
    Recognition,
    Registration,
    ServiceSpan,
    SubjectKind,
)

_ONE_DAY = timedelta(days=1)
Value = TypeVar("Value")


@dataclass(frozen=True)
class Roll:
    """What the rows say of everybody whom a phase may concern, at its period's end."""

    year: int
    day: date
    members: Mapping[str, tuple[str, ...]]
    dissolved: frozenset[str]
    registered: frozenset[str]
    ratings: Mapping[tuple[SubjectKind, str], RatingLevel]
    disciplines: Mapping[str, tuple[DisciplineLevel, ...]]
    hearing: Hearing
    away: Mapping[str, tuple[Away, ...]]
    recognitions: Mapping[str, frozenset[tuple[str, str]]]
    history: Mapping[str, tuple[tuple[int, str], ...]]
    scores: Mapping[str, Fraction]

    @cached_property
    def rated(self) -> Mapping[RatingLevel, int]:
        """Count the people of the whole agency by their rating."""
        return Counter(
            level
            for (kind, _), level in self.ratings.items()
            if kind is SubjectKind.INDIVIDUAL
        )

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
                self.away.get(person, ()),
            ),
            initiative_recognised=any(kind == "initiative" for kind, _ in known),
            provincial_initiative=("initiative", "province") in known,
            research_accepted=any(kind == "research" for kind, _ in known),
            history=self.history.get(person, ()),
            rated=self.rated,
        )

    def collective(
        self, pack: RulePack, department: str, titles: Titles
    ) -> CollectiveFacts:
        """Put together what is known of one department."""
        members = self.members.get(department, ())
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
            holding=Counter(t for p in members for t in titles.get(p, ())),
            completed=sum(
                rating not in (None, RatingLevel.NOT_COMPLETED) for rating in rated
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


def call_the_roll(session: Session, phase: Phase) -> Roll:
    """Read all that the rules may ask about the people of a phase."""
    day, year = phase.period_end, phase.period_end.year
    return Roll(
        year=year,
        day=day,
        members=_members(session, day),
        dissolved=_dissolved(session, day),
        registered=_registered(session, phase.campaign),
        ratings=_ratings(session, year),
        disciplines=_disciplines(session, phase),
        hearing=open_hearing(session, phase),
        away=_away(session),
        recognitions=_recognitions(session, year),
        history=_history(session, year),
        scores=scores_in(session, year),
    )


def _members(session: Session, day: date) -> dict[str, tuple[str, ...]]:
    rows = session.exec(
        select(ServiceSpan.department, ServiceSpan.person)
        .join(Department, col(Department.code) == col(ServiceSpan.department))
        .where(
            people.in_force(ServiceSpan, day),
            people.alive(col(ServiceSpan.person), day),
            col(Department.collective),
        )
        .order_by(ServiceSpan.department, ServiceSpan.person)
    )
    return _fixed(grouped((department or "", person) for department, person in rows))


def _dissolved(session: Session, day: date) -> frozenset[str]:
    query = select(Department.code).where(col(Department.ends) <= day)
    return frozenset(session.exec(query))


def _registered(session: Session, campaign: str) -> frozenset[str]:
    query = select(Registration.subject).where(
        Registration.campaign == campaign,
        Registration.state != RegistrationState.WITHDRAWN,
    )
    return frozenset(session.exec(query))


def _ratings(session: Session, year: int) -> dict[tuple[SubjectKind, str], RatingLevel]:
    rows = session.exec(select(Rating).where(Rating.year == year))
    return {(row.kind, row.subject): RatingLevel(row.level) for row in rows}


def _disciplines(
    session: Session, phase: Phase
) -> dict[str, tuple[DisciplineLevel, ...]]:
    window = select(Discipline).where(
        col(Discipline.decided_on) >= date(phase.period_end.year, 1, 1),
        col(Discipline.decided_on) <= phase.period_end,
    )
    rows = session.exec(window)
    return _fixed(grouped((row.person, DisciplineLevel(row.level)) for row in rows))


def _recognitions(session: Session, year: int) -> dict[str, frozenset[tuple[str, str]]]:
    rows = session.exec(select(Recognition).where(Recognition.year == year))
    found = grouped((row.person, (row.kind, row.scope)) for row in rows)
    return {person: frozenset(known) for person, known in found.items()}


def _history(session: Session, year: int) -> dict[str, tuple[tuple[int, str], ...]]:
    rows = session.exec(
        select(Nomination).where(
            col(Nomination.state).in_(AWARDED_LINES),
            # What was given for something else than merit supports no merit award.
            Nomination.commendation_type == CommendationType.MERIT,
            Nomination.period < str(year),
        )
    )
    given = ((line.subject, (line.achieved_to.year, line.title)) for line in rows)
    return _fixed(grouped(sorted(given)))


def _fixed(groups: Mapping[str, Sequence[Value]]) -> dict[str, tuple[Value, ...]]:
    return {key: tuple(values) for key, values in groups.items()}


def _away(session: Session) -> dict[str, tuple[Away, ...]]:
    rows = session.exec(select(Leave))
    return _fixed(grouped((row.person, _absence(row)) for row in rows))


def _absence(row: Leave) -> Away:
    end = row.ends - _ONE_DAY if row.ends else None
    return Away(Span(row.starts, end), Absence(row.kind), row.result == "good")
