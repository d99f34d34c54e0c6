"""What somebody of the cast says who does what they owe, as things stand."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import ids
from domain.calendar import local_day
from domain.council.ballots import Method
from domain.roles import Role
from domain.states import LineState
from domain.submissions import SILENT
from duties.duty import Duty
from intake.phases import PlannedPhase
from rehearsal.cast.council import MINUTES, are_open, awaited_in, hands, sheet
from rehearsal.cast.departments import LATE, let_in, meeting
from rehearsal.cast.nominees import aims, lines
from rehearsal.cast.script import Script
from rehearsal.cast.secretariat import meeting_called, supplemented

_A_STEP = 2  # working days that a latecomer is given
_GOOD = 80  # of a hundred points
_TELLERS = 2
_OPEN_FOR = 5  # working days in which sheets are taken
SERIES = "QĐ-VP"
Said = dict[str, Any]


@dataclass(frozen=True)
class Cue:
    """Something that somebody owes, and all that they need to know to do it.

    *council* are the members who come, those first who may best count.
    """

    person: str
    duty: Duty
    script: Script
    part: PlannedPhase
    at: datetime
    council: Sequence[str] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one cue from another."""
        return self.duty.act, str(self.duty.target), self.person

    @property
    def day(self) -> date:
        """The day on which it is done."""
        return local_day(self.at)

    @property
    def department(self) -> str:
        """The department that it is about."""
        return ids.department_key(self.duty.target)[1]

    async def rounds(self) -> list[Said]:
        """Read the rounds of the session that it is about."""
        path = f"/council-sessions/{self.duty.target.key}/rounds"
        return await self.script.house.pages(path)

    async def desk(self) -> Mapping[str, Any]:
        """Read how the department stands."""
        rows = await self.script.house.pages(
            f"{self.script.phase(self.part)}/departments"
        )
        found: Mapping[str, Any] = next(
            row for row in rows if row["department"] == self.department
        )
        return found

    async def lines(self, state: LineState) -> list[Said]:
        """Read the lines of the phase that stand so."""
        path = f"{self.script.phase(self.part)}/lines"
        return await self.script.house.pages(path, state=state)


async def said(cue: Cue) -> list[Said]:
    """Give the bodies of the acts by which somebody does what they owe."""
    found = _SAID[cue.duty.act]
    if not callable(found):
        return [dict(found)]
    answer = await found(cue)
    return answer if isinstance(answer, list) else [answer]


def knows(act: str) -> bool:
    """Say whether the cast can do an act."""
    return act in _SAID


async def _register(cue: Cue) -> Said:
    return {"aims": aims(cue.script, cue.department, cue.day)}


async def _review(cue: Cue) -> Said:
    return meeting(cue.script, cue.department, cue.day)


async def _submit(cue: Cue) -> Said:
    return {"lines": lines(cue.script, cue.part, cue.department, cue.day)}


async def _let_in(cue: Cue) -> Said:
    return let_in(cue.script.calendar.shift(cue.day, _A_STEP))


async def _supplement(cue: Cue) -> Said:
    return supplemented((await cue.desk())["flagged"])


async def _publish(cue: Cue) -> Said:
    rows = await cue.script.house.pages(f"{cue.script.phase(cue.part)}/departments")
    return {"without": [r["department"] for r in rows if r["state"] in SILENT]}


async def _convene(cue: Cue) -> Said:
    return meeting_called(cue.script, cue.day)[1]


async def _open(cue: Cue) -> Said:
    leading = (cue.script.company.chair, cue.script.company.council_secretary)
    tellers = [person for person in cue.council if person not in leading]
    until = cue.script.calendar.shift(cue.day, _OPEN_FOR)
    return {
        "present": sorted(cue.council),
        "tellers": tellers[:_TELLERS],
        "until": until.isoformat(),
    }


async def _rounds(cue: Cue) -> list[Said]:
    return are_open(await cue.rounds())


async def _cast(cue: Cue) -> list[Said]:
    return [
        sheet(voting, cue.person, [cue.person], {})
        for voting in await _rounds(cue)
        if cue.person in voting["awaited"]
    ]


async def _hands(cue: Cue) -> Said:
    open_ones = {line["id"] for line in await cue.lines(LineState.ON_BALLOT)}
    counted = [
        hands(row, voting["present"], 0)
        for voting in await _rounds(cue)
        for row in voting["lines"]
        if row["method"] == Method.HANDS and row["line"] in open_ones
    ]
    return {"lines": counted}


async def _close(cue: Cue) -> Said:
    return {"minutes": MINUTES, "without": awaited_in(await _rounds(cue))}


async def _number(cue: Cue) -> Said:
    year = cue.day.year
    registers = await cue.script.house.pages("/decision-numbers", year=year)
    last = max(
        (
            each["number"]
            for register in registers
            if register["series"] == SERIES
            for each in register["numbers"]
        ),
        default=0,
    )
    return {"number": last + 1, "year": year, "series": SERIES}


async def _post(cue: Cue) -> Said:
    return {"posted_on": cue.day.isoformat(), "place": "Bảng tin của cơ quan"}


async def _answer(cue: Cue) -> list[Said]:
    of_decision = {
        line["line"]
        for decision in await cue.script.house.pages(
            f"{cue.script.phase(cue.part)}/decisions"
        )
        if decision["id"] == cue.duty.target.key
        for line in decision["lines"]
    }
    return [
        {
            "line": line["id"],
            "outcome": "awarded",
            "reference": "Văn bản trả lời của cấp trên",
            "answered_on": cue.day.isoformat(),
        }
        for line in await cue.lines(LineState.FORWARDED_UPWARD)
        if line["id"] in of_decision
    ]


async def _assess(cue: Cue) -> Said:
    scored = {"score": _GOOD} if Role.INITIATIVE_MEMBER in cue.duty.roles else {}
    return {"agrees": True, **scored}


async def _certify(cue: Cue) -> Said:
    return {"counts_for": cue.script.plan.year}


_SILENT = (
    *("sign_pact", "close", "launch_department", "receive", "appraise", "issue"),
    *("confirm_attendance", "attest_count", "sign_minutes", "accept_case"),
)
_NOTHING: Said = {}
# How each act is done that the cast knows.
_SAID: Mapping[str, Said | Callable[[Cue], Awaitable[Said | list[Said]]]] = {
    **dict.fromkeys(_SILENT, _NOTHING),
    "launch": {"although_past": True},
    "register": _register,
    "record_peer_review": _review,
    "submit": _submit,
    "request_late": LATE,
    "answer_late": _let_in,
    "supplement": _supplement,
    "publish": _publish,
    "convene": _convene,
    "open_voting": _open,
    "cast": _cast,
    "record_show_of_hands": _hands,
    "close_voting": _close,
    "decide": {"others": "approve"},
    "number": _number,
    "post_results": _post,
    "forward": {"letter": "Tờ trình đề nghị cấp trên khen thưởng"},
    "record_superior_answer": _answer,
    "report_case": {"report": "Hồ sơ đầy đủ, đề nghị xem xét."},
    "resolve_case": {"outcome": "founded", "conclusion": "Nội dung đúng như hồ sơ."},
    "assess_case": _assess,
    "conclude_initiative": {"conclusion": "Giải pháp mới, đã áp dụng được."},
    "certify_initiative": _certify,
}
