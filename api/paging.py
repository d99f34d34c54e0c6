"""Lists come a page at a time, with an opaque cursor to the next."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from domain.refusals import Refused, refuse

Item = TypeVar("Item")
MOST = 2**31  # what a key column of either database can hold

Limit = Annotated[int, Query(ge=1, le=500, description="Số mục một trang.")]
Cursor = Annotated[str | None, Query(description="Con trỏ trang sau, từ `next`.")]


class Page(BaseModel, Generic[Item]):
    """One page; *next* is None on the last."""

    items: list[Item]
    next: str | None = None


def read_cursor(cursor: str | None, *shape: type) -> Any:
    """Read the key after which a page begins, of the given *shape*.

    Returns None without a cursor. Raises Refused (`bad_cursor`).
    """
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error):
        raise bad_cursor() from None
    parts = key if isinstance(key, list) else [key]
    like = [type(part) for part in parts] == list(shape)
    if not like or not all(map(_can_be_stored, parts)):
        raise bad_cursor()
    return key


def _can_be_stored(part: str | int) -> bool:
    return part.isprintable() if isinstance(part, str) else abs(part) < MOST


def bad_cursor() -> Refused:
    """Refuse a cursor that no page gave (`bad_cursor`)."""
    return refuse("bad_cursor", "Con trỏ trang không đúng; hãy mở lại từ đầu.")


def page(
    rows: Sequence[Any],
    limit: int,
    key: Callable[[Any], Any],
    read: Callable[[Any], Item],
) -> Page[Item]:
    """Make a page of rows fetched with one more than the *limit*."""
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        text = json.dumps(key(shown[-1]), default=str)
        following = base64.urlsafe_b64encode(text.encode()).decode()
    return Page[Item](items=[read(row) for row in shown], next=following)
