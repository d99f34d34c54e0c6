"""The office of 34: one year judged from the hire dates to the targets."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.council.quota import cap
from domain.reports.targets import Denominator, Target, measure
from domain.rules.criteria import DisciplineLevel, RatingLevel
from domain.rules.eligibility import (
    CollectiveFacts,
    IndividualFacts,
    Stage,
    judge,
    takes_part,
)
from domain.rules.rulepack import Absence
from domain.rules.service import Away, Span, service_months
from intake.rulepacks import load_packs
from tests.domain.test_quota import needed_holders

VN2017 = load_packs()[0]
YEAR_END = date(2022, 12, 31)
SIZES = (9, 8, 10, 7)


@dataclass(frozen=True)
class Member:
    hired: date = date(2015, 4, 1)
    away: tuple[Away, ...] = ()
    disciplines: tuple[DisciplineLevel, ...] = ()

    def facts(self) -> IndividualFacts:
        return IndividualFacts(
            registered=True,
            rating=(
                RatingLevel.NOT_COMPLETED
                if self.disciplines
                else RatingLevel.GOOD_COMPLETION
            ),
            disciplines=self.disciplines,
            year=2022,
            service_months=service_months(
                VN2017.service, [Span(self.hired)], YEAR_END, self.away
            ),
        )


RECRUIT = Member(hired=date(2022, 9, 15))
MOTHER = Member(
    away=(Away(Span(date(2022, 2, 1), date(2022, 7, 31)), Absence.MATERNITY),)
)
REPRIMANDED = Member(disciplines=(DisciplineLevel.REPRIMAND,))
STAFF = [RECRUIT, MOTHER, REPRIMANDED, *[Member()] * 31]


def is_advanced(member: Member) -> bool:
    return judge(VN2017, "LDTT", member.facts(), Stage.BALLOT).eligible


def department(members: int, ldtt: int, cstdcs: int) -> CollectiveFacts:
    return CollectiveFacts(
        registered=True,
        rating=RatingLevel.EXCELLENT,
        titles=frozenset({"TTLDTT"}),
        members=members,
        reviewable_members=members,
        completed=members,
        holding={"LDTT": ldtt, "CSTDCS": cstdcs},
    )


def test_of_34_staff_32_take_part_and_all_of_these_are_advanced() -> None:
    participants = [member for member in STAFF if takes_part(VN2017, member.facts())]
    advanced = [member for member in STAFF if is_advanced(member)]

    assert (len(STAFF), len(participants), len(advanced)) == (34, 32, 32)
    assert MOTHER in advanced
    assert advanced == participants


def test_the_years_targets_are_reached_with_four_fighters() -> None:
    heads = {
        Denominator.DEPARTMENTS: 4,
        Denominator.PARTICIPANTS: 32,
        Denominator.HEADCOUNT: 34,
    }
    most = cap(VN2017, "CSTDCS", 32)
    aims = {
        Target("TTLDTT", Fraction(1), Denominator.DEPARTMENTS): 4,
        Target("TTLDXS", Fraction(1, 2), Denominator.DEPARTMENTS): 2,
        Target("LDTT", Fraction(1), Denominator.PARTICIPANTS): 32,
        Target("CSTDCS", Fraction(15, 100), Denominator.PARTICIPANTS, True): 4,
    }

    results = [measure(aim, reached, heads, most)[0] for aim, reached in aims.items()]

    assert most == 4
    assert [result.needed for result in results] == [4, 2, 32, 4]
    assert all(result.met for result in results)


def test_each_department_needs_its_own_number_and_an_excellent_one_its_fighter() -> (
    None
):
    for members in SIZES:
        ldtt = needed_holders(VN2017, "TTLDXS", "LDTT", members)
        verdicts = [
            judge(VN2017, "TTLDXS", facts, Stage.BALLOT).eligible
            for facts in (
                department(members, ldtt, 1),
                department(members, ldtt - 1, 1),
                department(members, ldtt, 0),
            )
        ]

        assert verdicts == [True, False, False]
