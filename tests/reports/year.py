"""A year in one phase: everybody registers, and the best are nominated."""

from typing import Any

from tests.council.day import FIGHTERS, Lists
from tests.journeys.cast import HEADS, a_plan
from tests.office import sample_office

# Reprimanded in spring, and hired in December: neither takes part by June.
REPRIMANDED, RECRUIT = "hctcqt-06", "ctqh-09"
EXCELLENT = ("CTQH", "CTHDND")
TARGETS: list[dict[str, Any]] = a_plan()["targets"]


def staff_of(department: str) -> list[str]:
    """List who works in a department in June."""
    staff = sample_office(2022).staff
    return [p.code for p in staff if p.department == department and p.code != "ttdn-07"]


def aims_of(department: str) -> tuple[tuple[str, str], ...]:
    """What a department aims for: all its people, its fighters and itself."""
    people = staff_of(department)
    return (
        *((person, "LDTT") for person in people),
        *((person, "CSTDCS") for person in people if person in FIGHTERS),
        (department, "TTLDTT"),
        *([(department, "TTLDXS")] if department in EXCELLENT else []),
    )


AIMS: Lists = {department: aims_of(department) for department in HEADS}
LISTS: Lists = {
    department: tuple(each for each in aims if each[0] != REPRIMANDED)
    for department, aims in AIMS.items()
}
