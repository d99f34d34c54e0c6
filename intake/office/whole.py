"""What an office cannot do without, before its first campaign."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from intake.office.positions import Position

Row = Mapping[str, Any]


def lacking(
    rows: Sequence[Row], unread: set[str], head: str
) -> Iterator[tuple[str, str]]:
    """Say of which columns nobody holds what somebody must, and what that is.

    A column of which some cell is *unread* may hold it, and is not spoken of.
    """
    wanted: Sequence[tuple[str, str, Callable[[Row], bool]]] = (
        ("position", head, _is(Position.CHANH_VAN_PHONG)),
        (
            "position",
            "Chủ tịch Công đoàn",
            _is(Position.CHU_TICH_CONG_DOAN),
        ),
        ("seat", "Chủ tịch Hội đồng", lambda row: row.get("seat") == "chair"),
        ("seat", "Thư ký Hội đồng", lambda row: row.get("seat") == "secretary"),
        ("secretariat", "phòng thường trực", lambda row: bool(row.get("secretariat"))),
    )
    serving = [row for row in rows if not row.get("left_on")]
    for field, name, is_it in wanted:
        if field not in unread and not any(map(is_it, serving)):
            yield field, f"phải có một {name}"


def _is(position: Position) -> Callable[[Row], bool]:
    return lambda row: row.get("position") == position
