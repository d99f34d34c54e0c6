"""Whom a department nominates when the cast does not say: all who might be worthy."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from domain.rules.criteria import AnyDistinction, Assessed, RatingAtLeast, RatingLevel
from domain.rules.rulepack import RulePack
from domain.rules.titles import Cycle, Subject, Title
from intake.office.year import SamplePerson
from intake.phases import PlannedPhase
from rehearsal.cast.company import Company
from rehearsal.cast.script import Script


def aims(script: Script, department: str, day: date) -> list[dict[str, str]]:
    """What a department registers: each of its people, and the collective."""
    titles = script.plan.titles
    people = script.company.staff_of(department, day)
    # Who aims higher registers for the title below, on which the higher one rests.
    first = [
        title
        for title in _yearly(script.pack(script.plan.phases[-1]), titles)
        if not title.prerequisites
    ]
    found = [
        _aim(script.company, subject, title.code)
        for title in first
        for subject in _candidates(script.company, title, department, people)
    ]
    if not found and people:
        found.append(_aim(script.company, _praised(people), titles[0]))
    return found


def lines(
    script: Script, part: PlannedPhase, department: str, day: date
) -> list[dict[str, Any]]:
    """What a department sends: as the cast says, or all whom it may think worthy."""
    chosen = script.scene(part).part(department).nominates
    pairs = (
        [(each.subject, str(each.title)) for each in chosen]
        if chosen is not None
        else list(_worthy(script, part, department, day))
    )
    return [_line(script.company, subject, title) for subject, title in pairs]


def _worthy(
    script: Script, part: PlannedPhase, department: str, day: date
) -> Iterator[tuple[str, str]]:
    people = script.company.staff_of(department, day)
    yearly = _yearly(script.pack(part), part.titles)
    if not yearly and people:
        # Somebody who works directly comes before those who lead.
        yield _praised(people), part.titles[0]
    for title in yearly:
        if any(isinstance(c, AnyDistinction) for c in title.criteria):
            people_of = [person for person in people if _inventive(person, day)]
        else:
            people_of = people
        if not _excels(title) or _excellent(script.company, department):
            for subject in _candidates(script.company, title, department, people_of):
                yield subject, title.code


def _yearly(pack: RulePack, codes: Sequence[str]) -> list[Title]:
    """List the titles of a year that rules alone decide, of those in the plan."""
    return [
        title
        for title in pack.titles
        if title.code in codes
        and title.cycle is Cycle.ANNUAL
        and not any(isinstance(c, Assessed) for c in title.criteria)
    ]


def _candidates(
    company: Company, title: Title, department: str, people: list[SamplePerson]
) -> list[str]:
    if title.subject is Subject.COLLECTIVE:
        ours = (d for d in company.office.departments if d.code == department)
        return [each.code for each in ours if each.collective]
    return [person.code for person in people]


def _excels(title: Title) -> bool:
    """Say whether only the best rating is good enough for a title."""
    return title.subject is Subject.COLLECTIVE and any(
        isinstance(c, RatingAtLeast) and c.rating is RatingLevel.EXCELLENT
        for c in title.criteria
    )


def _praised(people: list[SamplePerson]) -> str:
    return people[min(2, len(people) - 1)].code


def _inventive(person: SamplePerson, day: date) -> bool:
    made = person.initiative
    return made is not None and made.recognised_on <= day


def _excellent(company: Company, department: str) -> bool:
    found = {d.code: d.rating for d in company.office.departments}
    return found[department] is RatingLevel.EXCELLENT


def _aim(company: Company, subject: str, title: str) -> dict[str, str]:
    kind = "collective" if subject in company.heads else "individual"
    return {"kind": kind, "subject": subject, "title": title}


def _line(company: Company, subject: str, title: str) -> dict[str, Any]:
    names = {d.code: d.name for d in company.office.departments}
    who = names.get(subject) or company.name_of(subject)
    return {
        **_aim(company, subject, title),
        "achievement": f"{who}: báo cáo thành tích kèm theo hồ sơ.",
        "documents": ["BAOCAO", "BIENBAN"],
    }
