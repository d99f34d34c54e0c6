"""Who finds what is owed until which deadline: a finder of its own, or the one rule."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from domain import ids
from domain.acts import DEADLINES, Undeclared, kind_of
from domain.cases.procedures import PROCEDURES
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from duties.agenda import Agenda, Running, titled
from duties.campaigns import of_campaigns
from duties.cases import of_cases
from duties.decisions import of_decisions
from duties.departments import of_departments
from duties.duty import Duty, Until
from duties.opinions import of_opinions
from duties.phases import of_phases
from duties.sessions import of_sessions
from duties.subjects import subjects

Finder = Callable[[Agenda], Iterator[Duty]]
_K = DeadlineKind
_WAITS = (wait for each in PROCEDURES.values() for wait in each.waits.values())
# What is owed by whom the rows name, or in an order of their own; and what has no
# deadline at all.
_OF_ROWS: tuple[tuple[Finder, frozenset[str]], ...] = (
    (of_campaigns, frozenset({_K.PACT, _K.CLOSING})),
    (of_departments, frozenset({_K.REGISTRATION, _K.SUBMISSION})),
    (of_opinions, frozenset()),
    (of_phases, frozenset({_K.APPRAISAL, _K.COUNCIL})),
    (of_sessions, frozenset({_K.COUNCIL, _K.MEETING, _K.BALLOTS, _K.MINUTES})),
    (of_decisions, frozenset({_K.DECISION, _K.ISSUE, _K.FORWARD, _K.ANSWER})),
    (of_cases, frozenset(wait.deadline for wait in _WAITS)),
)


def while_it_runs(agenda: Agenda) -> Iterator[Duty]:
    """Find the acts whose own deadlines run: they are owed for just as long.

    The table of acts says by whom, and what keeps the deadline is what they are aimed
    at.
    """
    owed = [
        duty
        for until, running in agenda.dues.items()
        if (kind := kind_of(until.name)) in DECLARED
        and agenda.asks_of(duty := _owed(kind, until, running))
    ]
    about = subjects(agenda.session, [duty.target for duty in owed])
    for duty in owed:
        yield replace(duty, title=titled(duty.act, about[str(duty.target)]))


def _owed(kind: str, until: Until, running: Running) -> Duty:
    target = ids.read(until.owner)
    [(act, roles)] = DEADLINES[kind].owed.items()
    of_department = target.kind is Kind.DEPARTMENT
    return Duty(
        act,
        target,
        campaign=running.campaign,
        title="",
        until=until,
        due_at=running.due_at,
        roles=roles,
        department=ids.department_key(target)[1] if of_department else None,
    )


def left_to_the_rule(
    finders: Iterable[tuple[Finder, frozenset[str]]],
) -> frozenset[str]:
    """Name the deadlines of single acts, which no finder of its own claims.

    Raises Undeclared for one that nobody would be found to owe.
    """
    claimed = frozenset[str]().union(*(kinds for _, kinds in finders))
    owed = frozenset(kind for kind, rule in DEADLINES.items() if rule.owed)
    declared = frozenset(kind for kind, rule in DEADLINES.items() if rule.own)
    if lost := owed - claimed - declared:
        raise Undeclared(f"nobody is found to owe what is due by {sorted(lost)}")
    if strange := claimed - owed:
        raise Undeclared(f"found to be owed, and owed by nobody: {sorted(strange)}")
    return declared - claimed


DECLARED = left_to_the_rule(_OF_ROWS)
FINDERS = (*_OF_ROWS, (while_it_runs, DECLARED))
# Who finds all that is owed to one kind of target; to others somebody of all.
_TO = {Kind.COUNCIL: of_sessions, Kind.DECISION: of_decisions}


def finders_of(target: Kind | None) -> tuple[Finder, ...]:
    """Give those who find what is owed to a kind of target, or to anything."""
    if target in _TO:
        return _TO[target], while_it_runs
    return tuple(find for find, _ in FINDERS)
