"""Lists that come in: how long they may be, and that nothing stands in one twice."""

from collections.abc import Hashable
from typing import Any

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from intake.faults import object_to, objection
from intake.parts import ONCE, repeated_at

# Of an office's people or departments; no list of one session or department is longer.
MANY = 10_000
_NAMED = 60  # characters of what stands there twice


class Once:
    """Says of a list that each thing stands in it once, as its fields *names* tell.

    Without names it is the whole of it that tells. What comes again is objected to, by
    name.
    """

    def __init__(self, *names: str) -> None:
        self.names = names

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check what the list's own schema has read."""
        return core_schema.no_info_after_validator_function(
            self._check, handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Say it to other programs, where JSON Schema has a word for it."""
        return handler(schema) | ({} if self.names else {"uniqueItems": True})

    def _check(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        keys = [self._key(value) for value in values]
        where = self.names[-1:]
        object_to(
            [
                objection(f"{ONCE} (lặp lại: {_said(keys[at])})", at, *where)
                for at in repeated_at(keys)
            ]
        )
        return values

    def _key(self, value: Any) -> tuple[Hashable, ...]:
        if not self.names:
            return (value,)
        return tuple(getattr(value, name) for name in self.names)


def _said(key: tuple[Hashable, ...]) -> str:
    text = " - ".join(str(part) for part in key)
    return text if len(text) <= _NAMED else f"{text[:_NAMED]}…"


# A list that is taken as it is written: a thing may come again there, or what that
# means is judged with the rest.
AS_WRITTEN = "as written"

AT_A_TIME = 1000  # what is said of lines one by one, in as many acts as that takes


def _in_parts(value: object) -> object:
    if isinstance(value, list) and len(value) > AT_A_TIME:
        allowed = f"nhiều nhất {AT_A_TIME} đề nghị một lần; gửi phần còn lại lần sau"
        raise PydanticCustomError(
            "string_pattern_mismatch", "too many", {"pattern": allowed}
        )
    return value


# Says of a list what is to be done with more than it takes.
IN_PARTS = BeforeValidator(_in_parts)
