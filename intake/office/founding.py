"""An office that is to be set up: its roster and its first plan, checked together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.roles import HEAD, head_signing
from domain.rules.rulepack import RulePack
from intake.faults import BadDocument
from intake.nodes import compose, decode, value_of
from intake.office.positions import LEADERSHIP, Position, position_names
from intake.office.roster import Roster, read_roster
from intake.plans import Plan, read_plan

# A file's name, and what it holds.
Named = tuple[str, bytes]


class Faulty(Exception):
    """Something is wrong in the files: all of it, a sentence each, with its file."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True)
class Founding:
    """An office in which nothing is wrong, and what it should know of itself."""

    roster: Roster
    plan: Plan

    @property
    def notes(self) -> list[str]:
        """Say what may be missing: a campaign can begin without it."""
        return list(_missing(self.roster, head_signing(self.plan.signatory)))


def read_founding(roster: Named, plan: Named, packs: Sequence[RulePack]) -> Founding:
    """Read both files whole, or raise Faulty with everything wrong in either."""
    faults: list[str] = []
    people = intended = None
    try:
        intended = read_plan(plan[1], plan[0], packs)
    except BadDocument as bad:
        faults += faults_in(bad)
    head = head_signing(intended.signatory) if intended else _head_in(plan)
    try:
        people = read_roster(roster[1], roster[0], head, whole=True)
    except BadDocument as bad:
        faults += faults_in(bad)
    if people and intended:
        codes = [each.code for each in people.departments]
        faults += [f"{plan[0]}: {each}" for each in strangers(intended, codes)]
    if people is None or intended is None or faults:
        raise Faulty(faults)
    return Founding(people, intended)


def strangers(plan: Plan, departments: Sequence[str]) -> Iterator[str]:
    """Say which departments a plan names that the office does not have."""
    for at, each in enumerate(plan.department_criteria):
        if each.department not in departments:
            yield (
                f"`department_criteria.{at}.department`: gặp «{each.department}», "
                f"cho phép: mã một phòng của cơ quan: {', '.join(departments)}"
            )


def faults_in(bad: BadDocument) -> list[str]:
    """Say everything wrong in a file, each time with the file's name."""
    return [f"{bad.name}: {sentence}" for sentence in bad.sentences()]


def _head_in(plan: Named) -> str:
    """Find how a plan that has faults calls the agency's head, if it still says so."""
    try:
        found = value_of(compose(decode(plan[1], plan[0]), plan[0]), "", [])
    except BadDocument:
        return HEAD
    signatory = found.get("signatory") if isinstance(found, dict) else None
    return head_signing(signatory) if isinstance(signatory, str) else HEAD


def _missing(roster: Roster, head: str) -> Iterator[str]:
    serving = [person for person in roster.people if person.left_on is None]
    posts = {(person.department, person.position) for person in serving}
    for department in roster.departments:
        code = department.code
        led = any(of == code for of, _ in posts)
        if led and code != LEADERSHIP and (code, Position.TRUONG_PHONG) not in posts:
            yield f"{department.name} ({code}) chưa có trưởng phòng."
    if Position.PHO_CHANH_VAN_PHONG not in {position for _, position in posts}:
        deputy = position_names(head)[Position.PHO_CHANH_VAN_PHONG]
        yield f"Chưa có {deputy}: không ai ký thay khi {head} vắng."
    if not any("records_clerk" in person.duties for person in serving):
        yield "Chưa có văn thư (cột «kiêm nhiệm»): không ai ghi số quyết định được."
    if not any(person.initiative_seat == "chair" for person in serving):
        yield "Chưa có Hội đồng sáng kiến: chưa công nhận sáng kiến được."
