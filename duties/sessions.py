"""What is owed once the list is posted: to the council's sessions and the decisions."""

from collections.abc import Iterator
from datetime import datetime

from domain import ids
from domain.roles import Role
from domain.states import DecisionState, SessionState
from duties.agenda import Agenda
from duties.duty import Owed, due, owe
from store.office.standing import Standing
from store.tables import CouncilSession, Seat, SessionMember


def of_sessions(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    """Find what members, secretary and chair owe to the sessions that are open."""
    for meeting in agenda.sessions:
        roll = [m for m in agenda.members if m.session == meeting.id]
        phase, target = agenda.phases[meeting.phase], ids.council(meeting.id)
        for kind in _session_acts(standing, agenda, meeting, roll):
            due_at = _session_due(agenda, meeting, kind)
            yield owe(kind, target, phase, due_at=due_at)


def _session_acts(
    standing: Standing,
    agenda: Agenda,
    meeting: CouncilSession,
    roll: list[SessionMember],
) -> Iterator[str]:
    keeps = Role.COUNCIL_SECRETARY in standing.roles
    match meeting.state:
        case SessionState.CONVENED:
            if any(m.person == standing.person and m.confirmed is None for m in roll):
                yield "confirm_attendance"
            if keeps:
                yield "open_voting"
        case SessionState.VOTING:
            yield from _votes(standing, agenda, meeting)
            if keeps:
                counting = meeting.id in agenda.uncounted
                yield "record_show_of_hands" if counting else "close_voting"
        case SessionState.COUNTED:
            attesting = {
                who for key, who in agenda.ballots.to_attest if key == meeting.id
            }
            if standing.person in attesting:
                yield "attest_count"
            if not attesting and standing.person in _signers(meeting, roll):
                yield "sign_minutes"


def _votes(
    standing: Standing, agenda: Agenda, meeting: CouncilSession
) -> Iterator[str]:
    """Find what a member owes a vote in secret: the own sheet, or a teller's count."""
    if (meeting.id, standing.person) in agenda.ballots.to_cast:
        yield "cast"
    if (meeting.id, standing.person) in agenda.ballots.to_count:
        yield "record_paper_count"


def _signers(meeting: CouncilSession, roll: list[SessionMember]) -> set[str]:
    """The secretary signs, and who presided: the chair, or else a vice chair."""
    signers: set[str] = set()
    if meeting.signed_by_secretary is None:
        signers |= {m.person for m in roll if m.seat is Seat.SECRETARY}
    if meeting.signed_by_chair is None:
        chairs = {m.person for m in roll if m.seat is Seat.CHAIR and m.present}
        signers |= chairs or {
            m.person for m in roll if m.seat is Seat.VICE_CHAIR and m.present
        }
    return signers


def _session_due(agenda: Agenda, meeting: CouncilSession, kind: str) -> datetime | None:
    match kind:
        case "confirm_attendance" | "open_voting":
            return meeting.meets_at
        case "cast":
            return due(agenda, ids.council(meeting.id), "ballots")
        case "sign_minutes" | "attest_count":
            return due(agenda, ids.council(meeting.id), "minutes")
        case _:
            return due(agenda, ids.phase(meeting.phase), "council")


# Who owes what to a decision that stands so, and the deadline that it hangs on.
_DECISION_ACTS = {
    DecisionState.PENDING: (Role.DIRECTOR, "decide", "decision"),
    DecisionState.DECIDED: (Role.RECORDS_CLERK, "number", "issue"),
    DecisionState.NUMBERED: (Role.RECORDS_CLERK, "issue", "issue"),
    DecisionState.ISSUED: (Role.SECRETARIAT, "forward", "forward"),
}


def of_decisions(standing: Standing, agenda: Agenda) -> Iterator[Owed]:
    """Find what director, clerk and secretariat owe to the decisions."""
    for decision in agenda.decisions:
        role, kind, deadline = _DECISION_ACTS[decision.state]
        deciding = decision.state is DecisionState.PENDING
        nominee = agenda.nominees.get(decision.id) if deciding else None
        behalf = _stands_in_for(standing, agenda, nominee)
        signs = (decision.campaign, kind) in standing.signs
        theirs = role in standing.roles or signs or behalf is not None
        if theirs and nominee != standing.person:
            target, phase = ids.decision(decision.id), agenda.phases[decision.phase]
            due_at = due(agenda, target, deadline)
            yield owe(kind, target, phase, due_at=due_at, behalf=behalf)


def _stands_in_for(
    standing: Standing, agenda: Agenda, nominee: str | None
) -> str | None:
    """Name the director whose own line a deputy decides."""
    stands_in = Role.DEPUTY_DIRECTOR in standing.roles and nominee in agenda.directors
    return nominee if stands_in else None
