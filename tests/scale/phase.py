"""A whole phase of any size, acted out over HTTP: every line is voted on in secret."""

import json
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.council.thresholds import Ballot
from domain.rules.rulepack import RulePack
from intake.rulepacks import load_packs
from rehearsal.cast.company import Company
from tests.journeys.cast import a_plan, aim, at, marks
from tests.office import Office

YEAR = 2022
MINUTES = "Hội đồng họp, bỏ phiếu từng trường hợp."

_DAY = re.compile(r'"(\d{4})-(\d\d-\d\d)"')
Step = tuple[str, Callable[[], Awaitable[None]]]


def all_in_secret() -> tuple[RulePack, ...]:
    """The shipped rules, but for how they vote."""
    return tuple(
        replace(
            pack,
            titles=tuple(
                replace(title, vote=replace(title.vote, ballot=Ballot.SECRET))
                for title in pack.titles
            ),
        )
        for pack in load_packs()
    )


def one_phase(year: int = YEAR) -> dict[str, Any]:
    """A campaign of one phase that grants the titles of a year."""
    plan = a_plan()
    [_, only] = plan["phases"]
    january = {
        "period_start": f"{YEAR}-01-01",
        "registration_opens": f"{YEAR}-01-10",
        "registration_due": f"{YEAR}-02-28",
    }
    follow_up = {k: v for k, v in plan["follow_up"].items() if k != "interim_review_by"}
    whole = {
        **plan,
        "phases": [{**only, **january, "number": 1, "name": "Giai đoạn 1"}],
        "follow_up": follow_up,
    }
    return {**_in_year(whole, year), "code": str(year), "year": year}


def _in_year(plan: dict[str, Any], year: int) -> dict[str, Any]:
    """Move every day of a plan of the usual year by as many years."""
    moved: dict[str, Any] = json.loads(
        _DAY.sub(
            lambda found: f'"{int(found[1]) + year - YEAR}-{found[2]}"',
            json.dumps(plan),
        )
    )
    return moved


