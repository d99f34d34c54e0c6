"""The session's acts: attendance, the vote by show of hands, the signed minutes."""

from activities.addressing import resolve
from activities.council import (
    conclude,
    lines_of,
    members_of,
    voters,
)
from activities.deadlines import close_deadlines, in_working_days, set_deadline
from activities.effects.registry import Answer, Call, effect, wrong_state
from activities.moving import move
from activities.settling import freeze
from domain.ladder import Addressee
from domain.refusals import Refused, refuse
from domain.rulepack import RulePack
from domain.states import LineState, SessionState
from engine.bodies import (
    Attendance,
    CloseVoting,
    Empty,
    Hands,
    OpenVoting,
    ShowOfHands,
)
from papers.terms import SESSION_STATES
from store import people
from store.database import lock
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Dissent,
    Nomination,
    Phase,
    Seat,
    SessionLine,
    SessionMember,
)

_S = SessionState
_MINUTES_DAYS = 2  # working days to sign, the office's own habit


def _session(call: Call, *allowed: SessionState) -> CouncilSession:
    session = call.council()
    if session.state not in allowed:
        raise wrong_state(
            f"phiên họp đang ở trạng thái «{SESSION_STATES[session.state]}»",
            (SESSION_STATES[state] for state in allowed),
        )
    return session


@effect("confirm_attendance")
def confirm_attendance(call: Call, body: Attendance) -> Answer:
    """Say whether one will come."""
    session = _session(call, _S.CONVENED)
    member = call.session.get(SessionMember, (session.id, call.deed.actor))
    if member is None:
        raise refuse("not_a_member", "Bạn không phải thành viên của phiên họp này.")
    member.confirmed = body.comes
    call.session.add(member)
    return {"comes": body.comes}


@effect("open_voting")
def open_voting(call: Call, body: OpenVoting) -> Answer:
    """Freeze the roll as it is today, ask for the quorum, put the lines to the vote."""
    session = _session(call, _S.CONVENED)
    phase = call.session.get_one(Phase, session.phase)
    pack = pack_of(call.session, phase)
    members = _freeze_roll(call, session)
    strange = sorted(set(body.present) - {member.person for member in members})
    if strange:
        raise refuse("not_a_member", f"Không phải thành viên: {', '.join(strange)}.")
    short = pack.council.quorum.missing(len(set(body.present)), len(members))
    if short:
        raise Refused(short)
    for member in members:
        member.present = member.person in body.present
        call.session.add(member)
    move(call.deed, [line for _, line in lines_of(call.session, session.id)], _BALLOT)
    session.state, session.opened_at = _S.VOTING, call.received_at
    call.session.add(session)
    close_deadlines(call.deed, str(call.target), "meeting")
    return {"present": len(set(body.present)), "members": len(members)}


_BALLOT = LineState.ON_BALLOT


def _freeze_roll(call: Call, session: CouncilSession) -> list[SessionMember]:
    """The council of the day of the vote sits, whoever was invited (E32)."""
    seats = {seat.person: seat for seat in people.seats(call.session, call.deed.day)}
    for member in members_of(call.session, session.id):
        if member.person not in seats:
            call.session.delete(member)
    known = {member.person for member in members_of(call.session, session.id)}
    call.session.add_all(
        SessionMember(session=session.id, person=person, seat=seat.seat)
        for person, seat in seats.items()
        if person not in known
    )
    call.session.flush()
    return members_of(call.session, session.id)


@effect("record_show_of_hands")
def record_show_of_hands(call: Call, body: ShowOfHands) -> Answer:
    """Write down the counted hands; a line counted again is counted anew."""
    session = _session(call, _S.VOTING)
    phase = call.session.get_one(Phase, session.phase)
    pack = pack_of(call.session, phase)
    present = [m for m in members_of(call.session, session.id) if m.present]
    rows = {row.line: (row, line) for row, line in lines_of(call.session, session.id)}
    for hands in body.lines:
        if hands.line not in rows:
            raise refuse("unknown_line", f"Phiên họp không xét đề nghị {hands.line}.")
        row, line = rows[hands.line]
        _require_count(pack, present, line, hands)
        row.yes, row.no, row.blank = hands.yes, hands.no, hands.blank
        row.chair_yes = hands.chair_yes
        call.session.add(row)
        _keep_dissents(call, session, row, present, hands)
    call.deed.lines += [str(hands.line) for hands in body.lines]
    return {"counted": len(body.lines)}


