"""A form of what an act says: its fields from the act's own body, and what was typed.

What stands in a list of things has names like `aims.0.subject`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from api.web.choosing.asked import Option
from api.web.fields import OFFSET, Field
from domain.calendar import VIETNAM
from intake.acts.naming import NAMES, SELDOM, TOLD_BY, Named
from papers.fields import choice, label

Schema = Mapping[str, Any]
Wrong = Mapping[str, str]  # by the names of fields: what is wrong there
# What a page calls the codes that alone may be said.
CALLED = "x-called"
_LONG = 1000  # characters: more than one line takes
_TICKED = "1"
_PLAIN = {"integer": "number", "boolean": "flag"}
_FORMATS = {"date": "day", "date-time": "moment"}
# So many are looked through in a list; of more one types some letters. So many go with
# a page.
_LOOKED_THROUGH, _MOST = 60, 1000
# What was picked of a long list ends with its code.
_PICKED = re.compile(r".*\(([A-Za-z0-9_:-]+)\)", re.DOTALL)


@dataclass(frozen=True)
class Form:
    """A form that asks for what a body says, by the body's own schema."""

    schema: Schema

    @cached_property
    def names(self) -> frozenset[Named]:
        """Collect what its fields name, in rows too."""
        parts = [self.schema, *self.schema.get("$defs", {}).values()]
        fields = (
            each for part in parts for each in part.get("properties", {}).values()
        )
        return frozenset(filter(None, (self._named(each) for each in fields)))

    def fields(
        self,
        typed: Mapping[str, str],
        wrong: Wrong,
        offered: Mapping[Named, Sequence[Option]] | None = None,
    ) -> list[Field]:
        """List the fields with what was *typed*, and what is *wrong* with it."""
        return [*self._fields(self.schema, typed, wrong, offered or {}, "")]

    def read(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """Put together what a body says; what was left empty is not said."""
        return self._read(self.schema, typed, "")

    def typed(self, said: Mapping[str, Any]) -> dict[str, str]:
        """Write what a body says as it is typed into the form."""
        return dict(self._typed(self.schema, said, ""))

    @staticmethod
    def with_row(typed: Mapping[str, str], name: str) -> dict[str, str]:
        """Add an empty row to a list of what was typed."""
        following = max(_places(typed, name), default=0) + 1
        return {**typed, f"{name}.{following}.": ""}

    @staticmethod
    def without_row(typed: Mapping[str, str], row: str) -> dict[str, str]:
        """Take a row out of a list of what was typed; the last one is left empty."""
        return {k: v for k, v in typed.items() if not k.startswith(f"{row}.")}

    def label_of(self, name: str) -> str:
        """Say what a field is called that stands anywhere in the form."""
        schema, called = self.schema, ""
        for part in name.split("."):
            if not part.isdecimal():
                called = label(schema.get("title", ""), part)
                schema = self._inside(schema.get("properties", {}).get(part, {}))
        return called

    def _fields(
        self,
        schema: Schema,
        typed: Mapping[str, str],
        wrong: Wrong,
        offered: Mapping[Named, Sequence[Option]],
        before: str,
    ) -> Iterator[Field]:
        for key, raw, required in _parts(schema):
            part, name = self._resolved(raw), f"{before}{key}"
            if told_by := part.get(TOLD_BY):
                wrong = _passed_on(wrong, name, f"{before}{told_by}")
                continue
            kind, choices = self._choices(key, part, offered)
            inside = [*self._rows(part, typed, name)]
            rows = [
                [*self._fields(inner, typed, wrong, offered, f"{row}.")]
                for inner, row in inside
            ]
            yield Field(
                name,
                label(schema.get("title", ""), key),
                kind,
                required,
                typed.get(name, ""),
                wrong.get(name),
                choices,
                rows,
                bool(raw.get(SELDOM)),
                [row for _, row in inside],
            )

    def _choices(
        self, key: str, part: Schema, offered: Mapping[Named, Sequence[Option]]
    ) -> tuple[str, Sequence[Option]]:
        """Say how a field is filled in, and from what."""
        kind, named = _kind(part), self._named(part)
        choices = offered.get(named, ()) if named else ()
        if codes := _codes(part):
            called: Mapping[str, str] = part.get(CALLED, {})
            return kind, [Option(x, called.get(x) or choice(key, x)) for x in codes]
        if not 0 < len(choices) <= _MOST:
            return kind, ()
        if kind == "lines":
            return "boxes", choices
        return "choice" if len(choices) <= _LOOKED_THROUGH else "look_up", choices

    def _rows(
        self, part: Schema, typed: Mapping[str, str], name: str
    ) -> Iterator[tuple[Schema, str]]:
        """Give the schema and the name of each row of a list, or of a group."""
        match _kind(part):
            case "rows":
                inner = self._resolved(part["items"])
                for at in _places(typed, name) or [0]:
                    yield inner, f"{name}.{at}"
            case "group":
                yield part, name

    def _read(
        self, schema: Schema, typed: Mapping[str, str], before: str
    ) -> dict[str, Any]:
        said = {}
        for key, raw, _ in _parts(schema):
            part = self._resolved(raw)
            if told_by := part.get(TOLD_BY):
                typed = _told(typed, f"{before}{key}", f"{before}{told_by}")
            value = self._value(part, typed, f"{before}{key}")
            if value is not None:
                said[key] = value
        return said

    def _typed(
        self, schema: Schema, said: Mapping[str, Any], before: str
    ) -> Iterator[tuple[str, str]]:
        for key, raw, _ in _parts(schema):
            part, name = self._resolved(raw), f"{before}{key}"
            match _kind(part), None if TOLD_BY in part else said.get(key):
                case _, None | False:
                    pass
                case "rows", rows:
                    inner = self._resolved(part["items"])
                    for at, row in enumerate(rows):
                        yield from self._typed(inner, row, f"{name}.{at}.")
                case "group", group:
                    yield from self._typed(part, group, f"{name}.")
                case "lines", lines:
                    yield name, "\n".join(lines)
                case "flag", _:
                    yield name, _TICKED
                case "moment", text:
                    local = datetime.fromisoformat(text).astimezone(VIETNAM)
                    yield name, f"{local:%Y-%m-%dT%H:%M}"
                case _, value:
                    yield name, str(value)

    def _value(self, part: Schema, typed: Mapping[str, str], name: str) -> Any:
        text = typed.get(name, "").strip()
        if NAMES in part and (picked := _PICKED.fullmatch(text)):
            return picked[1]
        match _kind(part):
            case "rows":
                inner = self._resolved(part["items"])
                rows = (f"{name}.{at}." for at in _places(typed, name))
                return [
                    self._read(inner, typed, row) for row in rows if _filled(typed, row)
                ]
            case "group":
                return self._read(part, typed, f"{name}.")
            case "lines":
                return [each.strip() for each in text.splitlines() if each.strip()]
            case "flag":
                return name in typed
            case "number":
                return int(text) if text.lstrip("-").isdecimal() else text or None
            case "moment":
                return f"{text}{OFFSET}" if text else None
        return text or None

    def _named(self, part: Schema) -> Named | None:
        """Say what a field names, one or several."""
        found = self._resolved(part)
        said = found.get(NAMES) or found.get("items", {}).get(NAMES)
        return Named(said) if said else None

    def _inside(self, part: Schema) -> Schema:
        found = self._resolved(part)
        return self._resolved(found.get("items", found))

    def _resolved(self, part: Schema) -> Schema:
        """Follow what is written elsewhere; what may be left out is what it is."""
        for each in part.get("anyOf", ()):
            if each.get("type") != "null":
                return self._resolved(each)
        if "$ref" not in part:
            return part
        found: Schema = self.schema["$defs"][part["$ref"].rpartition("/")[2]]
        return self._resolved(found)


def _parts(schema: Schema) -> Iterator[tuple[str, Schema, bool]]:
    required = schema.get("required", ())
    for key, part in schema.get("properties", {}).items():
        yield key, part, key in required


def _codes(part: Schema) -> Sequence[str]:
    """List what alone may be said."""
    return part.get("enum") or ([part["const"]] if "const" in part else [])


def _kind(part: Schema) -> str:
    if _codes(part):
        return "choice"
    match part.get("type"):
        case "array":
            items = part["items"]
            return "rows" if "$ref" in items or "properties" in items else "lines"
        case "object":
            return "group"
        case "string":
            short = part.get("maxLength", 0) < _LONG
            return _FORMATS.get(part.get("format", ""), "text" if short else "long")
    return _PLAIN.get(part.get("type", ""), "text")


def _places(typed: Mapping[str, str], name: str) -> list[int]:
    """List which rows of a list were there, in their order."""
    found = (
        each.removeprefix(f"{name}.").partition(".")[0]
        for each in typed
        if each.startswith(f"{name}.")
    )
    return sorted({int(each) for each in found if each.isdecimal()})


def _filled(typed: Mapping[str, str], row: str) -> bool:
    """Say whether anything was typed or chosen in a row."""
    return any(text.strip() for name, text in typed.items() if name.startswith(row))


def _told(typed: Mapping[str, str], name: str, by: str) -> Mapping[str, str]:
    """Tell of whom a code is by the code itself: a department's is in capitals."""
    code = typed.get(by, "").strip()
    if picked := _PICKED.fullmatch(code):
        code = picked[1]
    kind = "collective" if code[:1].isupper() else "individual"
    return {name: kind, **typed}


def _passed_on(wrong: Wrong, name: str, to: str) -> Wrong:
    """Show what is wrong with a field that is not shown where it is told by."""
    return {to: wrong[name], **wrong} if name in wrong else wrong
