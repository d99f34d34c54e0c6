"""The fields that the bodies of master data share: codes, names, days."""

import re
from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from domain.names import clean

_PERSON = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DEPARTMENT = r"^[A-Z][A-Z0-9_]{1,19}$"


def _tidy(value: object) -> object:
    """Trim and compose a text; what cannot be printed is no part of it."""
    if not isinstance(value, str):
        return value
    return clean("".join(c for c in value if c.isprintable() or c.isspace()))


def _written_as_a_day(value: object) -> object:
    # pydantic would read 0 as the first of January 1970.
    if isinstance(value, date) or (
        isinstance(value, str) and re.fullmatch(r"(19|20|21)\d{2}-\d{2}-\d{2}", value)
    ):
        return value
    raise PydanticCustomError("date_parsing", "not a day")


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
Year = Annotated[int, Field(ge=2000, le=2200)]
PersonCode = Annotated[str, Field(max_length=64, pattern=_PERSON)]
DepartmentCode = Annotated[str, Field(max_length=32, pattern=_DEPARTMENT)]
Name = Annotated[str, BeforeValidator(_tidy), Field(min_length=1, max_length=200)]
# Its keys to sort and to find by are twice as long.
PersonName = Annotated[
    str, BeforeValidator(_tidy), Field(min_length=1, max_length=150)
]
Mail = Annotated[
    str,
    BeforeValidator(_tidy),
    Field(max_length=200, pattern=r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+$"),
]
Paper = Annotated[str, BeforeValidator(_tidy), Field(min_length=1, max_length=4000)]
Words = Annotated[str, BeforeValidator(_tidy), Field(max_length=200)]

PersonPath = Annotated[str, Path(max_length=64, pattern=_PERSON)]
DepartmentPath = Annotated[str, Path(max_length=32, pattern=_DEPARTMENT)]
