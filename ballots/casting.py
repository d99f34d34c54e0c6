"""The one act that is no command: a sealed sheet, and that its member has cast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ballots.keys import seal
from domain.council.ballots import Mark, require_own_codes, require_whole
from domain.refusals import Refused, refuse, unknown
from domain.rules.rulepack import RulePack
from domain.states import CampaignState, SessionState
from papers.terms import wrong_state
from store import record
from store.clock import now
from store.database import lock, lock_shared
from store.plans import pack_of
from store.tables import (
    Act,
    BallotCast,
    Campaign,
    CouncilSession,
    Phase,
    SealedSheet,
    SessionMember,
    VotingRound,
)
from store.voting import SheetLine, sheet_lines


@dataclass(frozen=True)
class BallotSheet:
    """One member's sheet, as it came."""

    session: str
    round: int
    person: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class _Ground:
    """What a refusal rests on: the rule by which a line is voted on in secret."""

    pack: RulePack
    lines: Sequence[SheetLine]

    def refusal(self, code: str, detail: str, title: str | None = None) -> Refused:
        vote = self.pack.title(title or self.lines[0].title).vote
        return Refused(vote.refusal(detail, code))


def cast(session: Session, ballot: BallotSheet) -> datetime:
    """Store a sheet sealed, and that its member has cast; say when.

    The session's row is held shared: a count waits for us, or we find it done. What
    the sheet says stands nowhere in the clear, and nothing tells two tries apart:
    neither is compared with the one that was taken.

    Raises Refused; then nothing is stored.
    """
    council = _council(session, ballot.session)
    voting = _round(session, council, ballot.round)
    ground = _ground(session, council, voting)
    _require_open(session, ground, council, voting)
    _require_seat(session, ground, voting, ballot.person)
    _require_first(session, ground, ballot)
    _require_sheet(ground, ballot)
    return _store(session, council, voting, ballot)


def _council(session: Session, key: str) -> CouncilSession:
    found = lock_shared(session, CouncilSession, CouncilSession.id == key)
    if not found:
        raise unknown("session", key)
    return found[0]


def _round(session: Session, council: CouncilSession, number: int) -> VotingRound:
    found = session.get(VotingRound, (council.id, number))
    if found is None or found.public_key is None:
        raise refuse("no_ballot", "Phiên họp không có vòng bỏ phiếu kín nào như vậy.")
    return found


def _ground(session: Session, council: CouncilSession, voting: VotingRound) -> _Ground:
    phase = session.get_one(Phase, council.phase)
    lines = sheet_lines(session, voting.session, [voting.number])[voting.number]
    return _Ground(pack_of(session, phase), lines)


def _require_open(
    session: Session, ground: _Ground, council: CouncilSession, voting: VotingRound
) -> None:
    campaign = session.get_one(Campaign, council.campaign)
    if campaign.state is not CampaignState.RUNNING:
        raise wrong_state(campaign.state, [CampaignState.RUNNING])
    if council.state is not SessionState.VOTING or voting.closed_at is not None:
        raise ground.refusal(
            "vote_over", "Vòng bỏ phiếu này đã kết thúc, không nhận thêm phiếu."
        )


def _require_seat(
    session: Session, ground: _Ground, voting: VotingRound, person: str
) -> None:
    if person not in voting.roll:
        raise ground.refusal(
            "not_a_member",
            "Bạn không có trong danh sách Hội đồng khi mở vòng bỏ phiếu này.",
        )
    written = ground.pack.council.written_ballot
    if person not in voting.present and not written.allowed:
        raise Refused(
            written.refusal("Quy chế không cho thành viên vắng mặt gửi phiếu.")
        )
    # The same member twice at once: the second waits here, and finds the first.
    lock(
        session,
        SessionMember,
        SessionMember.session == voting.session,
        SessionMember.person == person,
    )


def _require_first(session: Session, ground: _Ground, ballot: BallotSheet) -> None:
    key = (ballot.session, ballot.round, ballot.person)
    if session.get(BallotCast, key) is not None:
        raise ground.refusal(
            "already_cast",
            "Phiếu của bạn ở vòng này đã được nhận; phiếu đã nhận không thay được.",
        )


def _require_sheet(ground: _Ground, ballot: BallotSheet) -> None:
    require_own_codes(ballot.marks)
    marked, own = {mark.line for mark in ballot.marks}, list[str]()
    for line in ground.lines:
        key = str(line.line)
        if not line.live:
            continue
        if ballot.person not in line.recused:
            own.append(key)
        elif key in marked:
            raise ground.refusal(
                "recused",
                f"Bạn không biểu quyết về đề nghị {line.subject} - {line.title}.",
                line.title,
            )
    require_whole(ballot.marks, own)


def _store(
    session: Session, council: CouncilSession, voting: VotingRound, ballot: BallotSheet
) -> datetime:
    assert voting.public_key is not None  # noqa: S101 - asked for before
    at = now(session)
    place: dict[str, Any] = {"session": voting.session, "round": voting.number}
    session.add(BallotCast(**place, person=ballot.person, at=at))
    session.add(SealedSheet(**place, content=seal(voting.public_key, ballot.marks)))
    session.flush()
    act = Act(campaign=council.campaign, kind="cast", actor=ballot.person, at=at)
    record.append(session, act, place)
    return at
