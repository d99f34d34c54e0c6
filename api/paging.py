"""Lists come a page at a time, with an opaque cursor to the next."""

import base64
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter
from pydantic_core import to_json

from domain.refusals import refuse

Item = TypeVar("Item")
MOST = 2**31  # what a key column of either database can hold

Limit = Annotated[int, Query(ge=1, le=500, description="Số mục một trang.")]
Cursor = Annotated[str | None, Query(description="Con trỏ trang sau, từ `next`.")]


class Page(BaseModel, Generic[Item]):
    """One page; *next* is None on the last."""

    items: list[Item]
    next: str | None = None


# What of each kind a column of either database can be compared with.
_PARTS: dict[type, Any] = {
    int: Annotated[int, Field(ge=0, lt=MOST)],
    str: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=500)],
    datetime: Annotated[
        AwareDatetime,
        Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    ],
}


def read_cursor(cursor: str | None, *shape: type) -> tuple[Any, ...] | None:
    """Read the key after which a page begins: of each column a part of this type.

    Returns None without a cursor. Raises Refused (`bad_cursor`).
    """
    if cursor is None:
        return None
    try:
        key = base64.urlsafe_b64decode(cursor.encode())
        return _reader(shape).validate_json(key, strict=True)
    except ValueError:
        raise refuse(
            "bad_cursor", "Con trỏ trang không đúng; hãy mở lại từ đầu."
        ) from None


@cache
def _reader(shape: tuple[type, ...]) -> TypeAdapter[tuple[Any, ...]]:
    key: Any = tuple.__class_getitem__(tuple(_PARTS.get(each, each) for each in shape))
    return TypeAdapter(key)


def page(
    rows: Sequence[Any],
    limit: int,
    key: Callable[[Any], Sequence[Any]],
    read: Callable[[Any], Item],
) -> Page[Item]:
    """Make a page of rows fetched with one more than the *limit*.

    *key* gives of a row what `read_cursor` reads: the last part is no other row's.
    """
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        after = to_json(list(key(shown[-1])))
        following = base64.urlsafe_b64encode(after).decode()
    return Page[Item](items=[read(row) for row in shown], next=following)
