"""What is owed to the matters beside the phases: the next step of each."""

from collections.abc import Iterator

from api.owing import Owed, due
from domain.cases import PROCEDURES
from domain.roles import ACTS, Role
from engine import ids
from store.standing import Standing
from store.tables import Case
from store.tasks import Agenda

# The step that a matter waits for; another one may always be taken instead.
_NEXT = ("accept_case", "report_case", "resolve_case")


def of_cases(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    """Find the matters whose next step is this person's to take."""
    for case in agenda.cases:
        kind = _next_of(case)
        steps = PROCEDURES[case.kind].steps
        if kind is not None and _takes(standing, case, kind, steps[kind].who):
            target = ids.case(case.id)
            due_at = due(
                agenda, target, PROCEDURES[case.kind].waits[case.state].deadline
            )
            title = f"{ACTS[kind].summary}: {case.title}"
            yield Owed(kind, target, case.campaign, title, due_at)


def _next_of(case: Case) -> str | None:
    steps = PROCEDURES[case.kind].steps
    return next(
        (act for act in _NEXT if act in steps and case.state in steps[act].comes_from),
        None,
    )


def _takes(standing: Standing, case: Case, kind: str, who: frozenset[Role]) -> bool:
    signs = (case.campaign, kind) in standing.signs and Role.DIRECTOR in who
    return bool(standing.roles & who) or signs
