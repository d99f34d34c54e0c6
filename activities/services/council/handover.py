"""The list frozen by the signed minutes, handed to whoever decides on it."""

from collections.abc import Sequence

from activities.deed import Deed
from activities.lines import Way, move_each
from activities.services.calendar.deadlines import close_deadlines
from activities.services.council.sessions import Rows
from activities.services.decision.outcomes import tell_left_out
from activities.services.progress.cases import stopped
from activities.services.progress.holds import hold_the_stopped
from activities.services.progress.phase_progress import ask_to_decide, settle
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import LineState, PhaseState
from store.office import people
from store.tables import CouncilSession, Nomination, Office, Phase


def freeze(
    deed: Deed, phase: Phase, session: CouncilSession, rows: Rows
) -> list[Nomination]:
    """Move every line to its outcome and hand the frozen list to the director."""
    ways = [Way(line, row.outcome, row.reason) for row, line in rows if row.outcome]
    assert len(ways) == len(rows)  # noqa: S101 - counted sessions only
    passed = [line for row, line in rows if row.outcome is LineState.COUNCIL_PASSED]
    with deed.session.no_autoflush:  # asked before anything is written
        waiting = stopped(deed.session, [line.id for line in passed])
    move_each(deed, ways)
    passed = hold_the_stopped(deed, passed, waiting)
    close_deadlines(
        deed, str(ids.council(session.id)), DeadlineKind.MEETING, DeadlineKind.MINUTES
    )
    close_deadlines(deed, str(ids.phase(phase.id)), DeadlineKind.COUNCIL)
    if passed:
        _hand_over(deed, phase, session, passed)
    else:
        tell_left_out(deed, session.id)
        settle(deed, phase)
    return passed


def _hand_over(
    deed: Deed, phase: Phase, session: CouncilSession, passed: Sequence[Nomination]
) -> None:
    """Write a decision on the list, and another on what the director is named for."""
    directors = people.holders(deed.session, Office.DIRECTOR, deed.day)
    others = [line for line in passed if line.subject not in directors]
    own = [[line for line in passed if line.subject == each] for each in directors]
    reach(deed, phase, PhaseState.DIRECTOR_REVIEW)
    for lines in (others, *own):
        if lines:
            ask_to_decide(deed, phase, session.id, lines)
    deed.wake.append(str(ids.phase(phase.id)))
