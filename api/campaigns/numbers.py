"""The register of decisions: which numbers were given, and which were left out."""

from collections import defaultdict
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col, select

from api.answers import Answer
from api.deps import Reading
from api.identity import Asking
from domain.numbering import holes
from intake.fields import Year
from store.tables import Decision

router = APIRouter(prefix="/api/v1/decision-numbers", tags=["reading"])


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


@router.get("", summary="Sổ số quyết định")
def register(
    session: Reading, person: Asking, year: Annotated[Year | None, Query()] = None
) -> list[RegisterOut]:
    """List each series with its numbers and its holes, the latest year first."""
    query = select(Decision).where(col(Decision.number).is_not(None))
    if year is not None:
        query = query.where(Decision.number_year == year)
    found: dict[tuple[int, str], list[NumberedOut]] = defaultdict(list)
    for row in session.exec(query.order_by(col(Decision.number))):
        key = (-(row.number_year or 0), row.series or "")
        found[key].append(NumberedOut(number=row.number or 0, decision=row.id))
    return [
        RegisterOut(
            series=series,
            year=-year,
            numbers=numbers,
            holes=[
                HoleOut(first=first, last=last)
                for first, last in holes(each.number for each in numbers)
            ],
        )
        for (year, series), numbers in sorted(found.items())
    ]
