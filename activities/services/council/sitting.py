"""Who sits when a vote opens: the council of the day, those there, and its tellers."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlmodel import select

from activities.deed import Deed
from domain.acts import not_allowed
from domain.council.ballots import Method
from domain.refusals import Refused, refuse
from domain.roles import Role
from domain.rules.rulepack import RulePack
from intake.acts.council import Sitting
from store.findings.conflicts import in_the_chair
from store.office import people
from store.office.twins import require_one_human_each
from store.tables import CouncilSession, SessionMember

_TELLERS = 2


def roll_of(
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


def seat(
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


def require_sitting(
    deed: Deed,
    pack: RulePack,
    members: Sequence[SessionMember],
    who: Sitting,
    methods: Collection[Method],
) -> None:
    """Refuse a vote for which too few are there, or nobody who may watch the count."""
    if who.in_writing:
        _require_poll(deed, pack, members, who)
    else:
        _require_present(pack, members, who)
    roll = [member.person for member in members]
    require_one_human_each(deed.session, roll, among=roll)
    secret = any(method is not Method.HANDS for method in methods)
    may_tell = roll if who.in_writing else who.present
    _require_tellers(who, may_tell, needed=_TELLERS if secret else 0)


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


def _require_tellers(who: Sitting, may_tell: Iterable[str], needed: int) -> None:
    there = set(who.tellers) & set(may_tell)
    if len(there) < needed or there != set(who.tellers):
        raise refuse(
            "tellers_missing",
            f"Bỏ phiếu kín cần ít nhất {_TELLERS} người kiểm phiếu, là thành viên "
            "có mặt.",
        )
