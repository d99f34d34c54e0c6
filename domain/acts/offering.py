"""Which acts somebody may do as things stand: what can be offered before it is asked.

The act itself is judged again when it is done, by more than this.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from domain.acts import ACTS, COMMANDS
from domain.acts.declaring import ActRule
from domain.roles import Role


def offered(
    target: str,
    roles: frozenset[Role],
    states: Iterable[StrEnum],
    windows: Collection[str],
) -> Iterator[ActRule]:
    """List the acts on a kind of *target* that *roles* may do now.

    *states* are those of the target, and of its phase and campaign; *windows* the kinds
    of deadlines that have opened and not ended.
    """
    standing = list(states)
    for rule in ACTS.values():
        asked = rule.target == target and rule.kind in COMMANDS
        may = asked and rule.who & roles and _takes(rule, windows)
        if may and all(_fits(rule, state) for state in standing):
            yield rule


def _takes(rule: ActRule, windows: Collection[str]) -> bool:
    if rule.window is None:
        return True
    return rule.window in windows or rule.opens_with in windows


def _fits(rule: ActRule, state: StrEnum) -> bool:
    allowed = rule.allowed(type(state))
    return allowed is None or state in allowed
