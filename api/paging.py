"""Lists come a page at a time, with an opaque cursor to the next."""

import base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate, islice
from types import NoneType
from typing import Annotated, Any, Generic, TypeVar, get_args
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter
from pydantic_core import to_json
from sqlalchemy import ColumnElement, func, literal, tuple_
from sqlmodel import Session, SQLModel

from domain.refusals import Refused, refuse

Item = TypeVar("Item")
MOST = 2**31  # what a key column of either database can hold
# Where that stands which has no moment yet: behind all that have one.
LAST = datetime(2199, 12, 31, tzinfo=UTC)

# Bytes of what a page shows, where its items can be of any length.
_LONG = 2**19

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
        raise _bad_cursor() from None


def _bad_cursor() -> Refused:
    return refuse("bad_cursor", "Con trỏ trang không đúng; hãy mở lại từ đầu.")


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


@dataclass(frozen=True)
class Order:
    """The order of a list by columns of a table, in which no two rows share a place.

    *columns* are the names of the table's columns; *last_first* turns all around.
    What has no moment yet stands as if it had the last.
    """

    table: type[SQLModel]
    columns: Sequence[str]
    last_first: bool = False

    def rows(
        self, session: Session, query: Any, limit: int, cursor: str | None
    ) -> Sequence[Any]:
        """Fetch what follows a cursor, one more than the *limit*.

        Raises Refused (`bad_cursor`).
        """
        columns = [self._column(name) for name in self.columns]
        place: Any = tuple_(*columns)
        if after := read_cursor(cursor, *map(self._kind, self.columns)):
            query = query.where(place < after if self.last_first else place > after)
        by = [each.desc() if self.last_first else each for each in columns]
        rows: Sequence[Any] = session.exec(query.order_by(*by).limit(limit + 1)).all()
        return rows

    def place(self, row: Any) -> Sequence[Any]:
        """Say where a row stands."""
        found = [getattr(row, name) for name in self.columns]
        return [LAST if part is None else part for part in found]

    def _column(self, name: str) -> ColumnElement[Any]:
        column: ColumnElement[Any] = getattr(self.table, name)
        if self._kinds(name) == (datetime, NoneType):
            return func.coalesce(column, literal(LAST, column.type))
        return column

    def _kind(self, name: str) -> type:
        return self._kinds(name)[0]

    def _kinds(self, name: str) -> tuple[type, ...]:
        """Give what a column holds, and that it may hold nothing."""
        said: Any = self.table.model_fields[name].annotation
        return get_args(said) or (said,)

    def page(
        self,
        session: Session,
        query: Any,
        limit: int,
        cursor: str | None,
        read: Callable[[Any], Item],
    ) -> Page[Item]:
        """Make a page of rows that are each read by themselves."""
        rows = self.rows(session, query, limit, cursor)
        return page(rows, limit, self.place, read)


def cut(
    found: Iterable[Any],
    limit: int,
    cursor: str | None,
    key: Callable[[Any], tuple[Any, ...]],
    read: Callable[[Any], Item],
    *shape: type,
) -> Page[Item]:
    """Make a page of what was found whole, in the order of its keys.

    Only what is shown is *read*.
    """
    after = read_cursor(cursor, *shape)
    rest = [each for each in found if after is None or key(each) > after]
    return page(sorted(rest, key=key)[: limit + 1], limit, key, read)


def further(
    found: Sequence[Any],
    limit: int,
    cursor: str | None,
    key: Callable[[Any], UUID],
    read: Callable[[Any], Item],
) -> Page[Item]:
    """Make a page of what was found in its own order: behind the one last shown.

    Raises Refused (`bad_cursor`), also when that one is not there any more.
    """
    after = read_cursor(cursor, str)
    start = _behind(found, after[0], key) if after else 0
    rows = list(islice(found, start, start + limit + 1))
    return page(rows, limit, lambda row: [str(key(row))], read)


def _behind(found: Sequence[Any], last: str, key: Callable[[Any], UUID]) -> int:
    for place, each in enumerate(found):
        if str(key(each)) == last:
            return place + 1
    raise _bad_cursor()


def within(
    rows: Iterable[Item], limit: int, size: Callable[[Item], int]
) -> tuple[list[Item], int]:
    """Take rows for a page, and one more; say how many of them it has.

    It ends early where what is shown of them is long: of one at the least.
    """
    found, long = list[Item](), 0
    for row in islice(rows, limit + 1):
        long += size(row)
        found.append(row)
        if long > _LONG and len(found) > 1:
            return found, len(found) - 1
    return found, limit


def fitting(sizes: Iterable[int], most: int) -> int:
    """Say how many of the first are at most so much together: one at the least."""
    whole = list(accumulate(sizes))
    return max(1, sum(each <= most for each in whole))
