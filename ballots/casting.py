"""The one act that is no command: a sealed sheet, and that its member has cast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ballots.keys import seal
from domain.council.ballots import Mark, require_own_codes, require_whole
from domain.refusals import Refused, refuse, unknown
from domain.rules.rulepack import RulePack
from domain.states import CampaignState, SessionState
from papers.terms import wrong_state
from store import record
from store.clock import now
from store.database import insert_once, lock_shared
from store.plans import pack_of
from store.tables import (
    Act,
    BallotCast,
    Campaign,
    CouncilSession,
    Phase,
    SealedSheet,
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
    """Where a sheet goes, and what a refusal of it rests on: the rule of its lines."""

    voting: VotingRound
    campaign: Campaign
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
    ground = _ground(session, council, ballot.round)
    _require_open(ground, council)
    _require_seat(ground, ballot.person)
    at = now(session)
    _write_first(session, ground, ballot, at)
    _require_sheet(ground, ballot)
    _seal(session, council, ground.voting, ballot, at)
    return at


def _council(session: Session, key: str) -> CouncilSession:
    found = lock_shared(session, CouncilSession, CouncilSession.id == key)
    if not found:
        raise unknown("session", key)
    return found[0]


def _ground(session: Session, council: CouncilSession, number: int) -> _Ground:
    """Read what is voted on in a round, once nobody can end it any more."""
    found = session.exec(
        select(VotingRound, Phase, Campaign)
        .select_from(VotingRound)
        .join(Phase, col(Phase.id) == council.phase)
        .join(Campaign, col(Campaign.id) == council.campaign)
        .where(VotingRound.session == council.id, VotingRound.number == number)
    ).one_or_none()
    if found is None or found[0].public_key is None:
        raise refuse("no_ballot", "Phiên họp không có vòng bỏ phiếu kín nào như vậy.")
    voting, phase, campaign = found
    lines = sheet_lines(session, council.id, [number])[number]
    return _Ground(voting, campaign, pack_of(session, phase), lines)


def _require_open(ground: _Ground, council: CouncilSession) -> None:
    state, closed = ground.campaign.state, ground.voting.closed_at is not None
    if state is not CampaignState.RUNNING:
        raise wrong_state(state, [CampaignState.RUNNING])
    if council.state is not SessionState.VOTING or closed:
        raise ground.refusal(
            "vote_over", "Vòng bỏ phiếu này đã kết thúc, không nhận thêm phiếu."
        )


def _require_seat(ground: _Ground, person: str) -> None:
    if person not in ground.voting.roll:
        raise ground.refusal(
            "no_seat",
            "Bạn không có trong danh sách Hội đồng khi mở vòng bỏ phiếu này.",
        )
    written = ground.pack.council.written_ballot
    if person not in ground.voting.present and not written.allowed:
        raise Refused(
            written.refusal("Quy chế không cho thành viên vắng mặt gửi phiếu.")
        )


def _write_first(
    session: Session, ground: _Ground, ballot: BallotSheet, at: datetime
) -> None:
    """Write that a member has cast, before the sheet is looked at.

    The same member twice at once: the second waits here, and finds the first.
    """
    row = {"session": ballot.session, "round": ballot.round}
    row |= {"person": ballot.person, "at": at}
    if insert_once(session, BallotCast, row, BallotCast.person) is None:
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


def _seal(
    session: Session,
    council: CouncilSession,
    voting: VotingRound,
    ballot: BallotSheet,
    at: datetime,
) -> None:
    assert voting.public_key is not None  # noqa: S101 - asked for before
    place: dict[str, Any] = {"session": voting.session, "round": voting.number}
    session.add(SealedSheet(**place, content=seal(voting.public_key, ballot.marks)))
    act = Act(campaign=council.campaign, kind="cast", actor=ballot.person, at=at)
    record.append(session, act, place)
