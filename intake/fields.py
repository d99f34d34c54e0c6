"""The fields of all that comes in, by HTTP or in a file: days, codes and tidy text."""

import re
from collections.abc import Callable
from datetime import date, time
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from domain.calendar import day_vi
from domain.names import clean, tidy

_CODE = r"[A-Za-z0-9_-]+"
PERSON = r"[a-z0-9]+(-[a-z0-9]+)*"
DEPARTMENT = r"[A-Z][A-Z0-9_]{1,19}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# No office knows a day before or after: there a year is a slip of the pen.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
LIKELY = Field(json_schema_extra={"pattern": "^(19|20|21)[0-9]{2}-"})


def only(pattern: str, allowed: str) -> BeforeValidator:
    """Refuse a text unlike *pattern* in our words, before pydantic reads it."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            shown = {"pattern": allowed}
            raise PydanticCustomError("string_pattern_mismatch", "unlike", shown)
        return value

    return BeforeValidator(check)


def _day(value: object) -> object:
    # pydantic would read 0, and "0", as the first of January 1970.
    written = isinstance(value, str) and re.fullmatch(_DAY, value)
    if written or isinstance(value, date):
        return value
    kind = "date_parsing" if isinstance(value, str) else "date_type"
    raise PydanticCustomError(kind, "not a day")


def likely_day(day: date) -> date:
    """Refuse a day in a year that nobody means."""
    if EARLIEST <= day <= LATEST:
        return day
    allowed = f"ngày từ {day_vi(EARLIEST)} đến {day_vi(LATEST)}"
    raise PydanticCustomError("string_pattern_mismatch", "unlike", {"pattern": allowed})


def written(keep: Callable[[str], str]) -> BeforeValidator:
    """Read a text as it is kept; what has nothing to see in it is refused."""

    def read(value: object) -> object:
        kept = keep(value) if isinstance(value, str) else value
        if value and not kept:
            allowed = {"allowed": "ít nhất một chữ nhìn thấy được"}
            raise PydanticCustomError("objection", "nothing to see", allowed)
        return kept

    return BeforeValidator(read)


_ONE_LINE = written(clean)
_PERSON = only(
    PERSON,
    "mã người viết thường không dấu, nối bằng dấu - (ví dụ vp-01)",
)
# As browsers read addresses, in the letters that every server of mails takes.
_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+"
_MAIL = only(_ADDRESS, "địa chỉ thư (ví dụ ten@coquan.vn)")

Day = Annotated[date, LIKELY, BeforeValidator(_day), AfterValidator(likely_day)]
Year = Annotated[int, Field(ge=2000, le=2200)]
# What an integer column of either database can hold.
LARGEST = 2**31 - 1
Version = Annotated[int, Field(ge=1, le=LARGEST)]
# Of people, votes or ballots.
Count = Annotated[int, Field(ge=0, le=100_000)]
# What the key of anything looks like, in a path too.
Key = Annotated[
    str,
    only(_CODE, "mã gồm chữ không dấu, số, dấu - và _ (ví dụ vp-01, VP)"),
    Field(json_schema_extra={"pattern": f"^{_CODE}$"}),
]
Code = Annotated[Key, Field(max_length=64)]
PersonCode = Annotated[
    str, Field(max_length=64, json_schema_extra={"pattern": f"^{PERSON}$"}), _PERSON
]
DepartmentCode = Annotated[
    str,
    only(DEPARTMENT, "mã phòng viết hoa không dấu (ví dụ VP)"),
    Field(json_schema_extra={"pattern": f"^{DEPARTMENT}$"}),
]
_OWNER = r"[a-z]+:[A-Za-z0-9_:-]+"
# What keeps a deadline, as a campaign's calendar names it.
Owner = Annotated[
    str,
    only(_OWNER, "nơi giữ hạn như lịch ghi (ví dụ phase:2027-1)"),
    Field(max_length=150, json_schema_extra={"pattern": f"^{_OWNER}$"}),
]
# Groups of four letters, filled up: as RFC 4648 has it, and nothing else.
_BASE64 = r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)"
# What a file holds, within a body.
Base64 = Annotated[
    str,
    only(_BASE64, "nội dung tệp mã hóa base64"),
    Field(json_schema_extra={"pattern": f"^{_BASE64}$"}),
]
SubjectKind = Literal["individual", "collective"]
# Of several lines.
Text = Annotated[str, Field(min_length=1, max_length=4000), written(tidy)]
Name = Annotated[str, Field(min_length=1, max_length=200), _ONE_LINE]
# The keys to sort and to find a person by are twice as long as the name.
PersonName = Annotated[str, Field(min_length=1, max_length=150), _ONE_LINE]
# Validators run from the last to the first: tidy, then like an address.
Mail = Annotated[
    str,
    Field(max_length=200, json_schema_extra={"pattern": f"^{_ADDRESS}$"}),
    _MAIL,
    _ONE_LINE,
]
Paper = Annotated[str, Field(min_length=1, max_length=4000), _ONE_LINE]
# What is looked for; nothing is everything.
Words = Annotated[
    str,
    Field(max_length=200),
    AfterValidator(clean),
    only(r"[^\0]*", "chữ không có ký tự rỗng (NUL)"),
]

CLOCK = "giờ có thật, dạng GIỜ:PHÚT (ví dụ 08:00)"
RATIO = "tỷ lệ dạng TỬ SỐ/MẪU SỐ, mẫu số khác 0 (ví dụ 15/100)"

# pydantic reads the time "800" as 00:13:20, and the fraction "1e400" as a number of
# four hundred digits. No plan means that.
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:00)?"
_CLOCK_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$"})
Clock = Annotated[time, only(_CLOCK, CLOCK), _CLOCK_SCHEMA]
QUOTIENT = r"\d{1,9}/0*[1-9]\d{0,8}"
_QUOTIENT_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{QUOTIENT}$"})
# Without it 100/100 would be kept as "1", which this reader refuses.
_WRITTEN = PlainSerializer(lambda ratio: f"{ratio.numerator}/{ratio.denominator}")
Ratio = Annotated[Fraction, only(QUOTIENT, RATIO), _WRITTEN, _QUOTIENT_SCHEMA]


def _part_of_a_whole(ratio: Fraction) -> Fraction:
    """Refuse nothing, and more than all: no form can tell."""
    if not 0 < ratio <= 1:
        allowed = "đến 1 là nhiều nhất" if ratio > 1 else "lớn hơn 0"
        raise PydanticCustomError("objection", "no share", {"allowed": allowed})
    return ratio


Share = Annotated[Ratio, AfterValidator(_part_of_a_whole), _QUOTIENT_SCHEMA]


class Body(BaseModel):
    """The body of a request; what is not asked for is not taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Empty(Body):
    """An act that says nothing but itself."""


class Reason(Body):
    """An act that must say why."""

    reason: Text
