"""The register of decisions: which numbers were given, and which were left out."""

from typing import Annotated

from fastapi import Query
from sqlalchemy import tuple_
from sqlmodel import col, select

from api.admission import reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page, page
from domain.grouping import grouped
from domain.numbering import holes
from intake.fields import Year
from store.knowing.decisions import known_decisions
from store.tables import Decision

router = Router(prefix="/api/v1/decision-numbers", tags=["reading"])


class NumberedOut(Answer):
    """A number, and the decision that has it."""

    number: int
    decision: str


class HoleOut(Answer):
    """Numbers that no decision here has, from the first to the last of them."""

    first: int
    last: int


class RegisterOut(Answer):
    """A series of a year, in the order of its numbers."""

    series: str
    year: int
    numbers: list[NumberedOut]
    holes: list[HoleOut]


_SERIES = Order(Decision, ("number_year", "series"), last_first=True)


@router.get("", summary="Sổ số quyết định", dependencies=[reads("decision_numbers")])
def register(
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
    year: Annotated[Year | None, Query()] = None,
) -> Page[RegisterOut]:
    """List each series with its numbers and its holes, the latest year first."""
    which = col(Decision.number_year), col(Decision.series)
    known = known_decisions(session, person.id)
    query = select(*which).where(col(Decision.number).is_not(None), known).distinct()
    if year is not None:
        query = query.where(Decision.number_year == year)
    rows = _SERIES.rows(session, query, limit, cursor)
    of_series = tuple_(*which).in_([tuple(row) for row in rows])
    given = select(Decision).where(of_series, known)
    numbers = grouped(
        ((row.number_year, row.series), row)
        for row in session.exec(given.order_by(col(Decision.number)))
    )
    return page(rows, limit, _SERIES.place, lambda row: _series(numbers[tuple(row)]))


def _series(decisions: list[Decision]) -> RegisterOut:
    """Write one series of a year; its decisions come in the order of their numbers."""
    numbers = [
        NumberedOut(number=row.number, decision=row.id)
        for row in decisions
        if row.number
    ]
    return RegisterOut(
        series=decisions[0].series,
        year=decisions[0].number_year,
        numbers=numbers,
        holes=[
            HoleOut(first=first, last=last)
            for first, last in holes(each.number for each in numbers)
        ],
    )
