"""The one act that is no command: a sealed sheet, and that its member has cast."""

from collections.abc import Iterable, Sequence
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
from store.database import insert_missing, lock_shared, made_once, one_of
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


# By a session and the number of a round in it.
_Grounds = dict[tuple[str, int], _Ground]


def cast_all(session: Session, ballots: Sequence[BallotSheet]) -> datetime:
    """Store sheets sealed, and that their members have cast; say when.

    The row of each session is held shared: a count waits for us, or we find it done.
    What a sheet says stands nowhere in the clear, and nothing tells two tries apart:
    neither is compared with the one that was taken.

    Raises Refused where one of them is not taken; then none is stored.
    """
    councils = _councils(session, ballots)
    grounds: _Grounds = {}
    for ballot in ballots:
        council, place = councils[ballot.session], (ballot.session, ballot.round)
        if place not in grounds:
            grounds[place] = _ground(session, council, ballot.round)
        _require_open(grounds[place], council)
        _require_seat(grounds[place], ballot.person)
    at = now(session)
    _write_first(session, grounds, ballots, at)
    entries = list[record.NewAct]()
    for ballot in ballots:
        ground = grounds[ballot.session, ballot.round]
        _require_sheet(ground, ballot)
        entries.append(_seal(session, ground, ballot, at))
    record.append_all(session, entries)
    return at


def _councils(
    session: Session, ballots: Iterable[BallotSheet]
) -> dict[str, CouncilSession]:
    asked = sorted({ballot.session for ballot in ballots})
    found = lock_shared(session, CouncilSession, one_of(CouncilSession.id, asked))
    councils = {council.id: council for council in found}
    for key in asked:
        if key not in councils:
            raise unknown("session", key)
    return councils


def _ground(session: Session, council: CouncilSession, number: int) -> _Ground:
    """Read what is voted on in a round, once nobody can end it any more."""
    found = _round(session, key=council.id, number=number).one_or_none()
    if found is None or found[0].public_key is None:
        raise refuse("no_ballot", "Phiên họp không có vòng bỏ phiếu kín nào như vậy.")
    voting, phase, campaign = found
    lines = sheet_lines(session, council.id, [number])[number]
    return _Ground(voting, campaign, pack_of(session, phase), lines)


@made_once
def _round(key: Any, number: Any) -> Any:
    return (
        select(VotingRound, Phase, Campaign)
        .join(CouncilSession, col(CouncilSession.id) == col(VotingRound.session))
        .join(Phase, col(Phase.id) == col(CouncilSession.phase))
        .join(Campaign, col(Campaign.id) == col(CouncilSession.campaign))
        .where(VotingRound.session == key, VotingRound.number == number)
    )


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
    session: Session, grounds: _Grounds, ballots: Sequence[BallotSheet], at: datetime
) -> None:
    """Write that members have cast, before the sheets are looked at.

    The same member twice at once: the second waits here, and finds the first.
    """
    rows = [
        {"session": each.session, "round": each.round, "person": each.person, "at": at}
        for each in ballots
    ]
    if insert_missing(session, BallotCast, rows) < len(rows):
        raise grounds[ballots[0].session, ballots[0].round].refusal(
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
    session: Session, ground: _Ground, ballot: BallotSheet, at: datetime
) -> record.NewAct:
    """Store a sheet sealed, and say how it is to be recorded that it was cast."""
    voting = ground.voting
    assert voting.public_key is not None  # noqa: S101 - asked for before
    place: dict[str, Any] = {"session": voting.session, "round": voting.number}
    session.add(SealedSheet(**place, content=seal(voting.public_key, ballot.marks)))
    act = Act(campaign=ground.campaign.id, kind="cast", actor=ballot.person, at=at)
    return record.NewAct(act, place)
