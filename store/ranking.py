"""Who comes first when more have passed for a title than its quota allows (E6)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from sqlmodel import Session, col, select

from domain.quota import Candidate, Ranking, cap, rank_within_cap
from domain.roles import Role
from domain.rulepack import RulePack
from store import people
from store.judging import Roll
from store.tables import Nomination, RoundLine, SessionLine

_MANAGERS = frozenset({Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.DEPARTMENT_HEAD})
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
    title = passing[0].title if passing else ""
    counts = Counter(line.title for line in standing)
    quota = pack.title(title).quota if title else None
    most = cap(pack, title, counts[quota.base or ""]) if quota else None
    if most is None or len(passing) <= (left := max(most - counts[title], 0)):
        return Ranking(tuple(str(line.id) for line in passing), (), 0, ())
    return rank_within_cap(_candidates(session, roll, key, passing), left)


def _candidates(
    session: Session, roll: Roll, key: str, lines: Sequence[Nomination]
) -> list[Candidate]:
    offices = people.offices_of(session, (x.subject for x in lines), roll.day)
    shares = _shares(session, key, lines)
    chosen = _chosen(session, key)
    return [
        Candidate(
            line=str(line.id),
            votes=shares[line.id][0],
            initiative_score=_reach(roll, line.subject),
            manager=bool(offices[line.subject] & _MANAGERS),
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
