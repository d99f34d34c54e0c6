"""What is played: a plan, the cast, their office, and the rules they go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.rules.rulepack import RulePack, choose
from intake.casts import Cast, read_cast
from intake.office.sample import read_office
from intake.office.year import OfficeYear
from intake.plans import Plan, read_plan
from intake.rulepacks import RULES, load_packs
from papers.archive.office import OfficeFile

PLANS = Path(__file__).parents[1] / "plans"
OFFICE, CAST = PLANS / "office.yaml", PLANS / "cast.yaml"


@dataclass(frozen=True)
class Playbill:
    """A year that can be played; all of it was read and found whole.

    Of an office of one's *own* there are rows: who is in it, and how they play, is
    known once these have moved in.
    """

    plan: Plan
    cast: Cast
    office: OfficeYear
    packs: tuple[RulePack, ...]
    own: OfficeFile | None = None

    def title_names(self) -> Mapping[str, str]:
        """Name every title as the rules at the year's end do."""
        pack = choose(self.packs, self.plan.phases[-1].period_end)
        return {title.code: title.name_vi for title in pack.titles}


def read_playbill(
    plan: Path, cast: Path = CAST, office: Path = OFFICE, rules: Path = RULES
) -> Playbill:
    """Read all that a rehearsal needs.

    Raises BadDocument for the first file with anything wrong in it, and OSError.
    """
    return read_playbill_of(plan.read_bytes(), plan.name, cast, office, rules)


def read_playbill_of(
    text: str | bytes,
    name: str,
    cast: Path = CAST,
    office: Path = OFFICE,
    rules: Path = RULES,
) -> Playbill:
    """Read all that a rehearsal of the plan *text* needs. Raises BadDocument."""
    packs = load_packs(rules)
    intended = read_plan(text, name, packs)
    people = read_office(office.read_bytes(), office.name).in_year(intended.year)
    played = read_cast(cast.read_bytes(), cast.name, people, intended)
    return Playbill(intended, played, people, packs)


def read_own_playbill(plan: Path, office: Path, rules: Path = RULES) -> Playbill:
    """Read all that a rehearsal in an office of one's own needs.

    Raises BadDocument, NotAnArchive and OSError.
    """
    packs = load_packs(rules)
    intended = read_plan(plan.read_bytes(), plan.name, packs)
    nobody = OfficeYear(intended.year, "", intended.issuer, (), (), (), (), ())
    return Playbill(intended, Cast(), nobody, packs, OfficeFile(office))
