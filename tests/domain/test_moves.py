"""The moves of every kind of thing: each state has its own, and can be reached."""

from enum import StrEnum

import pytest

from domain.moves import MOVES, is_move
from domain.outgoing.deliveries import DeliveryState
from domain.states import (
    CampaignState,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)

# How a thing of each kind may begin.
FIRST: dict[type[StrEnum], set[StrEnum]] = {
    CampaignState: {CampaignState.DRAFT},
    PhaseState: {PhaseState.PLANNED},
    WindowState: {WindowState.OPEN},
    RegistrationState: {RegistrationState.REGISTERED, RegistrationState.AMENDED},
    SubmissionState: {SubmissionState.NOT_STARTED},
    SessionState: {SessionState.CONVENED},
    DecisionState: {DecisionState.PENDING, DecisionState.DECIDED},
    CaseState: {CaseState.DRAFT},
    LineState: {LineState.NOMINATED, LineState.DIRECTOR_APPROVED},
    DeliveryState: {DeliveryState.HELD, DeliveryState.WAITING},
}
# The code has a name for it, and nothing sets it.
UNREACHED: dict[type[StrEnum], set[StrEnum]] = {WindowState: {WindowState.PLANNED}}


def pairs_of(kind: type[StrEnum]) -> frozenset[tuple[str, str]]:
    """List the moves of one kind as pairs, from and to, as the rows name the states."""
    return frozenset(
        (str(before), str(after))
        for before, onward in MOVES[kind].items()
        for after in onward
    )


def reached(kind: type[StrEnum]) -> set[StrEnum]:
    """Follow the moves from where things begin."""
    found, ahead = set(FIRST[kind]), list(FIRST[kind])
    while ahead:
        onward = set(MOVES[kind][ahead.pop()]) - found
        found |= onward
        ahead += onward
    return found


@pytest.mark.parametrize("kind", MOVES)
def test_every_state_has_its_moves_and_can_be_reached(kind: type[StrEnum]) -> None:
    assert set(MOVES[kind]) == set(kind)
    assert reached(kind) == set(kind) - UNREACHED.get(kind, set())


@pytest.mark.parametrize("kind", MOVES)
def test_to_stay_is_no_move_and_always_possible(kind: type[StrEnum]) -> None:
    assert all(is_move(state, state) for state in kind)
    assert all(state not in MOVES[kind][state] for state in kind)
