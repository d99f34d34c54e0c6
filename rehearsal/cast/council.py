"""The council's session: who comes, how each line is voted on, the minutes."""

from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any

from domain.council.ballots import Choice, Method, new_code
from domain.states import LineState
from intake.phases import PlannedPhase
from rehearsal.cast.script import Script
from rehearsal.house import OffScript

MINUTES = "Hội đồng họp, biểu quyết từng trường hợp, không ai bảo lưu."
_TELLERS = 2

Lines = Sequence[dict[str, Any]]
# By title: the lines that tie for its last seats, and how many those are.
Ties = Mapping[str, dict[str, Any]]


class CastCouncil:
    """The sessions of one phase; the first one is missed by whom the cast says."""

    def __init__(self, script: Script, part: PlannedPhase) -> None:
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
        await self._recuse(key)

    async def _recuse(self, key: str) -> None:
        """Let those step out of a line who are near to its nominee."""
        near = {} if self._called else self._script.scene(self._part).council.recused
        waiting = f"{self._script.phase(self._part)}/lines"
        lines = await self._script.house.pages(waiting, state=LineState.ELIGIBLE)
        for member, subject in near.items():
            for line in (each for each in lines if each["subject"] == subject):
                body = {"line": line["id"], "reason": "Có quan hệ gia đình."}
                path = f"/council-sessions/{key}/recuse"
                await self._script.house.act(member, path, body)

    async def meet(self, key: str) -> None:
        """Hold a session from the roll to the signed minutes.

        Without a quorum nothing is opened, and another one has to be called (E3).
        More may pass than a quota allows: those who tie are voted on anew.
        """
        company, house = self._script.company, self._script.house
        path = f"/council-sessions/{key}"
        present = [each for each in company.council if each not in self._absent]
        self._called += 1
        roll = {"present": present, "tellers": self._tellers(present)}
        try:
            await house.act(company.chair, f"{path}/open-voting", roll)
        except OffScript as off:
            if off.code != "quorum":
                raise
            return
        lines = await self._lines()
        against = dict(self._script.scene(self._part).council.against)
        tied = await self._vote(path, lines, present, against)
        await self._break_ties(path, lines, roll, tied)
        for teller in await self._unattested(path):
            await house.act(teller, f"{path}/attest-count")
        await house.act(company.council_secretary, f"{path}/sign-minutes")
        await house.act(company.chair, f"{path}/sign-minutes")

    def _tellers(self, present: Sequence[str]) -> list[str]:
        company = self._script.company
        leading = (company.chair, company.council_secretary)
        return [person for person in present if person not in leading][:_TELLERS]

    async def _lines(self) -> list[dict[str, Any]]:
        path = f"{self._script.phase(self._part)}/lines"
        return await self._script.house.pages(path, state=LineState.ON_BALLOT)

    async def _vote(
        self,
        path: str,
        lines: Lines,
        present: Sequence[str],
        against: Mapping[str, int],
    ) -> Ties:
        """Vote on what is open, and count; say who ties for the last seats of what."""
        house, secretary = self._script.house, self._script.company.council_secretary
        rounds = are_open(await house.pages(f"{path}/rounds"))
        noes = {line["id"]: against.get(line["subject"], 0) for line in lines}
        counts = [
            hands(row, present, noes[row["line"]])
            for voting in rounds
            for row in voting["lines"]
            if row["method"] == Method.HANDS and row["line"] in noes
        ]
        if counts:
            counted = {"lines": counts}
            await house.act(secretary, f"{path}/record-show-of-hands", counted)
        for person in present:
            for voting in rounds:
                if person in voting["awaited"]:
                    filled = sheet(voting, person, present, noes)
                    await house.act(person, f"{path}/ballot", filled)
        silent = [person for person in awaited_in(rounds) if person not in present]
        ended = {"minutes": MINUTES, "without": silent}
        answer = await house.act(secretary, f"{path}/close-voting", ended)
        tied: Ties = answer.get("tied", {})
        return tied

    async def _break_ties(
        self, path: str, lines: Lines, roll: Mapping[str, Any], tied: Ties
    ) -> None:
        """Vote anew among the tied, where the last loses a vote; then ask the chair."""
        if not tied:
            return
        named = {line for each in tied.values() for line in each["lines"]}
        again = [line for line in lines if line["id"] in named]
        house, chair = self._script.house, self._script.company.chair
        order = {**roll, "lines": [line["id"] for line in again]}
        await house.act(chair, f"{path}/order-second-round", order)
        noes = {again[-1]["subject"]: 1}
        left = await self._vote(path, again, roll["present"], noes)
        if left:
            order_of = [line["id"] for line in again]
            chosen = [
                line
                for each in left.values()
                for line in sorted(each["lines"], key=order_of.index)[: each["seats"]]
            ]
            await house.act(chair, f"{path}/settle-tie", {"lines": chosen})

    async def _unattested(self, path: str) -> list[str]:
        rounds = await self._script.house.pages(f"{path}/rounds")
        counted = [each for each in rounds if each["cast"]]
        return sorted({person for each in counted for person in each["tellers"]})


def are_open(rounds: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pick the rounds that still take votes: several where the lines are many."""
    return [each for each in rounds if each["closed_at"] is None]


def awaited_in(rounds: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name who has still to cast a sheet in one of some rounds."""
    return sorted({person for each in rounds for person in each["awaited"]})


def hands(row: Mapping[str, Any], present: Sequence[str], no: int) -> dict[str, Any]:
    """What is counted of a line on which so many of those present say no."""
    voting = [person for person in present if person not in row["recused"]]
    no = min(no, len(voting))
    return {
        "line": row["line"],
        "yes": len(voting) - no,
        "no": no,
        "chair_yes": 2 * no < len(voting),
    }


def sheet(
    voting: Mapping[str, Any],
    person: str,
    present: Sequence[str],
    noes: Mapping[str, int],
) -> dict[str, Any]:
    """Fill in somebody's sheet; of those who vote on a line, the last ones say no."""
    marks = []
    for row in voting["lines"]:
        if row["method"] != Method.SHEETS or person in row["recused"]:
            continue
        electors = [each for each in present if each not in row["recused"]]
        no = person in electors[len(electors) - noes.get(row["line"], 0) :]
        marks.append(
            {
                "line": row["line"],
                "choice": Choice.NO if no else Choice.YES,
                "code": new_code(SystemRandom()),
            }
        )
    return {"round": voting["number"], "marks": marks}
