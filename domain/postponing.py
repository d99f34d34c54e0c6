"""Whether a deadline may be given a later day."""

from datetime import datetime

from domain.acts import DEADLINES, kind_of
from domain.acts.moving import MOVE, Moving, moving_of
from domain.calendar import day_vi, due_day
from domain.refusals import Refused, refuse

_IN_THE_PLAN = Moving("amend")


def how_moved(name: str, *, running: bool) -> Moving:
    """Say how a deadline is moved, by its name; while in the plan alone, with that."""
    moving = moving_of(kind_of(name))
    return moving if running or moving.act is None else _IN_THE_PLAN


def require_movable(kind: str) -> Moving:
    """Raise Refused (`not_movable`) unless `move_deadline` moves such a deadline."""
    moving = moving_of(kind)
    if moving.act != MOVE:
        raise refuse(
            "not_movable",
            f"Không dời hạn «{DEADLINES[kind].name_vi}» được: {moving.why}.",
        )
    return moving


def require_later(kind: str, due_at: datetime, until: datetime, at: datetime) -> None:
    """Raise Refused unless a deadline goes to a later day that is still ahead *at*.

    Codes: `not_later`; `too_late` for what time alone ends, and has ended.
    """
    if DEADLINES[kind].ladder is None and due_at <= at:
        raise refuse("too_late", f"Đã hết hạn «{DEADLINES[kind].name_vi}».")
    if until <= max(due_at, at):
        raise refuse(
            "not_later",
            f"Hạn mới phải sau hạn hiện nay (hết ngày {day_vi(due_day(due_at))}) và "
            "chưa qua.",
        )


def unknown_deadline() -> Refused:
    """Refuse (`unknown_deadline`) what does not run in a campaign, or not for all."""
    return refuse(
        "unknown_deadline",
        "Phong trào không có hạn nào như vậy đang chạy; xem lịch của phong trào.",
    )
