"""The boxes of rounds: opened, what was said told apart from who, and forgotten."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, tuple_
from sqlmodel import Session, col, select

from activities.deed import Deed
from ballots.box import BallotBox
from ballots.keys import Broken, KeyGone
from domain.council.ballots import CodedChoice, Mark
from domain.grouping import grouped
from domain.refusals import Refused, refuse
from store.database import lock
from store.tables import CouncilSession, SealedSheet, VotingRound
from store.voting import Rows, by_sheet


def sealed_in(session: Session, key: str) -> dict[int, list[bytes]]:
    """Read the sealed sheets of a session, by the numbers of its rounds."""
    query = select(SealedSheet.round, SealedSheet.content).where(
        SealedSheet.session == key
    )
    return grouped(session.exec(query.order_by(col(SealedSheet.id))))


def open_sheets(
    box: BallotBox,
    voting: VotingRound,
    rows: Rows,
    cast: Iterable[str],
    sealed: Mapping[int, Sequence[bytes]],
) -> Mapping[str, Sequence[CodedChoice]]:
    """Open what was said of the lines that are voted on by sheets."""
    sheets = by_sheet(rows)
    if not sheets:
        return {}  # voided or withdrawn: what was said of them is never opened
    voters = frozenset(cast)
    found = _open(box, voting, sealed[voting.number], len(voters))
    for row, _ in sheets:
        if len(found[str(row.line)]) != len(voters.difference(row.recused)):
            raise _wrong_box(voting)
    return found


def _open(
    box: BallotBox, voting: VotingRound, sealed: Sequence[bytes], cast: int
) -> dict[str, list[CodedChoice]]:
    """Open a box; what was one member's sheet is told apart no more."""
    assert voting.public_key is not None  # noqa: S101 - there are sheets to open
    try:
        sheets = box.keys.open(voting.public_key, sealed)
    except KeyGone:
        raise refuse(
            "key_gone",
            f"Không còn khóa mở hòm phiếu của vòng {voting.number}; các đề nghị phải "
            "được biểu quyết lại.",
        ) from None
    except Broken:
        raise _wrong_box(voting) from None
    if len(sheets) != cast:
        raise _wrong_box(voting)
    return _by_line(sheets)


def _by_line(sheets: Sequence[Sequence[Mark]]) -> dict[str, list[CodedChoice]]:
    return grouped(
        (mark.line, CodedChoice(mark.code, mark.choice))
        for sheet in sheets
        for mark in sheet
    )


def _wrong_box(voting: VotingRound) -> Refused:
    return refuse(
        "box_wrong",
        f"Số phiếu trong hòm của vòng {voting.number} không khớp số người đã bỏ "
        "phiếu; các đề nghị phải được biểu quyết lại.",
    )


def end_rounds(deed: Deed, rounds: Iterable[VotingRound]) -> None:
    """Close rounds, and forget their sheets; keys are destroyed after the commit."""
    ended = list(rounds)
    if not ended:
        return
    deed.session.flush()
    places = [(voting.session, voting.number) for voting in ended]
    place = tuple_(col(SealedSheet.session), col(SealedSheet.round))
    deed.session.connection().execute(delete(SealedSheet).where(place.in_(places)))
    for voting in ended:
        voting.closed_at = deed.at
        if voting.public_key is not None:
            deed.spent.append(voting.public_key.hex())
    deed.session.add_all(ended)


def end_rounds_of_campaign(deed: Deed) -> None:
    """Close every round that is open, unopened: nobody will ever count it."""
    sessions = lock(
        deed.session, CouncilSession, CouncilSession.campaign == deed.campaign
    )
    rounds = select(VotingRound).where(
        col(VotingRound.session).in_([session.id for session in sessions]),
        col(VotingRound.closed_at).is_(None),
    )
    end_rounds(deed, deed.session.exec(rounds))
