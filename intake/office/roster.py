"""Reads the office's list of people from CSV or XLSX, with every error at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from domain.calendar import day_vi
from domain.names import as_read, search_key
from domain.roles import HEAD
from intake.faults import BadDocument
from intake.office.columns import COLUMNS, FIELDS, MARK, RosterColumn, columns
from intake.office.positions import LEADERSHIP, Position
from intake.office.tables import CellProblem, Unreadable, read_table
from intake.office.whole import lacking
from intake.office.year import DutyKind, SeatKind


@dataclass(frozen=True)
class RosterDepartment:
    """A department that the roster names; its code where it gives no name."""

    code: str
    name: str
    secretariat: bool = False


@dataclass(frozen=True)
class RosterPerson:
    """One person, from one row."""

    code: str
    name: str
    department: str
    position: Position
    hired_on: date
    email: str | None = None
    left_on: date | None = None
    duties: tuple[DutyKind, ...] = ()
    seat: SeatKind | None = None
    initiative_seat: SeatKind | None = None


@dataclass(frozen=True)
class Roster:
    """A roster in which nothing is wrong, in the order of its rows."""

    departments: tuple[RosterDepartment, ...]
    people: tuple[RosterPerson, ...]

    @property
    def secretariat(self) -> str | None:
        """Name the standing secretariat, if the roster marks one."""
        return next((d.code for d in self.departments if d.secretariat), None)


@dataclass(frozen=True)
class _Entry:
    """A row as read so far: only the cells that could be read have a value."""

    row: int
    values: Mapping[str, Any]
    cells: Mapping[str, str]


def read_roster(
    content: bytes, filename: str, head: str = HEAD, *, whole: bool = False
) -> Roster:
    """Read a roster whole, or raise `BadDocument` with everything wrong in it.

    Whoever leads the agency is its *head*. One of a *whole* office has everybody
    whom a campaign cannot do without.
    """
    try:
        sheet, ((top, headings), *people) = read_table(content, filename)
    except Unreadable as bad:
        problem = CellProblem(bad.row, "", bad.found, bad.allowed)
        raise BadDocument(filename, [problem]) from None
    problems = list(_bad_headings(top, headings))
    fields, known = _fields(headings), columns(head)
    entries = [_entry(row, cells, fields, known, problems) for row, cells in people]
    problems += _conflicts(entries)
    if whole:
        problems += _lacking(top, entries, head)
    if problems:
        raise BadDocument(
            f"{filename}, trang «{sheet}»" if sheet else filename, problems
        )
    return _roster([entry.values for entry in entries])


def _lacking(top: int, entries: Sequence[_Entry], head: str) -> Iterator[CellProblem]:
    unread = {field for each in entries for field in each.cells.keys() - each.values}
    for field, allowed in lacking([each.values for each in entries], unread, head):
        yield _problem(top, field, "", allowed)


def _field(heading: str) -> str:
    return FIELDS.get(search_key(heading.replace("_", " ")), "")


def _fields(headings: Sequence[str]) -> list[str]:
    """Name the field of each column; one that is unknown, or repeated, has none."""
    named = [_field(heading) for heading in headings]
    return ["" if each in named[:at] else each for at, each in enumerate(named)]


def _bad_headings(row: int, headings: Sequence[str]) -> Iterator[CellProblem]:
    fields = [_field(heading) for heading in headings]
    for at, (heading, field) in enumerate(zip(headings, fields, strict=True)):
        if not field:
            allowed = "một trong: " + ", ".join(c.heading for c in COLUMNS.values())
            found = heading or "tiêu đề trống"
            yield CellProblem(row, heading or f"cột {at + 1}", found, allowed)
        elif field in fields[:at]:
            yield CellProblem(row, heading, heading, "mỗi cột chỉ có một lần")
    for field, column in COLUMNS.items():
        if column.required and field not in fields:
            yield CellProblem(row, column.heading, "", "phải có cột này")


def _entry(
    row: int,
    cells: list[str],
    fields: Sequence[str],
    known: Mapping[str, RosterColumn],
    problems: list[CellProblem],
) -> _Entry:
    values: dict[str, object] = {}
    for extra in filter(None, cells[len(fields) :]):
        allowed = f"không quá {len(fields)} ô"
        problems.append(CellProblem(row, "", extra, allowed))
    written = dict(zip_longest(fields, cells[: len(fields)], fillvalue=""))
    written.pop("", None)
    for field, cell in written.items():
        try:
            values[field] = _read(known[field], cell)
        except ValueError as error:
            problems.append(_problem(row, field, cell, str(error)))
    return _Entry(row, values, written)


def _read(column: RosterColumn, cell: str) -> object:
    if len(cell) > column.most:
        raise ValueError(f"nhiều nhất {column.most} ký tự")
    if cell:
        return column.read(cell)
    if column.required:
        raise ValueError("phải có ô này")
    return None


def _conflicts(entries: Sequence[_Entry]) -> Iterator[CellProblem]:
    """Say what is wrong between cells that are each right."""
    yield from _repeated(entries, "code", lambda v: v.get("code"))
    yield from _repeated(entries, "email", lambda v: (v.get("email") or "").lower())
    yield from _repeated(entries, "position", _sole_post)
    for seat in ("seat", "initiative_seat"):
        chairs = [each for each in entries if each.values.get(seat) == "chair"]
        yield from _repeated(chairs, seat, lambda _: True)
    yield from _two_names(entries)
    yield from _two_secretariats(entries)
    for entry in entries:
        yield from _between(entry)


def _between(entry: _Entry) -> Iterator[CellProblem]:
    """Say what is wrong between the cells of one row."""
    values = entry.values
    hired, left = values.get("hired_on"), values.get("left_on")
    if hired and left and left < hired:
        allowed = f"từ ngày vào {day_vi(hired)} trở đi"
        yield _problem(entry.row, "left_on", f"{day_vi(left)}", allowed)
    for field in ("seat", "initiative_seat", "duties"):
        if left and values.get(field):
            allowed = "để trống ô này (người đã rời), hoặc ô «rời ngày»"
            yield _problem(entry.row, field, entry.cells[field], allowed)
    led = values.get("department") == LEADERSHIP
    if led and values.get("position") == Position.TRUONG_PHONG:
        allowed = "mã của một phòng: trưởng phòng phải thuộc một phòng"
        yield _problem(entry.row, "department", entry.cells["department"], allowed)
    if led and "department_secretary" in (values.get("duties") or ()):
        allowed = "để trống: lãnh đạo không thuộc phòng nào"
        yield _problem(entry.row, "duties", entry.cells["duties"], allowed)
    if led and values.get("secretariat"):
        allowed = "để trống: lãnh đạo không phải là phòng thường trực"
        yield _problem(entry.row, "secretariat", MARK, allowed)


def _sole_post(values: Mapping[str, Any]) -> object:
    """Name the post that only one person may hold at a time, if this is one."""
    if values.get("left_on"):
        return None
    match values.get("position"):
        case Position.CHANH_VAN_PHONG as post:
            return post
        case Position.TRUONG_PHONG as post:
            return (post, values.get("department"))
    return None


def _repeated(
    entries: Iterable[_Entry], field: str, key: Callable[[Mapping[str, Any]], object]
) -> Iterator[CellProblem]:
    first: dict[object, int] = {}
    for entry in entries:
        value = key(entry.values)
        if value and first.setdefault(value, entry.row) != entry.row:
            allowed = f"chỉ một người (đã có ở dòng {first[value]})"
            yield _problem(entry.row, field, entry.cells[field], allowed)


def _two_names(entries: Iterable[_Entry]) -> Iterator[CellProblem]:
    names: dict[object, str] = {}
    for entry in entries:
        code, name = (entry.values.get(f) for f in ("department", "department_name"))
        if code and name and not _read_alike(names.setdefault(code, name), name):
            allowed = f"«{names[code]}», như các dòng trên của {code}"
            yield _problem(entry.row, "department_name", name, allowed)


def _two_secretariats(entries: Iterable[_Entry]) -> Iterator[CellProblem]:
    marked = [entry for entry in entries if entry.values.get("secretariat")]
    for entry in marked[1:]:
        first, code = marked[0].values.get("department"), entry.values.get("department")
        if code != first:
            allowed = f"chỉ một phòng (đã có {first} ở dòng {marked[0].row})"
            yield _problem(entry.row, "secretariat", str(code), allowed)


def _read_alike(one: str, other: str) -> bool:
    return [*map(as_read, one.split())] == [*map(as_read, other.split())]


def _problem(row: int, field: str, found: str, allowed: str) -> CellProblem:
    return CellProblem(row, COLUMNS[field].heading, found, allowed)


def _roster(rows: Sequence[Mapping[str, Any]]) -> Roster:
    names: dict[str, str] = {}
    for row in rows:
        names[row["department"]] = (
            names.get(row["department"]) or row.get("department_name") or ""
        )
    standing = {row["department"] for row in rows if row.get("secretariat")}
    return Roster(
        departments=tuple(
            RosterDepartment(code, name or code, code in standing)
            for code, name in names.items()
        ),
        people=tuple(_person(row) for row in rows),
    )


_OF_DEPARTMENTS = frozenset({"department_name", "secretariat"})


def _person(row: Mapping[str, Any]) -> RosterPerson:
    said = {k: v for k, v in row.items() if v is not None and k not in _OF_DEPARTMENTS}
    return RosterPerson(**said)
