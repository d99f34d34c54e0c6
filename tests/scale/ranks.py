"""One phase on paper in which people leave, move, tie for a quota, and fall back."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import col, select

from domain import ids
from store.tables import Recognition, ServiceSpan
from tests.council.votes import COUNCIL, MINUTES
from tests.edges.staff import a_whole_year
from tests.journeys.cast import HEADS, at
from tests.office import DIRECTOR, SECRETARIAT
from tests.scale.story import SITTING, Pairs, Story, aims_of, lines_of

WORKER, FIGHTER = "LDTT", "CSTDCS"
# Whose people do what: they are ranked, they leave, they come from another department.
RANKED, LEAVING, COMING, FROM = "CTQH", "CTHDND", "HCTCQT", "TTDN"
REVIEWED, MEETING = at("2022-12-20"), at("2023-01-18", "14:00")
# With one worker fewer there is room for one fighter fewer: 15 % are 1 and 8.
FEW, MANY = 7, 54


class Ranks(Story):
    """A campaign of so many workers, all of whom would be fighters too."""

    def whole(self) -> Iterator[str]:
        """Go to the end; stop to be looked at on the way."""
        self.registered()
        self.sent()
        self.appraised()
        self.voted()
        self.sign()
        self.settled()
        yield "declined"

    def nominees(self, department: str) -> list[str]:
        """Name so many people of a department, as it was in January."""
        return [f"{department.lower()}-n{n:03}" for n in range(self.each)]

    def pairs(self, department: str) -> Pairs:
        """Pair the nominees of a department with what they aim for."""
        titles = (WORKER, FIGHTER) if department == RANKED else (WORKER,)
        people = self.nominees(FROM if department == COMING else department)
        return [(person, title) for person in people for title in titles]

    def registered(self) -> None:
        """Register; then some leave the office, and some come from another desk."""
        self.launch(a_whole_year([WORKER, FIGHTER]))
        self.pass_to(at("2022-01-20"))
        for code in (RANKED, LEAVING):
            self.at_desk(code, "register", aims_of(self.pairs(code)))
        self.at_desk(FROM, "register", aims_of(self.pairs(COMING)))
        self._leave(self.nominees(LEAVING), date(2022, 2, 1), None)
        self._leave(self.nominees(FROM), date(2022, 8, 1), COMING)
        with self.database.write() as session:
            session.add_all(
                Recognition(person=person, kind="initiative", year=2022, scope="agency")
                for person in self.nominees(RANKED)
            )

    def _leave(self, people: list[str], since: date, to: str | None) -> None:
        with self.database.write() as session:
            query = select(ServiceSpan).where(col(ServiceSpan.person).in_(people))
            for span in session.exec(query).all():
                span.ends = since
                session.add(span)
                if to is not None:
                    entered = {"person": span.person, "department": to, "starts": since}
                    session.add(ServiceSpan(**entered))

    def sent(self) -> None:
        """Send the lists of those who stay and of those who came."""
        self.pass_to(REVIEWED)
        for code in HEADS:
            if code in (RANKED, COMING):
                self.review(code, REVIEWED)
                self.at_desk(code, "submit", lines_of(self.pairs(code)))
            else:
                self.at_desk(code, "file_nil_return", {"reason": "Không có đề nghị."})

    def appraised(self) -> None:
        """Ask for opinions that never come, and find against those they are on."""
        self.pass_to(at("2023-01-05"))
        for code in (RANKED, COMING):
            self.act(SECRETARIAT, "receive", self.desk(code))
            self.appraise(code)
        keys, why = self.lines([COMING], [WORKER]), "Chưa có ý kiến."
        found = [{"line": key, "eligible": False, "reason": why} for key in keys]
        self.appraise(COMING, {"findings": found})
        self.publish()
        self.pass_to(at("2023-01-13"))
        self.end_notice()

    def voted(self) -> None:
        """Let all fighters tie, in two rounds, until the chair says who goes in."""
        self.convene(MEETING)
        for person in COUNCIL[:5]:
            self.in_council(person, "confirm_attendance", comes=False)
        self.pass_to(MEETING)
        self.in_council(DIRECTOR, "open_voting", **SITTING)
        self.hands(self.lines([RANKED], [WORKER]))
        fighters = self.lines([RANKED], [FIGHTER])
        self.sheets(fighters)
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        self.in_council(DIRECTOR, "order_second_round", lines=fighters, **SITTING)
        self.sheets(fighters)
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        seats = self.each * 15 // 100
        self.in_council(DIRECTOR, "settle_tie", lines=fighters[:seats])

    def settled(self) -> None:
        """Grant it all and sum it up; one worker declines: a fighter is too many."""
        self.decided(DIRECTOR, "decide", rulings=[], others="approve")
        self.numbered_and_issued()
        self.sum_up()
        self.act(DIRECTOR, "close", str(ids.campaign(self.code)))
        last, key = self.nominees(RANKED)[-1], self.lines([RANKED], [WORKER])[-1]
        self.decided(last, "decline_award", line=key, reason="Xin nhường.")
