"""The one table of acts: whatever people do to the process, and time to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from domain.acts.campaign import CAMPAIGN_ACTS
from domain.acts.case import CASE_ACTS
from domain.acts.council import COUNCIL_ACTS
from domain.acts.decision import DECISION_ACTS
from domain.acts.declaring import ActRule, All, ProcessRule, TimeRule
from domain.acts.department import DEPARTMENT_ACTS
from domain.acts.phase import OF_TIME, PHASE_ACTS
from domain.deadlines import LONGEST, SHARED, DeadlineKind, DeadlineRule, plain
from domain.ladder import Ladder
from domain.refusals import Refused, refuse
from domain.roles import ROLE_NAMES, Role

Rule = TypeVar("Rule", bound=ProcessRule)
_DECLARED = (
    *CAMPAIGN_ACTS,
    *PHASE_ACTS,
    *DEPARTMENT_ACTS,
    *COUNCIL_ACTS,
    *DECISION_ACTS,
    *CASE_ACTS,
)
# Every deadline there is: what the code speaks of first, the acts' own names last.
_OWN = {name: rule for act in _DECLARED for name, rule in act.own.items()}
_DUE = {**SHARED, **_OWN}
_NAMES = dict.fromkeys((*DeadlineKind, *_DUE))
DEADLINES: Mapping[str, DeadlineRule] = {x: _DUE[x] for x in _NAMES if x in _DUE}
_KINDS = {kind: kind for kind in DEADLINES}


def _named(said: Iterable[str], every: All | None) -> tuple[str, ...]:
    return *said, *(every.among(DEADLINES) if every else ())


def _whole(rule: Rule) -> Rule:
    """Name the deadlines that a rule opens and ends, an act's own among them."""
    own = rule.own if isinstance(rule, ActRule) else ()
    ends = (*_named(rule.ends, rule.ends_all), *own)
    opens = _named(rule.opens, rule.opens_all)
    return replace(rule, opens=opens, ends=tuple(dict.fromkeys(ends)))


ACTS: Mapping[str, ActRule] = {act.kind: _whole(act) for act in _DECLARED}
TIME: Mapping[str, TimeRule] = {rule.kind: _whole(rule) for rule in OF_TIME}
RULES: Mapping[str, ProcessRule] = {**ACTS, **TIME}
# No command: what the ballot says must stand nowhere, and one comes by oneself.
COMMANDS = frozenset(ACTS) - {"cast", "attend"}


class Undeclared(Exception):
    """The code does to the process what the table of acts does not say."""


def may(kind: str, roles: frozenset[Role]) -> bool:
    """Say whether one of *roles* may do the act."""
    return bool(ACTS[kind].who & roles)


def not_allowed(kind: str, who: frozenset[Role] | None = None) -> Refused:
    """Refuse (`not_allowed`) an act, naming who may do it; *who*: where fewer may."""
    rule = ACTS[kind]
    allowed = "; ".join(ROLE_NAMES[role] for role in sorted(who or rule.who))
    return refuse(
        "not_allowed",
        f"Bạn không có quyền làm việc «{rule.summary}». Người được làm: {allowed}.",
    )


def require_role(kind: str, who: frozenset[Role], roles: frozenset[Role]) -> None:
    """Raise Refused (`not_allowed`) when nobody with *roles* is among *who* may."""
    if not who & roles:
        raise not_allowed(kind, who)


def require_move(kind: str, before: StrEnum | None, after: StrEnum) -> None:
    """Raise Undeclared unless the table says that an act, or time, moves things so.

    Where they come from may be left open.
    """
    if before is not after and not RULES[kind].moves(before, after):
        raise Undeclared(f"{kind} brings {type(after).__name__} {before} to {after}")


def kind_of(name: str) -> str:
    """Find the kind of a deadline by its name. ValueError for one we never gave."""
    if (kind := _KINDS.get(plain(name))) is None:
        raise ValueError(f"no deadline is called {name}")
    return kind


def rule_of(name: str) -> DeadlineRule:
    """Find what holds for a deadline by its name. ValueError for one we never gave."""
    return DEADLINES[kind_of(name)]


def require_deadline(kind: str, deadline: str, keeper: str) -> None:
    """Raise Undeclared unless the table says that an act, or time, sets a deadline.

    An act's own is kept by a *keeper* of the kind that the act is aimed at.
    """
    if deadline not in RULES[kind].opens:
        raise Undeclared(f"{kind} sets the deadline {deadline}")
    if DEADLINES[deadline].own not in (None, keeper):
        raise Undeclared(f"{kind} sets the deadline {deadline} of a {keeper}")


def owed_no_more(kind: str) -> tuple[str, ...]:
    """Name the deadlines that an act ends of those that its target keeps."""
    rule = ACTS[kind]
    return tuple(x for x in rule.ends if DEADLINES[x].own == rule.target)


def strange_deadlines(deadlines: Mapping[str, DeadlineRule]) -> Iterator[str]:
    """Find what a table of deadlines and that of acts do not say alike."""
    declared = (kind for rule in RULES.values() for kind in (*rule.opens, *rule.ends))
    missing = sorted(frozenset(DeadlineKind).union(declared) - deadlines.keys())
    yield from (f"{kind} is a deadline without a rule" for kind in missing)
    for kind, rule in deadlines.items():
        if bool(rule.owed) is (rule.ladder in (None, Ladder.DELEGATION)):
            yield f"{kind} reminds of nothing, or nobody of what is owed"
        for act, who in rule.owed.items():
            if act not in ACTS or not who <= ACTS[act].who:
                yield f"{act} is owed until {kind} by nobody who may do it"
        if rule.own not in (None, "department") and rule.ladder is Ladder.DEPARTMENT:
            yield f"{kind} reminds departments of what is owed to no department"
        if rule.ended_by is not None and kind not in RULES[rule.ended_by].ends:
            yield f"{rule.ended_by} does not end {kind}"
        if len(kind) > LONGEST:
            yield f"{kind} is a longer name than the rows have room for"
        if not any(kind in r.opens for r in RULES.values() if not r.opens_all):
            yield f"nothing sets {kind}"


if _STRANGE := list(strange_deadlines(DEADLINES)):
    raise Undeclared("; ".join(_STRANGE))


def require_whole(part: str, kinds: Iterable[str]) -> None:
    """Raise Undeclared unless *kinds*, the acts that have *part*, are all commands.

    A *part* is what every command needs beside its declaration: a body, an effect.
    """
    if strange := COMMANDS.symmetric_difference(kinds):
        raise Undeclared(f"acts without {part}, or the other way: {sorted(strange)}")
