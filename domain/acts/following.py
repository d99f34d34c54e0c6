"""What follows from acts of several kinds: each is declared here once."""

from domain.acts.declaring import go
from domain.deadlines import DeadlineKind
from domain.moves import sources
from domain.states import (
    HOLDABLE_LINES,
    STANDING_REGISTRATIONS,
    CampaignState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)
from domain.submissions import NOT_SENT

_D, _L, _P, _S = DecisionState, LineState, PhaseState, SubmissionState

# Lines leave the list; what was to be decided, issued or voted on goes on without.
WITHDRAWN_LINES = go(sources(_L.WITHDRAWN), _L.WITHDRAWN)
EMPTIED_DECISIONS = go((_D.PENDING, _D.DECIDED, _D.NUMBERED), _D.RETURNED, _D.RESCINDED)
UNHELD_SESSIONS = go(SessionState.CONVENED, SessionState.ADJOURNED)

# A phase is decided once nothing waits, or goes before the council once more.
SETTLED = (
    go((_P.COUNCIL_REVIEW, _P.DIRECTOR_REVIEW), _P.COUNCIL_REVIEW, _P.DECIDED),
    UNHELD_SESSIONS,
)
SETTLED_OPENS = (DeadlineKind.COUNCIL,)

# A line waits for what is being verified, wherever it stands.
HELD = (
    go(HOLDABLE_LINES, _L.ON_HOLD),
    go(_L.DIRECTOR_APPROVED, _L.COUNCIL_PASSED),
    EMPTIED_DECISIONS,
    *SETTLED,
)

# And goes on from there, or ends; what was over is opened again for it.
RELEASED = (
    go(_L.ON_HOLD, *HOLDABLE_LINES, _L.INELIGIBLE),
    go(
        (_P.DIRECTOR_REVIEW, _P.DECIDED, _P.CLOSED),
        _P.COUNCIL_REVIEW,
        _P.DIRECTOR_REVIEW,
    ),
    go(CampaignState.CLOSED, CampaignState.RUNNING),
    go(_S.APPRAISED, _S.RECEIVED),
)
RELEASED_OPENS = (
    DeadlineKind.APPRAISAL,
    DeadlineKind.COUNCIL,
    DeadlineKind.DECISION,
    DeadlineKind.CLOSING,
)

# Windows end, and open again with a later end.
CLOSED_WINDOWS = go((WindowState.OPEN, WindowState.CLOSING), WindowState.CLOSED)
OPENED_WINDOWS = go((WindowState.CLOSING, WindowState.CLOSED), WindowState.OPEN)

# Lists are taken up by whoever appraises them, and found good or not, line by line.
RECEIVED_LISTS = go(_S.SUBMITTED, _S.RECEIVED)
APPRAISED_LISTS = go((_S.RECEIVED, _S.RESUBMITTED), _S.APPRAISED)
APPRAISED_LINES = go(_L.NOMINATED, _L.ELIGIBLE, _L.INELIGIBLE)

# Who has left the office, and what is no department any more.
LEFT = (
    go(STANDING_REGISTRATIONS, RegistrationState.LAPSED),
    go(NOT_SENT, _S.CLOSED),
)
