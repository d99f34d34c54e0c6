"""The ladders of a plan: who is reminded of each kind of deadline, and when."""

from typing import Annotated

from pydantic import Field

from domain import ladder
from domain.ladder import Addressee, Rung
from intake.fields import Clock, only
from intake.lists import AS_WRITTEN, Once
from intake.parts import Part

_CODE = rf"(?!({'|'.join(ladder.OUR_OWN)})$)[a-z][a-z0-9_]{{0,31}}"


class PlannedStep(Part):
    """A reminder or escalation as a plan writes it."""

    code: Annotated[
        str,
        only(
            _CODE,
            "mã viết thường, tối đa 32 ký tự (ví dụ before_7), "
            f"khác {', '.join(ladder.OUR_OWN)}",
        ),
        Field(json_schema_extra={"pattern": f"^{_CODE}$"}),
    ]
    days: int = Field(
        ge=-120, le=120, description="Số ngày làm việc sau hạn; số âm là trước hạn."
    )
    to: Annotated[tuple[Addressee, ...], Field(min_length=1), AS_WRITTEN]
    at: Clock = ladder.MORNING

    def rung(self) -> Rung:
        """Give the step in the ladder's own words."""
        return Rung(self.code, self.days, self.to, self.at)


Steps = Annotated[tuple[PlannedStep, ...], Once("code")]


class Ladders(Part):
    """Who is reminded of each kind of deadline; empty means the product's own."""

    department: Steps = ()
    secretariat: Steps = ()
    director: Steps = ()
    council: Steps = ()
