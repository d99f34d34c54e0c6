"""Who comes first when more have passed for a title than its quota allows (E6)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.quota import Candidate, Ranking, cap, rank_within_cap
from domain.roles import MANAGERS
from domain.rules.rulepack import RulePack
from store.findings.judging import Roll
from store.office import people
from store.tables import Nomination, RoundLine, SessionLine

# A recognised initiative counts by how far it reaches, then by its score of a hundred.
_REACH: Mapping[str, int] = {"agency": 1, "province": 2, "nation": 3}
_HIGHER = 1000


def rank_lines(
    session: Session,
    pack: RulePack,
    roll: Roll,
    key: str,
    passing: Sequence[Nomination],
    standing: Sequence[Nomination],
) -> Ranking:
    """Rank the lines of one title that pass, within what *standing* leaves of its cap.

    A title without a cap of the office's own has room for all of them.
    """
    most = _room(pack, passing, standing)
    if len(passing) <= most:
        return _all_of(passing)
    shares, chosen = _shares(session, key, passing), _chosen(session, key)
    return rank_within_cap(_candidates(session, roll, passing, shares, chosen), most)


def rank_supposed(
    session: Session,
    pack: RulePack,
    roll: Roll,
    passing: Sequence[Nomination],
    standing: Sequence[Nomination],
    agreed: Collection[UUID],
) -> Ranking:
    """Rank lines that nobody has voted on: those *agreed* on are supposed to lead."""
    most = _room(pack, passing, standing)
    if len(passing) <= most:
        return _all_of(passing)
    shares = {line.id: [Fraction(line.id in agreed)] for line in passing}
    return rank_within_cap(_candidates(session, roll, passing, shares, ()), most)


def _room(
    pack: RulePack, passing: Sequence[Nomination], standing: Sequence[Nomination]
) -> int:
    """Say how many more of a title may be granted: all of them, without a cap."""
    if not passing:
        return 0
    title = passing[0].title
    counts = Counter(line.title for line in standing)
    quota = pack.title(title).quota
    most = cap(pack, title, counts[quota.base or ""]) if quota else None
    return len(passing) if most is None else max(most - counts[title], 0)


def _all_of(passing: Sequence[Nomination]) -> Ranking:
    return Ranking(tuple(str(line.id) for line in passing), (), 0, ())


def _candidates(
    session: Session,
    roll: Roll,
    lines: Sequence[Nomination],
    shares: Mapping[UUID, Sequence[Fraction]],
    chosen: Collection[UUID],
) -> list[Candidate]:
    offices = people.offices_of(session, (x.subject for x in lines), roll.day)
    return [
        Candidate(
            line=str(line.id),
            votes=shares[line.id][0],
            initiative_score=_reach(roll, line.subject),
            manager=bool(offices[line.subject] & MANAGERS),
            prior_years=_prior_years(roll, line),
            again=sum(shares[line.id][1:][-1:], Fraction(0)),
            chosen=line.id in chosen,
        )
        for line in lines
    ]


def _shares(
    session: Session, key: str, lines: Sequence[Nomination]
) -> dict[UUID, list[Fraction]]:
    """Find what share of the whole agreed, from the round that first carried it on.

    Of a masked line nobody knows.
    """
    rows = session.exec(
        select(RoundLine)
        .where(
            RoundLine.session == key,
            col(RoundLine.line).in_([line.id for line in lines]),
            col(RoundLine.carried).is_not(None),
        )
        .order_by(col(RoundLine.round))
    )
    found: dict[UUID, list[Fraction]] = defaultdict(list)
    for row in rows:
        if row.carried or found[row.line]:
            found[row.line].append(Fraction(row.yes or 0, row.electors))
    return found


def _prior_years(roll: Roll, line: Nomination) -> int:
    return sum(title == line.title for _, title in roll.history.get(line.subject, ()))


def _chosen(session: Session, key: str) -> frozenset[UUID]:
    chosen = select(SessionLine.line).where(
        SessionLine.session == key, col(SessionLine.chosen).is_(True)
    )
    return frozenset(session.exec(chosen))


def _reach(roll: Roll, person: str) -> Fraction:
    known = roll.recognitions.get(person, frozenset())
    reach = max((_REACH.get(scope, 0) for _, scope in known), default=0)
    return reach * _HIGHER + roll.scores.get(person, Fraction(0))
