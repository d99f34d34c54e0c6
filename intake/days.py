"""Days that come in and mean something: what has happened, and what is to come.

By themselves these fields are days. Whoever knows how far days may lie, who needs the
rows for it, reads the document once more (`require_days`).
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from domain.calendar import day_vi, local_day
from domain.refusals import Refusal, Refused
from domain.spans import DaySpan
from intake.faults import faults_of
from intake.fields import LIKELY, Day, likely_day

_SPAN = "span"
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*"


def require_days(
    model: type[BaseModel], said: object, span: Callable[[], DaySpan]
) -> None:
    """Hold the days of a document, which is whole, to a span asked for if need be.

    Raises Refused (`day_out_of_reach`) with every one that lies outside.
    """
    try:
        model.model_validate(said, context={_SPAN: cache(span)})
    except ValidationError as wrong:
        faults = faults_of(wrong, model)
        raise Refused(*(Refusal("day_out_of_reach", f"{x}.") for x in faults)) from None


def _happened(day: date, info: ValidationInfo) -> date:
    span = _span_of(info)
    if span and not span.first <= day <= span.today:
        raise _objection(
            f"ngày {day_vi(day)} không thể là ngày của việc đã diễn ra, chỉ nhận từ "
            f"{day_vi(span.first)} đến hôm nay ({day_vi(span.today)})"
        )
    return day


def _to_come(day: date, info: ValidationInfo) -> date:
    span = _span_of(info)
    if span and not span.first <= day <= span.last:
        raise _objection(
            f"ngày {day_vi(day)} ngoài thời gian của phong trào, chỉ nhận từ "
            f"{day_vi(span.first)} đến {day_vi(span.last)}"
        )
    return day


def _moment(value: object) -> object:
    # pydantic would read 0, and "0", as the first moment of 1970.
    written = isinstance(value, str) and re.fullmatch(_MOMENT, value)
    if written or isinstance(value, datetime):
        return value
    raise PydanticCustomError("datetime_parsing", "not a moment")


def _moment_to_come(moment: datetime, info: ValidationInfo) -> datetime:
    likely_day(moment.date())  # or it might have no day in Vietnam
    _to_come(local_day(moment), info)
    return moment


def _span_of(info: ValidationInfo) -> DaySpan | None:
    ask: Callable[[], DaySpan] | None = (info.context or {}).get(_SPAN)
    return ask() if ask else None


def _objection(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("objection", "{allowed}", {"allowed": sentence})


PastDay = Annotated[Day, AfterValidator(_happened)]
ComingDay = Annotated[Day, AfterValidator(_to_come)]
ComingMoment = Annotated[
    AwareDatetime, LIKELY, BeforeValidator(_moment), AfterValidator(_moment_to_come)
]
