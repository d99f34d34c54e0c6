"""How a matter is written down and read, and who may read what of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlmodel import Session

from api.answers import Answer
from domain.cases.procedures import confidential
from domain.policy.restricted import KNOWN_TO, Restricted, known_of_matter
from domain.roles import Role
from domain.states import CaseKind, CaseState
from intake.acts.naming import Documents
from intake.fields import Body, Code, Day, SubjectKind, Text
from intake.lists import Once
from store.office.standing import roles_today
from store.opinions import authors_of, opinions_of
from store.tables import Case, CaseAuthor, CaseOpinion


class Author(Body):
    """An author of an initiative, with a share of it in percent."""

    person: Code
    share: int = Field(ge=1, le=100)


class CaseIn(Body):
    """A matter as it is written down; *denouncer* is kept from everybody else."""

    campaign: Code
    kind: CaseKind
    title: Annotated[Text, Field(max_length=200)]
    matter: Text
    line: UUID | None = None
    event_on: Day | None = None
    denouncer: Text | None = None
    authors: Annotated[tuple[Author, ...], Field(max_length=20), Once("person")] = ()
    subject_kind: SubjectKind | None = None
    subject: Code | None = None
    award: Annotated[Code, Field(max_length=32)] | None = None
    basis: Annotated[tuple[Code, ...], Field(max_length=10), Once()] | None = None
    documents: Documents = ()


class CaseOpinionOut(Answer):
    """What a member said in writing."""

    person: str
    agrees: bool
    score: int | None
    opinion: str | None
    at: datetime


class CaseOut(Answer):
    """A matter; who is behind a denunciation is told to nobody but who protects it."""

    id: UUID
    campaign: str
    kind: CaseKind
    state: CaseState
    title: str
    matter: str
    line: UUID | None
    event_on: date | None
    recorded_by: str
    denouncer: str | None
    authors: list[Author] = Field(default=[])
    subject_kind: SubjectKind | None
    subject: str | None
    award: str | None
    basis: list[str] | None
    documents: list[str]
    opinions: list[CaseOpinionOut] = Field(default=[])
    filed_at: datetime | None
    report: str | None
    founded: bool | None
    conclusion: str | None
    counts_for: int | None
    certificate: int | None
    ended_at: datetime | None
    extended: int


@dataclass(frozen=True)
class Reader:
    """Somebody who asks about some matters, and how they stand to the office today."""

    person: str
    roles: frozenset[Role]
    authors: Mapping[UUID, list[CaseAuthor]]
    opinions: Mapping[UUID, list[CaseOpinion]]

    def show(self, row: Case) -> CaseOut:
        """Write a matter as this person may read it."""
        out = CaseOut.model_validate(row)
        known = self.roles & KNOWN_TO[Restricted.DENOUNCER]
        protects = bool(known) or row.recorded_by == self.person
        authors = self.authors[row.id]
        return out.model_copy(
            update={
                "denouncer": row.denouncer if protects else None,
                "authors": [Author(person=a.person, share=a.share) for a in authors],
                "opinions": [
                    CaseOpinionOut.model_validate(o) for o in self._opinions(row)
                ],
            }
        )

    def _opinions(self, row: Case) -> list[CaseOpinion]:
        """Members score apart from each other: until all is said, each sees the own."""
        given = self.opinions[row.id]
        open_still = row.kind is CaseKind.INITIATIVE and row.state is CaseState.ACCEPTED
        readers = known_of_matter(row.kind, secret=confidential(row.basis))
        if open_still or not self.roles & readers:
            return [each for each in given if each.person == self.person]
        return given


def reader_of(session: Session, person: str, rows: Iterable[Case]) -> Reader:
    """Find how somebody stands who asks about these matters, in so many queries."""
    cases = [row.id for row in rows]
    return Reader(
        person,
        roles_today(session, person),
        authors_of(session, cases),
        opinions_of(session, cases),
    )
