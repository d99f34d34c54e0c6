"""Lines as lists on paper have them: by names, in the order of titles and names."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.thresholds import Ballot
from domain.names import as_awarded, sort_key
from domain.states import LineState
from store.database import one_of
from store.knowing.lines import as_told
from store.office.people import names_of
from store.office.posthumous import posthumous
from store.plans import pack_of
from store.tables import Department, Nomination, Phase, SubjectKind


class ListedLine(NamedTuple):
    """A line by names; *state* is where everybody finds it.

    *person* is the code of whoever it is for, *code* its title's. *late* is one whose
    person has died before the award, *ours* one that the agency grants, *by_ballot* one
    that is voted on in secret.
    """

    id: UUID
    person: str
    name: str
    late: bool
    department: str
    code: str
    title: str
    collective: bool
    achievement: str
    documents: tuple[str, ...]
    state: LineState
    ours: bool
    by_ballot: bool

    @property
    def subject(self) -> str:
        """Its name as lists of awards have it."""
        return as_awarded(self.name, posthumous=self.late)


def listed(
    session: Session, phase: Phase, lines: Sequence[Nomination]
) -> list[ListedLine]:
    """Name some lines of a phase, in their order; those on a state secret are left out.

    They are on no list: their papers are made and kept apart.
    """
    shown = [line for line in lines if not line.secret]
    pack, late = pack_of(session, phase), posthumous(session, shown)
    called = _called(session, shown)
    papers = {each.code: each.name_vi for each in pack.document_kinds}

    def by_names(line: Nomination) -> ListedLine:
        evidence, title = line.evidence, pack.title(line.title)
        documents = evidence.get("documents") or ()
        return ListedLine(
            id=line.id,
            person=line.subject,
            name=called[line.subject],
            late=line.id in late,
            department=called[line.department],
            code=line.title,
            title=title.name_vi,
            collective=line.kind is SubjectKind.COLLECTIVE,
            achievement=evidence.get("achievement") or "",
            documents=tuple(papers.get(each, each) for each in documents),
            state=as_told(line),
            ours=pack.is_ours(line.title),
            by_ballot=title.vote.ballot is Ballot.SECRET,
        )

    return [by_names(line) for line in shown]


def in_list_order(
    session: Session, phase: Phase, lines: Iterable[Nomination]
) -> list[ListedLine]:
    """Name lines by title, collectives first, then by the given name."""
    titles = [title.name_vi for title in pack_of(session, phase).titles]

    def place(line: ListedLine) -> tuple[object, ...]:
        return titles.index(line.title), not line.collective, sort_key(line.name)

    by_code = sorted(lines, key=attrgetter("subject"))
    return sorted(listed(session, phase, by_code), key=place)


def _called(session: Session, lines: Sequence[Nomination]) -> dict[str, str]:
    """Name the people and departments of lines, in two statements."""
    asked = {line.department for line in lines}
    departments = session.exec(
        select(Department.code, Department.name).where(
            one_of(col(Department.code), asked)
        )
    )
    people = names_of(session, {line.subject for line in lines})
    return dict(departments.all()) | people
