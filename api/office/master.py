"""What the routes of master data share: their fields, their editor, their cursors."""

import re
from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from api.deps import Writing
from api.identity import Asking
from api.paging import MOST
from domain.names import clean
from domain.refusals import refuse
from domain.roles import Role
from engine.bodies import Body
from store.office import master, people

_DAY = r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"


def _tidy(value: object) -> object:
    """Trim and compose a text; what cannot be printed is no part of it."""
    if not isinstance(value, str):
        return value
    return clean("".join(c for c in value if c.isprintable() or c.isspace()))


def _written_as_a_day(value: object) -> object:
    # pydantic would read 0 as the first of January 1970.
    written = isinstance(value, str) and re.fullmatch(_DAY, value)
    if written or isinstance(value, date):
        return value
    raise PydanticCustomError("date_parsing", "not a day")


def _like(pattern: str, example: str) -> BeforeValidator:
    """Refuse a text unlike *pattern*, and show one that is right."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            shown = {"pattern": example}
            raise PydanticCustomError("string_pattern_mismatch", "unlike", shown)
        return value

    return BeforeValidator(check)


_TIDY = BeforeValidator(_tidy)
_CODE = _like(r"[A-Za-z0-9_-]+", "ctqh-01 hoặc CTQH (chữ không dấu, số và dấu -)")
_PERSON = _like(
    r"[a-z0-9]+(-[a-z0-9]+)*", "ctqh-01 (chữ thường không dấu và số, nối bằng dấu -)"
)
_DEPARTMENT = _like(r"[A-Z][A-Z0-9_]{1,19}", "CTQH (chữ hoa không dấu)")
_MAIL = _like(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", "ten@coquan.vn")

Day = Annotated[date, BeforeValidator(_written_as_a_day)]
Year = Annotated[int, Field(ge=2000, le=2200)]
Code = Annotated[str, Field(max_length=64), _CODE]
PersonCode = Annotated[str, Field(max_length=64), _PERSON]
DepartmentCode = Annotated[str, Field(max_length=32), _DEPARTMENT]
Name = Annotated[str, Field(min_length=1, max_length=200), _TIDY]
# The keys to sort and to find a person by are twice as long as the name.
PersonName = Annotated[str, Field(min_length=1, max_length=150), _TIDY]
# Validators run from the last to the first: tidy, then like an address.
Mail = Annotated[str, Field(max_length=200), _MAIL, _TIDY]
Paper = Annotated[str, Field(min_length=1, max_length=4000), _TIDY]
Words = Annotated[str, Field(max_length=200), _TIDY]
Key = Annotated[int, Path(ge=1, lt=MOST)]
On = Annotated[Day | None, Query(description="Chỉ những gì có hiệu lực vào ngày này.")]


class End(Body):
    """The first day on which something no longer holds."""

    ends: Day


def editing(session: Writing, person: Asking) -> Session:
    """Hand out the transaction to write in. Refused unless of the secretariat."""
    roles = people.roles_of(session, person.id, master.today(session))
    if Role.SECRETARIAT not in roles:
        raise refuse(
            "not_allowed",
            "Chỉ phòng thường trực thi đua (Phòng Hành chính, Tổ chức, Quản trị) được "
            "sửa dữ liệu này.",
        )
    return session


Editing = Annotated[Session, Depends(editing, scope="function")]
