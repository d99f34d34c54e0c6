"""The council's session: who comes, how the hands are counted, the minutes."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.states import LineState
from intake.plans import Phase
from rehearsal.script import Script

_MINUTES = {"minutes": "Hội đồng họp, biểu quyết từng trường hợp, không ai bảo lưu."}


class Council:
    """The sessions of one phase; the first one is missed by whom the cast says."""

    def __init__(self, script: Script, part: Phase) -> None:
        self._script, self._part = script, part
        self._held = 0

    @property
    def _absent(self) -> Sequence[str]:
        return () if self._held else self._script.scene(self._part).council.absent

    async def excuse(self, key: str) -> None:
        """Let those who will not come say so."""
        for member in self._absent:
            path = f"/council-sessions/{key}/confirm-attendance"
            await self._script.house.act(member, path, {"comes": False})

    async def meet(self, key: str) -> None:
        """Hold a session from the roll to the signed minutes.

        More may pass than a quota allows: then the last of them are voted on anew.
        """
        company, house = self._script.company, self._script.house
        path = f"/council-sessions/{key}"
        present = [each for each in company.council if each not in self._absent]
        await house.act(company.chair, f"{path}/open-voting", {"present": present})
        self._held += 1
        lines = await self._lines()
        against = dict(self._script.scene(self._part).council.against)
        await self._count(path, lines, present, against)
        await self._close(path, lines, present)
        await house.act(company.council_secretary, f"{path}/sign-minutes")
        await house.act(company.chair, f"{path}/sign-minutes")

    async def _lines(self) -> list[dict[str, Any]]:
        path = f"{self._script.phase(self._part)}/lines"
        return await self._script.house.pages(path, state=LineState.ON_BALLOT)

    async def _count(
        self,
        path: str,
        lines: Sequence[dict[str, Any]],
        present: Sequence[str],
        against: Mapping[str, int],
    ) -> None:
        counted = [_hands(line, present, against) for line in lines]
        secretary, act = self._script.company.council_secretary, "record-show-of-hands"
        await self._script.house.act(secretary, f"{path}/{act}", {"lines": counted})

    async def _close(
        self, path: str, lines: Sequence[dict[str, Any]], present: Sequence[str]
    ) -> None:
        house, secretary = self._script.house, self._script.company.council_secretary
        left = list(lines)
        answer = await house.attempt(secretary, f"{path}/close-voting", _MINUTES)
        while over := _over_quota(answer):
            last = next(line for line in reversed(left) if line["title"] in over)
            left.remove(last)
            none = {last["subject"]: len(present)}
            await self._count(path, [last], present, none)
            answer = await house.attempt(secretary, f"{path}/close-voting", _MINUTES)


def _hands(
    line: Mapping[str, Any], present: Sequence[str], against: Mapping[str, int]
) -> dict[str, Any]:
    # A member who is nominated leaves the vote on the own line.
    voting = [person for person in present if person != line["subject"]]
    no = min(against.get(line["subject"], 0), len(voting))
    return {
        "line": line["id"],
        "yes": len(voting) - no,
        "no": no,
        "chair_yes": 2 * no < len(voting),
    }


def _over_quota(answer: Mapping[str, Any]) -> set[str]:
    """Find the titles of which more would pass than the rules allow."""
    rules = [str(error.get("rule")) for error in answer.get("errors", ())]
    return {rule.split(".")[1] for rule in rules if rule.endswith(".quota")}
