"""What a token lets its bearer do: read, act, and all that in one campaign only."""

from collections.abc import Collection
from enum import StrEnum


class Scope(StrEnum):
    """What a token is for."""

    READ = "read"
    ACT = "act"


# How HTTP asks for something that changes nothing.
_READING = ("GET", "HEAD")


def scope_of(method: str) -> Scope:
    """Say which scope a request needs."""
    return Scope.READ if method in _READING else Scope.ACT


def allows(
    scopes: Collection[str], only: str | None, method: str, campaign: str | None
) -> bool:
    """Say whether a token allows a request that is about a *campaign*, or about none.

    One for a campaign *only* opens nothing beside it: the office's rows are beside it.
    """
    return scope_of(method) in scopes and only in (None, campaign)
