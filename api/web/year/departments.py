"""How every department stands in each phase, in the four words that everybody knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from api.paging import Order, page
from papers.four_words import WORD_OF, ListWord
from papers.terms import SUBMISSION_STATES
from store.database import one_of
from store.tables import Department, Submission

_MANY = 50


@dataclass(frozen=True)
class DepartmentCell:
    """How one department stands in one phase."""

    phase: str
    word: ListWord
    state: str


@dataclass(frozen=True)
class DepartmentRow:
    """One department in every phase; None where it takes no part."""

    code: str
    name: str
    cells: Sequence[DepartmentCell | None]


@dataclass(frozen=True)
class DepartmentTable:
    """How many stand how in each phase, and so many rows of whom."""

    counts: Mapping[str, Mapping[ListWord, int]]
    rows: Sequence[DepartmentRow]
    following: str | None


_BY_CODE = Order(Department, ("code",))


def departments_of(
    session: Session, phases: Sequence[str], cursor: str | None
) -> DepartmentTable:
    """Read how departments stand in some phases: all counted, a page of them named."""
    parts = select(Submission.department).where(one_of(col(Submission.phase), phases))
    query = select(Department).where(col(Department.code).in_(parts))
    found = _BY_CODE.rows(session, query, _MANY, cursor)
    cells = _cells(session, phases, [each.code for each in found])

    def read(one: Department) -> DepartmentRow:
        own = [cells.get((phase, one.code)) for phase in phases]
        return DepartmentRow(one.code, one.name, own)

    shown = page(found, _MANY, _BY_CODE.place, read)
    return DepartmentTable(_counts(session, phases), shown.items, shown.next)


def _cells(
    session: Session, phases: Sequence[str], codes: Sequence[str]
) -> dict[tuple[str, str], DepartmentCell]:
    rows = session.exec(
        select(Submission).where(
            one_of(col(Submission.phase), phases),
            one_of(col(Submission.department), codes),
        )
    )
    return {
        (row.phase, row.department): DepartmentCell(
            row.phase, WORD_OF[row.state], SUBMISSION_STATES[row.state]
        )
        for row in rows
    }


def _counts(
    session: Session, phases: Sequence[str]
) -> Mapping[str, Mapping[ListWord, int]]:
    found: dict[str, Counter[ListWord]] = {phase: Counter() for phase in phases}
    kinds = col(Submission.phase), col(Submission.state)
    query = select(*kinds, func.count()).where(one_of(col(Submission.phase), phases))
    for phase, state, count in session.exec(query.group_by(*kinds)):
        found[phase][WORD_OF[state]] += count
    return found
