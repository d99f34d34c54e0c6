"""Who of an office plays which part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.office.positions import POSITION_NAMES, Position
from intake.office.year import OfficeYear, SamplePerson


class Uncast(Exception):
    """The office lacks somebody without whom no year can be played."""


@dataclass(frozen=True)
class Company:
    """The people who act, by their part; codes of people."""

    office: OfficeYear
    director: str
    union: str
    secretariat: str
    clerk: str
    chair: str
    council_secretary: str
    heads: Mapping[str, str]

    @property
    def council(self) -> list[str]:
        """List who sits on the council."""
        return [seat.person for seat in self.office.council]

    def staff_of(self, department: str, day: date) -> list[SamplePerson]:
        """List who works in a department on a day."""
        return [
            person
            for person in self.office.staff
            if person.department == department and person.hired_on <= day
        ]

    def name_of(self, code: str) -> str:
        """Name a person, a department or an outsider; any other code names itself."""
        return names_of(self.office).get(code, code)


def names_of(office: OfficeYear) -> dict[str, str]:
    """Name whoever and whatever the office knows by a code."""
    names = {person.code: person.name for person in office.people}
    names |= {account.code: account.name for account in office.accounts}
    return names | {each.code: each.name for each in office.departments}


def call_together(office: OfficeYear) -> Company:
    """Find who plays each part. Raises Uncast."""
    secretariat = next(d.code for d in office.departments if d.standing_secretariat)
    heads = {
        department.code: _at(office, Position.TRUONG_PHONG, department.code)
        for department in office.departments
    }
    return Company(
        office=office,
        director=_at(office, Position.CHANH_VAN_PHONG),
        union=_at(office, Position.CHU_TICH_CONG_DOAN),
        secretariat=_charged(office, secretariat) or heads[secretariat],
        clerk=_clerk(office),
        chair=_seated(office, "chair"),
        council_secretary=_seated(office, "secretary"),
        heads=heads,
    )


def _at(office: OfficeYear, position: Position, department: str | None = None) -> str:
    for person in office.people:
        ours = department is None or person.department == department
        if person.position is position and ours:
            return person.code
    where = f" của phòng {department}" if department else ""
    raise Uncast(f"Văn phòng không có {POSITION_NAMES[position]}{where}.")


def _clerk(office: OfficeYear) -> str:
    for person in office.people:
        if "records_clerk" in person.duties:
            return person.code
    raise Uncast("Văn phòng không có ai làm văn thư (records_clerk).")


def _charged(office: OfficeYear, department: str) -> str | None:
    for person in office.people:
        if person.department == department and "department_secretary" in person.duties:
            return person.code
    return None


def _seated(office: OfficeYear, seat: str) -> str:
    # The office's file has exactly one chair and one secretary.
    return next(each.person for each in office.council if each.seat == seat)
