"""The lines of a meeting as a member reads them, under their titles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from api.campaigns.phases import LineOut, shown_lines
from api.campaigns.sessions import SessionLineOut
from api.paging import Page
from api.web.naming import Called, called
from domain.council.thresholds import Ballot
from domain.rules.rulepack import RulePack
from domain.rules.titles import Title
from domain.states import SessionState
from store.database import one_of
from store.findings.forecasts import forecast
from store.tables import CouncilSession, Nomination, Person, RoundLine
from store.voting import standing_rows_of

# How many lines stand on a page: what somebody reads through without losing the place.


@dataclass(frozen=True)
class AgendaLine:
    """A line, its dossier, and how a member stands to it.

    *electors* are of how many it takes *needed*; a line that *can_pass* no more waits
    for members who are replaced. *counted* is what the last round that stands found.
    """

    dossier: LineOut
    before: SessionLineOut
    stepping_out: Sequence[str]
    electors: int | None
    needed: int | None
    can_pass: bool
    counted: RoundLine | None


Line = TypeVar("Line")


@dataclass(frozen=True)
class TitleGroup(Generic[Line]):
    """Lines on one title: how it is voted on, and of how many there is room."""

    title: Title
    lines: Sequence[Line]

    @property
    def secret(self) -> bool:
        """Say whether it is voted on in secret."""
        return self.title.vote.ballot is Ballot.SECRET


@dataclass(frozen=True)
class AgendaPage:
    """Lines in the order of the session, the names in them, and where it goes on."""

    groups: Sequence[TitleGroup[AgendaLine]]
    names: Called
    papers: Mapping[str, str]
    next: str | None


def agenda_of(
    session: Session,
    council: CouncilSession,
    pack: RulePack,
    person: Person,
    found: Page[SessionLineOut],
) -> AgendaPage:
    """Read all there is to lines of a meeting, as *person* may know them."""
    keys = [each.line for each in found.items]
    dossiers = _dossiers(session, person, keys)
    ahead = _ahead(session, council, keys)
    rows = standing_rows_of(session, [council.id], keys)[council.id]
    read = [
        _line(dossiers[each.line], each, ahead, rows.get(each.line))
        for each in found.items
    ]
    return AgendaPage(
        groups=grouped_by_title(pack, ((x.dossier.title, x) for x in read)),
        names=called(session, _named(read)),
        papers={each.code: each.name_vi for each in pack.document_kinds},
        next=found.next,
    )


def grouped_by_title(
    pack: RulePack, lines: Iterable[tuple[str, Line]]
) -> list[TitleGroup[Line]]:
    """Put lines, each with the code of its title, under their titles, in order."""
    return [
        TitleGroup(pack.title(code), [line for _, line in group])
        for code, group in groupby(lines, itemgetter(0))
    ]


def _dossiers(
    session: Session, person: Person, keys: Sequence[UUID]
) -> dict[UUID, LineOut]:
    rows = session.exec(select(Nomination).where(one_of(col(Nomination.id), keys)))
    return shown_lines(session, person.id, rows.all())


_Ahead = Mapping[UUID, tuple[list[str], int, int, bool]]


def _ahead(session: Session, council: CouncilSession, keys: Sequence[UUID]) -> _Ahead:
    """Look ahead to a meeting that has not begun; of another there is nothing to."""
    if council.state is not SessionState.CONVENED:
        return {}
    return {
        line.id: ([*one.stepping_out], one.electors, one.needed, one.can_pass)
        for line, one in forecast(session, council, keys).lines
    }


def _line(
    dossier: LineOut, before: SessionLineOut, ahead: _Ahead, row: RoundLine | None
) -> AgendaLine:
    out, electors, needed, can_pass = ahead.get(before.line, ([], None, None, True))
    if row is not None:
        out, electors = row.recused, row.electors
    return AgendaLine(
        dossier, before, out, electors, needed, can_pass=can_pass, counted=row
    )


def _named(read: Iterable[AgendaLine]) -> Iterable[str | None]:
    for each in read:
        yield from (each.dossier.subject, each.dossier.department)
        yield from (*each.stepping_out, *each.before.flagged)
        yield from (each.before.presided_by, each.before.self_appraised_by)
        yield from (dissent.person for dissent in each.before.dissents)
