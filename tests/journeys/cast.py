"""The cast of a journey: what each person of the sample office does, over HTTP."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from intake.office.year import OfficeYear
from intake.plans import read_plan
from intake.rulepacks import load_packs
from tests.office import (
    CLERK,
    DIRECTOR,
    LEADERS,
    PLANS,
    SECRETARIAT,
    UNION,
    Office,
    sample_office,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HEADS = {
    "CTQH": "ctqh-01",
    "CTHDND": "cthdnd-01",
    "HCTCQT": "hctcqt-01",
    "TTDN": "ttdn-01",
}


def at(day: str, hour: str = "09:00") -> datetime:
    """Write a moment as the office does: a day and an hour in Vietnam."""
    local = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), HANOI)
    return local.astimezone(UTC)


def a_plan(name: str = "2022.yaml") -> dict[str, Any]:
    """Read a shipped plan as JSON."""
    plan = read_plan((PLANS / name).read_bytes(), name, load_packs())
    return plan.model_dump(mode="json")


def aim(subject: str, title: str) -> dict[str, str]:
    """One subject and title."""
    kind = "collective" if subject.isupper() else "individual"
    return {"kind": kind, "subject": subject, "title": title}


def line(subject: str, title: str) -> dict[str, Any]:
    """One nomination with its achievement."""
    return {
        **aim(subject, title),
        "achievement": f"Thành tích của {subject} cho {title}.",
        "documents": ["BAOCAO", "BIENBAN"],
    }


def praise(person: str) -> list[dict[str, Any]]:
    """A list of one commendation."""
    return [line(person, "GIAY_KHEN")]


def marks(
    person: str, sheet: dict[str, Any], noes: Mapping[str, bool]
) -> list[dict[str, str]]:
    """Fill in a sheet, under codes that are always the same for the same person."""
    return [
        {
            "line": line["line"],
            "choice": "nay" if noes.get(line["line"]) else "yes",
            "code": a_code(person, line["line"], str(sheet["round"])),
        }
        for line in sheet["lines"]
    ]


def a_code(*parts: str) -> str:
    """Make the code that somebody's device would make by chance."""
    number = int.from_bytes(sha256("/".join(parts).encode()).digest()[:10], "big")
    letters = [_LETTERS[number >> 5 * place & 31] for place in range(16)]
    groups = ["".join(letters[at : at + 4]) for at in range(0, 16, 4)]
    return "-".join(groups)


