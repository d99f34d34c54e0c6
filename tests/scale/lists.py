"""One phase on paper that goes every way a list can go, each way so many people."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid4

from domain import ids
from domain.states import CaseKind, CaseState
from store.tables import Case
from tests.council.day import DAY, MORNING, POSTED, REGISTERED, REVIEWED, a_short_plan
from tests.council.votes import COUNCIL, MINUTES, TELLERS
from tests.journeys.cast import HEADS, at
from tests.office import DIRECTOR, SECRETARIAT
from tests.scale.story import SITTING, Story, aims_of, lines_of

OPEN, SECRET = "GIAY_KHEN", "BANG_KHEN_TINH"
BOTH = (OPEN, SECRET)
# What becomes of the lines of each department; of CTQH's, the last are held, and one
# more is not, which is answered on.
APPROVED, DECLINED, RETURNED, FAILED = "CTQH", "CTHDND", "HCTCQT", "TTDN"
AGAIN = at("2022-08-10", "14:00")
_CORRECTED = {"corrected": "2032", "reason": "In sai năm."}


class Lists(Story):
    """A campaign in which lists are changed, voted on again, held and ruled on."""

    @property
    def again(self) -> range:
        """How often more a thing is there of which there are a few."""
        return range(0 if self.each == 1 else 3)

    def whole(self) -> Iterator[str]:
        """Go every way, to the end; stop to be looked at on the way."""
        self.registered()
        self.sent()
        self.appraised()
        yield from self.voted()
        self.sign()
        yield from self.settled()

    def nominees(self, department: str) -> list[str]:
        """Name whom a department nominates, each for an open and for a secret vote."""
        many = 2 * self.each + 1 if department == APPROVED else self.each
        return [f"{department.lower()}-n{n:03}" for n in range(many)]

    def pairs(self, department: str, titles: Iterable[str] = BOTH) -> list[Any]:
        """Pair the nominees of a department with titles."""
        return [(each, title) for each in self.nominees(department) for title in titles]

    def registered(self) -> None:
        """Register, change that wholly, take it back, and register again."""
        aims = {code: self.pairs(code) for code in HEADS}
        self.launch(a_short_plan({code: tuple(found) for code, found in aims.items()}))
        self.pass_to(REGISTERED)
        first, other = self.pairs(APPROVED, [OPEN]), self.pairs(APPROVED, [SECRET])
        self.at_desk(APPROVED, "register", aims_of(first))
        self.at_desk(APPROVED, "amend_registration", aims_of(other))
        self.at_desk(APPROVED, "withdraw_registration", aims_of(other))
        for code, found in aims.items():
            self.at_desk(code, "register", aims_of(found))

    def sent(self) -> None:
        """Review, send, take back, send others, and nobody, and in the end all."""
        self.pass_to(REVIEWED)
        for code in HEADS:
            self.review(code, REVIEWED, self.pairs(code))
        for titles in ([OPEN], [SECRET], BOTH):
            self.at_desk(APPROVED, "submit", lines_of(self.pairs(APPROVED, titles)))
            self.at_desk(APPROVED, "recall")
        self.at_desk(APPROVED, "file_nil_return", {"reason": "Không có đề nghị."})
        self.at_desk(APPROVED, "recall")
        for code in HEADS:
            self.at_desk(code, "submit", lines_of(self.pairs(code)))

    def appraised(self) -> None:
        """Receive, return with what is missing of every line, appraise, and post."""
        self.pass_to(POSTED)
        first, *others = HEADS
        self.act(SECRETARIAT, "receive", self.desk(first))
        self.in_phase("receive_lists", departments=others)
        keys = self.lines([APPROVED], BOTH)
        missing = [{"line": key, "missing": "Biên bản."} for key in keys]
        wanted = {"items": missing, "reason": "Thiếu hồ sơ.", "until": "2022-07-05"}
        self.act(SECRETARIAT, "return_for_supplement", self.desk(APPROVED), wanted)
        self.look()
        given = [
            {"line": key, "achievement": "Thành tích.", "documents": ["BIENBAN"]}
            for key in keys
        ]
        self.at_desk(APPROVED, "supplement", {"lines": given})
        found = [{"line": key, "eligible": True} for key in keys]
        self.appraise(APPROVED, {"findings": found})
        self.in_phase("appraise_lists")
        self.publish()
        self.pass_to(MORNING)
        self.end_notice()

    def voted(self) -> Iterator[str]:
        """Vote by hands and by sheets, repeat some, and vote again on paper."""
        self.convene(DAY)
        for _ in self.again:
            with self.apart():
                self.convene(DAY)
        yield "convened"
        self.pass_to(DAY)
        self.in_council(DIRECTOR, "open_voting", **SITTING)
        yield "opened"
        opened, secret = (self.lines(HEADS, [title]) for title in BOTH)
        against = self.lines([FAILED], BOTH)
        self.hands(opened, against)
        self.sheets(secret, against)
        yield "voting"
        void, why = self.lines([APPROVED], BOTH), "Hòm phiếu hỏng."
        self.in_council(DIRECTOR, "repeat_vote", lines=void, reason=why, **SITTING)
        self.hands(opened, against)
        self.sheets(self.lines([APPROVED], [SECRET]))
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        failed = self.lines([FAILED], [SECRET])
        on_paper = {"lines": failed, "paper": True, **SITTING}
        self.in_council(DIRECTOR, "order_second_round", **on_paper)
        for teller in TELLERS:
            counts = [_on_paper(key) for key in failed]
            self.in_council(teller, "record_paper_count", lines=counts)
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        self._stop(self.lines([APPROVED], BOTH)[-2 * self.each :])

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

    def settled(self) -> Iterator[str]:
        """Decide each way, issue, send upward, hear, decline, and call off the rest."""
        rulings = [
            {"line": key, "outcome": outcome, "reason": "Cân nhắc thêm."}
            for code, outcome in ((DECLINED, "decline"), (RETURNED, "return"))
            for key in self.lines([code], BOTH)
        ]
        self.decided(DIRECTOR, "decide", rulings=rulings, others="approve")
        self.numbered_and_issued()
        for n, _ in enumerate(self.again):
            with self.apart():
                self.decided(DIRECTOR, "correct", **_CORRECTED, printed=f"202{n}")
        yield "issued"
        self.decided(SECRETARIAT, "forward", letter="Tờ trình 12/TTr-VP")
        awarded, answered = (
            self.lines([APPROVED], [OPEN]),
            self.lines([APPROVED], [SECRET]),
        )
        self.decided(SECRETARIAT, "record_superior_answer", **_answer(answered[0]))
        first = self.nominees(APPROVED)[0]
        self.decided(first, "decline_award", line=awarded[0], reason="Xin nhường.")
        self.convene(AGAIN)
        self.pass_to(AGAIN)
        self.in_council(DIRECTOR, "open_voting", **SITTING)
        campaign, why = str(ids.campaign(self.code)), {"reason": "Bão lụt."}
        self.act(DIRECTOR, "suspend", campaign, why)
        self.act(DIRECTOR, "resume", campaign)
        self.act(DIRECTOR, "cancel", campaign, why)


def _answer(key: str) -> dict[str, Any]:
    said = {"outcome": "awarded", "reference": "QĐ 99", "answered_on": "2022-07-14"}
    return {"line": key, **said}


def _on_paper(key: str) -> dict[str, Any]:
    whole = len(COUNCIL)
    sheets = dict.fromkeys(("issued", "collected", "valid", "no"), whole)
    return {"line": key, **sheets, "invalid": 0, "yes": 0, "blank": 0}
