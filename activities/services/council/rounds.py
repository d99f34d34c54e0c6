"""A round of the vote opens: its roll, its recusals and its lines are frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import select

from activities.deed import Deed
from activities.services.calendar.deadlines import in_working_days, set_deadline
from ballots.box import BallotBox
from domain import ids
from domain.acts import not_allowed
from domain.calendar import day_vi, end_of
from domain.council.ballots import Method
from domain.council.conflicts import Conflict
from domain.council.rounds import in_parts
from domain.council.thresholds import Ballot
from domain.deadlines import DeadlineKind
from domain.refusals import Refused, refuse
from domain.roles import Role
from domain.rules.rulepack import RulePack
from intake.acts.council import Sitting
from store.database import insert_all
from store.findings.conflicts import conflicts, in_the_chair
from store.office import people
from store.office.twins import require_one_human_each
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Nomination,
    Phase,
    RoundLine,
    SessionMember,
    Teller,
    VotingRound,
)
from store.voting import rounds_of

_TELLERS = 2
_BALLOT_DAYS = 1  # working days that sheets from afar are waited for


@dataclass(frozen=True)
class VotingSession:
    """The session that votes, its phase and the rules of it."""

    session: CouncilSession
    phase: Phase
    pack: RulePack

    @classmethod
    def of(cls, deed: Deed, session: CouncilSession) -> "VotingSession":
        """Read a session's phase and rules."""
        phase = deed.session.get_one(Phase, session.phase)
        return cls(session, phase, pack_of(deed.session, phase))


def open_vote(
    deed: Deed,
    box: BallotBox,
    council: VotingSession,
    lines: Sequence[Nomination],
    who: Sitting,
    day: date,
) -> list[VotingRound]:
    """Freeze who may vote on what on the *day* of the vote, and open it on *lines*.

    More lines than one sheet takes are voted on in several rounds, by one roll and
    until one day; a member casts a sheet in each (ADR 0024).

    Raises Refused when somebody is no member, the quorum or a teller is missing.
    """
    members, gone = _roll(deed, council.session, day)
    if who.in_writing:
        _require_poll(deed, council.pack, members, who)
    else:
        _require_present(council.pack, members, who)
    roll = [member.person for member in members]
    require_one_human_each(deed.session, roll, among=roll)
    methods = {line.id: _method(council.pack, line, who) for line in lines}
    secret = any(method is not Method.HANDS for method in methods.values())
    may_tell = roll if who.in_writing else who.present
    _require_tellers(who, may_tell, needed=_TELLERS if secret else 0)
    due_at = _until(deed, who, day) if Method.SHEETS in methods.values() else None
    near = conflicts(deed.session, council.session.id, council.pack, lines, day)
    parts = in_parts(lines, box.lines, _title, _department)
    rounds = _rounds(deed, council.session, roll, who, parts)
    rows = {
        voting.number: [
            _line(council.pack, voting, line, methods[line.id], near[line.id])
            for line in part
        ]
        for voting, part in zip(rounds, parts, strict=True)
    }
    # All is judged; from here on it is written. Keys come after the first of that: one
    # for a round that is refused, or judged once more, would be left over.
    _write(deed, rounds, rows, who)
    for voting in rounds:
        if any(row["method"] is Method.SHEETS for row in rows[voting.number]):
            voting.public_key = box.keys.make()
    _seat(deed, members, gone, who)
    if due_at is not None:
        _await_sheets(deed, council, rounds, rows, due_at)
    return rounds


def _title(line: Nomination) -> str:
    return line.title


def _department(line: Nomination) -> str:
    return line.department


def numbers(rounds: Sequence[VotingRound]) -> dict[str, Any]:
    """Tell the sender of an act which round it has opened, or which ones."""
    several = {"rounds": [voting.number for voting in rounds]}
    return {"round": rounds[0].number, **(several if len(rounds) > 1 else {})}


def _roll(
    deed: Deed, session: CouncilSession, day: date
) -> tuple[list[SessionMember], list[SessionMember]]:
    """List who sits, as the council is on the day of the vote, and who is out (E32).

    Whoever was invited and has no seat any more is out.
    """
    seats = {seat.person: seat for seat in people.seats(deed.session, day)}
    known = {member.person: member for member in members_of(deed, session.id)}
    sitting = [
        known.get(person)
        or SessionMember(session=session.id, person=person, seat=seats[person].seat)
        for person in seats
    ]
    return sitting, [known[person] for person in known.keys() - seats.keys()]


def _seat(
    deed: Deed,
    members: Sequence[SessionMember],
    gone: Sequence[SessionMember],
    who: Sitting,
) -> None:
    """Write down who sits, and who of them is there."""
    for member in gone:
        deed.session.delete(member)
    for member in members:
        member.present = member.person in who.present
    deed.session.add_all(members)
    deed.session.flush()


