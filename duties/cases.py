"""What is owed to the matters beside the phases: the next step of each."""

from collections.abc import Iterator

from domain import ids
from domain.cases.procedures import PROCEDURES
from domain.roles import ACTS, Role
from duties.agenda import Agenda
from duties.duty import Owed, due
from store.office.standing import Standing
from store.tables import Case

# The step that a matter waits for; another one may always be taken instead.
_NEXT = (
    "accept_case",
    "report_case",
    "assess_case",
    "conclude_initiative",
    "certify_initiative",
    "resolve_case",
)


def of_cases(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    """Find the matters whose next step is this person's to take."""
    for case in agenda.cases:
        procedure = PROCEDURES[case.kind]
        for kind in _next_of(case):
            if _takes(standing, agenda, case, kind):
                target = ids.case(case.id)
                due_at = due(agenda, target, procedure.waits[case.state].deadline)
                title = f"{ACTS[kind].summary}: {case.title}"
                yield Owed(kind, target, case.campaign, title, due_at)


def _next_of(case: Case) -> list[str]:
    steps = PROCEDURES[case.kind].steps
    return [a for a in _NEXT if a in steps and case.state in steps[a].comes_from]


def _takes(standing: Standing, agenda: Agenda, case: Case, kind: str) -> bool:
    who = PROCEDURES[case.kind].steps[kind].who
    spoken = case.id in agenda.said or case.subject == standing.person
    if kind == "assess_case" and spoken:
        return False
    signs = (case.campaign, kind) in standing.signs and Role.DIRECTOR in who
    return bool(standing.roles & who) or signs
