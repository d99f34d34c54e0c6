"""The council is called together: whom, when, on which lines, and instead of what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.calendar.deadlines import close_deadlines, set_deadline
from activities.stages import begin, reach
from domain import ids
from domain.calendar import local_day
from domain.deadlines import DeadlineKind
from domain.states import LineState, SessionState
from store.database import insert_all, lock, update_all
from store.findings.appraisers import self_appraised
from store.findings.judging import in_order
from store.office import people
from store.plans import pack_of
from store.tables import (
    CouncilSeat,
    CouncilSession,
    Nomination,
    Phase,
    SessionLine,
    SessionMember,
)

# What a session is convened for, and its vote opened on.
WAITING = (LineState.ELIGIBLE, LineState.DEFERRED, LineState.RETURNED_TO_COUNCIL)


def convene_session(
    deed: Deed, phase: Phase, meets_at: datetime, place: str
) -> CouncilSession:
    """Write a session on every line that waits; one not yet held is superseded."""
    known, lines = _sessions(deed.session, phase.id), _waiting(deed, phase)
    own = _by_their_own(deed, lines)
    # All is read that takes long; from here on it is written.
    replaced = _adjourn(deed, known)
    session = _write(deed, phase, len(known) + 1, meets_at, place)
    _seat(deed, session)
    _list_lines(deed, session, lines)
    owner = str(ids.council(session.id))
    set_deadline(deed, owner, DeadlineKind.MEETING, meets_at)
    close_deadlines(deed, str(ids.phase(phase.id)), DeadlineKind.PUBLIC_NOTICE)
    _invite(deed, phase, session, replaced, own)
    deed.start.append(owner)
    return session


def _write(
    deed: Deed, phase: Phase, number: int, meets_at: datetime, place: str
) -> CouncilSession:
    session = CouncilSession(
        id=ids.session_key(phase.id, number),
        campaign=phase.campaign,
        phase=phase.id,
        number=number,
        meets_at=meets_at,
        place=place,
    )
    deed.session.add(session)
    deed.session.flush()
    begin(deed, session.state, session.id)
    return session


def _sessions(session: Session, phase: str) -> list[CouncilSession]:
    query = select(CouncilSession).where(CouncilSession.phase == phase)
    return list(session.exec(query))


def adjourn_unheld(deed: Deed, phase: Phase) -> None:
    """End the sessions of a phase that were convened and not held, and say so."""
    for session in _adjourn(deed, _sessions(deed.session, phase.id)):
        deed.notify(
            f"council/{session.id}",
            "meeting_off",
            _invited(deed.session, session),
            phase=phase.name,
            was=session.meets_at,
        )


def _adjourn(deed: Deed, sessions: Sequence[CouncilSession]) -> list[CouncilSession]:
    unheld = [each for each in sessions if each.state is SessionState.CONVENED]
    for session in unheld:
        reach(deed, session, SessionState.ADJOURNED)
        owner = str(ids.council(session.id))
        close_deadlines(deed, owner, DeadlineKind.MEETING)
        deed.wake.append(owner)
    return unheld


def _invited(session: Session, council: CouncilSession) -> list[str]:
    members = select(SessionMember.person).where(SessionMember.session == council.id)
    return list(session.exec(members))


def _seat(deed: Deed, session: CouncilSession) -> None:
    deed.session.add_all(
        SessionMember(session=session.id, person=seat.person, seat=seat.seat)
        for seat in _seats(deed, session)
    )


def _seats(deed: Deed, session: CouncilSession) -> list[CouncilSeat]:
    """List the council as it will be on the day on which it meets."""
    return people.seats(deed.session, local_day(session.meets_at))


def _waiting(deed: Deed, phase: Phase) -> list[Nomination]:
    """Lock the lines that wait for a council, in the order of the vote."""
    waiting = lock(
        deed.session,
        Nomination,
        Nomination.phase == phase.id,
        col(Nomination.state).in_(WAITING),
    )
    return in_order(pack_of(deed.session, phase), waiting)


def _list_lines(
    deed: Deed, session: CouncilSession, lines: Sequence[Nomination]
) -> None:
    rows = [
        {"session": session.id, "line": line.id, "position": place, "chosen": False}
        for place, line in enumerate(lines, 1)
    ]
    insert_all(deed.session, SessionLine, rows)
    deed.lines += [str(line.id) for line in lines]


def _invite(
    deed: Deed,
    phase: Phase,
    session: CouncilSession,
    replaced: Sequence[CouncilSession],
    own: str,
) -> None:
    """Invite the council of its day; who was invited to the first only hears that."""
    task = f"council/{session.id}"
    invited = [seat.person for seat in _seats(deed, session)]
    facts: dict[str, Any] = {
        "phase": phase.name,
        "at": session.meets_at,
        "place": session.place,
        "own": own,
    }
    if not replaced:
        deed.notify(task, "convened", invited, **facts)
    for first in replaced:
        facts["was"], before = first.meets_at, _invited(deed.session, first)
        deed.facts["replaces"] = first.id
        deed.notify(task, "convened_anew", invited, **facts)
        deed.notify(task, "uninvited", set(before) - set(invited), **facts)


def _by_their_own(deed: Deed, lines: Sequence[Nomination]) -> str:
    """Say how many lines those appraised who had nominated them, and who did."""
    own = self_appraised(deed.session, [line.id for line in lines])
    if not own:
        return ""
    names = people.names_of(deed.session, own.values())
    return (
        f" Lưu ý: {len(own)}/{len(lines)} đề nghị do người của chính phòng đề nghị "
        f"thẩm định ({', '.join(names[each] for each in dict.fromkeys(own.values()))})."
    )


def move_meetings(deed: Deed, moved: Sequence[tuple[CouncilSession, datetime]]) -> None:
    """Let meetings follow their deadlines, and tell whom they invited."""
    if not moved:
        return
    for session, meets_at in moved:  # told first: then nothing more is asked
        deed.notify(
            f"council/{session.id}",
            "meeting_moved",
            _invited(deed.session, session),
            again=True,
            phase=deed.session.get_one(Phase, session.phase).name,
            was=session.meets_at,
            at=meets_at,
            place=session.place,
        )
    for session, meets_at in moved:
        session.meets_at = meets_at
    update_all(deed.session, [session for session, _ in moved], "meets_at")
