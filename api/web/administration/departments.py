"""Departments on pages: a new one, and what is known of one."""

from typing import Any

from fastapi import Response

from api.admission import does, reads
from api.deps import DatabaseDep
from api.identity import Asking, Shown
from api.office import directory
from api.office.directory import DepartmentIn, OneDepartment
from api.office.master import EndDate
from api.web.administration.entering import (
    Entering,
    EntryPage,
    NewDepartment,
    if_match,
)
from api.web.posted import Posted
from api.web.visiting import pages
from api.web.words import gettext
from store.database import Database
from store.office.master import require_department
from store.tables import Person

_BACK = "/quan-tri/to-chuc"
_NEW, _ONE = "/quan-tri/phong-moi", "/quan-tri/phong/{department}"

router = pages()


def _new(database: Database, visitor: Person) -> EntryPage:
    return EntryPage(database, visitor, "departments/new", gettext("Thêm phòng"), _BACK)


def _one(database: Database, visitor: Person, code: str) -> EntryPage:
    title = gettext("Sửa phòng %(code)s", code=code)
    return EntryPage(database, visitor, "departments", title, _BACK, ends=True)


@router.get(_NEW, dependencies=[reads("directory")])
def ask(database: DatabaseDep, visitor: Asking) -> Response:
    """Ask for a new department."""
    return _new(database, visitor).show({"collective": "1"})


@router.post(_NEW, dependencies=[does("master_data")])
async def add(
    typed: Posted, database: DatabaseDep, visitor: Entering, shown: Shown
) -> Response:
    """Enter a department, as the API does."""
    page = _new(database, visitor)
    put = page.writing(directory.put_department, shown)

    def write(body: NewDepartment) -> Any:
        said = DepartmentIn(**body.model_dump(exclude={"code"}))
        return put(code=body.code, body=said)

    return await page.send(typed, write)


@router.get(_ONE, dependencies=[reads("directory")])
def look(department: OneDepartment, database: DatabaseDep, visitor: Asking) -> Response:
    """Show what is known of a department, to be corrected."""
    with database.read() as session:
        row = require_department(session, department)
    return _one(database, visitor, department).show_known(row)


@router.post(_ONE, dependencies=[does("master_data")])
async def correct(
    department: OneDepartment,
    typed: Posted,
    database: DatabaseDep,
    visitor: Entering,
    shown: Shown,
) -> Response:
    """Correct a department, or say until when it exists."""
    page = _one(database, visitor, department)
    which = {"code": department, "if_match": if_match(typed)}
    if typed.get("viec") == "ket-thuc":
        end = page.writing(directory.end_department, shown, **which)
        said = {"ends": typed.get("het", "")}
        return await page.sent(typed, lambda: end(body=EndDate.model_validate(said)))
    put = page.writing(directory.put_department, shown, **which)
    return await page.send(typed, put)
