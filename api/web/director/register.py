"""The book of numbers: which decision has which, and what was left out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import Query, Response
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns.numbers import RegisterOut, register
from api.deps import Reading
from api.identity import Asking
from api.paging import Cursor
from api.web.rendering import render
from api.web.visiting import pages
from domain.calendar import local_day
from intake.fields import Year
from store.clock import now
from store.database import one_of
from store.office.letterhead import last_numbered, letterhead_of, series_in_use
from store.tables import Decision, Phase

router = pages()

_SERIES = 10


class Numbering(NamedTuple):
    """A number of a series in a year."""

    number: int
    year: int
    series: str


class BookEntry(NamedTuple):
    """Numbers in the book, one or several together: a decision's, or a hole."""

    first: int
    last: int
    decision: str | None


class NamedDecision(NamedTuple):
    """What stands beside a number: of which phase, the how manieth, issued when."""

    phase: str
    ordinal: int
    issued_at: datetime | None


def next_number(session: Session) -> Numbering:
    """Say which number follows the last one that was given, in the year that it is."""
    year = local_day(now(session)).year
    last = last_numbered(session)
    if last is None or last.number_year != year:
        symbol = letterhead_of(session).symbol
        return Numbering(1, year, series_in_use(last, symbol))
    return Numbering((last.number or 0) + 1, year, last.series or "")


@router.get("/so-quyet-dinh", dependencies=[reads("decision_numbers")])
def book(
    session: Reading,
    visitor: Asking,
    sau: Cursor = None,
    nam: Annotated[Year | None, Query()] = None,
) -> Response:
    """Show each series with its numbers and its holes, the latest year first."""
    found = register(session, visitor, _SERIES, sau, nam)
    return render(
        "director/register.html",
        visitor=visitor,
        series=[(each, _entries(each)) for each in found.items],
        entered=_entered(session, found.items),
        following=found.next,
        year=nam,
    )


def _entered(
    session: Session, series: Sequence[RegisterOut]
) -> Mapping[str, NamedDecision]:
    codes = {each.decision for one in series for each in one.numbers}
    query = (
        select(Decision.id, Phase.name, Decision.ordinal, Decision.issued_at)
        .join(Phase, col(Phase.id) == col(Decision.phase))
        .where(one_of(col(Decision.id), codes))
    )
    return {
        code: NamedDecision(phase, ordinal, issued_at)
        for code, phase, ordinal, issued_at in session.exec(query)
    }


def _entries(one: RegisterOut) -> Sequence[BookEntry]:
    numbers = (BookEntry(x.number, x.number, x.decision) for x in one.numbers)
    holes = (BookEntry(x.first, x.last, None) for x in one.holes)
    return sorted([*numbers, *holes])
