"""Who comes first when more have passed for a title than its quota allows (E6)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from sqlmodel import Session

from domain.council.course import Contender
from domain.council.quota import Candidate
from domain.council.rounds import Counted, deciding, share, tie_break
from store.findings.roll import Roll
from store.office import people
from store.tables import Nomination

# A recognised initiative counts by how far it reaches, then by its score of a hundred.
_REACH: Mapping[str, int] = {"agency": 1, "province": 2, "nation": 3}
_HIGHER = 1000


def contenders(
    session: Session,
    roll: Roll,
    lines: Iterable[Nomination],
    rounds: Mapping[UUID, Sequence[Counted]],
    chosen: Collection[UUID] = (),
) -> list[Contender]:
    """Say of lines what their *rounds* came to, and what else ranks them."""
    leading = people.managers(session, roll.day)
    return [
        Contender(
            line.subject,
            line.title,
            carried=bool(deciding(rounds[line.id]).carried),
            candidate=Candidate(
                line=str(line.id),
                votes=share(deciding(rounds[line.id])),
                initiative_score=_reach(roll, line.subject),
                manager=line.subject in leading,
                prior_years=_prior_years(roll, line),
                again=share(tie_break(rounds[line.id])),
                chosen=line.id in chosen,
            ),
        )
        for line in lines
    ]


def _prior_years(roll: Roll, line: Nomination) -> int:
    return sum(title == line.title for _, title in roll.history.get(line.subject, ()))


def _reach(roll: Roll, person: str) -> Fraction:
    known = roll.recognitions.get(person, frozenset())
    reach = max((_REACH.get(scope, 0) for _, scope in known), default=0)
    return reach * _HIGHER + roll.scores.get(person, Fraction(0))
