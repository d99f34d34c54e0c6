"""Who owes a sheet, a count on paper or a teller's word to which session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.council.ballots import Method
from domain.grouping import grouped
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


def ballots_of(session: Session, keys: Sequence[str]) -> Ballots:
    """Read what is owed to the ballots of some sessions, in so many queries."""
    rounds = {(r.session, r.number): r for r in _rounds(session, keys)}
    recused, on_paper = kept(
        session, Kept.ON_SHEETS, tuple(keys), lambda: _lines(session, keys)
    )
    cast = _pairs(session, keys)
    counted = _counted(session, keys)
    tellers = _tellers(session, keys)
    is_open = {key for key, voting in rounds.items() if voting.closed_at is None}
    return Ballots(
        to_cast=_by_session(
            (key[0], person)
            for key in is_open
            for person in rounds[key].roll
            if (*key, person) not in cast
            and any(person not in each for each in recused.get(key, ()))
        ),
        to_count=_by_session(
            (teller.session, teller.person)
            for teller in tellers
            if (teller.session, teller.round) in is_open & on_paper
            and (teller.session, teller.round, teller.person) not in counted
        ),
        to_attest=_by_session(
            (teller.session, teller.person)
            for teller in tellers
            if teller.attested_at is None
            and rounds[teller.session, teller.round].counted_by is not None
        ),
    )


def _by_session(pairs: Iterable[tuple[str, str]]) -> People:
    return {key: frozenset(people) for key, people in grouped(pairs).items()}


def _rounds(session: Session, keys: Sequence[str]) -> Iterable[VotingRound]:
    return session.exec(select(VotingRound).where(col(VotingRound.session).in_(keys)))


def _lines(
    session: Session, keys: Sequence[str]
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


def _pairs(session: Session, keys: Sequence[str]) -> set[tuple[str, int, str]]:
    rows = session.exec(
        select(BallotCast.session, BallotCast.round, BallotCast.person).where(
            col(BallotCast.session).in_(keys)
        )
    )
    return {(key, number, person) for key, number, person in rows}


def _counted(session: Session, keys: Sequence[str]) -> set[tuple[str, int, str]]:
    rows = session.exec(
        select(PaperCount.session, PaperCount.round, PaperCount.teller)
        .where(col(PaperCount.session).in_(keys))
        .distinct()
    )
    return {(key, number, person) for key, number, person in rows}


def _tellers(session: Session, keys: Sequence[str]) -> Sequence[Teller]:
    return session.exec(select(Teller).where(col(Teller.session).in_(keys))).all()
