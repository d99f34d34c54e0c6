"""What the entries of a person's histories say, and how their fields must agree."""

from typing import Annotated, Literal

from pydantic import Field

from api.paging import MOST
from domain.refusals import refuse
from domain.rules.criteria import DisciplineLevel
from domain.rules.rulepack import Absence
from intake.days import PastDay
from intake.fields import Body, Day, DepartmentCode, Key, Name, PersonCode, Year
from store.tables import Council, Office, Seat

Replaced = Annotated[
    int | None,
    Field(
        ge=1,
        lt=MOST,
        description="Số của mục của người đang giữ, thôi từ ngày người này bắt đầu.",
    ),
]
_OF_DEPARTMENT = (Office.DEPARTMENT_HEAD, Office.DEPARTMENT_SECRETARY)


class HistoryEntry(Body):
    """An entry of a history; most say nothing that their fields do not say."""

    person: PersonCode

    def agree(self) -> None:
        """Raise Refused (`bad_document`) when the fields contradict each other."""


class ServiceSpanIn(HistoryEntry):
    """A person's time in one department, or in another agency before."""

    department: DepartmentCode | None = None
    agency: Name | None = None
    starts: Day
    ends: Day | None = None

    def agree(self) -> None:
        """Here or elsewhere, never both."""
        if (self.department is None) is (self.agency is None):
            raise refuse(
                "bad_document",
                "Ghi mã phòng (department) khi làm ở đây, hoặc tên cơ quan (agency) "
                "khi làm ở nơi khác; không ghi cả hai.",
            )


class ServiceSpanOut(ServiceSpanIn):
    """A time of service."""

    id: int
    version: int


class OfficeHeld(HistoryEntry):
    """An office held, of the agency or of one department."""

    office: Office
    department: DepartmentCode | None = None
    starts: Day
    ends: Day | None = None

    def agree(self) -> None:
        """An office of a department names it; another has none."""
        if (self.office in _OF_DEPARTMENT) is (self.department is None):
            raise refuse(
                "bad_document",
                "Trưởng phòng và người được phòng giao việc thi đua phải ghi mã phòng "
                "(department); chức vụ khác không ghi phòng.",
            )


class AppointmentIn(OfficeHeld):
    """An office given; *replaces* is the entry that ends on its first day."""

    replaces: Replaced = None


class AppointmentOut(OfficeHeld):
    """An office held."""

    id: int
    version: int


class SeatHeld(HistoryEntry):
    """A seat on one of the councils, by its formation decision."""

    council: Council = Council.EMULATION
    seat: Seat
    starts: Day
    ends: Day | None = None
    formation: Name | None = None


class CouncilSeatIn(SeatHeld):
    """A seat given; *replaces* is the entry that ends on its first day."""

    replaces: Replaced = None


class CouncilSeatOut(SeatHeld):
    """A council seat."""

    id: int
    version: int


class DisciplineIn(HistoryEntry):
    """A disciplinary measure."""

    level: DisciplineLevel
    decided_on: PastDay
    ends_on: Day | None = None


class DisciplineOut(DisciplineIn):
    """A disciplinary measure."""

    id: int
    version: int


class LeaveIn(HistoryEntry):
    """A long absence, and how a training ended."""

    kind: Absence
    starts: Day
    ends: Day | None = None
    result: Literal["good", "poor"] | None = None


class LeaveOut(LeaveIn):
    """A long absence."""

    id: int
    version: int


class GrantedBefore(Body):
    """A title, or a commendation, of an earlier year: by which decision, and whose."""

    title: Annotated[Key, Field(max_length=32)]
    year: Year
    number: Annotated[Name, Field(max_length=64)]
    decided_on: PastDay
    decided_by: Name


class PastAwardIn(GrantedBefore, HistoryEntry):
    """What a person was granted before; of collectives it comes from a spreadsheet."""


class PastAwardOut(GrantedBefore):
    """What a person, or a department as a collective, was granted before.

    *called* is how the rules name it.
    """

    person: PersonCode | None
    department: DepartmentCode | None
    called: str
    id: int
    version: int


class RecognitionIn(HistoryEntry):
    """A recognised initiative or an accepted piece of research."""

    kind: Literal["initiative", "research"]
    year: Year
    scope: Literal["agency", "province"] = "agency"


class RecognitionOut(RecognitionIn):
    """A recognition."""

    id: int
    version: int
