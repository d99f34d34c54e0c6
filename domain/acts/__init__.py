"""The one table of acts: whatever people do to the process, and time to it."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from domain.acts.campaign import CAMPAIGN_ACTS
from domain.acts.case import CASE_ACTS
from domain.acts.council import COUNCIL_ACTS
from domain.acts.decision import DECISION_ACTS
from domain.acts.declaring import ActRule, ProcessRule, TimeRule
from domain.acts.department import DEPARTMENT_ACTS
from domain.acts.phase import OF_TIME, PHASE_ACTS
from domain.deadlines import DEADLINES, DeadlineKind
from domain.refusals import Refused, refuse
from domain.roles import ROLE_NAMES, Role

ACTS: Mapping[str, ActRule] = {
    act.kind: act
    for act in (
        *CAMPAIGN_ACTS,
        *PHASE_ACTS,
        *DEPARTMENT_ACTS,
        *COUNCIL_ACTS,
        *DECISION_ACTS,
        *CASE_ACTS,
    )
}
TIME: Mapping[str, TimeRule] = {rule.kind: rule for rule in OF_TIME}
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


def require_deadline(kind: str, deadline: DeadlineKind) -> None:
    """Raise Undeclared unless the table says that an act, or time, sets a deadline."""
    if deadline not in RULES[kind].opens:
        raise Undeclared(f"{kind} sets the deadline {deadline}")


def _strange_deadlines() -> Iterator[str]:
    """Find what the table of deadlines and that of acts do not say alike."""
    for kind in DeadlineKind:
        rule = DEADLINES.get(kind)
        if rule is None:
            yield f"nobody owes anything until {kind}"
            continue
        yield from (f"{kind} waits for {act}" for act in rule.owed if act not in ACTS)
        if rule.ended_by is not None and kind not in RULES[rule.ended_by].ends:
            yield f"{rule.ended_by} does not end {kind}"
        if not any(kind in each.opens for each in RULES.values()):
            yield f"nothing sets {kind}"


if _STRANGE := list(_strange_deadlines()):
    raise Undeclared("; ".join(_STRANGE))


def require_whole(part: str, kinds: Iterable[str]) -> None:
    """Raise Undeclared unless *kinds*, the acts that have *part*, are all commands.

    A *part* is what every command needs beside its declaration: a body, an effect.
    """
    if strange := COMMANDS.symmetric_difference(kinds):
        raise Undeclared(f"acts without {part}, or the other way: {sorted(strange)}")
