"""Reads the office's list of people from CSV or XLSX, with every error at once."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from domain.calendar import day_vi
from domain.names import as_read, clean, search_key
from intake.faults import BadDocument, Problem
from intake.fields import DEPARTMENT, PERSON
from intake.office.positions import POSITION_NAMES, Position
from intake.office.tables import Unreadable, read_table


class RosterProblem(Problem):
    """One thing wrong in a roster, whose lines are rows and whose fields columns."""

    @property
    def where(self) -> str:
        """Say where in the table."""
        return f"dòng {self.line}" + (f", cột «{self.field}»" if self.field else "")


@dataclass(frozen=True)
class RosterDepartment:
    """A department that the roster names; its code where it gives no name."""

    code: str
    name: str


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


@dataclass(frozen=True)
class Roster:
    """A roster in which nothing is wrong, in the order of its rows."""

    departments: tuple[RosterDepartment, ...]
    people: tuple[RosterPerson, ...]


@dataclass(frozen=True)
class _Column:
    """A column: its heading, what else it may be called, and how a cell is read.

    *read* raises ValueError with what is allowed; *most* is as much as rows hold.
    """

    heading: str
    others: tuple[str, ...]
    read: Callable[[str], object]
    required: bool = True
    most: int = 200


def _matching(pattern: str, allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(allowed)
        return text

    return read


def _code(text: str) -> str:
    allowed = "mã viết thường không dấu, nối bằng dấu - (ví dụ ctqh-01)"
    return _matching(PERSON, allowed)(text.lower())


def _department(text: str) -> str:
    allowed = "mã phòng không dấu (ví dụ CTQH)"
    return _matching(DEPARTMENT, allowed)(text.upper())


_NAME = _matching(r"[^\W\d_][^\d_@]{1,99}", "họ và tên, không có chữ số")
_EMAIL = _matching(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", "địa chỉ thư (ví dụ a@b.vn)")
_POSITIONS = {
    search_key(written): position
    for position, name in POSITION_NAMES.items()
    for written in (position.value, position.value.replace("_", " "), name)
}


def _position(text: str) -> Position:
    try:
        return _POSITIONS[search_key(text)]
    except KeyError:
        raise ValueError(f"một trong: {', '.join(Position)}") from None


def _day(text: str) -> date:
    """Read 31/12/2022, 31-12-2022 or 2022-12-31; never the American order."""
    numbers = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    parts = numbers.groups()[::-1] if numbers else text.split("-")
    try:
        year, month, day = map(int, parts)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(
            "ngày có thật, dạng NGÀY/THÁNG/NĂM (ví dụ 01/3/2022)"
        ) from None
    if not _EARLIEST <= found <= _LATEST:
        raise ValueError(f"ngày từ {day_vi(_EARLIEST)} đến {day_vi(_LATEST)}")
    return found


# Between them somebody may have come who works today.
_EARLIEST, _LATEST = date(1940, 1, 1), date(2100, 12, 31)


_COLUMNS: Mapping[str, _Column] = {
    "code": _Column("mã", ("mã nhân viên", "code"), _code, most=64),
    "name": _Column("họ tên", ("họ và tên", "name"), _NAME),
    "email": _Column("email", ("thư điện tử",), _EMAIL, False),
    "department": _Column("phòng", ("mã phòng", "department"), _department),
    "department_name": _Column("tên phòng", ("department name",), clean, False),
    "position": _Column("chức vụ", ("position",), _position),
    "hired_on": _Column("ngày vào", ("ngày vào làm", "hired on"), _day),
    "left_on": _Column("rời ngày", ("ngày rời", "left on"), _day, False),
}
_FIELDS = {
    search_key(heading): field
    for field, column in _COLUMNS.items()
    for heading in (column.heading, *column.others)
}


@dataclass(frozen=True)
class _Entry:
    """A row as read so far: only the cells that could be read have a value."""

    row: int
    values: Mapping[str, Any]


def read_roster(content: bytes, filename: str) -> Roster:
    """Read a roster whole, or raise `BadDocument` with everything wrong in it."""
    try:
        (top, headings), *people = read_table(content, filename)
    except Unreadable as bad:
        problem = RosterProblem(bad.row, "", bad.found, bad.allowed)
        raise BadDocument(filename, [problem]) from None
    problems = list(_bad_headings(top, headings))
    if problems:  # without its columns no row can be read
        raise BadDocument(filename, problems)
    fields = [_field(heading) for heading in headings]
    entries = [_entry(number, cells, fields, problems) for number, cells in people]
    problems += _conflicts(entries)
    if problems:
        raise BadDocument(filename, problems)
    return _roster([entry.values for entry in entries])


def _field(heading: str) -> str:
    return _FIELDS.get(search_key(heading.replace("_", " ")), "")


def _bad_headings(row: int, headings: Sequence[str]) -> Iterator[RosterProblem]:
    fields = [_field(heading) for heading in headings]
    for at, (heading, field) in enumerate(zip(headings, fields, strict=True)):
        if not field:
            allowed = "một trong: " + ", ".join(c.heading for c in _COLUMNS.values())
            found = heading or "tiêu đề trống"
            yield RosterProblem(row, heading or f"cột {at + 1}", found, allowed)
        elif field in fields[:at]:
            yield RosterProblem(row, heading, heading, "mỗi cột chỉ có một lần")
    for field, column in _COLUMNS.items():
        if column.required and field not in fields:
            yield RosterProblem(row, column.heading, "", "phải có cột này")


def _entry(
    row: int, cells: list[str], fields: Sequence[str], problems: list[RosterProblem]
) -> _Entry:
    values: dict[str, object] = {}
    for extra in filter(None, cells[len(fields) :]):
        allowed = f"không quá {len(fields)} ô"
        problems.append(RosterProblem(row, "", extra, allowed))
    for field, cell in zip_longest(fields, cells[: len(fields)], fillvalue=""):
        try:
            values[field] = _read(_COLUMNS[field], cell)
        except ValueError as error:
            problems.append(_problem(row, field, cell, str(error)))
    return _Entry(row, values)


def _read(column: _Column, cell: str) -> object:
    if len(cell) > column.most:
        raise ValueError(f"nhiều nhất {column.most} ký tự")
    if cell:
        return column.read(cell)
    if column.required:
        raise ValueError("phải có ô này")
    return None


def _conflicts(entries: Sequence[_Entry]) -> Iterator[RosterProblem]:
    """Say what is wrong between cells that are each right."""
    yield from _repeated(entries, "code", lambda v: v.get("code"))
    yield from _repeated(entries, "email", lambda v: (v.get("email") or "").lower())
    yield from _repeated(entries, "position", _sole_post)
    yield from _two_names(entries)
    for entry in entries:
        hired, left = entry.values.get("hired_on"), entry.values.get("left_on")
        if hired and left and left < hired:
            allowed = f"từ ngày vào {day_vi(hired)} trở đi"
            yield _problem(entry.row, "left_on", f"{day_vi(left)}", allowed)


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
) -> Iterator[RosterProblem]:
    first: dict[object, int] = {}
    for entry in entries:
        value = key(entry.values)
        if value and first.setdefault(value, entry.row) != entry.row:
            allowed = f"chỉ một người (đã có ở dòng {first[value]})"
            yield _problem(entry.row, field, str(entry.values[field]), allowed)


def _two_names(entries: Iterable[_Entry]) -> Iterator[RosterProblem]:
    names: dict[object, str] = {}
    for entry in entries:
        code, name = (entry.values.get(f) for f in ("department", "department_name"))
        if code and name and not _read_alike(names.setdefault(code, name), name):
            allowed = f"«{names[code]}», như các dòng trên của {code}"
            yield _problem(entry.row, "department_name", name, allowed)


def _read_alike(one: str, other: str) -> bool:
    return [*map(as_read, one.split())] == [*map(as_read, other.split())]


def _problem(row: int, field: str, found: str, allowed: str) -> RosterProblem:
    return RosterProblem(row, _COLUMNS[field].heading, found, allowed)


def _roster(rows: Sequence[Mapping[str, Any]]) -> Roster:
    names: dict[str, str] = {}
    for row in rows:
        names[row["department"]] = (
            names.get(row["department"]) or row.get("department_name") or ""
        )
    return Roster(
        departments=tuple(RosterDepartment(c, n or c) for c, n in names.items()),
        people=tuple(_person(row) for row in rows),
    )


def _person(row: Mapping[str, Any]) -> RosterPerson:
    return RosterPerson(**{k: v for k, v in row.items() if k != "department_name"})
