"""What becomes of each line before a council: one conclusion, whoever asks for it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from domain.council.quota import Candidate, Ranking, rank_within_cap, room
from domain.rules.dependency import in_dependency_order
from domain.rules.eligibility import Verdict
from domain.rules.rulepack import RulePack

Titles = Mapping[str, frozenset[str]]  # by subject


class Fate(StrEnum):
    """What becomes of a line; an open one rests on lines that tie."""

    PASSES = "passes"
    FAILS = "fails"
    DOWNGRADED = "downgraded"
    TIED = "tied"
    OPEN = "open"


@dataclass(frozen=True)
class Contender:
    """A line before a council: whether its votes carry it, and what ranks it."""

    subject: str
    title: str
    carried: bool
    candidate: Candidate

    @property
    def line(self) -> str:
        """Its id."""
        return self.candidate.line


# Judges lines of one title, given who has which titles: a verdict for each line.
Judge = Callable[[Sequence[Contender], Titles], Mapping[str, Verdict]]


@dataclass(frozen=True)
class Course:
    """What becomes of each line, by what verdict, and how each title was ranked.

    *granted* counts, by title, what stood before, what passes, and the last seats
    that are still tied for, whoever gets them.
    """

    fates: dict[str, Fate] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    rankings: dict[str, Ranking] = field(default_factory=dict)
    granted: Counter[str] = field(default_factory=Counter)

    @property
    def ties(self) -> dict[str, Ranking]:
        """Give the titles whose last seats are tied for, each with its ranking."""
        return {title: each for title, each in self.rankings.items() if each.tied}


def course_of(
    pack: RulePack,
    contenders: Iterable[Contender],
    standing: Titles,
    judge: Judge,
) -> Course:
    """Follow a conclusion in the order of dependence.

    A line that its votes carry still needs what it rests on: *standing* already or
    passing beside it. Of a title that more pass for than its quota allows, those who
    rank last are downgraded, before anything that rests on it is looked at (E6, E21).
    What rests on lines that tie is judged as if they all passed and as if none did,
    and is open where that makes a difference.
    """
    course = Course(granted=Counter(t for held in standing.values() for t in held))
    sure = defaultdict(frozenset[str], standing)
    hoped = sure.copy()
    by_title = sorted(contenders, key=_title)
    for title, group in groupby(in_dependency_order(pack, by_title, _title), _title):
        lines = list(group)
        found = judge(lines, sure)
        best = found if sure == hoped else judge(lines, hoped)
        able = [one for one in lines if one.carried and best[one.line].eligible]
        most = room(pack, title, course.granted)
        ranking = rank_within_cap((one.candidate for one in able), most)
        fates = _fates(ranking, found)
        for one in able:
            if fates[one.line] is Fate.PASSES:
                course.granted[title] += 1
                _give(one.subject, title, sure, hoped)
            elif fates[one.line] is not Fate.DOWNGRADED:
                _give(one.subject, title, hoped)
        course.granted[title] += ranking.seats
        course.rankings[title] = ranking
        course.verdicts.update(found)
        course.fates.update({one.line: Fate.FAILS for one in lines} | fates)
    return course


def _title(one: Contender) -> str:
    return one.title


def _give(subject: str, title: str, *held: defaultdict[str, frozenset[str]]) -> None:
    for titles in held:
        titles[subject] |= {title}


def _fates(ranking: Ranking, verdicts: Mapping[str, Verdict]) -> dict[str, Fate]:
    return {
        **{
            line: Fate.PASSES if verdicts[line].eligible else Fate.OPEN
            for line in ranking.within
        },
        **dict.fromkeys(ranking.tied, Fate.TIED),
        **dict.fromkeys(ranking.beyond, Fate.DOWNGRADED),
    }
