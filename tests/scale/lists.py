"""One phase on paper that goes every way a list can go, each way so many people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select

from ballots.casting import Ballot, cast
from domain import ids
from domain.council.ballots import Mark
from domain.states import CaseKind, CaseState, PhaseState
from engine.messages import Enter, Situation
from store.database import Database
from store.office import people
from store.office.sample import load_office
from store.tables import Case, Nomination, SteppedClock
from tests.activities.paper import Paper
from tests.council.day import DAY, MORNING, POSTED, REGISTERED, REVIEWED, a_short_plan
from tests.council.votes import COUNCIL, MINUTES, TELLERS
from tests.counted import counted
from tests.journeys.cast import HEADS, a_code, aim, at, line
from tests.office import CLERK, DIRECTOR, SECRETARIAT, sample_office
from tests.scale.office import enlarged

MOST = 100
OPEN, SECRET = "GIAY_KHEN", "BANG_KHEN_TINH"
# What becomes of the lines of each department; of CTQH's, the last are held, and one
# more is not, which is answered on.
APPROVED, DECLINED, RETURNED, FAILED = "CTQH", "CTHDND", "HCTCQT", "TTDN"
AGAIN = at("2022-08-10", "14:00")


def prepare_many(database: Database) -> None:
    """Write the sample office, with hundreds who may be nominated."""
    with database.write() as session:
        load_office(session, enlarged(sample_office(2022), len(HEADS), 2 * MOST + 1))
        session.add(SteppedClock(moment=at("2022-01-03", "08:00")))


@dataclass
class Lists(Paper):
    """A campaign whose lists have so many lines a kind, and what each act took.

    *taken* counts statements by act; the second time that an act comes, it is another.
    """

    each: int = 1
    taken: dict[str, int] = field(default_factory=dict)

    def act(
        self, who: str, kind: str, target: str, body: Mapping[str, Any] | None = None
    ) -> str:
        """Let somebody act, count, and fail unless it is applied."""
        with counted(self.database) as sent:
            said = super().act(who, kind, target, body)
        assert said == "applied", (kind, said)
        self._note(kind, len(sent))
        return said

    def _note(self, what: str, statements: int) -> None:
        times = sum(name.split("#")[0] == what for name in self.taken)
        self.taken[f"{what}#{times + 1}"] = statements

    def _reach(self, owner: str, found: Situation) -> None:
        with counted(self.database) as sent:
            super()._reach(owner, found)
        self._note(f"time: {ids.read(owner).kind} {found.stage}", len(sent))

    def nominees(self, department: str) -> list[str]:
        """Name whom a department nominates, each for an open and for a secret vote."""
        many = 2 * self.each + 1 if department == APPROVED else self.each
        return [f"{department.lower()}-n{n:03}" for n in range(many)]

    def pairs(self, department: str, *titles: str) -> list[tuple[str, str]]:
        """Pair the nominees of a department with titles."""
        named = titles or (OPEN, SECRET)
        return [(each, title) for each in self.nominees(department) for title in named]

    def at_desk(self, department: str, kind: str, body: Any = None) -> None:
        """Let a department's head act for it."""
        self.act(HEADS[department], kind, self.desk(department), body)

    def in_council(self, who: str, kind: str, number: int = 1, **body: Any) -> None:
        """Let somebody act in a session."""
        self.act(who, kind, str(ids.council(f"{self.phase}-hd{number}")), body)

    def decided(self, who: str, kind: str, **body: Any) -> None:
        """Let somebody act on the first decision."""
        self.act(who, kind, str(ids.decision(f"{self.phase}-qd1")), body)

    def lines(
        self, departments: Iterable[str] = HEADS, titles: Iterable[str] = (OPEN, SECRET)
    ) -> list[str]:
        """Learn the ids of live lines."""
        with self.database.read() as session:
            query = select(Nomination.id).where(
                Nomination.department.in_(list(departments)),  # type: ignore[attr-defined]
                Nomination.title.in_(list(titles)),  # type: ignore[attr-defined]
                Nomination.state != "withdrawn",
            )
            found = session.exec(query.order_by(Nomination.subject, Nomination.title))
            return [str(key) for key in found]

    def whole(self) -> None:
        """Go every way, to the end."""
        self.registered()
        self.sent()
        self.appraised()
        self.voted()
        self.settled()

    def registered(self) -> None:
        """Register, change that wholly, take it back, and register again."""
        aims = {code: self.pairs(code) for code in HEADS}
        self.launch(a_short_plan({code: tuple(found) for code, found in aims.items()}))
        self.pass_to(REGISTERED)
        first, other = self.pairs(APPROVED, OPEN), self.pairs(APPROVED, SECRET)
        self.at_desk(APPROVED, "register", _aims(first))
        self.at_desk(APPROVED, "amend_registration", _aims(other))
        self.at_desk(APPROVED, "withdraw_registration", _aims(other))
        for code, found in aims.items():
            self.at_desk(code, "register", _aims(found))

    def sent(self) -> None:
        """Review, send, take back, send others, and nobody, and in the end all."""
        self.pass_to(REVIEWED)
        for code in HEADS:
            self.at_desk(code, "record_peer_review", self._review(code))
        lists = (self.pairs(APPROVED, OPEN), self.pairs(APPROVED, SECRET))
        for sent in (*lists, self.pairs(APPROVED)):
            self.at_desk(APPROVED, "submit", _lines(sent))
            self.at_desk(APPROVED, "recall")
        self.at_desk(APPROVED, "file_nil_return", {"reason": "Không có đề nghị."})
        self.at_desk(APPROVED, "recall")
        for code in HEADS:
            self.at_desk(code, "submit", _lines(self.pairs(code)))

    def _review(self, code: str) -> dict[str, Any]:
        with self.database.read() as session:
            staff = people.members(session, code, REVIEWED.date())
        votes = [{**aim(*each), "yes": 1, "no": 0} for each in self.pairs(code)]
        return {
            "held_on": f"{REVIEWED:%Y-%m-%d}",
            "present": [person.id for person in staff],
            "chaired_by": HEADS[code],
            "minutes": "Tập thể phòng thống nhất.",
            "votes": votes,
        }

    def appraised(self) -> None:
        """Receive, return with what is missing of every line, appraise, and post."""
        self.pass_to(POSTED)
        for code in HEADS:
            self.act(SECRETARIAT, "receive", self.desk(code))
        missing = [
            {"line": key, "missing": "Biên bản."} for key in self.lines([APPROVED])
        ]
        wanted = {"items": missing, "reason": "Thiếu hồ sơ.", "until": "2022-07-05"}
        self.act(SECRETARIAT, "return_for_supplement", self.desk(APPROVED), wanted)
        given = [
            {"line": key, "achievement": "Thành tích.", "documents": ["BIENBAN"]}
            for key in self.lines([APPROVED])
        ]
        self.at_desk(APPROVED, "supplement", {"lines": given})
        against = [
            {"line": key, "eligible": True, "reason": None}
            for key in self.lines([APPROVED])
        ]
        for code in HEADS:
            findings = {"findings": against if code == APPROVED else []}
            self.act(SECRETARIAT, "appraise", self.desk(code), findings)
        self.act(SECRETARIAT, "publish", str(ids.phase(self.phase)))
        self.pass_to(MORNING)
        with counted(self.database) as sent:
            self._steps.enter(
                Enter(
                    str(ids.phase(self.phase)),
                    PhaseState.PUBLIC_NOTICE,
                    PhaseState.COUNCIL_REVIEW,
                )
            )
        self._note("time: phase public_notice", len(sent))

    def voted(self) -> None:
        """Vote by hands and by sheets, repeat some, and vote again on paper."""
        self.convene(DAY.isoformat())
        self.pass_to(DAY)
        self.in_council(DIRECTOR, "open_voting", **_SITTING)
        self._hands(self.lines(titles=[OPEN]))
        self._sheets(1)
        void = self.lines([APPROVED])
        self.in_council(
            DIRECTOR, "repeat_vote", lines=void, reason="Hòm phiếu hỏng.", **_SITTING
        )
        self._hands(self.lines(titles=[OPEN]))
        self._sheets(2)
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        failed = self.lines([FAILED], [SECRET])
        self.in_council(
            DIRECTOR, "order_second_round", lines=failed, paper=True, **_SITTING
        )
        for teller in TELLERS:
            counts = [_on_paper(key) for key in failed]
            self.in_council(teller, "record_paper_count", lines=counts)
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        for teller in TELLERS:
            self.in_council(teller, "attest_count")
        self._stop(self.lines([APPROVED])[-2 * self.each :])
        for signer in (SECRETARIAT, DIRECTOR):
            self.in_council(signer, "sign_minutes")

    def convene(self, meets_at: str) -> None:
        """Call the council together on all that waits for it."""
        body = {"meets_at": meets_at, "place": "Phòng họp số 1"}
        self.act(SECRETARIAT, "convene", str(ids.phase(self.phase)), body)

    def _hands(self, lines: Iterable[str]) -> None:
        against = set(self.lines([FAILED]))
        own = [{"person": "ld-02", "opinion": "Chưa rõ thành tích."}]
        body = [
            {
                "line": key,
                "yes": 0 if key in against else len(COUNCIL),
                "no": len(COUNCIL) if key in against else 0,
                "chair_yes": key not in against,
                "dissents": own,
            }
            for key in lines
        ]
        self.in_council(SECRETARIAT, "record_show_of_hands", lines=body)

    def _sheets(self, number: int) -> None:
        """Cast for everybody; in the second round, what was void in the first."""
        voided = set(self.lines([APPROVED], [SECRET]))
        keys = set(self.lines(titles=[SECRET])) if number == 1 else voided
        against = set(self.lines([FAILED]))
        for person in COUNCIL:
            marks = [
                Mark(
                    key,
                    "nay" if key in against else "yes",  # type: ignore[arg-type]
                    a_code(person, key, str(number)),
                )
                for key in sorted(keys)
            ]
            with counted(self.database) as sent, self.database.write() as session:
                cast(session, Ballot(f"{self.phase}-hd1", number, person, marks))
            self._note("cast", len(sent))

    def _stop(self, lines: Iterable[str]) -> None:
        """Let a matter be verified about each of these lines."""
        with self.database.write() as session:
            session.add_all(
                Case(
                    id=uuid4(),
                    campaign=self.code,
                    kind=CaseKind.COMPLAINT,
                    state=CaseState.ACCEPTED,
                    title="Khiếu nại",
                    matter="Khiếu nại về đề nghị này.",
                    line=UUID(key),
                    recorded_by=SECRETARIAT,
                    filed_at=DAY,
                )
                for key in lines
            )

    def settled(self) -> None:
        """Decide each way, issue, send upward, hear, decline, and call off the rest."""
        rulings = [
            {"line": key, "outcome": outcome, "reason": "Cân nhắc thêm."}
            for code, outcome in ((DECLINED, "decline"), (RETURNED, "return"))
            for key in self.lines([code])
        ]
        self.decided(DIRECTOR, "decide", rulings=rulings, others="approve")
        self.decided(CLERK, "number", number=7, year=2022, series="QĐ-VP")
        self.decided(CLERK, "issue")
        self.decided(SECRETARIAT, "forward", letter="Tờ trình 12/TTr-VP")
        mine = self.nominees(APPROVED)[0]
        [answered] = self._of(mine, SECRET)
        self.decided(
            SECRETARIAT,
            "record_superior_answer",
            line=answered,
            outcome="awarded",
            reference="QĐ 99/QĐ-UBND",
            answered_on="2022-07-14",
        )
        [awarded] = self._of(mine, OPEN)
        self.decided(mine, "decline_award", line=awarded, reason="Xin nhường.")
        self.convene(AGAIN.isoformat())
        self.pass_to(AGAIN)
        self.in_council(DIRECTOR, "open_voting", 2, **_SITTING)
        campaign, why = str(ids.campaign(self.code)), {"reason": "Bão lụt."}
        self.act(DIRECTOR, "suspend", campaign, why)
        self.act(DIRECTOR, "resume", campaign)
        self.act(DIRECTOR, "cancel", campaign, why)

    def _of(self, person: str, title: str) -> list[str]:
        with self.database.read() as session:
            query = select(Nomination.id).where(
                Nomination.subject == person,
                Nomination.title == title,
                Nomination.state != "withdrawn",
            )
            return [str(key) for key in session.exec(query)]


_SITTING: dict[str, Any] = {"present": COUNCIL, "tellers": TELLERS}


def _aims(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"aims": [aim(*each) for each in pairs]}


def _lines(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"lines": [line(*each) for each in pairs]}


def _on_paper(key: str) -> dict[str, Any]:
    whole = len(COUNCIL)
    return {
        "line": key,
        "issued": whole,
        "collected": whole,
        "valid": whole,
        "invalid": 0,
        "yes": 0,
        "no": whole,
        "blank": 0,
    }
