"""A department in one phase: it registers, meets and sends, or does not."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.calendar import local_day, moment
from intake.phases import PlannedPhase
from rehearsal.cast.nominees import aims, lines
from rehearsal.cast.script import AFTERNOON, LAST_MINUTE, MORNING, Script

Moments = AsyncIterator[datetime]

_EXTENDED_BY = 2  # working days that a department asks for
_LATE_BY = 2  # working days that the chair gives a latecomer
_AN_HOUR = timedelta(hours=1)
LATE = {"reason": "Trưởng phòng đi công tác, chưa kịp ký hồ sơ."}


async def registration(script: Script, part: PlannedPhase, department: str) -> Moments:
    """Launch inside the department, and register its people and itself."""
    opens, due = part.registration_opens, part.registration_due
    how = script.scene(part).part(department).registers
    if opens is None or due is None or how == "never":
        return
    due = script.rolled(due)
    first = script.working(opens, after=2)
    when = moment(due, LAST_MINUTE) if how == "last_minute" else first
    yield min(when, moment(due, LAST_MINUTE))
    head, desk = script.company.heads[department], script.desk(part, department)
    await script.house.act(head, f"{desk}/launch-department")
    body = {"aims": aims(script, department, local_day(when))}
    await script.house.act(head, f"{desk}/register", body)


async def submission(script: Script, part: PlannedPhase, department: str) -> Moments:
    """Hold the department's own meeting, and send the list, or be late, or silent."""
    part_played = script.scene(part).part(department)
    if part_played.sends == "never":
        return
    due = script.rolled(part.submission_due)
    yield min(
        script.working(part.peer_review_opens, at=AFTERNOON),
        moment(due, AFTERNOON),
    )
    await _meet(script, part, department)
    ways = {
        "on_time": _on_time,
        "last_minute": _at_the_last_minute,
        "extended": _extended,
        "late": _late,
        "nil": _nothing,
    }
    async for when in ways[part_played.sends](script, part, department, due):
        yield when


async def _meet(script: Script, part: PlannedPhase, department: str) -> None:
    held_on = script.calendar.next_working(part.peer_review_opens)
    body = meeting(script, department, held_on)
    await _act(script, part, department, "record-peer-review", body)


def meeting(script: Script, department: str, held_on: date) -> dict[str, Any]:
    """What a department writes down of its own meeting."""
    present = [p.code for p in script.company.staff_of(department, held_on)]
    return {
        "held_on": held_on.isoformat(),
        "present": present,
        "chaired_by": script.company.heads[department],
        "minutes": "Tập thể phòng thống nhất danh sách đề nghị.",
    }


async def _act(
    script: Script, part: PlannedPhase, department: str, act: str, body: object = None
) -> None:
    head = script.company.heads[department]
    await script.house.act(head, f"{script.desk(part, department)}/{act}", body)


async def _send(script: Script, part: PlannedPhase, department: str, day: date) -> None:
    body = {"lines": lines(script, part, department, day)}
    await _act(script, part, department, "submit", body)


async def _on_time(
    script: Script, part: PlannedPhase, department: str, due: date
) -> Moments:
    day = max(script.calendar.shift(due, -1), part.submission_opens)
    yield moment(day, time(15))
    await _send(script, part, department, day)


async def _at_the_last_minute(
    script: Script, part: PlannedPhase, department: str, due: date
) -> Moments:
    yield moment(due, LAST_MINUTE)
    await _send(script, part, department, due)


async def _extended(
    script: Script, part: PlannedPhase, department: str, due: date
) -> Moments:
    until = script.calendar.shift(due, _EXTENDED_BY)
    yield moment(script.calendar.shift(due, -1), MORNING)
    body = {
        "deadline": "submission",
        "until": until.isoformat(),
        "reason": "Phòng phục vụ kỳ họp, cần thêm thời gian hoàn thiện hồ sơ.",
        "department": department,
    }
    secretariat = script.company.secretariat
    await script.house.act(secretariat, f"{script.phase(part)}/extend-deadline", body)
    yield moment(until, time(16))
    await _send(script, part, department, until)


async def _late(
    script: Script, part: PlannedPhase, department: str, due: date
) -> Moments:
    asked = script.working(due, after=1)
    yield asked
    await _act(script, part, department, "request-late", LATE)
    yield asked + _AN_HOUR
    until = script.calendar.shift(local_day(asked), _LATE_BY)
    answer = let_in(until)
    desk = script.desk(part, department)
    await script.house.act(script.company.chair, f"{desk}/answer-late", answer)
    yield moment(until, time(15))
    await _send(script, part, department, until)


def let_in(until: date) -> dict[str, Any]:
    """What the chair answers to a latecomer."""
    return {
        "accept": True,
        "until": until.isoformat(),
        "reason": "Lý do chính đáng; danh sách chưa công khai.",
    }


async def _nothing(
    script: Script, part: PlannedPhase, department: str, due: date
) -> Moments:
    yield moment(script.calendar.shift(due, -1), time(15))
    reason = {"reason": "Giai đoạn này phòng không có đề nghị."}
    await _act(script, part, department, "file-nil-return", reason)
