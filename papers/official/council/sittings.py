"""What the papers of a council session are made of, read once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.grouping import grouped
from domain.names import sort_key
from domain.states import LineState
from papers.official.council.facts import (
    BeforeCouncil,
    OpenSheet,
    RoundVote,
    SittingFacts,
    SittingMember,
)
from papers.official.letterhead import letterhead
from papers.official.writing import lowered
from papers.terms import SEATS
from store.findings.papers.listed import ListedLine, listed
from store.office.people import names_of, seats
from store.tables import (
    Campaign,
    CouncilSession,
    Dissent,
    Nomination,
    PaperCount,
    Phase,
    RoundLine,
    Seat,
    SessionLine,
    SessionMember,
    Teller,
    VotingRound,
)
from store.voting import Votes, votes_of


def sitting_facts(session: Session, row: CouncilSession) -> SittingFacts:
    """Read all that the papers of a session say, in a fixed number of statements."""
    phase = session.get_one(Phase, row.phase)
    by = letterhead(session, session.get_one(Campaign, row.campaign), phase.pack)
    votes, before = votes_of(session, row.id), _before(session, row)
    lines = {x.id: x for x in listed(session, phase, [line for _, line in before])}
    seat_of, present = _sitting(session, row, votes)
    tellers, dissents = _tellers(session, row.id), _dissents(session, row.id)
    names = names_of(session, {*seat_of, *_named(row, votes, tellers, dissents)})
    voted = _voted(votes, names)

    def put(on: SessionLine) -> BeforeCouncil:
        said = tuple((names[who], opinion) for who, opinion in dissents[on.line])
        votes = tuple(voted[on.line])
        return BeforeCouncil(lines[on.line], votes, on.outcome, said)

    return SittingFacts(
        by=by,
        row=row,
        occasion=f"{lowered(phase.name)} năm {by.year}",
        members=_members(seat_of, present, names),
        lines=tuple(put(on) for on, line in before if line.id in lines),
        tellers=_by_name(tellers, names),
        open_sheets=_open_sheets(votes, lines, [line for _, line in before]),
        chair=names.get(row.signed_by_chair or "", ""),
        secretary=names.get(row.signed_by_secretary or "", ""),
    )


def _named(
    row: CouncilSession,
    votes: Votes,
    tellers: Mapping[int, Sequence[tuple[str, datetime | None]]],
    dissents: Mapping[UUID, Sequence[tuple[str, str]]],
) -> Iterator[str]:
    """Find who is named in the papers of a session, beside its members."""
    yield from filter(None, (row.signed_by_chair, row.signed_by_secretary))
    for rows in votes.lines.values():
        for of_round, _ in rows:
            yield from of_round.recused
    for watched in tellers.values():
        yield from (who for who, _ in watched)
    for said in dissents.values():
        yield from (who for who, _ in said)


def _by_name(
    tellers: Mapping[int, Sequence[tuple[str, datetime | None]]],
    names: Mapping[str, str],
) -> dict[int, list[tuple[str, datetime | None]]]:
    return {
        number: [(names[who], at) for who, at in watched]
        for number, watched in tellers.items()
    }


def _before(
    session: Session, row: CouncilSession
) -> list[tuple[SessionLine, Nomination]]:
    found = session.exec(
        select(SessionLine, Nomination)
        .join(Nomination, col(Nomination.id) == col(SessionLine.line))
        .where(SessionLine.session == row.id)
        .order_by(col(SessionLine.position))
    )
    return [(on, line) for on, line in found]


def _sitting(
    session: Session, row: CouncilSession, votes: Votes
) -> tuple[dict[str, Seat], frozenset[str] | None]:
    """Say on which seat each sits: as the vote was opened, else on the day it meets."""
    rows = session.exec(
        select(SessionMember).where(SessionMember.session == row.id)
    ).all()
    seated = {x.person: x.seat for x in seats(session, local_day(row.meets_at))}
    if not votes.rounds:
        return seated, None
    last, known = votes.rounds[-1], {x.person: x.seat for x in rows} | seated
    return {who: known.get(who, Seat.MEMBER) for who in last.roll}, frozenset(
        last.present
    )


def _members(
    seat_of: Mapping[str, Seat],
    present: frozenset[str] | None,
    names: Mapping[str, str],
) -> tuple[SittingMember, ...]:
    order = [*SEATS]
    people = sorted(
        seat_of, key=lambda x: (order.index(seat_of[x]), sort_key(names[x]))
    )
    return tuple(
        SittingMember(
            name=names[who],
            seat=SEATS[seat_of[who]],
            present=None if present is None else who in present,
        )
        for who in people
    )


def _voted(
    votes: Votes, names: Mapping[str, str]
) -> defaultdict[UUID, list[RoundVote]]:
    return grouped(
        (row.line, _vote(row, names))
        for voting in votes.rounds
        for row, _ in votes.lines[voting.number]
    )


def _vote(row: RoundLine, names: Mapping[str, str]) -> RoundVote:
    told = not row.masked
    return RoundVote(
        round=row.round,
        method=row.method,
        electors=row.electors,
        recused=tuple(names[who] for who in row.recused),
        ballots=row.ballots,
        yes=row.yes if told else None,
        no=row.no if told else None,
        blank=row.blank if told else None,
        carried=row.carried,
        void_reason=row.void_reason if row.voided_at else None,
    )


def _tellers(
    session: Session, key: str
) -> dict[int, list[tuple[str, datetime | None]]]:
    """Say by round who watches, and when they have said that the count was right.

    Who has counted on paper has said so with the round's end.
    """
    counts = select(PaperCount.round, PaperCount.teller)
    counted = {*session.exec(counts.where(PaperCount.session == key).distinct())}
    of_round = (col(VotingRound.session) == col(Teller.session)) & (
        col(VotingRound.number) == col(Teller.round)
    )
    rows = session.exec(
        select(Teller, col(VotingRound.closed_at))
        .join(VotingRound, of_round)
        .where(Teller.session == key)
        .order_by(col(Teller.round), Teller.person)
    )
    return grouped(
        (row.round, (row.person, closed_at if here else row.attested_at))
        for row, closed_at in rows
        for here in [(row.round, row.person) in counted]
    )


def _dissents(session: Session, key: str) -> defaultdict[UUID, list[tuple[str, str]]]:
    query = select(Dissent).where(Dissent.session == key).order_by(Dissent.person)
    return grouped((row.line, (row.person, row.opinion)) for row in session.exec(query))


def _open_sheets(
    votes: Votes, lines: Mapping[UUID, ListedLine], before: Sequence[Nomination]
) -> tuple[OpenSheet, ...]:
    """Put what is still to be voted on upon sheets: upon one, until the vote opens."""
    if not votes.rounds:
        live = (x for x in before if x.id in lines)
        on_one = (lines[x.id] for x in live if x.state is not LineState.WITHDRAWN)
        return (OpenSheet(method=None, lines=tuple(on_one)),)
    sheets = grouped(
        ((row.method, voting.number, tuple(row.recused)), lines[line.id])
        for voting, row, line in votes.open_lines()
        if line.id in lines
    )
    return tuple(
        OpenSheet(method=method, lines=tuple(found))
        for (method, _, _), found in sheets.items()
    )
