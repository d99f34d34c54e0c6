"""From which state each kind of thing may go to which; nothing else exists.

The database's triggers hold the same pairs (migrations 0012 and later).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from domain.cases.procedures import PROCEDURES
from domain.outgoing.deliveries import DELIVERY_MOVES, DeliveryState
from domain.states import (
    LINE_MOVES,
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

State = TypeVar("State", bound=StrEnum)
Moves = Mapping[State, frozenset[State]]

_C, _P, _W = CampaignState, PhaseState, WindowState
_R, _S, _D = RegistrationState, SubmissionState, DecisionState

CAMPAIGN_MOVES: Moves[CampaignState] = {
    _C.DRAFT: frozenset({_C.PENDING_UNION, _C.CANCELLED}),
    _C.PENDING_UNION: frozenset({_C.PACT_SIGNED, _C.CANCELLED}),
    _C.PACT_SIGNED: frozenset({_C.RUNNING, _C.CANCELLED}),
    _C.RUNNING: frozenset({_C.SUSPENDED, _C.CLOSED, _C.CANCELLED}),
    _C.SUSPENDED: frozenset({_C.RUNNING, _C.CANCELLED}),
    # Opened again for a line that was held when its campaign ended.
    _C.CLOSED: frozenset({_C.RUNNING}),
    _C.CANCELLED: frozenset(),
}

PHASE_MOVES: Moves[PhaseState] = {
    _P.PLANNED: frozenset({_P.REGISTRATION_OPEN, _P.RUNNING, _P.CANCELLED}),
    _P.REGISTRATION_OPEN: frozenset({_P.RUNNING, _P.CANCELLED}),
    _P.RUNNING: frozenset({_P.DEPARTMENT_REVIEW, _P.CANCELLED}),
    _P.DEPARTMENT_REVIEW: frozenset({_P.SUBMISSION_WINDOW, _P.CANCELLED}),
    _P.SUBMISSION_WINDOW: frozenset({_P.APPRAISAL, _P.CANCELLED}),
    # Decided at once when no line is eligible.
    _P.APPRAISAL: frozenset({_P.PUBLIC_NOTICE, _P.DECIDED, _P.CANCELLED}),
    _P.PUBLIC_NOTICE: frozenset({_P.COUNCIL_REVIEW, _P.CANCELLED}),
    _P.COUNCIL_REVIEW: frozenset({_P.DIRECTOR_REVIEW, _P.DECIDED, _P.CANCELLED}),
    _P.DIRECTOR_REVIEW: frozenset({_P.COUNCIL_REVIEW, _P.DECIDED, _P.CANCELLED}),
    # One that is over is opened again for a line that was held (ADR 0014).
    _P.DECIDED: frozenset(
        {_P.CLOSED, _P.COUNCIL_REVIEW, _P.DIRECTOR_REVIEW, _P.CANCELLED}
    ),
    _P.CLOSED: frozenset({_P.COUNCIL_REVIEW, _P.DIRECTOR_REVIEW}),
    _P.CANCELLED: frozenset(),
}

WINDOW_MOVES: Moves[WindowState] = {
    _W.PLANNED: frozenset(),  # nothing sets it
    _W.OPEN: frozenset({_W.CLOSING, _W.CLOSED}),
    # A later end opens it again: an extension, a changed plan, a late list.
    _W.CLOSING: frozenset({_W.OPEN, _W.CLOSED}),
    _W.CLOSED: frozenset({_W.OPEN}),
}

REGISTRATION_MOVES: Moves[RegistrationState] = {
    _R.REGISTERED: frozenset({_R.WITHDRAWN, _R.LAPSED}),
    _R.AMENDED: frozenset({_R.WITHDRAWN, _R.LAPSED}),
    _R.WITHDRAWN: frozenset(),
    _R.LAPSED: frozenset(),
}

SUBMISSION_MOVES: Moves[SubmissionState] = {
    _S.NOT_STARTED: frozenset({_S.PEER_REVIEWED, _S.NIL_RETURN, _S.OVERDUE, _S.CLOSED}),
    _S.PEER_REVIEWED: frozenset({_S.SUBMITTED, _S.NIL_RETURN, _S.OVERDUE, _S.CLOSED}),
    _S.SUBMITTED: frozenset({_S.RECALLED, _S.RECEIVED}),
    _S.RECALLED: frozenset({_S.SUBMITTED, _S.NIL_RETURN, _S.OVERDUE, _S.CLOSED}),
    _S.RECEIVED: frozenset({_S.RETURNED, _S.APPRAISED}),
    _S.RETURNED: frozenset({_S.RESUBMITTED}),
    _S.RESUBMITTED: frozenset({_S.RETURNED, _S.APPRAISED}),
    # Back for a line that was held while the others were appraised.
    _S.APPRAISED: frozenset({_S.RECEIVED}),
    _S.NIL_RETURN: frozenset({_S.RECALLED}),
    # What was received in time may be applied after the end.
    _S.OVERDUE: frozenset({_S.SUBMITTED, _S.NIL_RETURN, _S.LATE_REQUESTED}),
    _S.LATE_REQUESTED: frozenset({_S.LATE_ACCEPTED, _S.LATE_REFUSED}),
    _S.LATE_ACCEPTED: frozenset({_S.SUBMITTED, _S.NIL_RETURN, _S.OVERDUE}),
    _S.LATE_REFUSED: frozenset(),
    _S.CLOSED: frozenset(),
}

SESSION_MOVES: Moves[SessionState] = {
    SessionState.CONVENED: frozenset({SessionState.VOTING, SessionState.ADJOURNED}),
    SessionState.VOTING: frozenset({SessionState.COUNTED}),
    # Back for a second round.
    SessionState.COUNTED: frozenset({SessionState.VOTING, SessionState.CONCLUDED}),
    SessionState.CONCLUDED: frozenset(),
    SessionState.ADJOURNED: frozenset(),
}

DECISION_MOVES: Moves[DecisionState] = {
    _D.PENDING: frozenset({_D.DECIDED, _D.RETURNED}),
    # Returned, or void under its number, when nobody is left on it.
    _D.DECIDED: frozenset({_D.NUMBERED, _D.RETURNED}),
    _D.NUMBERED: frozenset({_D.ISSUED, _D.RESCINDED}),
    _D.ISSUED: frozenset(),
    _D.RETURNED: frozenset(),
    _D.RESCINDED: frozenset(),
}


def _of_procedures() -> Iterator[tuple[CaseState, CaseState]]:
    for procedure in PROCEDURES.values():
        for step in procedure.steps.values():
            for before in step.comes_from:
                yield before, step.goes_to
                yield before, step.or_else or step.goes_to


_STEPS = frozenset(_of_procedures())
# Where a matter of any kind may go; of one kind, its procedure says less.
CASE_MOVES: Moves[CaseState] = {
    before: frozenset(x for y, x in _STEPS if y is before and x is not before)
    for before in CaseState
}

MOVES: Mapping[type[StrEnum], Mapping[Any, frozenset[Any]]] = {
    CampaignState: CAMPAIGN_MOVES,
    PhaseState: PHASE_MOVES,
    WindowState: WINDOW_MOVES,
    RegistrationState: REGISTRATION_MOVES,
    SubmissionState: SUBMISSION_MOVES,
    SessionState: SESSION_MOVES,
    DecisionState: DECISION_MOVES,
    CaseState: CASE_MOVES,
    LineState: LINE_MOVES,
    DeliveryState: DELIVERY_MOVES,
}


def is_move(before: StrEnum, after: StrEnum) -> bool:
    """Say whether a thing may go from *before* to *after*; it may always stay."""
    return before is after or after in MOVES[type(before)][before]


def sources(target: State) -> frozenset[State]:
    """List from which states a thing may come to *target*."""
    moves = MOVES[type(target)]
    return frozenset(before for before, onward in moves.items() if target in onward)
