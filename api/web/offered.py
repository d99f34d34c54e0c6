"""The acts that somebody may do on a thing as it stands, each with its page."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from api.commands import ACT_PATHS
from api.web.acting.paths import page_of
from domain import ids
from domain.acts import ACTS, may
from domain.ids import Kind, WorkflowId
from domain.roles import DESK, Role
from store.office.standing import Standing

_OF_HOME = frozenset({Role.DEPARTMENT_STAFF})


class Offer(NamedTuple):
    """An act, what it is called, on what, and the page that it leads back to."""

    kind: str
    label: str
    target: WorkflowId
    back: str

    @property
    def path(self) -> str:
        """Say where it is sent."""
        return page_of(self.kind, self.target)

    def page(self, **typed: object) -> str:
        """Say on which page it is done, where fields that are *typed* are filled in."""
        return page_of(self.kind, self.target, self.back, **typed)


def offered(
    standing: Standing, target: WorkflowId, campaign: str, state: StrEnum, back: str
) -> list[Offer]:
    """List what may be done in a *state*, by the table of acts; rules may refuse it."""
    return [*_offers(standing, target, campaign, state, back)]


def _offers(
    standing: Standing, target: WorkflowId, campaign: str, state: StrEnum, back: str
) -> Iterator[Offer]:
    roles = _roles(standing, target)
    for kind in ACT_PATHS:
        rule = ACTS[kind]
        states = rule.allowed(type(state))
        if rule.target != target.kind or (states is not None and state not in states):
            continue
        if may(kind, roles) or (campaign, kind) in standing.signs:
            yield Offer(kind, rule.summary, target, back)


def _roles(standing: Standing, target: WorkflowId) -> frozenset[Role]:
    """Say which roles count on a target: of another department, none of one's own."""
    if target.kind is not Kind.DEPARTMENT:
        return standing.roles
    _, department = ids.department_key(target)
    elsewhere = frozenset() if department == standing.home else _OF_HOME
    return standing.roles - (
        elsewhere if department in standing.desks else elsewhere | DESK
    )
