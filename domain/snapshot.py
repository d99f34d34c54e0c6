"""Writes frozen dataclasses as JSON values and reads them back equal."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from domain.council.thresholds import Threshold


def encode(value: Any) -> Any:
    """Write a value as JSON can hold it; a fraction stays exact, as "3/20"."""
    if isinstance(value, Threshold | Fraction | StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    return value.isoformat() if isinstance(value, date) else value


def decode(hint: Any, data: Any) -> Any:
    """Read what `encode` wrote of a value annotated with *hint*.

    Meant for our own snapshots: what is malformed raises as Python does.
    """
    if data is None or get_origin(hint) is Literal:
        return data
    if get_origin(hint) is tuple:
        return tuple(decode(get_args(hint)[0], item) for item in data)
    if get_origin(hint) in (Union, UnionType):
        return decode(_branch(hint, data), data)
    if hint is Threshold:
        return Threshold.parse(data)
    if hint is date:
        return date.fromisoformat(data)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = hints_of(hint)
        return hint(**{name: decode(hints[name], data[name]) for name in data})
    return hint(data)


def _branch(union: Any, data: Any) -> Any:
    """Tell which member of a union wrote *data*: by its kind, or the one not None."""
    members = [member for member in get_args(union) if member is not type(None)]
    if len(members) == 1:
        return members[0]
    kinds = {get_args(hints_of(member)["kind"])[0]: member for member in members}
    return kinds[data["kind"]]


@cache
def hints_of(shape: type) -> dict[str, Any]:
    """Give a dataclass's annotations as types."""
    return get_type_hints(shape)
