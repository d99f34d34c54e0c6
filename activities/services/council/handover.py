"""The list frozen by the signed minutes, handed to whoever decides on it."""

from collections.abc import Sequence

from activities.deed import Deed
from activities.lines import Way, move_each
from activities.services.calendar.deadlines import close_deadlines_of
from activities.services.council.sessions import Rows
from activities.services.decision.outcomes import tell_left_out
from activities.services.progress.cases import stopped
from activities.services.progress.holds import before_they_stop, stop
from activities.services.progress.phase_progress import ask_to_decide, settle
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.states import LineState, PhaseState
from store.office import people
from store.tables import CouncilSession, Nomination, Office, Phase

# By now the council has met, its minutes are signed, and it is waited for no more.
_ENDED = (DeadlineKind.MEETING, DeadlineKind.MINUTES, DeadlineKind.COUNCIL)


def freeze(
    deed: Deed, phase: Phase, session: CouncilSession, rows: Rows
) -> list[Nomination]:
    """Move every line to its outcome and hand the frozen list to the director.

    Those that a matter has stopped meanwhile are held at once.
    """
    ways = [Way(line, row.outcome, row.reason) for row, line in rows if row.outcome]
    assert len(ways) == len(rows)  # noqa: S101 - counted sessions only
    passed = [line for row, line in rows if row.outcome is LineState.COUNCIL_PASSED]
    with deed.session.no_autoflush:  # asked and judged before anything is written
        waiting = stopped(deed.session, [line.id for line in passed])
        held = [line for line in passed if line.id in waiting]
        passed = [line for line in passed if line.id not in waiting]
        doubtful = before_they_stop(deed, held, passed, moves=2)
    move_each(deed, ways)
    if held:
        stop(deed, held, doubtful)
    owners = [str(ids.council(session.id)), str(ids.phase(phase.id))]
    close_deadlines_of(deed, owners, *_ENDED)
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
