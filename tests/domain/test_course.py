"""One conclusion of a council: as anybody would find it who counts by hand."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache

from domain.council.course import Contender, Course, Judge, Titles, course_of
from domain.council.quota import Candidate
from domain.council.rounds import (
    RoundCount,
    deciding,
    may_order,
    share,
    tie_break,
    why_no_second,
)
from domain.rules.criteria import RatingLevel
from domain.rules.eligibility import Stage, Verdict, judge
from domain.rules.facts import CollectiveFacts, IndividualFacts
from intake.rulepacks import load_packs
from tests.council.by_hand import Fighter, Found, Meeting, count, draw

PACK = load_packs()[0]
AGAIN = PACK.council.second_secret_round
COUNCILS = 10_000
Rounds = dict[str, list[RoundCount]]


class Play:
    """One meeting, played by the rules of the product."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.by_name = {each.name: each for each in meeting.fighters}
        self.rounds: Rounds = {name: [] for name in self.by_name}
        self.chosen: frozenset[str] = frozenset()

    def vote(self, name: str) -> None:
        """Hold the next round on a fighter."""
        fighter, rounds = self.by_name[name], self.rounds[name]
        yes = fighter.again if rounds else fighter.first
        shown = None if fighter.masked else yes
        rounds.append(RoundCount(fighter.enough(yes), shown, fighter.electors))

    def conclude(self) -> Course:
        """Find what becomes of each line, as things stand."""
        others = self.meeting.workers - sum(
            each.worker for each in self.meeting.fighters
        )
        own = [
            _contender(name, "LDTT", carried=each.worker)
            for name, each in self.by_name.items()
        ]
        fighters = [self._fighter(each) for each in self.meeting.fighters]
        groups = [_contender(each, "TTLDXS") for each in self.meeting.departments]
        standing = {
            **dict.fromkeys((f"w{n}" for n in range(others)), frozenset({"LDTT"})),
            **dict.fromkeys(self.meeting.departments, frozenset({"TTLDTT"})),
        }
        lines = [*groups, *fighters, *own]
        return course_of(PACK, lines, standing, _judge(self.meeting))

    def _fighter(self, each: Fighter) -> Contender:
        rounds = self.rounds[each.name]
        candidate = Candidate(
            line=f"CSTDCS {each.name}",
            votes=share(deciding(rounds)),
            initiative_score=Fraction(each.initiative),
            manager=each.leads,
            prior_years=each.years,
            again=share(tie_break(rounds)),
            chosen=each.name in self.chosen,
        )
        carried = bool(deciding(rounds).carried)
        return Contender(each.name, "CSTDCS", carried, candidate)

    def tied(self, course: Course) -> frozenset[str]:
        """Name who ties for the last seats."""
        ranking = course.ties.get("CSTDCS")
        return (
            frozenset(_who(line) for line in ranking.tied) if ranking else frozenset()
        )

    def choose(self, seats: int, tied: frozenset[str]) -> None:
        """Let the chair choose among those who tie."""
        order = [name for name in self.meeting.chair if name in tied]
        self.chosen = frozenset(order[:seats])


def _who(line: str) -> str:
    return line.split()[1]


def _contender(subject: str, title: str, *, carried: bool = True) -> Contender:
    plain = Candidate(f"{title} {subject}", Fraction(1), Fraction(0), False, 0)
    return Contender(subject, title, carried, plain)


def _judge(meeting: Meeting) -> Judge:
    def found(lines: Sequence[Contender], titles: Titles) -> Mapping[str, Verdict]:
        found = {}
        for one in lines:
            fighters = sum(
                "CSTDCS" in titles.get(each.name, ())
                for each in meeting.fighters
                if each.department == one.subject
            )
            held = titles.get(one.subject, frozenset())
            found[one.line] = _verdict(one.title, held, fighters)
        return found

    return found


@cache
def _verdict(title: str, held: frozenset[str], fighters: int) -> Verdict:
    if title == "TTLDXS":
        group = CollectiveFacts(
            registered=True,
            rating=RatingLevel.EXCELLENT,
            titles=held,
            members=9,
            reviewable_members=9,
            completed=9,
            holding={"LDTT": 9, "CSTDCS": fighters},
        )
        return judge(PACK, title, group, Stage.BALLOT)
    person = IndividualFacts(
        registered=True,
        rating=RatingLevel.GOOD_COMPLETION,
        year=2022,
        service_months=12,
        titles=held,
        initiative_recognised=True,
    )
    return judge(PACK, title, person, Stage.BALLOT)


def played(meeting: Meeting) -> Found:
    """Hold a meeting from the first vote to the chair's last word."""
    play = Play(meeting)
    for each in meeting.fighters:
        play.vote(each.name)
    for each in meeting.fighters:
        refused = why_no_second(
            AGAIN, each.name, play.rounds[each.name], open_vote=False
        )
        assert (refused is None) is not each.enough(each.first)
        if refused is None and each.asked_again:
            play.vote(each.name)
    first = play.conclude()
    last, tied = first, play.tied(first)
    voted_again = may_order(AGAIN, (play.rounds[name] for name in tied)) and bool(tied)
    if voted_again:
        for name in sorted(tied):
            play.vote(name)
        last = play.conclude()
    still = play.tied(last)
    if still:
        assert not may_order(AGAIN, (play.rounds[name] for name in still))
        play.choose(last.ties["CSTDCS"].seats, still)
        last = play.conclude()
    assert not last.ties
    return Found(
        tied=tied,
        seats=first.ties["CSTDCS"].seats if tied else 0,
        voted_again=voted_again,
        tied_again=still,
        fates=_fates(last, "CSTDCS"),
        departments=_fates(last, "TTLDXS"),
        departments_at_first=_fates(first, "TTLDXS"),
    )


def _fates(course: Course, title: str) -> dict[str, str]:
    return {
        _who(line): str(fate)
        for line, fate in course.fates.items()
        if line.startswith(f"{title} ")
    }


def test_any_council_comes_to_what_a_count_by_hand_finds() -> None:
    found = [(seed, played(draw(seed)), count(draw(seed))) for seed in range(COUNCILS)]

    assert [seed for seed, ours, by_hand in found if ours != by_hand] == []
    # The councils are of all the kinds that matter.
    ends = [by_hand for _, _, by_hand in found]
    assert (
        min(
            sum(each.voted_again and not each.tied_again for each in ends),
            sum(each.voted_again and bool(each.tied_again) for each in ends),
            sum(bool(each.tied) and not each.voted_again for each in ends),
            sum("open" in each.departments_at_first.values() for each in ends),
            sum("fails" in each.fates.values() for each in ends),
        )
        > COUNCILS / 50
    )
