"""The acts that somebody may do on a thing as it stands, each with its page."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from api.commands import ACT_PATHS
from api.web.acting.paths import page_of as page_of
from domain.acts import ACTS, may
from domain.ids import WorkflowId
from store.office.standing import Standing


class Offer(NamedTuple):
    """An act, what it is called, and the page on which it is done."""

    kind: str
    label: str
    page: str


def offered(
    standing: Standing, target: WorkflowId, campaign: str, state: StrEnum
) -> list[Offer]:
    """List what may be done in a *state*, by the table of acts; rules may refuse it."""
    return [*_offers(standing, target, campaign, state)]


def _offers(
    standing: Standing, target: WorkflowId, campaign: str, state: StrEnum
) -> Iterator[Offer]:
    for kind in ACT_PATHS:
        rule = ACTS[kind]
        states = rule.allowed(type(state))
        if rule.target != target.kind or (states is not None and state not in states):
            continue
        if may(kind, standing.roles) or (campaign, kind) in standing.signs:
            yield Offer(kind, rule.summary, page_of(kind, target))
