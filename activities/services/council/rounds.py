"""A round of the vote opens: its roll, its recusals and its lines are frozen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import select

from activities.deed import Deed
from activities.services.calendar.deadlines import in_working_days, set_deadline
from ballots.keys import Keys
from domain import ids
from domain.acts import not_allowed
from domain.calendar import day_vi, end_of
from domain.council.ballots import Method
from domain.council.thresholds import Ballot
from domain.deadlines import DeadlineKind
from domain.refusals import Refused, refuse
from domain.roles import Role
from domain.rules.rulepack import RulePack
from intake.acts.council import Sitting
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
from store.voting import Rows, awaited, lines_in, rounds_of

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


def open_round(
    deed: Deed,
    keys: Keys,
    council: VotingSession,
    lines: Sequence[Nomination],
    who: Sitting,
    day: date,
) -> VotingRound:
    """Freeze who may vote on what on the *day* of the vote, and open it on *lines*.

    Raises Refused when somebody is no member, the quorum or a teller is missing.
    """
    members = freeze_roll(deed, council.session, day)
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
    voting = _write_round(deed, council.session, members, who)
    _write_lines(deed, council, voting, lines, methods, day)
    _name_tellers(deed, voting, who)
    if Method.SHEETS in methods.values():
        # Last, since a key for a round that is refused would be left over.
        voting.public_key = keys.make()
        _await_sheets(deed, council, voting, who, day)
    deed.session.add(voting)
    deed.session.flush()
    return voting


def freeze_roll(deed: Deed, session: CouncilSession, day: date) -> list[SessionMember]:
    """The council of the day of the vote sits, whoever was invited (E32)."""
    seats = {seat.person: seat for seat in people.seats(deed.session, day)}
    known = {member.person: member for member in members_of(deed, session.id)}
    for person in known.keys() - seats.keys():
        deed.session.delete(known[person])
    deed.session.add_all(
        SessionMember(session=session.id, person=person, seat=seat.seat)
        for person, seat in seats.items()
        if person not in known
    )
    deed.session.flush()
    return members_of(deed, session.id)


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


def _write_round(
    deed: Deed,
    session: CouncilSession,
    members: Sequence[SessionMember],
    who: Sitting,
) -> VotingRound:
    for member in members:
        member.present = member.person in who.present
        deed.session.add(member)
    voting = VotingRound(
        session=session.id,
        number=len(rounds_of(deed.session, session.id)) + 1,
        roll=[member.person for member in members],
        present=sorted(set(who.present)),
        opened_at=deed.at,
    )
    deed.session.add(voting)
    deed.session.flush()
    return voting


def _write_lines(
    deed: Deed,
    council: VotingSession,
    voting: VotingRound,
    lines: Sequence[Nomination],
    methods: dict[UUID, Method],
    day: date,
) -> None:
    near = conflicts(deed.session, voting.session, council.pack, lines, day)
    for line in lines:
        title, conflict = council.pack.title(line.title), near[line.id]
        recused = [each for each in voting.roll if each in conflict.stepping_out]
        deed.session.add(
            RoundLine(
                session=voting.session,
                round=voting.number,
                line=line.id,
                method=methods[line.id],
                threshold=str(title.vote.threshold),
                electors=len(voting.roll) - len(recused),
                recused=recused,
                flagged=[each for each in voting.roll if each in conflict.flagged],
            )
        )
    deed.session.flush()


def _name_tellers(deed: Deed, voting: VotingRound, who: Sitting) -> None:
    deed.session.add_all(
        Teller(session=voting.session, round=voting.number, person=person)
        for person in sorted(set(who.tellers))
    )


def _await_sheets(
    deed: Deed, council: VotingSession, voting: VotingRound, who: Sitting, day: date
) -> None:
    """Give the sheets a deadline, and ask every elector for one."""
    due_at = _until(deed, who, day)
    set_deadline(deed, str(ids.council(voting.session)), DeadlineKind.BALLOTS, due_at)
    rows: Rows = lines_in(deed.session, voting)
    deed.notify(
        f"ballots/{voting.session}/{voting.number}",
        "ballot_opens",
        awaited(voting, rows, ()),
        phase=council.phase.name,
        until=due_at,
    )


def _until(deed: Deed, who: Sitting, day: date) -> datetime:
    if who.until is None:
        return in_working_days(deed, _BALLOT_DAYS)
    if who.until < day:
        raise refuse("too_early", f"Hạn gửi phiếu phải từ ngày {day_vi(day)} trở đi.")
    return end_of(who.until)
