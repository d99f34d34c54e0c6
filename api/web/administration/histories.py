"""Rows of somebody's histories on pages: entered, corrected, ended, taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response
from sqlmodel import Session

from api.admission import does, reads
from api.deps import DatabaseDep, Packs
from api.identity import Asking, Credentials, Shown
from api.office.histories import (
    HistoryKind,
    creating,
    require_readable,
    writing,
)
from api.office.master import EndDate, Key
from api.web.administration.entering import (
    VERSION,
    Entering,
    EntryPage,
    form_of,
    if_match,
)
from api.web.administration.people import BY_SLUG
from api.web.posted import Posted
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import refuse, unknown
from domain.rules.rulepack import RulePack
from intake.fields import PersonCode, Reason
from intake.office.contradictions import unknown_record
from store.database import Database
from store.office import histories
from store.office.changes import Verb
from store.tables import Person

_NEW = "/quan-tri/nguoi/{who}/{history}"
_ONE = f"{_NEW}/{{key}}"
_CREATE = {slug: creating(kind) for slug, kind in BY_SLUG.items()}
_WRITE = {
    (slug, verb): writing(kind, verb)
    for slug, kind in BY_SLUG.items()
    for verb in (Verb.CHANGE, Verb.END, Verb.VOID)
}

router = pages()


def _kind(history: str) -> HistoryKind:
    if history not in BY_SLUG:
        allowed = ", ".join(BY_SLUG)
        said = gettext(
            "Không có mục «%(name)s»; có: %(allowed)s.", name=history, allowed=allowed
        )
        raise refuse("unknown_record", said)
    return BY_SLUG[history]


def _page(
    database: Database,
    visitor: Person,
    who: str,
    history: str,
    packs: Sequence[RulePack],
    *,
    known: bool,
) -> EntryPage:
    """Make the page of a row of somebody's. Raises Refused (`unknown_subject`)."""
    kind = _kind(history)
    with database.read() as session:
        person = session.get(Person, who)
    if person is None:
        raise unknown("subject", who)
    verb = gettext("Sửa") if known else "Ghi"
    return EntryPage(
        database,
        visitor,
        kind.path,
        f"{verb} {kind.rows.name}: {person.name}",
        f"/quan-tri/nguoi/{who}",
        who,
        known and kind.ends,
        known,
        packs=packs,
    )


@router.get(_NEW, dependencies=[reads("histories")])
def ask(
    who: PersonCode,
    history: str,
    database: DatabaseDep,
    visitor: Asking,
    packs: Packs,
) -> Response:
    """Ask for a new row."""
    return _page(database, visitor, who, history, packs, known=False).show({})


@router.post(_NEW, dependencies=[does("master_data")])
async def enter(
    who: PersonCode,
    history: str,
    typed: Posted,
    database: DatabaseDep,
    visitor: Entering,
    shown: Shown,
    packs: Packs,
) -> Response:
    """Enter a row, as the API does."""
    page = _page(database, visitor, who, history, packs, known=False)

    def write(body: Any) -> Any:
        facts = {"session": database, "person": shown, "response": Response()}
        return _CREATE[history](body=body, packs=packs, **facts)

    return await page.send(typed, write)


@router.get(_ONE, dependencies=[reads("histories")])
def look(
    who: PersonCode,
    history: str,
    key: Key,
    database: DatabaseDep,
    visitor: Asking,
    packs: Packs,
) -> Response:
    """Show a row, to be corrected. Refused (`unknown_record`, `not_allowed`)."""
    kind = _kind(history)
    with database.read() as session:
        row = _theirs(session, kind, who, key)
        require_readable(session, kind, visitor.id, who)
        known = row.model_dump(mode="json")
    typed = form_of(kind.path).typed(known) | {VERSION: str(row.version)}
    return _page(database, visitor, who, history, packs, known=True).show(typed)


def _theirs(session: Session, kind: HistoryKind, who: str, key: int) -> Any:
    row = histories.get_row(session, kind.rows, key)
    if row.person != who:
        raise unknown_record(kind.rows.name, key)
    return row


@router.post(_ONE, dependencies=[does("master_data")])
async def correct(
    who: PersonCode,
    history: str,
    key: Key,
    typed: Posted,
    database: DatabaseDep,
    visitor: Entering,
    shown: Shown,
    packs: Packs,
) -> Response:
    """Correct a row, say when it ended, or take back what was entered by mistake."""
    page = _page(database, visitor, who, history, packs, known=True)
    with database.read() as session:
        _theirs(session, _kind(history), who, key)
    write = _Writing(database, shown, history, key, typed, packs)
    match typed.get("viec"):
        case "ket-thuc":
            said = {"ends": typed.get("het", "")}
            return await page.sent(typed, lambda: write.at(Verb.END, EndDate, said))
        case "huy":
            said = {"reason": typed.get("ly_do", "")}
            return await page.sent(typed, lambda: write.at(Verb.VOID, Reason, said))
    return await page.send(typed, lambda body: write(Verb.CHANGE, body))


class _Writing:
    """Writes one row, in one of the ways that the API has."""

    def __init__(
        self,
        database: Database,
        shown: Credentials,
        history: str,
        key: int,
        typed: Mapping[str, str],
        packs: Sequence[RulePack],
    ) -> None:
        self._history = history
        self._facts = {
            "packs": packs,
            "key": key,
            "session": database,
            "person": shown,
            "response": Response(),
            "if_match": if_match(typed),
        }

    def __call__(self, verb: Verb, body: Any) -> Any:
        """Write, once the body is read."""
        return _WRITE[self._history, verb](body=body, **self._facts)

    async def at(self, verb: Verb, body: Any, said: Mapping[str, str]) -> Any:
        """Read what was typed, and write."""
        return await self(verb, body.model_validate(said))
