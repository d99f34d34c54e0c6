"""A round of the vote opens: its roll, its recusals and its lines are frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from activities.deed import Deed
from activities.services.calendar.deadlines import in_working_days, set_deadline
from activities.services.council.sitting import require_sitting, roll_of, seat
from ballots.box import BallotBox
from domain import ids
from domain.calendar import day_vi, end_of
from domain.council.ballots import Method
from domain.council.conflicts import Conflict
from domain.council.rounds import in_parts
from domain.council.thresholds import Ballot
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from intake.acts.council import Sitting
from store.database import insert_all
from store.findings.conflicts import conflicts
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
    members, gone = roll_of(deed, council.session, day)
    methods = {line.id: _method(council.pack, line, who) for line in lines}
    require_sitting(deed, council.pack, members, who, set(methods.values()))
    due_at = _until(deed, who, day) if Method.SHEETS in methods.values() else None
    near = conflicts(deed.session, council.session.id, council.pack, lines, day)
    parts = in_parts(lines, box.lines, _title, _department)
    rounds = _rounds(deed, council.session, members, who, parts)
    rows = [
        _line(council.pack, voting, line, methods[line.id], near[line.id])
        for voting, part in zip(rounds, parts, strict=True)
        for line in part
    ]
    # All is judged; from here on it is written. Keys come after the first of that: one
    # for a round that is refused, or judged once more, would be left over.
    _write(deed, rounds, rows, who)
    secret = {row["round"] for row in rows if row["method"] is Method.SHEETS}
    for voting in rounds:
        if voting.number in secret:
            voting.public_key = box.keys.make()
    seat(deed, members, gone, who)
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


def _method(pack: RulePack, line: Nomination, who: Sitting) -> Method:
    open_vote = pack.title(line.title).vote.ballot is Ballot.OPEN
    if open_vote and not who.in_writing:
        return Method.HANDS
    return Method.PAPER if who.paper else Method.SHEETS


def _rounds(
    deed: Deed,
    session: CouncilSession,
    members: Sequence[SessionMember],
    who: Sitting,
    parts: Sequence[Sequence[Nomination]],
) -> list[VotingRound]:
    first = len(rounds_of(deed.session, session.id)) + 1
    return [
        VotingRound(
            session=session.id,
            number=number,
            roll=[member.person for member in members],
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
    rows: Sequence[dict[str, Any]],
    who: Sitting,
) -> None:
    deed.session.add_all(rounds)
    deed.session.flush()
    insert_all(deed.session, RoundLine, rows)
    deed.session.add_all(
        Teller(session=voting.session, round=voting.number, person=person)
        for voting in rounds
        for person in sorted(set(who.tellers))
    )


def _await_sheets(
    deed: Deed,
    council: VotingSession,
    rounds: Sequence[VotingRound],
    rows: Sequence[dict[str, Any]],
    due_at: datetime,
) -> None:
    """Give the sheets a deadline, and ask every elector once for all of them."""
    [first, *_], key = rounds, council.session.id
    set_deadline(deed, str(ids.council(key)), DeadlineKind.BALLOTS, due_at)
    secret = [
        frozenset(row["recused"]) for row in rows if row["method"] is Method.SHEETS
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