def members_of(deed: Deed, key: str) -> list[SessionMember]:
    """List a session's members."""
    query = select(SessionMember).where(SessionMember.session == key)
    return list(deed.session.exec(query.order_by(SessionMember.person)))


def _require_present(
    pack: RulePack, members: Sequence[SessionMember], who: Sitting
) -> None:
    strange = sorted(set(who.present) - {member.person for member in members})
    if strange:
        raise refuse("not_a_member", f"Không phải thành viên: {', '.join(strange)}.")
    short = pack.council.quorum.missing(len(set(who.present)), len(members))
    if short:
        raise Refused(short)


def _require_poll(
    deed: Deed, pack: RulePack, members: Sequence[SessionMember], who: Sitting
) -> None:
    """A poll in writing needs no meeting, but its chair's word (E3)."""
    poll = pack.council.written_poll
    if poll is None or not poll.allowed:
        rule = poll or pack.council.quorum
        detail = "Quy chế không cho lấy ý kiến Hội đồng bằng văn bản; phải họp."
        raise Refused(rule.refusal(detail, "written_poll"))
    if deed.actor not in in_the_chair(members)[:1]:
        raise not_allowed("open_voting", frozenset({Role.COUNCIL_CHAIR}))
    if who.present or who.paper:
        raise refuse(
            "nobody_meets",
            "Lấy ý kiến bằng văn bản thì không ghi người có mặt, không dùng phiếu giấy "
            "tại chỗ.",
        )


def _method(pack: RulePack, line: Nomination, who: Sitting) -> Method:
    open_vote = pack.title(line.title).vote.ballot is Ballot.OPEN
    if open_vote and not who.in_writing:
        return Method.HANDS
    return Method.PAPER if who.paper else Method.SHEETS


def _require_tellers(who: Sitting, may_tell: Iterable[str], needed: int) -> None:
    there = set(who.tellers) & set(may_tell)
    if len(there) < needed or there != set(who.tellers):
        raise refuse(
            "tellers_missing",
            f"Bỏ phiếu kín cần ít nhất {_TELLERS} người kiểm phiếu, là thành viên "
            "có mặt.",
        )


def _rounds(
    deed: Deed,
    session: CouncilSession,
    roll: Sequence[str],
    who: Sitting,
    parts: Sequence[Sequence[Nomination]],
) -> list[VotingRound]:
    first = len(rounds_of(deed.session, session.id)) + 1
    return [
        VotingRound(
            session=session.id,
            number=number,
            roll=list(roll),
            present=sorted(set(who.present)),
            opened_at=deed.at,
        )
        for number, _ in enumerate(parts, first)
    ]


def _line(
    pack: RulePack,
    voting: VotingRound,
    line: Nomination,
    method: Method,
    near: Conflict,
) -> dict[str, Any]:
    """Lay out the row of a line in a round: who steps out, and of how many what."""
    recused = [each for each in voting.roll if each in near.stepping_out]
    return {
        "session": voting.session,
        "round": voting.number,
        "line": line.id,
        "method": method,
        "threshold": str(pack.title(line.title).vote.threshold),
        "electors": len(voting.roll) - len(recused),
        "recused": recused,
        "flagged": [each for each in voting.roll if each in near.flagged],
        "masked": False,
    }


def _write(
    deed: Deed,
    rounds: Sequence[VotingRound],
    rows: Mapping[int, Sequence[dict[str, Any]]],
    who: Sitting,
) -> None:
    deed.session.add_all(rounds)
    deed.session.flush()
    insert_all(deed.session, RoundLine, [row for each in rows.values() for row in each])
    deed.session.add_all(
        Teller(session=voting.session, round=voting.number, person=person)
        for voting in rounds
        for person in sorted(set(who.tellers))
    )


def _await_sheets(
    deed: Deed,
    council: VotingSession,
    rounds: Sequence[VotingRound],
    rows: Mapping[int, Sequence[dict[str, Any]]],
    due_at: datetime,
) -> None:
    """Give the sheets a deadline, and ask every elector once for all of them."""
    [first, *_], key = rounds, council.session.id
    set_deadline(deed, str(ids.council(key)), DeadlineKind.BALLOTS, due_at)
    secret = [
        frozenset(row["recused"])
        for each in rows.values()
        for row in each
        if row["method"] is Method.SHEETS
    ]
    sheets = sum(voting.public_key is not None for voting in rounds)
    deed.notify(
        f"ballots/{key}/{first.number}",
        "ballot_opens",
        [who for who in first.roll if any(who not in out for out in secret)],
        phase=council.phase.name,
        until=due_at,
        sheets=f" bằng {sheets} phiếu, mỗi phiếu gửi riêng" if sheets > 1 else "",
    )


def _until(deed: Deed, who: Sitting, day: date) -> datetime:
    if who.until is None:
        return in_working_days(deed, _BALLOT_DAYS)
    if who.until < day:
        raise refuse("too_early", f"Hạn gửi phiếu phải từ ngày {day_vi(day)} trở đi.")
    return end_of(who.until)