def _require_count(
    pack: RulePack, present: list[SessionMember], line: Nomination, hands: Hands
) -> None:
    there = len(voters(pack, present, line))
    counted = hands.yes + hands.no + hands.blank
    if counted != there:
        raise refuse(
            "count_wrong",
            f"Đề nghị {line.subject} - {line.title}: đếm được {counted} người, phải "
            f"bằng {there} người có mặt được biểu quyết.",
        )


def _keep_dissents(
    call: Call,
    session: CouncilSession,
    row: SessionLine,
    present: list[SessionMember],
    hands: Hands,
) -> None:
    there = {member.person for member in present}
    for dissent in hands.dissents:
        if dissent.person not in there:
            raise refuse(
                "not_a_member", f"{dissent.person} không có mặt trong phiên họp."
            )
        call.session.merge(
            Dissent(
                session=session.id,
                line=row.line,
                person=dissent.person,
                opinion=dissent.opinion,
            )
        )


@effect("close_voting")
def close_voting(call: Call, body: CloseVoting) -> Answer:
    """End the vote: what each line came to, and the minutes for signing."""
    session = _session(call, _S.VOTING)
    phase = call.session.get_one(Phase, session.phase)
    rows = lines_of(call.session, session.id)
    open_lines = [
        f"{line.subject} - {line.title}" for row, line in rows if row.yes is None
    ]
    if open_lines:
        raise refuse("not_counted", f"Chưa biểu quyết: {'; '.join(open_lines)}.")
    conclude(call.deed, phase, rows, session.id)
    session.state, session.counted_at = _S.COUNTED, call.received_at
    session.minutes = body.minutes
    call.session.add(session)
    _ask_to_sign(call, phase)
    outcomes = {str(row.line): row.outcome for row, _ in rows}
    call.deed.facts["outcomes"] = outcomes
    return {"outcomes": outcomes}


def _ask_to_sign(call: Call, phase: Phase) -> None:
    due_at = in_working_days(call.deed, _MINUTES_DAYS)
    set_deadline(call.deed, str(call.target), "minutes", due_at)
    signers = [
        person
        for to in (Addressee.COUNCIL_CHAIR, Addressee.COUNCIL_SECRETARY)
        for person in resolve(call.deed, to)
    ]
    call.deed.notify(
        f"minutes/{call.target.key}",
        "minutes_wait",
        signers,
        phase=phase.name,
        until=due_at,
    )


@effect("sign_minutes")
def sign_minutes(call: Call, _body: Empty) -> Answer:
    """Sign as chair or as secretary; the second signature freezes the list."""
    session = _session(call, _S.COUNTED)
    member = call.session.get(SessionMember, (session.id, call.deed.actor))
    if member is None or member.seat is Seat.MEMBER:
        raise refuse(
            "not_a_signer", "Chỉ người chủ tọa và Thư ký Hội đồng ký biên bản."
        )
    side = "secretary" if member.seat is Seat.SECRETARY else "chair"
    if getattr(session, f"signed_by_{side}") is not None:
        raise refuse("already_signed", "Phần ký này đã có chữ ký.")
    setattr(session, f"signed_by_{side}", call.deed.actor)
    call.session.add(session)
    if not (session.signed_by_chair and session.signed_by_secretary):
        return {"state": session.state}
    session.state = _S.CONCLUDED
    phase = lock(call.session, Phase, Phase.id == session.phase)[0]
    passed = freeze(call.deed, phase, session)
    return {"state": session.state, "passed": [str(line.id) for line in passed]}
