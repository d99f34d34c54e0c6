"""A page of a meeting: what every one of them reads, and how it is headed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Response
from sqlmodel import col

from api.campaigns.ballots import TheSession
from api.campaigns.sessions import SessionLineOut, known_lines, lines, shown
from api.deps import Reading
from api.identity import Asking
from api.paging import Page
from api.web.council.agenda import AgendaPage, agenda_of
from api.web.council.attendance import Presence, sitting_of
from api.web.offered import Offer, offered
from api.web.papers import PaperLink, papers_on
from api.web.rendering import render
from domain import ids
from domain.rules.rulepack import RulePack
from papers.official.kinds import PaperOf
from store.database import one_of
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import Phase, SessionLine

_ON_A_PAGE = 50


@dataclass(frozen=True)
class MeetingPage:
    """A page of a meeting, for one visitor; *at* is the end of its path."""

    council: TheSession
    session: Reading
    visitor: Asking

    @property
    def phase(self) -> Phase:
        """The phase that it is about."""
        return self.session.get_one(Phase, self.council.phase)

    @property
    def pack(self) -> RulePack:
        """The rules that it votes by."""
        return pack_of(self.session, self.phase)

    def path(self, at: str = "") -> str:
        """Say where it is."""
        return f"/hoi-dong/{self.council.id}{at}"

    def agenda(self, cursor: str | None) -> AgendaPage:
        """Read a page of its lines as the visitor may know them."""
        return self._agenda(
            lines(self.council, self.session, self.visitor, _ON_A_PAGE, cursor)
        )

    def agenda_on(self, keys: Sequence[UUID]) -> AgendaPage:
        """Read some of its lines as the visitor may know them."""
        query = known_lines(self.session, self.council, self.visitor)
        named = self.session.exec(query.where(one_of(col(SessionLine.line), keys)))
        rows = sorted(named, key=lambda row: row.position)
        found = shown(self.session, [self.council], rows, self.visitor.id)
        return self._agenda(Page(items=found))

    def _agenda(self, found: Page[SessionLineOut]) -> AgendaPage:
        read = self.session, self.council, self.pack, self.visitor
        return agenda_of(*read, found)

    def sitting(self) -> Presence:
        """Read who sits in it."""
        return sitting_of(self.session, self.council, self.pack, self.visitor)

    def offers(self, at: str = "") -> list[Offer]:
        """List what the visitor may do, and be led back from."""
        council, target = self.council, ids.council(self.council.id)
        standing = standing_of(self.session, self.visitor.id)
        state, back = council.state, self.path(at)
        return offered(standing, target, council.campaign, state, back)

    def papers(self, at: str = "") -> list[PaperLink]:
        """List the papers that stand on it."""
        of = PaperOf.SESSION, self.council
        return papers_on(self.path(at), self.session, self.visitor, *of)

    def show(self, template: str, **facts: Any) -> Response:
        """Show it."""
        return render(
            f"council/{template}.html",
            visitor=self.visitor,
            council=self.council,
            phase=self.phase,
            **facts,
        )


TheMeeting = Annotated[MeetingPage, Depends()]
