"""Who owes a sheet, a count on paper or a teller's word to which session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.ballots import Method
from domain.grouping import gathered
from domain.states import LineState
from store.findings.kept import Kept, kept
from store.tables import (
    BallotCast,
    Nomination,
    PaperCount,
    RoundLine,
    Teller,
    VotingRound,
)

People = Mapping[str, frozenset[str]]
_Key = tuple[str, int]


@dataclass(frozen=True)
class Ballots:
    """Who owes something to which session."""

    to_cast: People
    to_count: People
    to_attest: People


def ballots_of(
    session: Session, keys: Sequence[str], person: str | None = None
) -> Ballots:
    """Read what is owed to the ballots of some sessions, in so many queries.

    Of one *person*, whether others have cast is not asked.
    """
    found, voters = _kept(session, keys)
    cast = _casts(session, keys, person)
    to_cast = (
        (key[0], who)
        for key, those in voters.items()
        for who in (those if person is None else those & {person})
        if (*key, who) not in cast
    )
    return replace(found, to_cast=gathered(to_cast))


def voters_of(
    session: Session, key: str, closed: frozenset[UUID]
) -> tuple[frozenset[str], frozenset[str]]:
    """Name who may cast in the open rounds of a session, and who of them has still to.

    Of sheets on nothing but *closed* lines nothing is told.
    """
    _, voters = _kept(session, [key], closed)
    cast = _casts(session, [key], None)
    owing = (
        who
        for (_, number), those in voters.items()
        for who in those
        if (key, number, who) not in cast
    )
    return frozenset[str]().union(*voters.values()), frozenset(owing)


def sheets_of(
    session: Session, key: str, person: str, closed: frozenset[UUID]
) -> list[int]:
    """Number the open rounds of a session in which somebody has a sheet to cast.

    Whether it was cast is not asked. Of sheets on nothing but *closed* lines nothing
    is told.
    """
    _, voters = _kept(session, [key], closed)
    return sorted(number for (_, number), those in voters.items() if person in those)


_ButForCasts = tuple[Ballots, Mapping[_Key, frozenset[str]]]


def _kept(
    session: Session, keys: Sequence[str], closed: frozenset[UUID] = frozenset()
) -> _ButForCasts:
    about = tuple(keys), closed
    return kept(session, Kept.BALLOTS, about, lambda: _but_for_casts(session, *about))


def _but_for_casts(
    session: Session, keys: Sequence[str], closed: frozenset[UUID]
) -> _ButForCasts:
    """Find all that hangs on the record, and who may cast in each open round."""
    rounds = {(r.session, r.number): r for r in _rounds(session, keys)}
    recused, on_paper = _lines(session, keys, closed)
    counted = _counted(session, keys)
    tellers = _tellers(session, keys)
    is_open = {key for key, voting in rounds.items() if voting.closed_at is None}
    ballots = Ballots(
        to_cast={},
        to_count=gathered(
            (teller.session, teller.person)
            for teller in tellers
            if (teller.session, teller.round) in is_open & on_paper
            and (teller.session, teller.round, teller.person) not in counted
        ),
        to_attest=gathered(
            (teller.session, teller.person)
            for teller in tellers
            if teller.attested_at is None
            and rounds[teller.session, teller.round].counted_by is not None
        ),
    )
    return ballots, {x: _voters(rounds[x], recused.get(x, ())) for x in is_open}


def _voters(voting: VotingRound, recused: Sequence[list[str]]) -> frozenset[str]:
    """Name who of a roll may vote on a line at least."""
    return frozenset(x for x in voting.roll if any(x not in each for each in recused))


def _rounds(session: Session, keys: Sequence[str]) -> Iterable[VotingRound]:
    return session.exec(select(VotingRound).where(col(VotingRound.session).in_(keys)))


def _lines(
    session: Session, keys: Sequence[str], closed: frozenset[UUID]
) -> tuple[defaultdict[_Key, list[list[str]]], set[_Key]]:
    """Find who steps out of lines on sheets, and which rounds are on paper.

    Those who step out are read once, of however many lines they are the same.
    """
    rows = session.exec(
        select(RoundLine.session, RoundLine.round, RoundLine.method, RoundLine.recused)
        .distinct()
        .join(Nomination, col(Nomination.id) == col(RoundLine.line))
        .where(
            col(RoundLine.session).in_(keys),
            RoundLine.method != Method.HANDS,
            col(RoundLine.voided_at).is_(None),
            Nomination.state != LineState.WITHDRAWN,
            col(RoundLine.line).not_in(closed),
        )
    )
    recused: defaultdict[_Key, list[list[str]]] = defaultdict(list)
    on_paper = set()
    for key, number, method, stepping_out in rows:
        if method is Method.PAPER:
            on_paper.add((key, number))
        else:
            recused[key, number].append(list(stepping_out))
    return recused, on_paper


def _casts(
    session: Session, keys: Sequence[str], person: str | None
) -> set[tuple[str, int, str]]:
    query = select(BallotCast.session, BallotCast.round, BallotCast.person).where(
        col(BallotCast.session).in_(keys)
    )
    if person is not None:
        query = query.where(BallotCast.person == person)
    return {(key, number, who) for key, number, who in session.exec(query)}


def _counted(session: Session, keys: Sequence[str]) -> set[tuple[str, int, str]]:
    rows = session.exec(
        select(PaperCount.session, PaperCount.round, PaperCount.teller)
        .where(col(PaperCount.session).in_(keys))
        .distinct()
    )
    return {(key, number, person) for key, number, person in rows}


def _tellers(session: Session, keys: Sequence[str]) -> Sequence[Teller]:
    return session.exec(select(Teller).where(col(Teller.session).in_(keys))).all()
