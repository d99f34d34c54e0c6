"""The council's session: who comes, how the hands are counted, the minutes."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.states import LineState
from intake.plans import Phase
from rehearsal.house import OffScript
from rehearsal.script import Script

_MINUTES = {"minutes": "Hội đồng họp, biểu quyết từng trường hợp, không ai bảo lưu."}


class Council:
    """The sessions of one phase; the first one is missed by whom the cast says."""

    def __init__(self, script: Script, part: Phase) -> None:
        self._script, self._part = script, part
        self._called = 0

    @property
    def _absent(self) -> Sequence[str]:
        return () if self._called else self._script.scene(self._part).council.absent

    async def excuse(self, key: str) -> None:
        """Let those who will not come say so."""
        for member in self._absent:
            path = f"/council-sessions/{key}/confirm-attendance"
            await self._script.house.act(member, path, {"comes": False})

    async def meet(self, key: str) -> None:
        """Hold a session from the roll to the signed minutes.

        Without a quorum nothing is opened, and another one has to be called (E3).
        More may pass than a quota allows: then the last of them are voted on anew.
        """
        company, house = self._script.company, self._script.house
        path = f"/council-sessions/{key}"
        present = [each for each in company.council if each not in self._absent]
        self._called += 1
        try:
            roll = {"present": present}
            await house.act(company.chair, f"{path}/open-voting", roll)
        except OffScript as off:
            if off.code != "quorum":
                raise
            return
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
        left = list(lines)
        while over := await self._over_quota(path):
            last = next(line for line in reversed(left) if line["title"] in over)
            left.remove(last)
            none = {last["subject"]: len(present)}
            await self._count(path, [last], present, none)

    async def _over_quota(self, path: str) -> set[str]:
        """Try to end the vote; name the titles of which more would pass than may."""
        secretary = self._script.company.council_secretary
        try:
            await self._script.house.act(secretary, f"{path}/close-voting", _MINUTES)
        except OffScript as off:
            over = {r.split(".")[1] for r in off.rules if r.endswith(".quota")}
            if not over:
                raise
            return over
        return set()


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
