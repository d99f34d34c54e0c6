"""The states that things pass through, and the moves between them that exist."""

from collections.abc import Mapping
from enum import StrEnum


class CampaignState(StrEnum):
    """A campaign from the drafted plan to the archive."""

    DRAFT = "draft"
    PENDING_UNION = "pending_union"
    PACT_SIGNED = "pact_signed"
    RUNNING = "running"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PhaseState(StrEnum):
    """A phase from its plan to its closing."""

    PLANNED = "planned"
    REGISTRATION_OPEN = "registration_open"
    RUNNING = "running"
    DEPARTMENT_REVIEW = "department_review"
    SUBMISSION_WINDOW = "submission_window"
    APPRAISAL = "appraisal"
    PUBLIC_NOTICE = "public_notice"
    COUNCIL_REVIEW = "council_review"
    DIRECTOR_REVIEW = "director_review"
    DECIDED = "decided"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WindowState(StrEnum):
    """A window takes what is received before its end, and only that."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class RegistrationState(StrEnum):
    """One subject's aim for one title in one campaign."""

    REGISTERED = "registered"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class SubmissionState(StrEnum):
    """What one department has sent in one phase."""

    NOT_STARTED = "not_started"
    PEER_REVIEWED = "peer_reviewed"
    SUBMITTED = "submitted"
    RECALLED = "recalled"
    RECEIVED = "received"
    RETURNED = "returned_for_supplement"
    RESUBMITTED = "resubmitted"
    APPRAISED = "appraised"
    NIL_RETURN = "nil_return"
    OVERDUE = "overdue"
    LATE_REQUESTED = "late_requested"
    LATE_ACCEPTED = "late_accepted"
    LATE_REFUSED = "late_refused"
    CLOSED = "closed"


class LineState(StrEnum):
    """One subject for one title: the unit that everything else handles."""

    NOMINATED = "nominated"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    ON_BALLOT = "on_ballot"
    COUNCIL_PASSED = "council_passed"
    COUNCIL_FAILED = "council_failed"
    COUNCIL_DOWNGRADED = "council_downgraded"
    DEFERRED = "deferred"
    DIRECTOR_APPROVED = "director_approved"
    DIRECTOR_DECLINED = "director_declined"
    RETURNED_TO_COUNCIL = "returned_to_council"
    AWARDED = "awarded"
    FORWARDED_UPWARD = "forwarded_upward"
    SUPERIOR_AWARDED = "superior_awarded"
    SUPERIOR_DECLINED = "superior_declined"
    SUPERIOR_RETURNED = "superior_returned"
    WITHDRAWN = "withdrawn"
    ON_HOLD = "on_hold"
    REVOKED = "revoked"
    DECLINED_BY_AWARDEE = "declined_by_awardee"


class SessionState(StrEnum):
    """A council session from its convening to the signed minutes."""

    CONVENED = "convened"
    VOTING = "voting"
    COUNTED = "counted"
    CONCLUDED = "concluded"
    ADJOURNED = "adjourned"


class DecisionKind(StrEnum):
    """What a decision does: it awards, or amends one that did."""

    AWARD = "award"
    CORRECTION = "correction"
    RESCISSION = "rescission"


class DecisionState(StrEnum):
    """A decision from the frozen list to the notified result."""

    PENDING = "pending"
    DECIDED = "decided"
    NUMBERED = "numbered"
    ISSUED = "issued"
    RETURNED = "returned"
    RESCINDED = "rescinded"


class CaseKind(StrEnum):
    """A matter beside the phases, with clocks of its own."""

    PETITION = "petition"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    RESCISSION = "rescission"
    INITIATIVE = "initiative"
    AD_HOC = "ad_hoc"


class CaseState(StrEnum):
    """A matter from its draft to its end."""

    DRAFT = "draft"
    FILED = "filed"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    POLLED = "polled"
    REPORTED = "reported"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    CERTIFIED = "certified"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class CommandState(StrEnum):
    """A command is received, then ends in exactly one way.

    One that is stuck, by a fault that may pass, or has failed, by a mistake of ours, is
    set aside: it is tried again, or discarded.
    """

    RECEIVED = "received"
    APPLIED = "applied"
    REFUSED = "refused"
    STUCK = "stuck"
    FAILED = "failed"
    DISCARDED = "discarded"


# They hold up nobody and keep their place; nothing takes them up again by itself.
SET_ASIDE = frozenset({CommandState.STUCK, CommandState.FAILED})


