"""Awards to people who did not live to get them (truy tặng)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.states import AWARDED_LINES
from store.database import made_once, one_of
from store.tables import Nomination, NominationMove, Person, SubjectKind


def posthumous(session: Session, lines: Iterable[Nomination]) -> frozenset[UUID]:
    """Find the lines whose person died before the award, if there is one yet."""
    subjects = {x.id: x.subject for x in lines if x.kind is SubjectKind.INDIVIDUAL}
    died = _died(session, set(subjects.values()))
    if not died:
        return frozenset()
    late = [line for line, person in subjects.items() if person in died]
    awarded = _awarded(session, late)
    return frozenset(
        line for line in late if awarded.get(line, date.max) >= died[subjects[line]]
    )


def _died(session: Session, persons: set[str]) -> dict[str, date]:
    return dict(_dead(session, persons=persons).all()) if persons else {}


@made_once
def _dead(persons: Any) -> Any:
    dead = one_of(col(Person.id), persons), col(Person.died_on).is_not(None)
    return select(Person.id, col(Person.died_on)).where(*dead)


def _awarded(session: Session, lines: list[UUID]) -> dict[UUID, date]:
    rows = session.exec(
        select(NominationMove.line, NominationMove.at)
        .where(
            one_of(col(NominationMove.line), lines),
            col(NominationMove.to_state).in_(AWARDED_LINES),
        )
        .order_by(col(NominationMove.n))
    )
    return {line: local_day(at) for line, at in rows}
