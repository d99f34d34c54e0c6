"""A phase of a plan: its period, its windows and the dates that bound each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from domain.deadlines import DeadlineKind
from domain.precedence import LEADS_TO
from intake.fields import Day, Text
from intake.lists import Once
from intake.parts import Part
from intake.titles import Title

_BOTH_OR_NEITHER = "phải có cả ngày mở và hạn đăng ký, hoặc không có cả hai"


@dataclass(frozen=True)
class _Bound:
    """A date's distance in days from another one, which must stand before it."""

    other: str
    least: int | None = None
    most: int | None = None

    def refusal(self, value: date, other: date) -> str | None:
        if self.least is not None and value < other + timedelta(self.least):
            earliest = other + timedelta(self.least)
            return f"từ {earliest} trở đi (theo `{self.other}` {other})"
        if self.most is not None and value > other + timedelta(self.most):
            latest = other + timedelta(self.most)
            return f"muộn nhất là {latest} (theo `{self.other}` {other})"
        return None


# The plan's field for each deadline that it dates.
DATED: Mapping[str, str] = {
    DeadlineKind.REGISTRATION: "registration_due",
    DeadlineKind.SUBMISSION: "submission_due",
    DeadlineKind.APPRAISAL: "appraisal_due",
    DeadlineKind.COUNCIL: "council_meeting_by",
    DeadlineKind.DECISION: "director_due",
}


def _after(field: str) -> tuple[_Bound, ...]:
    """Hold a deadline's field to those of what leads to it."""
    return tuple(
        _Bound(DATED[kind], 0)
        for kind, later in LEADS_TO.items()
        if kind in DATED and DATED[later] == field
    )


# A window may open before its period (a December for a January) and its papers
# may be due after it, until the end of January; half a year on is a slip of the pen.
_BOUNDS: Mapping[str, tuple[_Bound, ...]] = {
    "period_end": (_Bound("period_start", 1, 366),),
    "registration_opens": (_Bound("period_start", -62), _Bound("period_end", most=0)),
    "registration_due": (
        _Bound("registration_opens", 1),
        _Bound("period_end", most=0),
    ),
    "submission_opens": (_Bound("period_start", 0), _Bound("period_end", most=31)),
    "submission_due": (
        _Bound("submission_opens", 1),
        *_after("submission_due"),
        _Bound("period_end", most=31),
    ),
    "peer_review_opens": (_Bound("period_start", 0), _Bound("submission_due", most=0)),
    **{
        field: (*_after(field), _Bound("period_end", most=180))
        for field in ("appraisal_due", "council_meeting_by", "director_due")
    },
}


class PlannedPhase(Part):
    """One phase: its period, its windows and the titles it may grant.

    None of its dates is derived from another: a plan that is silent is refused.
    The bounds look backwards only, so a field stands after those it is held to.
    """

    number: int = Field(ge=1, le=12)
    name: Annotated[Text, Field(max_length=200)]
    text: Text = Field(description="Lời của kế hoạch về giai đoạn này.")
    period_start: Day
    period_end: Day = Field(description="Ngày cuối tính thành tích; không bao giờ dời.")
    registration_opens: Day | None = Field(
        default=None, description="Giai đoạn 1: đăng ký; sau đó: điều chỉnh đăng ký."
    )
    registration_due: Day | None = Field(default=None, validate_default=True)
    submission_opens: Day = Field(description="Ngày bắt đầu nhận hồ sơ của các phòng.")
    submission_due: Day = Field(
        description="Hạn nhận hồ sơ; rơi vào ngày nghỉ thì dời theo `roll`."
    )
    peer_review_opens: Day = Field(
        default_factory=lambda earlier: earlier["submission_opens"],
        description="Ngày các phòng bắt đầu bình xét; mặc định là `submission_opens`.",
    )
    appraisal_due: Day
    public_notice_working_days: int = Field(default=5, ge=0, le=30)
    council_meeting_by: Day
    director_due: Day
    final: bool = Field(default=False, description="Giai đoạn cuối của phong trào.")
    titles: Annotated[tuple[Title, ...], Field(min_length=1), Once()]

    @field_validator(*_BOUNDS)
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        for bound in _BOUNDS[info.field_name or ""]:
            other = info.data.get(bound.other)
            refusal = bound.refusal(value, other) if value and other else None
            if refusal:
                raise ValueError(refusal)
        return value

    @field_validator("registration_due")
    @classmethod
    def _a_registration_has_both_ends(
        cls, due: date | None, info: ValidationInfo
    ) -> date | None:
        opens = info.data.get("registration_opens", due)
        if (due is None) != (opens is None):
            raise ValueError(_BOTH_OR_NEITHER)
        return due

    @field_validator("council_meeting_by")
    @classmethod
    def _the_notice_fits_before_the_council(
        cls, value: date, info: ValidationInfo
    ) -> date:
        appraised = info.data.get("appraisal_due", value)
        posted = info.data.get("public_notice_working_days", 0)
        if value < appraised + timedelta(posted):
            raise ValueError(f"đủ {posted} ngày làm việc công khai sau `appraisal_due`")
        return value
