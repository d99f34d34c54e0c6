"""What papers of an initiative say: what it is, whose, and its certificate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.names import sort_key
from domain.states import CaseState
from papers.official.letterhead import Letterhead, letterhead
from store.database import one_of
from store.office.in_force import in_force
from store.office.people import names_of
from store.opinions import authors_of
from store.tables import Campaign, Case, Department, ServiceSpan


class AuthorNamed(NamedTuple):
    """An author by name, with a share of the initiative in percent."""

    name: str
    department: str
    share: int


@dataclass(frozen=True, kw_only=True)
class InitiativeFacts:
    """An initiative; *number* and *certified_on* are its certificate's, once it is."""

    by: Letterhead
    key: str
    title: str
    matter: str
    used_on: date | None
    filed_on: date | None
    applicant: str
    authors: tuple[AuthorNamed, ...]
    number: str
    certified_on: date | None


def facts_of(session: Session, row: Case) -> InitiativeFacts:
    """Read an initiative, and whose it is."""
    filed_on = local_day(row.filed_at) if row.filed_at else None
    names = names_of(session, [row.recorded_by])
    certified = row.ended_at if row.state is CaseState.CERTIFIED else None
    return InitiativeFacts(
        by=letterhead(session, session.get_one(Campaign, row.campaign)),
        key=f"sang-kien/{str(row.id)[:8]}",
        title=row.title,
        matter=row.matter,
        used_on=row.event_on,
        filed_on=filed_on,
        applicant=names.get(row.recorded_by, row.recorded_by),
        authors=tuple(_authors(session, row, filed_on)),
        number=f"{row.certificate:02}/{row.counts_for}" if row.certificate else "",
        certified_on=local_day(certified) if certified else None,
    )


def _authors(session: Session, row: Case, day: date | None) -> list[AuthorNamed]:
    """Name the authors, and where they work: the largest share first."""
    authors = authors_of(session, [row.id])[row.id]
    codes = [each.person for each in authors]
    names, units = names_of(session, codes), _units(session, codes, day)
    named = (
        AuthorNamed(names.get(x.person, x.person), units.get(x.person, ""), x.share)
        for x in authors
    )
    return sorted(named, key=lambda each: (-each.share, sort_key(each.name)))


def _units(session: Session, people: list[str], day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    rows = session.exec(
        select(ServiceSpan.person, Department.name)
        .join(Department, col(Department.code) == col(ServiceSpan.department))
        .where(one_of(col(ServiceSpan.person), people), in_force(ServiceSpan, day))
    )
    return dict(rows.all())


def shares(facts: InitiativeFacts) -> Iterator[str]:
    """Say whose it is, and how much of it."""
    for each in facts.authors:
        where = f", {each.department}" if each.department else ""
        yield f"{each.name}{where}: {each.share}%"
