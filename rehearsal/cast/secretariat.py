"""The standing secretariat: receives, returns, appraises, publishes, convenes."""

from datetime import date, datetime
from typing import Any

from domain.states import LineState, SubmissionState
from intake.phases import PlannedPhase
from rehearsal.cast.script import AFTERNOON, Script

# The office's own habits, in working days.
_SUPPLEMENT_DAYS = 3
_SILENT_AFTER = 6  # by then the director has been told of whoever sends nothing
_INVITED_BEFORE = 3

_S = SubmissionState
_IN_HAND = (_S.RECEIVED, _S.RESUBMITTED)
_SILENT = (_S.OVERDUE, _S.LATE_REFUSED)
_DONE = (_S.APPRAISED, _S.NIL_RETURN)


class Secretariat:
    """What the secretariat does in one phase, day by day."""

    def __init__(self, script: Script, part: PlannedPhase) -> None:
        self._script, self._part = script, part
        self._due = script.rolled(part.submission_due)

    async def appraise(self, day: date) -> None:
        """Take up every list that lies there; publish once no more is awaited."""
        for row in await self._departments():
            await self._take_up(row, day)
        await self._publish(day)

    async def _departments(self) -> list[dict[str, Any]]:
        path = f"{self._script.phase(self._part)}/departments"
        return await self._script.house.pages(path)

    async def _take_up(self, row: dict[str, Any], day: date) -> None:
        department, state = row["department"], row["state"]
        if state == _S.RETURNED:
            await self._supplement(department, row["flagged"])
            return
        if state == _S.SUBMITTED:
            await self._act(department, "receive")
            state = _S.RECEIVED
        if state not in _IN_HAND:
            return
        if row["rounds"] < self._script.scene(self._part).part(department).returned:
            await self._return(department, day)
        else:
            await self._act(department, "appraise")

    async def _act(self, department: str, act: str, body: Any = None) -> None:
        desk = self._script.desk(self._part, department)
        secretariat = self._script.company.secretariat
        await self._script.house.act(secretariat, f"{desk}/{act}", body)

    async def _return(self, department: str, day: date) -> None:
        first = next(
            line
            for line in await self._lines(LineState.NOMINATED)
            if line["department"] == department
        )
        until = self._script.calendar.shift(day, _SUPPLEMENT_DAYS)
        body = {
            "items": [
                {"line": first["id"], "missing": "Báo cáo thành tích chưa có số liệu"}
            ],
            "reason": "Thành tích phải có số liệu kèm theo.",
            "until": until.isoformat(),
        }
        await self._act(department, "return-for-supplement", body)

    async def _supplement(self, department: str, flagged: list[dict[str, Any]]) -> None:
        body = supplemented(flagged)
        head = self._script.company.heads[department]
        desk = self._script.desk(self._part, department)
        await self._script.house.act(head, f"{desk}/supplement", body)

    async def _lines(self, state: LineState) -> list[dict[str, Any]]:
        path = f"{self._script.phase(self._part)}/lines"
        return await self._script.house.pages(path, state=state)

    async def _publish(self, day: date) -> None:
        rows = await self._departments()
        silent = [row["department"] for row in rows if row["state"] in _SILENT]
        awaited = [row for row in rows if row["state"] not in (*_SILENT, *_DONE)]
        patient = day < self._script.calendar.shift(self._due, _SILENT_AFTER)
        if awaited or (silent and patient):
            return
        path = f"{self._script.phase(self._part)}/publish"
        secretariat = self._script.company.secretariat
        await self._script.house.act(secretariat, path, {"without": silent})

    async def convene(self, day: date) -> tuple[str, datetime]:
        """Call the council together; return the session, and when it meets."""
        meets_at, body = meeting_called(self._script, day)
        path = f"{self._script.phase(self._part)}/convene"
        secretariat = self._script.company.secretariat
        answer = await self._script.house.act(secretariat, path, body)
        return str(answer["session"]), meets_at


def supplemented(flagged: list[dict[str, Any]]) -> dict[str, Any]:
    """What a department sends of the lines that were returned to it."""
    return {
        "lines": [
            {
                "line": each["line"],
                "achievement": "Báo cáo thành tích đã bổ sung số liệu.",
                "documents": ["BAOCAO", "BIENBAN"],
            }
            for each in flagged
        ]
    }


def meeting_called(script: Script, day: date) -> tuple[datetime, dict[str, Any]]:
    """When the council meets that is called together on a day, and the invitation."""
    meets_at = script.working(day, after=_INVITED_BEFORE, at=AFTERNOON)
    return meets_at, {"meets_at": meets_at.isoformat(), "place": "Phòng họp số 1"}
