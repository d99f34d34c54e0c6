"""What a pack warns of, on each of its rules, so that no refusal leaves it out."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from domain.rules.criteria import Rule
from domain.rules.rulepack import RulePack


def warned(pack: RulePack) -> RulePack:
    """Give the pack's warning to every rule in it."""
    whole: RulePack = _warned(pack, pack.warning_vi)
    return whole


def _warned(value: Any, warning: str | None) -> Any:
    if isinstance(value, tuple):
        return tuple(_warned(each, warning) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inside = {f.name: _warned(getattr(value, f.name), warning) for f in fields(value)}
    if isinstance(value, Rule):
        inside["warning_vi"] = warning
    return replace(value, **inside)
