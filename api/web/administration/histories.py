"""Rows of somebody's histories on pages: entered, corrected, ended, taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response
from sqlmodel import Session

from api.admission import does, reads
from api.deps import DatabaseDep, Packs
from api.identity import Asking, Shown
from api.office.histories import (
    HistoryKind,
    creating,
    require_readable,
    writing,
)
from api.office.master import EndDate, Key
from api.web.administration.entering import (
    Entering,
    EntryPage,
    if_match,
)
from api.web.administration.people import BY_SLUG
from api.web.posted import Posted
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import refuse, unknown
from domain.rules.rulepack import RulePack
from intake.fields import Body, PersonCode, Reason
from intake.office.contradictions import unknown_record
from store.database import Database
from store.office import histories
from store.office.changes import Verb
from store.tables import Person

_NEW = "/quan-tri/nguoi/{who}/{history}"
_ONE = f"{_NEW}/{{key}}"
_VERBS = {"ket-thuc": Verb.END, "huy": Verb.VOID}
# What is said with it, in which field of the form, and what body that makes.
_SAID: Mapping[Verb, tuple[str, str, type[Body]]] = {
    Verb.END: ("ends", "het", EndDate),
    Verb.VOID: ("reason", "ly_do", Reason),
}
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
    return await page.send(typed, page.writing(_CREATE[history], shown, packs=packs))


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
    return _page(database, visitor, who, history, packs, known=True).show_known(row)


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
    verb = _VERBS.get(typed.get("viec", ""), Verb.CHANGE)
    which = {"key": key, "packs": packs, "if_match": if_match(typed)}
    write = page.writing(_WRITE[history, verb], shown, **which)
    if verb is Verb.CHANGE:
        return await page.send(typed, write)
    field, name, body = _SAID[verb]
    said = {field: typed.get(name, "")}
    return await page.sent(typed, lambda: write(body=body.model_validate(said)))
