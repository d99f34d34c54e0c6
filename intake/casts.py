"""A rehearsal's cast: how each department, the council, the director behave."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails

from intake.documents import read_document
from intake.faults import object_to, objection
from intake.fields import Day, DepartmentCode, Text, only
from intake.office.positions import Position
from intake.office.year import OfficeYear
from intake.parts import Part, Slug
from intake.plans import Plan
from intake.titles import Title

Registers = Literal["on_time", "last_minute", "never"]
Sends = Literal["on_time", "last_minute", "extended", "late", "nil", "never"]
Subject = Annotated[
    str, only(r"[A-Za-z][A-Za-z0-9_-]{1,39}", "mã một người hoặc mã một phòng")
]
WorkingDays = Annotated[int, Field(ge=0, le=120)]

# What a document is read beside: the validators look the others up here.
_OFFICE, _PLAN = "office", "plan"
_DEPUTY = Position.PHO_CHANH_VAN_PHONG
_FEW = 20  # more than these are not listed in a sentence
_SUBJECT = "mã một phòng hoặc một người của văn phòng"


class SpecialDay(Part):
    """A day against the calendar, as the office would enter it."""

    day: Day
    working: bool
    reason: Text
    source: Text = Field(default="Diễn tập", description="Văn bản căn cứ.")


class Nominee(Part):
    """One subject and the title that a department nominates it for."""

    subject: Subject
    title: Title


class DepartmentPart(Part):
    """How one department behaves in a phase."""

    registers: Registers = "on_time"
    sends: Sends = Field(
        default="on_time",
        description="on_time trước hạn một ngày làm việc; last_minute phút chót; "
        "extended xin gia hạn; late xin nộp muộn; nil không có đề nghị; never im lặng.",
    )
    returned: int = Field(default=0, ge=0, le=5, description="Số lần bị trả bổ sung.")
    nominates: tuple[Nominee, ...] | None = Field(
        default=None, description="Để trống: mọi người, mọi danh hiệu có thể."
    )


class CouncilPart(Part):
    """Who misses the first meeting, and how many hands stay down for whom."""

    absent: tuple[Slug, ...] = ()
    against: dict[Subject, Annotated[int, Field(ge=1, le=99)]] = Field(
        default_factory=dict
    )
    recused: dict[Slug, Subject] = Field(
        default_factory=dict,
        description="Thành viên xin không biểu quyết đề nghị của ai.",
    )

    @field_validator("recused")
    @classmethod
    def _recuse_themselves_of_the_office(
        cls, recused: dict[str, str], info: ValidationInfo
    ) -> dict[str, str]:
        seats = [seat.person for seat in _office(info).council]
        members = tuple(recused)
        object_to(_strangers(members, seats, "một thành viên Hội đồng", by_name=True))
        return recused

    @field_validator("absent")
    @classmethod
    def _sit_on_the_council(
        cls, absent: tuple[Slug, ...], info: ValidationInfo
    ) -> tuple[Slug, ...]:
        seats = [seat.person for seat in _office(info).council]
        object_to(_strangers(absent, seats, "một thành viên Hội đồng"))
        return absent

    @field_validator("against")
    @classmethod
    def _are_of_the_office(
        cls, against: dict[str, int], info: ValidationInfo
    ) -> dict[str, int]:
        object_to(_strangers(tuple(against), _subjects(info), _SUBJECT, by_name=True))
        return against


class Choosing(Part):
    """Somebody above the council, who declines some of what it passed."""

    declines: tuple[Subject, ...] = ()

    @field_validator("*")
    @classmethod
    def _are_of_the_office(cls, found: object, info: ValidationInfo) -> object:
        if isinstance(found, tuple):
            object_to(_strangers(found, _subjects(info), _SUBJECT))
        return found


class DirectorPart(Choosing):
    """How long the director takes, and what goes back or is declined."""

    decides_after: WorkingDays = Field(
        default=1, description="Số ngày làm việc từ khi nhận danh sách."
    )
    delegate: Slug | None = Field(
        default=None, description="Phó Chánh Văn phòng được ủy quyền quyết định thay."
    )
    returns: tuple[Subject, ...] = Field(
        default=(), description="Trả lại Hội đồng một lần, kèm câu hỏi."
    )

    @field_validator("delegate")
    @classmethod
    def _is_a_deputy(cls, delegate: str, info: ValidationInfo) -> str:
        people = _office(info).people
        deputies = [p.code for p in people if p.position is _DEPUTY]
        if delegate not in deputies:
            raise ValueError(f"một Phó Chánh Văn phòng: {', '.join(deputies)}")
        return delegate


class SuperiorPart(Choosing):
    """When the superior answers, and whom it declines."""

    answers_after: WorkingDays = 30


class Matter(Part):
    """Something that happens beside a phase, to people of the office."""

    title: Text

    @field_validator("authors", "subject", "by", "about", check_fields=False)
    @classmethod
    def _are_staff(cls, found: object, info: ValidationInfo) -> object:
        named = found if isinstance(found, tuple) else (found,)
        staff = [person.code for person in _office(info).staff]
        object_to(_strangers(named, staff, "mã một người của các phòng"))
        return found


class InitiativePart(Matter):
    """An initiative: whose it is, and who of its council does not find it one."""

    authors: tuple[Slug, ...] = Field(min_length=1, max_length=10)
    doubted_by: tuple[Slug, ...] = ()

    @field_validator("doubted_by")
    @classmethod
    def _sit_on_the_initiative_council(
        cls, doubted_by: tuple[Slug, ...], info: ValidationInfo
    ) -> tuple[Slug, ...]:
        seats = [seat.person for seat in _office(info).initiative_council]
        what = "một thành viên Hội đồng sáng kiến"
        object_to(_strangers(doubted_by, seats, what))
        return doubted_by


class AdHocPart(Matter):
    """An award that is given at once, by the simplified procedure."""

    subject: Slug


class ComplaintPart(Matter):
    """Who complains of whose line once the list is posted; it is cleared up."""

    by: Slug
    about: Slug


class Scene(Part):
    """One phase as the cast plays it; who is not named behaves well."""

    departments: dict[DepartmentCode, DepartmentPart] = Field(default_factory=dict)
    council: CouncilPart = CouncilPart()
    director: DirectorPart = DirectorPart()
    superior: SuperiorPart = SuperiorPart()
    initiative: InitiativePart | None = None
    ad_hoc: AdHocPart | None = None
    complaint: ComplaintPart | None = None

    @field_validator("initiative")
    @classmethod
    def _has_a_council(
        cls, initiative: InitiativePart, info: ValidationInfo
    ) -> InitiativePart:
        if not _office(info).initiative_council:
            raise ValueError("để trống, khi văn phòng không có Hội đồng sáng kiến")
        return initiative

    @field_validator("departments")
    @classmethod
    def _are_departments_of_the_office(
        cls, departments: dict[str, DepartmentPart], info: ValidationInfo
    ) -> dict[str, DepartmentPart]:
        known = [department.code for department in _office(info).departments]
        objections = _strangers(tuple(departments), known, "một phòng", by_name=True)
        for code, part in departments.items():
            objections += _ill_nominated(_office(info), code, part)
        object_to(objections)
        return departments

    def part(self, department: str) -> DepartmentPart:
        """Say how a department behaves."""
        return self.departments.get(department, DepartmentPart())


class Cast(Part):
    """The whole cast, read beside its office and its plan."""

    days: tuple[SpecialDay, ...] = ()
    interim: Scene = Scene()
    final: Scene = Scene()

    @field_validator("interim", "final")
    @classmethod
    def _titles_are_those_of_the_phase(
        cls, scene: Scene, info: ValidationInfo
    ) -> Scene:
        object_to(list(_foreign_titles(scene, info)))
        return scene

    def scene(self, *, final: bool) -> Scene:
        """Find how the cast plays a phase, the last one or one before it."""
        return self.final if final else self.interim


def read_cast(text: str | bytes, name: str, office: OfficeYear, plan: Plan) -> Cast:
    """Read a cast whole, or raise `BadDocument` with everything wrong in it."""
    return read_document(text, Cast, name, {_OFFICE: office, _PLAN: plan})


def _office(info: ValidationInfo) -> OfficeYear:
    context: Mapping[str, OfficeYear] = info.context or {}
    return context[_OFFICE]


def _subjects(info: ValidationInfo) -> list[str]:
    office = _office(info)
    departments = [department.code for department in office.departments]
    return [*departments, *(person.code for person in office.people)]


def _strangers(
    found: Sequence[str], known: Sequence[str], what: str, *, by_name: bool = False
) -> list[InitErrorDetails]:
    allowed = what if len(known) > _FEW else f"{what}: {', '.join(known)}"
    return [
        objection(allowed, one if by_name else at)
        for at, one in enumerate(found)
        if one not in known
    ]


def _ill_nominated(
    office: OfficeYear, department: str, part: DepartmentPart
) -> list[InitErrorDetails]:
    ours = [p.code for p in office.people if p.department == department]
    return [
        objection(
            f"phòng {department} hoặc một người của phòng",
            *(department, "nominates", at, "subject"),
        )
        for at, nominee in enumerate(part.nominates or ())
        if nominee.subject not in (department, *ours)
    ]


def _foreign_titles(scene: Scene, info: ValidationInfo) -> Iterator[InitErrorDetails]:
    plan: Plan = (info.context or {})[_PLAN]
    final = info.field_name == "final"
    of_phases = [phase for phase in plan.phases if phase.final is final]
    titles = sorted({title for phase in of_phases for title in phase.titles})
    for code, part in scene.departments.items():
        for at, nominee in enumerate(part.nominates or ()):
            if nominee.title not in titles:
                where = ("departments", code, "nominates", at, "title")
                yield objection(f"một trong: {', '.join(titles)}", *where)
