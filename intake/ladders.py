"""The ladders of a plan: who is reminded of each kind of deadline, and when."""

from typing import Annotated

from pydantic import Field, field_validator

from domain import ladder
from domain.ladder import Addressee, Rung
from intake.faults import object_to, objection
from intake.fields import Clock, only
from intake.parts import ONCE, Part, repeated_at


class PlannedStep(Part):
    """A reminder or escalation as a plan writes it."""

    code: Annotated[
        str,
        only(
            rf"(?!({'|'.join(ladder.OUR_OWN)})$)[a-z][a-z0-9_]{{0,31}}",
            "mã viết thường, tối đa 32 ký tự (ví dụ before_7), "
            f"khác {', '.join(ladder.OUR_OWN)}",
        ),
    ]
    days: int = Field(
        ge=-120, le=120, description="Số ngày làm việc sau hạn; số âm là trước hạn."
    )
    to: tuple[Addressee, ...] = Field(min_length=1)
    at: Clock = ladder.MORNING

    def rung(self) -> Rung:
        """Give the step in the ladder's own words."""
        return Rung(self.code, self.days, self.to, self.at)


class Ladders(Part):
    """Who is reminded of each kind of deadline; empty means the product's own."""

    department: tuple[PlannedStep, ...] = ()
    secretariat: tuple[PlannedStep, ...] = ()
    director: tuple[PlannedStep, ...] = ()
    council: tuple[PlannedStep, ...] = ()

    @field_validator("*")
    @classmethod
    def _codes_are_unique(
        cls, steps: tuple[PlannedStep, ...]
    ) -> tuple[PlannedStep, ...]:
        repeated = repeated_at([step.code for step in steps])
        object_to([objection(ONCE, at, "code") for at in repeated])
        return steps
