"""A page of a meeting: what every one of them reads, and how it is headed."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Response

from api.campaigns.ballots import TheSession
from api.deps import Reading
from api.identity import Asking
from api.web.council.agenda import ON_A_PAGE, AgendaPage, agenda_of
from api.web.council.attendance import Presence, sitting_of
from api.web.offered import Offer, offered
from api.web.papers import PaperLink, papers_on
from api.web.rendering import render
from domain import ids
from domain.rules.rulepack import RulePack
from papers.official.kinds import PaperOf
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import Phase


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

    def agenda(self, cursor: str | None, limit: int = ON_A_PAGE) -> AgendaPage:
        """Read some of its lines as the visitor may know them."""
        read = self.session, self.council, self.pack, self.visitor
        return agenda_of(*read, cursor, limit)

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
