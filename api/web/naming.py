"""What people and departments are called whose codes stand in answers."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from domain.refusals import Certainty
from papers.terms import CERTAINTIES, STATES
from store.database import one_of
from store.office.people import names_of
from store.tables import Department


class Called(dict[str, str]):
    """Names by their codes; a code that nobody has stands for itself."""

    def __missing__(self, code: str) -> str:
        return code

    def all(self, codes: Iterable[str]) -> str:
        """Name some, as a sentence does."""
        return ", ".join(self[code] for code in codes)


def called(session: Session, codes: Iterable[str | None]) -> Called:
    """Name people and departments, in two statements."""
    asked = {code for code in codes if code}
    departments = session.exec(
        select(Department.code, Department.name).where(
            one_of(col(Department.code), asked)
        )
    )
    return Called(dict(departments.all()) | names_of(session, asked))


def in_words(state: object) -> str:
    """Say a state in which something is, as people say it."""
    return STATES[type(state)][1][state]  # type: ignore[index]


def sure(certainty: Certainty | None) -> str | None:
    """Say how sure the text of a rule is."""
    return CERTAINTIES[certainty] if certainty else None
