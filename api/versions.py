"""Versions in headers: a read answers an ETag, and a write that replaces names it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Response
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from domain.refusals import Refusal, Refused, refuse
from store.database import lock

Row = TypeVar("Row", bound=SQLModel)

_ETAG = '"[0-9]+"'
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="ETag của lần đọc trước: bắt buộc khi sửa, bỏ trống khi tạo mới.",
        json_schema_extra={"pattern": f"^{_ETAG}$"},
    ),
]

VERSION_MISSING = Refusal(
    "version_missing",
    "Sửa thì phải gửi tiêu đề If-Match mang ETag của lần đọc gần nhất.",
)


def tell(response: Response, version: int) -> None:
    """Tell the version of what is answered."""
    response.headers["ETag"] = _etag(version)


@dataclass(frozen=True)
class Put:
    """The version that a request to write knows, and the answer it is to get."""

    if_match: str | None
    response: Response

    def __call__(
        self,
        session: Session,
        table: type[Row],
        key: Mapping[str, Any],
        values: Mapping[str, Any],
    ) -> Row:
        """Create the row of *key*, or replace the version that the request names.

        Raises Refused (`version_missing`, `version_unquoted`, `version_changed`).
        """
        known = lock(session, table, *(getattr(table, n) == key[n] for n in key))
        row: Any = known[0] if known else table(**key, version=0)
        require_version(row.version if known else None, self.if_match)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        _write(session, row)
        if not known:
            self.response.status_code = HTTPStatus.CREATED
        tell(self.response, row.version)
        found: Row = row
        return found


async def putting(response: Response, if_match: IfMatch = None) -> Put:
    """Hand out what a write needs to know of versions."""
    return Put(if_match, response)


Putting = Annotated[Put, Depends(putting)]


def require_version(version: int | None, if_match: str | None) -> None:
    """Raise Refused unless a write knows the present *version*; None is no row yet.

    Codes: `version_missing`, `version_unquoted`, `version_changed`.
    """
    if version is None and not if_match:
        return
    if not if_match:
        raise Refused(VERSION_MISSING)
    if not re.fullmatch(_ETAG, if_match):
        raise refuse(
            "version_unquoted",
            "If-Match phải là một ETag đúng như đã đọc, kể cả dấu ngoặc kép "
            '(ví dụ "3").',
        )
    if version is None or if_match != _etag(version):
        raise _changed()


def _write(session: Session, row: SQLModel) -> None:
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        # Somebody else created it between our look and our insert.
        raise _changed() from None


def _changed() -> Refused:
    return refuse(
        "version_changed",
        "Nội dung đã thay đổi từ lần bạn đọc; hãy đọc lại rồi sửa tiếp.",
    )


def _etag(version: int) -> str:
    return f'"{version}"'
