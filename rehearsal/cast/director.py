"""The director and those around: decides, the clerk numbers, the superior answers."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

from domain.calendar import local_day
from domain.states import DecisionState, LineState
from intake.phases import PlannedPhase
from rehearsal.cast.script import AFTERNOON, Script

Moments = AsyncIterator[datetime]

_AWAY = 15  # working days for which the director's power is left to a deputy


class Director:
    """What becomes of the lists of one phase that the council has passed."""

    def __init__(
        self, script: Script, part: PlannedPhase, register: dict[int, int]
    ) -> None:
        self._script, self._part = script, part
        self._register = register  # the last number given in each year
        self._waiting_since: dict[str, date] = {}
        self._returned: set[str] = set()
        self._away = False

    async def review(self, day: date) -> None:
        """Decide what has lain long enough; number and issue what is decided."""
        for decision in await self._decisions():
            if decision["state"] == DecisionState.PENDING:
                await self._decide(decision, day)
            if decision["state"] == DecisionState.DECIDED:
                await self._script.issue(decision["id"], day, self._register)

    async def _decisions(self) -> list[dict[str, Any]]:
        path = f"{self._script.phase(self._part)}/decisions"
        return await self._script.house.pages(path)

    async def _decide(self, decision: dict[str, Any], day: date) -> None:
        since = self._waiting_since.setdefault(decision["id"], day)
        takes = self._script.scene(self._part).director.decides_after
        if self._script.calendar.working_days_between(since, day) < takes - 1:
            return
        path = f"/decisions/{decision['id']}/decide"
        body = {"rulings": await self._rulings(decision), "others": "approve"}
        await self._script.house.act(await self._signer(day), path, body)

    async def _signer(self, day: date) -> str:
        """Whoever signs: a deputy, once the director has gone and left the power."""
        director = self._script.company.director
        deputy = self._script.scene(self._part).director.delegate
        if deputy is None:
            return director
        if not self._away:
            self._away = True
            until = self._script.calendar.shift(day, _AWAY)
            body = {
                "to": deputy,
                "capacity": "signed_for",
                "acts": ["decide"],
                "starts": day.isoformat(),
                "until": until.isoformat(),
                "basis": "Giấy ủy quyền của Chánh Văn phòng",
            }
            path = f"{self._script.campaign}/delegate"
            await self._script.house.act(director, path, body)
        return deputy

    async def _rulings(self, decision: dict[str, Any]) -> list[dict[str, Any]]:
        mind = self._script.scene(self._part).director
        rulings = []
        for line in await self._lines(decision):
            subject = line["subject"]
            if subject in mind.returns and subject not in self._returned:
                self._returned.add(subject)
                reason = "Đề nghị Hội đồng xem lại số liệu thành tích."
                rulings.append(_ruling(line, "return", reason))
            elif subject in mind.declines:
                reason = "Thành tích chưa nổi bật so với yêu cầu."
                rulings.append(_ruling(line, "decline", reason))
        return rulings

    async def _lines(self, decision: dict[str, Any]) -> list[dict[str, Any]]:
        path = f"{self._script.phase(self._part)}/lines"
        of_decision = {line["line"] for line in decision["lines"]}
        lines = await self._script.house.pages(path)
        return [line for line in lines if line["id"] in of_decision]

    async def upward(self, after: date) -> Moments:
        """Forward what the office may not grant, and write down each answer."""
        for decision in await self._decisions():
            lines = await self._forwardable(decision)
            if not lines:
                continue
            yield self._script.working(after, after=1)
            path = f"/decisions/{decision['id']}"
            letter = {"letter": "Tờ trình đề nghị cấp trên khen thưởng"}
            secretariat = self._script.company.secretariat
            await self._script.house.act(secretariat, f"{path}/forward", letter)
            takes = self._script.scene(self._part).superior.answers_after
            answered = self._script.working(after, after=1 + takes, at=AFTERNOON)
            yield answered
            act, day = f"{path}/record-superior-answer", local_day(answered)
            said = [
                await self._script.house.act(secretariat, act, self._answer(line, day))
                for line in lines
            ]
            await self._script.post(decision["id"], day, *said)

    async def _forwardable(self, decision: dict[str, Any]) -> list[dict[str, Any]]:
        lines = await self._lines(decision)
        return [line for line in lines if line["state"] == LineState.DIRECTOR_APPROVED]

    def _answer(self, line: dict[str, Any], day: date) -> dict[str, Any]:
        declined = line["subject"] in self._script.scene(self._part).superior.declines
        return {
            "line": line["id"],
            "outcome": "declined" if declined else "awarded",
            "reference": "Văn bản trả lời của cấp trên",
            "answered_on": day.isoformat(),
        }


def _ruling(line: dict[str, Any], outcome: str, reason: str) -> dict[str, Any]:
    return {"line": line["id"], "outcome": outcome, "reason": reason}
