"""`reach` and `reach_all`: they alone write states, save those of lines (`move`)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from sqlalchemy import inspect
from sqlmodel import SQLModel, update

from activities.deed import Deed
from domain import ids
from domain.acts import require_move
from domain.moves import is_move
from domain.record.traces import ANY
from papers.terms import wrong_move
from store.tables import Campaign, Phase

State = TypeVar("State", bound=StrEnum)


class Stateful(Protocol[State]):
    """A row that stands in one of the states of its kind."""

    state: State


# Whose stages the record of an act names.
_RECORDED: Mapping[type[Any], Callable[[Any], ids.WorkflowId]] = {
    Campaign: lambda campaign: ids.campaign(campaign.id),
    Phase: lambda phase: ids.phase(phase.id),
}


def reach(deed: Deed, row: Stateful[State], state: State) -> None:
    """Bring a row to *state*, or leave it there; what else changes is set before.

    Raises Refused (`wrong_state`) when it may not go there, and Undeclared when such an
    act brings nothing there.
    """
    if not is_move(row.state, state):
        raise wrong_move(row.state, state)
    require_move(deed.kind, row.state, state)
    deed.moved(row.state, state, _key(row))
    row.state = state
    deed.session.add(row)
    if target_of := _RECORDED.get(type(row)):
        deed.facts.setdefault("stages", []).append([str(target_of(row)), state])


def reach_all(
    deed: Deed, table: type[SQLModel], state: StrEnum, *which: Any, **more: Any
) -> None:
    """Bring all rows that are so to *state*, in one statement, however many they are.

    When one of them may not go there, the database refuses them all.
    """
    require_move(deed.kind, None, state)
    moved = update(table).where(*which).values(state=state, **more)
    rows = deed.session.exec(moved.returning(*inspect(table).primary_key))
    deed.moved(ANY, state, *("/".join(map(str, row)) for row in rows))


def begin(deed: Deed, state: StrEnum, *keys: str) -> None:
    """Let the record have that things, by their keys, begin in a state."""
    deed.moved(None, state, *keys)


def _key(row: Any) -> str:
    return "/".join(
        str(key) for key in inspect(type(row)).primary_key_from_instance(row)
    )
