"""The form of one act on one target, as one visitor sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from uuid import UUID, uuid4

from fastapi import Response
from sqlmodel import Session

from api.door import is_closed
from api.problems import worded_here
from api.statuses import status_of
from api.web.acting.against import against, meanwhile, seen
from api.web.acting.paths import AGAIN, BACK, KEY, SEEN, inside, other_way
from api.web.choosing.asked import Asked
from api.web.choosing.offering import offered
from api.web.confirming import UNCONFIRMED
from api.web.forms import Form, Wrong
from api.web.rendering import render
from api.web.words import gettext
from domain.acts import ACTS
from domain.ids import WorkflowId
from domain.refusals import Refusal
from domain.roles import own_words
from domain.rules.rulepack import RulePack
from duties.subjects import target_name
from engine.situations import Stand, stand_of, unknown
from intake.acts.bodies import BODIES
from papers.acts import describe
from store import commands
from store.database import Database
from store.office.agency import head_in
from store.tables import Person

_REUSED = "key_reused"
_SENT_ALREADY = gettext(
    "Biểu mẫu này đã gửi một lần với nội dung khác, và lần gửi đó đã được nhận. Nếu "
    "muốn gửi thêm một lần nữa với nội dung dưới đây, hãy gửi lại."
)


@cache
def form_of(kind: str) -> Form:
    """Make the form of an act, once."""
    return Form(BODIES[kind].model_json_schema())


@dataclass(frozen=True)
class ActPage:
    """The page of one act on one target, for one visitor."""

    kind: str
    target: WorkflowId
    visitor: Person
    database: Database
    packs: tuple[RulePack, ...]

    @property
    def form(self) -> Form:
        """Give the form of what the act says."""
        return form_of(self.kind)

    def asked(self, typed: Mapping[str, str]) -> Response:
        """Show the form, filled in with what was *typed*, or was sent before.

        Raises Refused (`unknown_target`).
        """
        with self.database.read() as session:
            typed = {**self._sent_before(session, typed.get(AGAIN, "")), **typed}
            return self._shown(session, typed)

    def refused(
        self, typed: Mapping[str, str], refusals: tuple[Refusal, ...]
    ) -> Response:
        """Give back what was typed, and say why it is not done."""
        if any(each.code == _REUSED for each in refusals):
            typed, refusals = _anew(typed), (Refusal(_REUSED, _SENT_ALREADY),)
        refusals = worded_here(self.database, refusals)
        with self.database.read() as session:
            return self._shown(session, typed, status_of(refusals), refusals=refusals)

    def wrong(self, typed: Mapping[str, str], wrong: Wrong) -> Response:
        """Give back what was typed, and say what is wrong with it."""
        with self.database.read() as session:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return self._shown(session, typed, status, wrong=wrong)

    def _shown(
        self,
        session: Session,
        typed: Mapping[str, str],
        status: HTTPStatus = HTTPStatus.OK,
        *,
        wrong: Wrong | None = None,
        refusals: tuple[Refusal, ...] = (),
    ) -> Response:
        stand, wrong = self._stand(session), wrong or {}
        known = typed.get(SEEN) or str(seen(session, stand.campaign))
        asked = Asked(session, self.kind, self.target, self.visitor.id, self.packs)
        choices = offered(asked, self.form.names)
        return render(
            "act.html",
            status,
            visitor=self.visitor,
            title=ACTS[self.kind].summary,
            on=target_name(session, self.target),
            about=own_words(describe(ACTS[self.kind]), head_in(session)),
            by_file=other_way(self.kind, self.target),
            fields=self.form.fields(typed, wrong, choices),
            wrong=[(x, self.form.label_of(x), said) for x, said in wrong.items()],
            refusals=refusals,
            against=[] if refusals else self._against(session, stand),
            meanwhile=self._meanwhile(session, stand, known) if refusals else [],
            hidden={
                KEY: typed.get(KEY) or uuid4().hex,
                SEEN: known,
                BACK: inside(typed.get(BACK, "/")),
            },
            unconfirmed=any(each.code in UNCONFIRMED for each in refusals),
        )

    def _stand(self, session: Session) -> Stand:
        """Raise Refused (`unknown_target`) for what is not there, for this visitor."""
        if is_closed(session, self.target, self.visitor.id):
            raise unknown(self.target)
        return stand_of(session, self.target)

    def _against(self, session: Session, stand: Stand) -> list[str]:
        head, who = head_in(session), self.visitor.id
        found = against(session, self.kind, self.target, stand, who)
        return [own_words(each, head) for each in found]

    def _meanwhile(self, session: Session, stand: Stand, since: str) -> list[object]:
        who = self.visitor.id
        return [*meanwhile(session, stand.campaign, self.target, since, who)]

    def _sent_before(self, session: Session, command: str) -> Mapping[str, str]:
        """Give what the visitor has typed for an act before, which was refused."""
        try:
            found = commands.get(session, UUID(command))
        except ValueError:
            return {}
        ours = (self.kind, str(self.target), self.visitor.id)
        if found is None or (found.kind, found.target, found.actor) != ours:
            return {}
        return self.form.typed(found.payload)


def _anew(typed: Mapping[str, str]) -> Mapping[str, str]:
    """Let what is sent again be another act: the one before has its answer."""
    return {**typed, KEY: uuid4().hex}