# These can be amended and withdrawn; one that lapsed was made all the same.
STANDING_REGISTRATIONS = frozenset(
    {RegistrationState.REGISTERED, RegistrationState.AMENDED}
)

_S = LineState

# A line on hold goes back to the state it came from: `may_leave_hold` looks that up,
# so ON_HOLD lists every state that may be held.
HOLDABLE_LINES = frozenset(
    {
        _S.NOMINATED,
        _S.ELIGIBLE,
        _S.DEFERRED,
        _S.COUNCIL_PASSED,
        _S.RETURNED_TO_COUNCIL,
    }
)
# Or it ends on hold: by what was verified, or because nobody wants it any more.
_ENDED_ON_HOLD = frozenset({_S.INELIGIBLE, _S.WITHDRAWN})

LINE_MOVES: Mapping[LineState, frozenset[LineState]] = {
    _S.NOMINATED: frozenset({_S.ELIGIBLE, _S.INELIGIBLE, _S.WITHDRAWN, _S.ON_HOLD}),
    _S.ELIGIBLE: frozenset(
        {_S.ON_BALLOT, _S.INELIGIBLE, _S.NOMINATED, _S.WITHDRAWN, _S.ON_HOLD}
    ),
    _S.INELIGIBLE: frozenset({_S.NOMINATED, _S.WITHDRAWN}),
    _S.ON_BALLOT: frozenset(
        {
            _S.COUNCIL_PASSED,
            _S.COUNCIL_FAILED,
            _S.COUNCIL_DOWNGRADED,
            _S.DEFERRED,
            _S.ELIGIBLE,
            _S.WITHDRAWN,
        }
    ),
    _S.COUNCIL_PASSED: frozenset(
        {
            _S.DIRECTOR_APPROVED,
            _S.DIRECTOR_DECLINED,
            _S.RETURNED_TO_COUNCIL,
            _S.WITHDRAWN,
            _S.ON_HOLD,
        }
    ),
    _S.COUNCIL_FAILED: frozenset(),
    _S.COUNCIL_DOWNGRADED: frozenset(),
    _S.DEFERRED: frozenset({_S.ON_BALLOT, _S.NOMINATED, _S.WITHDRAWN, _S.ON_HOLD}),
    _S.RETURNED_TO_COUNCIL: frozenset({_S.ON_BALLOT, _S.WITHDRAWN, _S.ON_HOLD}),
    # Back, when something has to be verified before it is granted or sent upward.
    _S.DIRECTOR_APPROVED: frozenset(
        {_S.AWARDED, _S.FORWARDED_UPWARD, _S.COUNCIL_PASSED}
    ),
    _S.DIRECTOR_DECLINED: frozenset(),
    _S.AWARDED: frozenset({_S.REVOKED, _S.DECLINED_BY_AWARDEE}),
    _S.FORWARDED_UPWARD: frozenset(
        {_S.SUPERIOR_AWARDED, _S.SUPERIOR_DECLINED, _S.SUPERIOR_RETURNED}
    ),
    _S.SUPERIOR_AWARDED: frozenset({_S.REVOKED, _S.DECLINED_BY_AWARDEE}),
    _S.SUPERIOR_DECLINED: frozenset(),
    _S.SUPERIOR_RETURNED: frozenset({_S.FORWARDED_UPWARD, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
    _S.ON_HOLD: HOLDABLE_LINES | _ENDED_ON_HOLD,
    _S.REVOKED: frozenset(),
    _S.DECLINED_BY_AWARDEE: frozenset(),
}

# A line in one of these states no longer stands in the way of a new one for the
# same subject, title and period.
SPENT_LINES = frozenset(
    {
        _S.INELIGIBLE,
        _S.COUNCIL_FAILED,
        _S.COUNCIL_DOWNGRADED,
        _S.DIRECTOR_DECLINED,
        _S.SUPERIOR_DECLINED,
        _S.WITHDRAWN,
        _S.REVOKED,
        _S.DECLINED_BY_AWARDEE,
    }
)

AWARDED_LINES = frozenset({_S.AWARDED, _S.SUPERIOR_AWARDED})


def may_move(current: LineState, target: LineState) -> bool:
    """Say whether a line may go from *current* to *target*."""
    return target in LINE_MOVES[current]


def may_leave_hold(held_from: LineState | None, target: LineState) -> bool:
    """Say whether a line that is held may go to *target*: back, or to its end."""
    return target is held_from or target in _ENDED_ON_HOLD