@dataclass
class Phase:
    """The people of an office who bring one list from registration to award."""

    office: Office
    company: Company
    subjects: dict[str, list[str]]
    year: int = YEAR
    session: str = ""
    decisions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def campaign(self) -> str:
        """Where the campaign is acted on."""
        return f"/campaigns/{self.year}"

    @property
    def path(self) -> str:
        """Where the phase is acted on."""
        return f"/phases/{self.year}-1"

    @property
    def steps(self) -> tuple[Step, ...]:
        """Name what happens, in its order."""
        return (
            ("pact and launch", self.launch),
            ("clock to the registration", lambda: self.until("01-12")),
            ("launch departments", lambda: self._heads("launch-department")),
            ("register", lambda: self._heads("register", self._aims)),
            ("clock to the submission", lambda: self.until("12-16")),
            ("peer review", lambda: self._heads("record-peer-review", self._review)),
            ("submit", lambda: self._heads("submit", self.nominations)),
            ("clock to the appraisal", lambda: self.until("01-05", after=1)),
            ("receive", lambda: self._desk("receive")),
            ("appraise", lambda: self._desk("appraise")),
            ("publish", self.publish),
            ("clock over the public notice", lambda: self.until("01-13", after=1)),
            ("convene", self.convene),
            (
                "clock to the meeting",
                lambda: self.until("01-18", "14:00", after=1),
            ),
            ("open the vote", self.open_vote),
            ("ballots", self.cast_all),
            ("close the vote", self.close_vote),
            ("attest and sign the minutes", self.sign),
            ("decide", self.decide),
            ("number, issue and tell", self.issue),
        )

    async def act(self, who: str, path: str, body: Any = None) -> Any:
        """Let somebody act."""
        return await self.office.person(who).act(path, body)

    async def until(self, day: str, hour: str = "09:00", after: int = 0) -> None:
        """Let the time pass, to a day of this year or of one *after*."""
        await self.office.conductor.advance_to(self._at(day, hour, after))

    def _at(self, day: str, hour: str = "09:00", after: int = 0) -> datetime:
        return at(f"{self.year + after}-{day}", hour)

    async def launch(self) -> None:
        """Draft, sign on both sides, and launch."""
        director, union = self.company.director, self.company.union
        await self.act(self.company.secretariat, "/campaigns", one_phase(self.year))
        for who, act in (
            (director, "sign-pact"),
            (union, "sign-pact"),
            (director, "launch"),
        ):
            await self.act(who, f"{self.campaign}/{act}")

    async def each(self, acts: Iterable[Coroutine[Any, Any, Any]]) -> None:
        """Let act who need not wait for one another: here one after the other."""
        for act in acts:
            await act

    async def _heads(
        self, act: str, body: Callable[[str], Any] = lambda _code: None
    ) -> None:
        await self.each(
            self.act(head, f"{self.path}/departments/{code}/{act}", body(code))
            for code, head in self.company.heads.items()
        )

    async def _desk(self, act: str) -> None:
        await self.each(
            self.act(self.company.secretariat, f"{self.path}/departments/{code}/{act}")
            for code in self.company.heads
        )

    def _aims(self, code: str) -> dict[str, Any]:
        people = [aim(person, "LDTT") for person in self.subjects[code]]
        return {"aims": [*people, aim(code, "TTLDTT")]}

    def _review(self, code: str) -> dict[str, Any]:
        held_on = date(self.year, 12, 15)
        staff = self.company.staff_of(code, held_on)
        return {
            "held_on": held_on.isoformat(),
            "present": [person.code for person in staff],
            "chaired_by": self.company.heads[code],
            "minutes": "Tập thể phòng thống nhất danh sách đề nghị.",
        }

    def nominations(self, code: str) -> dict[str, Any]:
        """Write a department's list: itself, and its people."""
        said = {"achievement": "Hoàn thành xuất sắc nhiệm vụ.", "documents": ["BAOCAO"]}
        return {"lines": [{**each, **said} for each in self._aims(code)["aims"]]}

    async def publish(self) -> None:
        """Post the appraised list."""
        await self.act(
            self.company.secretariat, f"{self.path}/publish", {"without": []}
        )

    async def convene(self) -> None:
        """Call the council together."""
        meets_at = self._at("01-18", "14:00", after=1).isoformat()
        body = {"meets_at": meets_at, "place": "Phòng họp số 1"}
        answer = await self.act(self.company.secretariat, f"{self.path}/convene", body)
        self.session = f"/council-sessions/{answer['session']}"

    async def open_vote(self) -> None:
        """Open the vote before the whole council; two plain members are tellers."""
        seats = self.company.office.council
        body = {
            "present": self.company.council,
            "tellers": [seat.person for seat in seats if seat.seat == "member"][:2],
        }
        await self.act(self.company.chair, f"{self.session}/open-voting", body)

    async def cast_all(self) -> None:
        """Let every member say yes to every line, on a sheet for each open round."""
        path, council = f"{self.session}/ballot", self.company.council
        sheets = await self.sheets(council[0])
        await self.each(
            self.act(
                person,
                path,
                {"round": sheet["round"], "marks": marks(person, sheet, {})},
            )
            for sheet in sheets
            for person in council
        )

    async def sheets(self, person: str) -> list[dict[str, Any]]:
        """Read what a member has to vote on; all of them have the same here."""
        found: list[dict[str, Any]] = []
        while True:
            after = found[-1]["round"] if found else 0
            answer = await self.office.person(person).get(
                f"{self.session}/ballot", after=after
            )
            more = [sheet for sheet in answer if sheet["round"] > after]
            if not more:
                return found
            found += more

    async def close_vote(self) -> None:
        """Count."""
        path, body = f"{self.session}/close-voting", {"minutes": MINUTES, "without": []}
        await self.act(self.company.council_secretary, path, body)

    async def sign(self) -> None:
        """Let both tellers attest the count, and secretary and chair sign."""
        seats = self.company.office.council
        for teller in [seat.person for seat in seats if seat.seat == "member"][:2]:
            await self.act(teller, f"{self.session}/attest-count")
        for signer in (self.company.council_secretary, self.company.chair):
            await self.act(signer, f"{self.session}/sign-minutes")

    async def decide(self) -> None:
        """Approve every list."""
        reader = self.office.person(self.company.secretariat)
        self.decisions = await reader.pages(f"{self.path}/decisions")
        for path in self._paths():
            body = {"rulings": [], "others": "approve"}
            await self.act(self.company.director, f"{path}/decide", body)

    async def issue(self) -> None:
        """Give each decision its number, and issue it."""
        for number, path in enumerate(self._paths(), 1):
            body = {"number": number, "year": self.year + 1, "series": "QĐ-VP"}
            await self.act(self.company.clerk, f"{path}/number", body)
            await self.act(self.company.clerk, f"{path}/issue")

    def _paths(self) -> Iterable[str]:
        return (f"/decisions/{decision['id']}" for decision in self.decisions)