_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass
class Cast:
    """Everybody of the sample office, in one campaign."""

    office: Office
    code: str = "2022"
    year: OfficeYear = field(default_factory=lambda: sample_office(2022))

    @property
    def phase1(self) -> str:
        """The first phase's id."""
        return f"{self.code}-1"

    @property
    def phase2(self) -> str:
        """The second phase's id."""
        return f"{self.code}-2"

    def staff_of(self, department: str, day: str) -> list[str]:
        """List who works in a department on a day."""
        hired = date.fromisoformat(day)
        return [
            p.code
            for p in self.year.staff
            if p.department == department and p.hired_on <= hired
        ]

    async def until(self, moment: datetime) -> None:
        """Let the time pass."""
        await self.office.conductor.advance_to(moment)

    async def act(self, who: str, path: str, body: Any = None) -> Any:
        """Let somebody act, and everything that follows at once come to rest."""
        answer = await self.office.person(who).act(path, body)
        await self.office.conductor.settle()
        return answer

    async def just_act(self, who: str, path: str, body: Any = None) -> Any:
        """Let somebody act where nothing follows by itself."""
        return await self.office.person(who).act(path, body)

    async def keep(self, path: str, body: Any, version: int | None = None) -> Any:
        """Let the secretariat write the office's rows, and whoever must confirm it."""
        desk = self.office.person(SECRETARIAT)
        answer = await desk.write("POST", path, body, version)
        assert answer.status_code in (200, 201, 202), answer.text
        if answer.status_code == 202:
            await self.confirmed(answer.json()["id"])
        return answer.json()

    async def confirmed(self, proposal: int) -> None:
        """Let the first of the leaders who may do so confirm a proposal."""
        path = f"/proposals/{proposal}/confirm"
        said = [await self.office.person(who).post(path) for who in LEADERS]
        assert 200 in {answer.status_code for answer in said}, said[0].text

    async def ended(self, history: str, row: dict[str, Any], day: str) -> None:
        """Let the secretariat end a row of a history: *day* is the first without it."""
        path = f"/{history}/{row['id']}/end"
        await self.keep(path, {"ends": day}, row["version"])

    async def refused(self, who: str, path: str, body: Any = None) -> tuple[int, str]:
        """Let somebody try what must be refused; return the status and the code."""
        return await self.office.person(who).refused(path, body)

    async def get(self, path: str, **query: Any) -> Any:
        """Read as the secretariat does."""
        return await self.office.person(SECRETARIAT).get(path, **query)

    async def pages(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Read a whole list as the secretariat does."""
        return await self.office.person(SECRETARIAT).pages(path, **query)

    async def refused_to_read(self, path: str) -> tuple[int, str]:
        """Try to read what is not there; return the status and the code."""
        answer = await self.office.http.get(
            f"/api/v1{path}", headers={"X-Thidua-Person": SECRETARIAT}
        )
        return answer.status_code, answer.json()["type"].removeprefix("/problems/")

    async def launch(self, plan: dict[str, Any], **said: bool) -> None:
        """Sign the pact on both sides, and launch."""
        await self.office.person(DIRECTOR).act("/campaigns", plan)
        await self.just_act(DIRECTOR, f"/campaigns/{self.code}/sign-pact")
        await self.just_act(UNION, f"/campaigns/{self.code}/sign-pact")
        await self.act(DIRECTOR, f"/campaigns/{self.code}/launch", said)

    def desk(self, phase: str, department: str) -> str:
        """The path of one department in one phase."""
        return f"/phases/{phase}/departments/{department}"

    async def register(self, department: str, aims: Sequence[dict[str, str]]) -> None:
        """Let a department's head register for its people and itself."""
        path = self.desk(self.phase1, department)
        await self.just_act(HEADS[department], f"{path}/launch-department")
        await self.just_act(HEADS[department], f"{path}/register", {"aims": list(aims)})

    async def review(self, phase: str, department: str, held_on: str) -> None:
        """Hold the department's own meeting."""
        body = {
            "held_on": held_on,
            "present": self.staff_of(department, held_on),
            "chaired_by": HEADS[department],
            "minutes": "Tập thể phòng thống nhất danh sách đề nghị.",
        }
        path = self.desk(phase, department)
        await self.just_act(HEADS[department], f"{path}/record-peer-review", body)

    async def submit(
        self, phase: str, department: str, lines: Iterable[dict[str, Any]]
    ) -> list[str]:
        """Send a department's list."""
        path = self.desk(phase, department)
        body = {"lines": list(lines)}
        answer = await self.just_act(HEADS[department], f"{path}/submit", body)
        found: list[str] = answer["lines"]
        return found

    async def appraise(self, phase: str, department: str) -> Any:
        """Receive and appraise a list."""
        path = self.desk(phase, department)
        await self.just_act(SECRETARIAT, f"{path}/receive")
        return await self.just_act(SECRETARIAT, f"{path}/appraise")

    async def convene(self, phase: str, meets_at: datetime) -> str:
        """Call the council together."""
        body = {"meets_at": meets_at.isoformat(), "place": "Phòng họp số 1"}
        answer = await self.act(SECRETARIAT, f"/phases/{phase}/convene", body)
        found: str = answer["session"]
        return found

    async def vote(
        self,
        session: str,
        against: dict[str, int] | None = None,
        absent: Sequence[str] = (),
    ) -> Any:
        """Hold the whole vote; *against* counts the noes of a subject."""
        answer = await self.vote_only(session, against or {}, absent)
        path = f"/council-sessions/{session}"
        secretary = next(s.person for s in self.year.council if s.seat == "secretary")
        await self.just_act(secretary, f"{path}/sign-minutes")
        await self.act(DIRECTOR, f"{path}/sign-minutes")
        return answer["outcomes"]

    async def vote_only(
        self, session: str, against: dict[str, int], absent: Sequence[str] = ()
    ) -> Any:
        """Open the vote, let everybody vote by hand or in secret, and count."""
        path = f"/council-sessions/{session}"
        present = await self.open_vote(session, absent)
        await self.raise_hands(session, present, against)
        for person in present:
            await self.cast_all(session, person, against, present)
        minutes = {
            "minutes": "Hội đồng họp, biểu quyết từng trường hợp.",
            "without": list(absent),
        }
        answer = await self.just_act(SECRETARIAT, f"{path}/close-voting", minutes)
        for teller in await self.unattested(session):
            await self.just_act(teller, f"{path}/attest-count")
        return answer

    async def open_vote(self, session: str, absent: Sequence[str] = ()) -> list[str]:
        """Open the vote before those who are there; two plain members are tellers."""
        there = [seat for seat in self.year.council if seat.person not in absent]
        body = {
            "present": [seat.person for seat in there],
            "tellers": [seat.person for seat in there if seat.seat == "member"][:2],
        }
        await self.just_act(DIRECTOR, f"/council-sessions/{session}/open-voting", body)
        return body["present"]

    async def raise_hands(
        self, session: str, present: list[str], against: dict[str, int]
    ) -> None:
        """Count the hands on every line that is voted on openly."""
        lines = {each["id"]: each for each in await self.ballot(session)}
        last = (await self.pages(f"/council-sessions/{session}/rounds"))[-1]
        counted = [
            self._hands(row, present, against.get(lines[row["line"]]["subject"], 0))
            for row in last["lines"]
            if row["method"] == "hands" and row["line"] in lines
        ]
        if counted:
            path = f"/council-sessions/{session}/record-show-of-hands"
            await self.just_act(SECRETARIAT, path, {"lines": counted})

    def _hands(
        self, row: dict[str, Any], present: list[str], no: int
    ) -> dict[str, Any]:
        voting = [person for person in present if person not in row["recused"]]
        return {
            "line": row["line"],
            "yes": len(voting) - no,
            "no": no,
            "chair_yes": True,
        }

    async def cast_all(
        self, session: str, person: str, against: dict[str, int], present: list[str]
    ) -> None:
        """Let somebody cast a sheet in every open round; the last ones say no."""
        path = f"/council-sessions/{session}/ballot"
        for sheet in await self.office.person(person).get(path):
            noes = {
                line["line"]: person in present[-against[line["subject"]] :]
                for line in sheet["lines"]
                if against.get(line["subject"])
            }
            body = {"round": sheet["round"], "marks": marks(person, sheet, noes)}
            await self.office.person(person).act(path, body)

    async def unattested(self, session: str) -> list[str]:
        """List the tellers of boxes that were opened who have still to attest."""
        rounds = await self.pages(f"/council-sessions/{session}/rounds")
        return sorted(
            {
                person
                for each in rounds
                if each["cast"] and each["closed_at"]
                for person, attested in each["tellers"].items()
                if attested is None
            }
        )

    async def ballot(self, session: str) -> list[dict[str, Any]]:
        """List the lines before a session."""
        phase = session.rpartition("-")[0]
        lines = await self.pages(f"/phases/{phase}/lines")
        return [each for each in lines if each["state"] == "on_ballot"]

    async def decide(self, decision: str, body: dict[str, Any] | None = None) -> Any:
        """Let the director decide."""
        path = f"/decisions/{decision}/decide"
        return await self.act(DIRECTOR, path, body or {"others": "approve"})

    async def issue(self, decision: str, number: int, year: int) -> Any:
        """Number and issue a decision."""
        body = {"number": number, "year": year, "series": "QĐ-VP"}
        await self.just_act(CLERK, f"/decisions/{decision}/number", body)
        return await self.act(CLERK, f"/decisions/{decision}/issue")

    async def states(self, phase: str) -> dict[str, int]:
        """Count a phase's lines by title and state."""
        found: dict[str, int] = {}
        for each in await self.pages(f"/phases/{phase}/lines"):
            key = f"{each['title']} {each['state']}"
            found[key] = found.get(key, 0) + 1
        return dict(sorted(found.items()))

    async def story(self) -> dict[str, Any]:
        """Tell the whole campaign: reports, acts and notices, free of chance ids."""
        reports = await self.pages(f"/campaigns/{self.code}/reports")
        return {
            "reports": [[r["kind"], r["version"], r["content"]] for r in reports],
            "acts": await self.acts(),
            "notices": await self.notices(),
        }

    async def acts(self) -> list[str]:
        """Tell every act: when, what, who, and of how many lines."""
        acts = await self.pages(f"/campaigns/{self.code}/acts")
        return [f"{a['at']} {a['kind']} {a['actor']} {a['lines']}" for a in acts]

    async def notices(self) -> list[str]:
        """Tell every notice: when, which step, to whom, and its text."""
        notices = await self.pages(f"/campaigns/{self.code}/notices")
        return [
            f"{n['at']} {n['kind']} {n['step']}>{n['recipient']}: "
            f"{n['subject']} | {n['body']}"
            for n in notices
        ]
