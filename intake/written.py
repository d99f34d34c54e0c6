"""What a rule pack says as it was written, before anything of it is understood."""

from collections.abc import Iterator
from typing import Any

Where = tuple[str | int, ...]


def leaves(value: object, *where: str | int) -> Iterator[tuple[Where, str]]:
    """Give every text of the document with the place where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in inside:
            yield from leaves(item, *where, key)


def items(owner: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Give a list's mappings; whatever else stands there is objected to elsewhere."""
    items = owner.get(key)
    found = items if isinstance(items, list) else []
    return [item if isinstance(item, dict) else {} for item in found]


def code(item: dict[str, Any]) -> str:
    return str(item.get("code", str(item.get("id")).rpartition(".")[2]))


def field_of(where: Where) -> str:
    """Name the field that a place belongs to, whatever its number in a list."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")


def is_id(where: Where) -> bool:
    return field_of(where) == "id"
