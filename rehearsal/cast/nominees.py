"""Whom a department nominates when the cast does not say: all who might be worthy."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.rules.criteria import Rating
from intake.office_year import Person
from intake.plans import Phase
from rehearsal.cast.company import Company
from rehearsal.cast.script import Script

_YEARLY = ("LDTT", "CSTDCS", "TTLDTT", "TTLDXS")


def aims(script: Script, department: str, day: date) -> list[dict[str, str]]:
    """What a department registers: each of its people, and the collective."""
    titles = script.plan.titles
    people = script.company.staff_of(department, day)
    found = [_aim(p.code, "LDTT") for p in people if "LDTT" in titles]
    if "TTLDTT" in titles:
        found.append(_aim(department, "TTLDTT"))
    if not found and people:
        found.append(_aim(_praised(people), titles[0]))
    return found


def lines(
    script: Script, part: Phase, department: str, day: date
) -> list[dict[str, Any]]:
    """What a department sends: as the cast says, or all whom it may think worthy."""
    chosen = script.scene(part).part(department).nominates
    pairs = (
        [(each.subject, str(each.title)) for each in chosen]
        if chosen is not None
        else list(_worthy(script.company, part, department, day))
    )
    return [_line(script.company, subject, title) for subject, title in pairs]


def _worthy(
    company: Company, part: Phase, department: str, day: date
) -> Iterator[tuple[str, str]]:
    people = company.staff_of(department, day)
    yearly = [title for title in part.titles if title in _YEARLY]
    if not yearly and people:
        # Somebody who works directly comes before those who lead.
        yield _praised(people), part.titles[0]
    if "LDTT" in yearly:
        yield from ((person.code, "LDTT") for person in people)
    if "CSTDCS" in yearly:
        yield from ((p.code, "CSTDCS") for p in people if _inventive(p, day))
    if "TTLDTT" in yearly:
        yield department, "TTLDTT"
    if "TTLDXS" in yearly and _excellent(company, department):
        yield department, "TTLDXS"


def _praised(people: list[Person]) -> str:
    return people[min(2, len(people) - 1)].code


def _inventive(person: Person, day: date) -> bool:
    made = person.initiative
    return made is not None and made.recognised_on <= day


def _excellent(company: Company, department: str) -> bool:
    found = {d.code: d.rating for d in company.office.departments}
    return found[department] is Rating.EXCELLENT


def _aim(subject: str, title: str) -> dict[str, str]:
    kind = "collective" if subject.isupper() else "individual"
    return {"kind": kind, "subject": subject, "title": title}


def _line(company: Company, subject: str, title: str) -> dict[str, Any]:
    names = {d.code: d.name for d in company.office.departments}
    who = names.get(subject) or company.name_of(subject)
    return {
        **_aim(subject, title),
        "achievement": f"{who}: báo cáo thành tích kèm theo hồ sơ.",
        "documents": ["BAOCAO", "BIENBAN"],
    }
