"""A form of what an act says: its fields from the act's own body, and what was typed.

What stands in a list of things has names like `aims.0.subject`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from papers.fields import CHOICES, LABELS

Schema = Mapping[str, Any]
Wrong = Mapping[str, str]  # by the names of fields: what is wrong there
_LONG = 1000  # characters: more than one line takes
_VIETNAM = "+07:00"
_PLAIN = {"integer": "number", "boolean": "flag"}
_FORMATS = {"date": "day", "date-time": "moment"}


@dataclass(frozen=True)
class Field:
    """One field as a page shows it: *rows* are those of a list of things."""

    name: str
    label: str
    kind: str
    required: bool
    value: str
    wrong: str | None
    choices: Sequence[tuple[str, str]] = ()
    rows: Sequence[Sequence["Field"]] = ()


@dataclass(frozen=True)
class Form:
    """A form that asks for what a body says, by the body's own schema."""

    schema: Schema

    def fields(self, typed: Mapping[str, str], wrong: Wrong) -> list[Field]:
        """List the fields with what was *typed*, and what is *wrong* with it."""
        return [*self._fields(self.schema, typed, wrong, "")]

    def read(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """Put together what a body says; what was left empty is not said."""
        return self._read(self.schema, typed, "")

    @staticmethod
    def with_row(typed: Mapping[str, str], name: str) -> dict[str, str]:
        """Add an empty row to a list of what was typed."""
        following = max(_places(typed, name), default=0) + 1
        return {**typed, f"{name}.{following}.": ""}

    @staticmethod
    def label_of(name: str) -> str:
        """Say what a field is called that stands anywhere in a form."""
        own = [each for each in name.split(".") if not each.isdecimal()]
        return LABELS[own[-1]]

    def _fields(
        self, schema: Schema, typed: Mapping[str, str], wrong: Wrong, before: str
    ) -> Iterator[Field]:
        for key, part, required in self._parts(schema):
            name, kind = f"{before}{key}", _kind(part)
            rows: list[list[Field]] = []
            if kind == "rows":
                places = _places(typed, name) or [0]
                inner = self._resolved(part["items"])
                rows = [
                    [*self._fields(inner, typed, wrong, f"{name}.{at}.")]
                    for at in places
                ]
            elif kind == "group":
                rows = [[*self._fields(part, typed, wrong, f"{name}.")]]
            yield Field(
                name,
                LABELS[key],
                kind,
                required,
                typed.get(name, ""),
                wrong.get(name),
                [(each, CHOICES.get(each, each)) for each in part.get("enum", ())],
                rows,
            )

    def _read(
        self, schema: Schema, typed: Mapping[str, str], before: str
    ) -> dict[str, Any]:
        said = {}
        for key, part, _ in self._parts(schema):
            value = self._value(part, typed, f"{before}{key}")
            if value is not None:
                said[key] = value
        return said

    def _value(self, part: Schema, typed: Mapping[str, str], name: str) -> Any:
        text = typed.get(name, "").strip()
        match _kind(part):
            case "rows":
                inner = self._resolved(part["items"])
                rows = (
                    self._read(inner, typed, f"{name}.{at}.")
                    for at in _places(typed, name)
                )
                return [row for row in rows if any(row.values())]
            case "group":
                return self._read(part, typed, f"{name}.")
            case "lines":
                return [each.strip() for each in text.splitlines() if each.strip()]
            case "flag":
                return name in typed
            case "number":
                return int(text) if text.lstrip("-").isdecimal() else text or None
            case "moment":
                return f"{text}{_VIETNAM}" if text else None
        return text or None

    def _parts(self, schema: Schema) -> Iterator[tuple[str, Schema, bool]]:
        required = schema.get("required", ())
        for key, part in schema.get("properties", {}).items():
            yield key, self._resolved(part), key in required

    def _resolved(self, part: Schema) -> Schema:
        """Follow what is written elsewhere; what may be left out is what it is."""
        for each in part.get("anyOf", ()):
            if each.get("type") != "null":
                return self._resolved(each)
        if "$ref" not in part:
            return part
        found: Schema = self.schema["$defs"][part["$ref"].rpartition("/")[2]]
        return self._resolved(found)


def _kind(part: Schema) -> str:
    if "enum" in part:
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
