"""One thing that somebody owes: the act, what it is aimed at, and until when."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import Target
from domain.roles import ACTS
from duties.agenda import Agenda
from store.tables import Campaign, Phase


@dataclass(frozen=True)
class Owed:
    """One act that waits for a person, until when, and for whom they stand in."""

    kind: str
    target: Target
    campaign: str
    title: str
    due_at: datetime | None
    behalf: str | None = None


def due(agenda: Agenda, owner: Target, name: str) -> datetime | None:
    """Find when a deadline falls due, if it still runs."""
    return agenda.dues.get((str(owner), name))


def owe(
    kind: str,
    target: Target,
    part: Campaign | Phase,
    department: str = "",
    due_at: datetime | None = None,
    behalf: str | None = None,
) -> Owed:
    """Say what is owed, in the words of the act and of what it is about."""
    campaign, name = _named(part)
    where = f"{department} – {name}" if department else name
    title = f"{ACTS[kind].summary}: {where}"
    return Owed(kind, target, campaign, title, due_at, behalf)


def _named(part: Campaign | Phase) -> tuple[str, str]:
    if isinstance(part, Campaign):
        return part.id, part.title
    return part.campaign, part.name
