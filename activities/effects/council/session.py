"""The session's acts beside the vote: attendance, recusals, the signed minutes."""

from sqlmodel import col, select

from activities.effects.registry import Answer, Call, effect
from activities.services.council.forecast import warn
from activities.services.council.handover import freeze
from activities.services.council.rounds import VotingSession
from activities.services.council.sessions import (
    Rows,
    conclude,
    lines_of,
    require_settled,
)
from activities.stages import reach
from domain.calendar import local_day
from domain.refusals import refuse
from domain.states import SessionState
from intake.acts.council import Attendance, Recuse
from intake.fields import Empty
from store.database import lock
from store.findings.conflicts import in_the_chair
from store.findings.kept import judged_by
from store.office import people
from store.tables import (
    CouncilSession,
    Phase,
    Recusal,
    Seat,
    SessionLine,
    SessionMember,
    Teller,
    VotingRound,
)

_S = SessionState


@effect("confirm_attendance")
def confirm_attendance(call: Call, body: Attendance) -> Answer:
    """Say whether one will come."""
    session = call.council()
    member = _member(call, session)
    member.confirmed = body.comes
    call.session.add(member)
    warn(call.deed, session)
    return {"comes": body.comes}


def _member(call: Call, session: CouncilSession) -> SessionMember:
    """Find the actor among the members; whoever has got a seat since is one too."""
    key = (session.id, call.deed.actor)
    if known := call.session.get(SessionMember, key):
        return known
    for seat in people.seats(call.session, local_day(session.meets_at)):
        if seat.person == call.deed.actor:
            named = SessionMember(session=key[0], person=key[1], seat=seat.seat)
            call.session.add(named)
            return named
    raise refuse("not_a_member", "Bạn không phải thành viên của phiên họp này.")


@effect("recuse")
def recuse(call: Call, body: Recuse) -> Answer:
    """Step out of the vote on a line, before it opens."""
    session = call.council()
    _member(call, session)
    if call.session.get(SessionLine, (session.id, body.line)) is None:
        raise refuse("unknown_line", f"Phiên họp không xét đề nghị {body.line}.")
    write_recusal(call, body)
    call.deed.lines.append(str(body.line))
    warn(call.deed, session)
    return {"line": str(body.line)}


def write_recusal(call: Call, body: Recuse) -> None:
    """Write down that the actor steps out of a line. Refused (`already_recused`)."""
    key = (call.target.key, body.line, call.deed.actor)
    if call.session.get(Recusal, key) is not None:
        raise refuse("already_recused", "Bạn đã xin không biểu quyết đề nghị này.")
    call.session.add(
        Recusal(
            session=call.target.key,
            line=body.line,
            person=call.deed.actor,
            reason=body.reason,
            at=call.received_at,
        )
    )


@effect("sign_minutes")
def sign_minutes(call: Call, _body: Empty) -> Answer:
    """Sign as chair or as secretary; the second signature freezes the list."""
    session = call.council()
    side = _side_to_sign(call, session)
    _require_attested(call, session)
    # Of what is frozen nothing moves from here on.
    freezing = session.signed_by_chair or session.signed_by_secretary
    rows = lines_of(call.session, session.id) if freezing else []
    phase = lock(call.session, Phase, Phase.id == session.phase)[0]
    _judge_anew(call, session, rows)
    setattr(session, f"signed_by_{side}", call.deed.actor)
    call.session.add(session)
    if not (session.signed_by_chair and session.signed_by_secretary):
        return {"state": session.state}
    reach(call.deed, session, _S.CONCLUDED)
    passed = freeze(call.deed, phase, session, rows)
    return {"state": session.state, "passed": [str(line.id) for line in passed]}


def _judge_anew(call: Call, session: CouncilSession, rows: Rows) -> None:
    """Judge what becomes of the lines, unless nothing has happened since it was judged.

    What has fallen away since leaves its seat to whoever comes next (E7). Refused where
    lines still tie.
    """
    now = judged_by(call.session)
    if session.judged_by == now:
        return
    council = VotingSession.of(call.deed, session)
    rows = rows or lines_of(call.session, session.id)
    require_settled(council.pack, conclude(call.deed, council, rows))
    session.judged_by = now


def _side_to_sign(call: Call, session: CouncilSession) -> str:
    """Say as whom the actor signs. Refused (`not_a_signer`, `already_signed`)."""
    member = call.session.get(SessionMember, (session.id, call.deed.actor))
    if member is None or member.seat is Seat.MEMBER:
        raise refuse(
            "not_a_signer", "Chỉ người chủ tọa và Thư ký Hội đồng ký biên bản."
        )
    side = "secretary" if member.seat is Seat.SECRETARY else "chair"
    if side == "chair" and not _presided(call, member):
        raise refuse(
            "not_a_signer", "Người ký là chủ tọa phải là người đã chủ tọa phiên họp."
        )
    if getattr(session, f"signed_by_{side}") is not None:
        raise refuse("already_signed", "Phần ký này đã có chữ ký.")
    return side


def _presided(call: Call, member: SessionMember) -> bool:
    """Say whether somebody was there to preside, or nobody was who might have been."""
    theirs = SessionMember.session == member.session
    there = select(SessionMember).where(theirs, col(SessionMember.present).is_(True))
    return bool(member.present) or not in_the_chair(call.session.exec(there).all())


def _require_attested(call: Call, session: CouncilSession) -> None:
    """Refuse minutes of a secret vote that not all of its tellers stand up for."""
    left = call.session.exec(
        select(Teller.person)
        .join(
            VotingRound,
            (col(VotingRound.session) == col(Teller.session))
            & (col(VotingRound.number) == col(Teller.round)),
        )
        .where(
            Teller.session == session.id,
            col(Teller.attested_at).is_(None),
            col(VotingRound.counted_by).is_not(None),
        )
        .distinct()
        .order_by(Teller.person)
    ).all()
    if left:
        raise refuse(
            "not_attested",
            f"Người kiểm phiếu chưa xác nhận kết quả: {', '.join(left)}.",
        )
