"""Master data of the office: its departments and its people.

The standing secretariat writes it; everybody who is signed in reads it.
"""

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Path, Query, Response
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.office.acting import act_on
from api.office.answers import PROPOSED, answered
from api.office.master import EndDate, On, edits
from api.paging import Cursor, Limit, Page, page, read_cursor
from api.versions import IfMatch, require_version, tell
from duties.office_deed import OfficeDeed
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
    Text,
    Words,
)
from intake.office.contradictions import require_order
from store.findings.spans import span_of_office
from store.office import master
from store.office.changes import Change, Verb
from store.office.twins import tell_apart, twins_of
from store.tables import Department, Person, SubjectKind

router = Router(prefix="/api/v1", tags=["office"])

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
    born_on: PastDay | None = None
    died_on: PastDay | None = None


class PersonOut(Answer):
    """Somebody the office knows."""

    id: str
    name: str
    email: str | None
    born_on: date | None
    died_on: date | None
    version: int


class PersonFound(PersonOut):
    """One person; *same_as* are codes that may be the same human.

    Until somebody says that they are two, neither gets a seat, nor votes.
    """

    same_as: list[str]


class Apart(Body):
    """That somebody is another human than the one of the code *other*, and why."""

    other: PersonCode
    reason: Text


@router.get("/departments", dependencies=[reads("directory")])
def departments(
    session: Reading, on: On = None, limit: Limit = 100, cursor: Cursor = None
) -> Page[DepartmentOut]:
    """List the departments."""
    (after,) = read_cursor(cursor, str) or (None,)
    rows = master.departments(session, on, after, limit + 1)
    return page(rows, limit, lambda row: [row.code], _department)


@router.get("/departments/{code}", dependencies=[reads("directory")])
def department(
    code: OneDepartment, session: Reading, response: Response
) -> DepartmentOut:
    """Read one department."""
    row = master.require_department(session, code)
    tell(response, row.version)
    return _department(row)


@router.put(
    "/departments/{code}",
    response_model=DepartmentOut,
    responses={201: {"model": DepartmentOut}, **PROPOSED},
    dependencies=[does("master_data")],
)
@edits
def put_department(
    code: OneDepartment,
    body: DepartmentIn,
    session: Session,
    person: Person,
    response: Response,
    if_match: IfMatch = None,
) -> Any:
    """Create a department, or replace what is known of it."""
    known = session.get(Department, code)
    require_version(known.version if known else None, if_match)
    change = Change("departments", _verb(known, response), body.model_dump(), code)
    return answered(act_on(session, person.id, change), _department, response)


@router.post(
    "/departments/{code}/end",
    response_model=DepartmentOut,
    responses=PROPOSED,
    dependencies=[does("master_data")],
)
@edits
def end_department(
    code: OneDepartment,
    body: EndDate,
    session: Session,
    person: Person,
    response: Response,
    if_match: IfMatch = None,
) -> Any:
    """Say until when a department exists."""
    known = master.require_department(session, code)
    require_order(known.starts, body.ends)
    require_version(known.version, if_match)
    change = Change("departments", Verb.END, {"ends": body.ends}, code)
    return answered(act_on(session, person.id, change), _department, response)


@router.get("/people", dependencies=[reads("directory")])
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


@router.get("/people/{code}", dependencies=[reads("directory")])
def read_person(code: OnePerson, session: Reading, response: Response) -> PersonFound:
    """Read one person."""
    master.require_subject(session, SubjectKind.INDIVIDUAL, code)
    row = session.get_one(Person, code)
    tell(response, row.version)
    return _found(session, row)


@router.put(
    "/people/{code}",
    response_model=PersonFound,
    responses={201: {"model": PersonFound}, **PROPOSED},
    dependencies=[does("master_data")],
)
@edits
def put_person(
    code: OnePerson,
    body: PersonIn,
    session: Session,
    person: Person,
    response: Response,
    if_match: IfMatch = None,
) -> Any:
    """Create a person, or replace what is known of them."""
    require_days(PersonIn, body.model_dump(), partial(span_of_office, session))
    master.require_lived(session, code, body.died_on)
    known = session.get(Person, code)
    require_version(known.version if known else None, if_match)
    change = Change("people", _verb(known, response), body.model_dump(), code)
    done = act_on(session, person.id, change)
    return answered(done, partial(_found, session), response)


@router.post("/people/{code}/told-apart", dependencies=[does("master_data")])
@edits
def tell_people_apart(
    code: OnePerson, body: Apart, session: Session, person: Person
) -> PersonFound:
    """Say that two codes that share a name or an address are two people."""
    deed = OfficeDeed.begin(session, person.id)
    tell_apart(session, code, body.other)
    names = {"one": deed.name_of(code), "other": deed.name_of(body.other)}
    both = (code, body.other)
    deed.tell("office_told_apart", both, **names, reason=body.reason)
    deed.close("tell_apart", {"people": both, "reason": body.reason})
    return _found(session, session.get_one(Person, code))


def _found(session: Session, row: Person) -> PersonFound:
    known = PersonOut.model_validate(row).model_dump()
    return PersonFound(**known, same_as=twins_of(session, row.id))


def _verb(known: object, response: Response) -> Verb:
    """Replace what is there, or create it and say so."""
    if known is not None:
        return Verb.CHANGE
    response.status_code = HTTPStatus.CREATED
    return Verb.RECORD


def _department(row: Department) -> DepartmentOut:
    return DepartmentOut.model_validate(row, from_attributes=True)
