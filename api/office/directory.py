"""Master data of the office: its departments and its people.

The standing secretariat writes it; everybody who is signed in reads it.
"""

from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.answers import Answer
from api.deps import Reading
from api.identity import SIGNED_IN
from api.office.master import Editing, EndDate, On
from api.paging import Cursor, Limit, Page, page, read_cursor
from api.versions import Putting, tell
from domain.names import search_key, sort_key
from intake.contradictions import require_order
from intake.days import PastDay, require_days
from intake.fields import (
    Body,
    Code,
    Day,
    DepartmentCode,
    Mail,
    Name,
    PersonCode,
    PersonName,
    Words,
)
from store.office import master
from store.spans import span_of_office
from store.tables import Department, Person, SubjectKind

router = APIRouter(prefix="/api/v1", tags=["office"], dependencies=SIGNED_IN)

OneDepartment = Annotated[DepartmentCode, Path()]
OnePerson = Annotated[PersonCode, Path()]


class DepartmentIn(Body):
    """A department as the secretariat writes it."""

    name: Name
    collective: bool = True
    secretariat: bool = False
    starts: Day
    ends: Day | None = None


class DepartmentOut(DepartmentIn):
    """A department."""

    code: str
    version: int


class PersonIn(Body):
    """A person as the secretariat writes them."""

    name: PersonName
    email: Mail | None = None
    died_on: PastDay | None = None


class PersonOut(Answer):
    """Somebody the office knows."""

    id: str
    name: str
    email: str | None
    died_on: date | None
    version: int


@router.get("/departments")
def departments(session: Reading, on: On = None) -> list[DepartmentOut]:
    """List the departments."""
    return [_department(row) for row in master.departments(session, on)]


@router.get("/departments/{code}")
def department(
    code: OneDepartment, session: Reading, response: Response
) -> DepartmentOut:
    """Read one department."""
    row = master.require_department(session, code)
    tell(response, row.version)
    return _department(row)


@router.put("/departments/{code}", responses={201: {"model": DepartmentOut}})
def put_department(
    code: OneDepartment, body: DepartmentIn, session: Editing, put: Putting
) -> DepartmentOut:
    """Create a department, or replace what is known of it."""
    require_order(body.starts, body.ends)
    values = body.model_dump()
    row = put(session, Department, {"code": code}, values)
    master.require_secretariat(session)
    return _department(row)


@router.post("/departments/{code}/end")
def end_department(
    code: OneDepartment, body: EndDate, session: Editing, put: Putting
) -> DepartmentOut:
    """Say until when a department exists."""
    starts = master.require_department(session, code).starts
    require_order(starts, body.ends)
    values = {"ends": body.ends}
    row = put(session, Department, {"code": code}, values)
    master.require_secretariat(session)
    return _department(row)


@router.get("/people")
def find(
    session: Reading,
    q: Annotated[Words, Query(description="Vài chữ của tên, có dấu hay không.")] = "",
    department: Annotated[Code | None, Query()] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[PersonOut]:
    """Find people by name, in the order of Vietnamese lists."""
    start = read_cursor(cursor, str, str)
    rows = master.find_people(session, q, department, start, limit + 1)
    return page(
        rows, limit, lambda row: [row.sort_key, row.id], PersonOut.model_validate
    )


@router.get("/people/{code}")
def read_person(code: OnePerson, session: Reading, response: Response) -> PersonOut:
    """Read one person."""
    master.require_subject(session, SubjectKind.INDIVIDUAL, code)
    row = session.get_one(Person, code)
    tell(response, row.version)
    return PersonOut.model_validate(row)


@router.put("/people/{code}", responses={201: {"model": PersonOut}})
def put_person(
    code: OnePerson, body: PersonIn, session: Editing, put: Putting
) -> PersonOut:
    """Create a person, or replace what is known of them."""
    require_days(PersonIn, body.model_dump(), partial(span_of_office, session))
    master.require_lived(session, code, body.died_on)
    keys = {"sort_key": sort_key(body.name), "search_key": search_key(body.name)}
    values = body.model_dump() | keys
    return PersonOut.model_validate(put(session, Person, {"id": code}, values))


def _department(row: Department) -> DepartmentOut:
    return DepartmentOut.model_validate(row, from_attributes=True)
