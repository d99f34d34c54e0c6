"""What a department's list is waiting for: states of the envelope that go together."""

from domain.states import PhaseState, SubmissionState

_S = SubmissionState

# Lists are still to come: departments join the phase, leave it, and launch it.
BEFORE_THE_END = frozenset(
    {
        PhaseState.REGISTRATION_OPEN,
        PhaseState.RUNNING,
        PhaseState.DEPARTMENT_REVIEW,
        PhaseState.SUBMISSION_WINDOW,
    }
)

# Nothing has come, and the common time is not over. Whoever is dissolved now owes
# nothing any more; an extension for all would reach these.
NOT_SENT = frozenset({_S.NOT_STARTED, _S.PEER_REVIEWED, _S.RECALLED})

# An open window waits for these, the common one or one of the department's own. Whoever
# is among them when it closes is overdue.
AWAITED = NOT_SENT | {_S.LATE_ACCEPTED}

# The list is the department's to send. Overdue is one of them: an act that came in time
# and was stuck is applied after the window has closed. Who has asked to be late is not:
# the next word is the chair's.
UNSENT = AWAITED | {_S.OVERDUE}

# Given back, and the department's to complete.
TO_COMPLETE = frozenset({_S.RETURNED})

# With the secretariat, or given back by it: what is in there is being appraised.
IN_APPRAISAL = TO_COMPLETE | {_S.RECEIVED, _S.RESUBMITTED}

# All that a department had to say has been said, and looked at.
READY = frozenset({_S.APPRAISED, _S.NIL_RETURN, _S.CLOSED})

# Nothing came and nothing will: the list may be posted without these, by name.
SILENT = frozenset({_S.OVERDUE, _S.LATE_REFUSED})


def may_change_files(
    state: SubmissionState, *, recallable: bool, flagged: bool
) -> bool:
    """Say whether a department may change the files of a line, as it may the line.

    Of a list that it may still take back, or has; of one that was given back to it,
    of the lines that were *flagged*.
    """
    if state in TO_COMPLETE:
        return flagged
    return state in AWAITED or (state is _S.SUBMITTED and recallable)
