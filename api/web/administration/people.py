"""People on pages: a new one, and all that is known of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from sqlmodel import Session, col, select

from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.office import directory
from api.office.directory import PersonIn
from api.office.histories import KINDS
from api.web.administration.entering import (
    Entering,
    EntryPage,
    NewPerson,
    if_match,
    may_enter,
)
from api.web.naming import called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.roles import own_words
from intake.fields import PersonCode
from papers.office import row_vi
from store.database import Database
from store.office import histories
from store.office.agency import head_in
from store.office.master import require_subject
from store.office.standing import roles_today
from store.office.twins import twins_of
from store.tables import Department, Person, Rating, SubjectKind

_EVERYBODY = "/quan-tri/nguoi"
_NEW, _ONE = "/quan-tri/nguoi-moi", f"{_EVERYBODY}/{{who}}"
_FACTS = f"{_ONE}/thong-tin"
_MANY = 100
# Where each kind of history is on pages.
SLUGS: Mapping[str, str] = {
    "service-spans": "cong-tac",
    "appointments": "chuc-vu",
    "council-seats": "hoi-dong",
    "recognitions": "cong-nhan",
    "past-awards": "khen-thuong-truoc",
    "leaves": "vang-mat",
    "disciplines": "ky-luat",
}

router = pages()


@dataclass(frozen=True)
class HistoryShown:
    """What somebody has of one kind: each row in words, by its key."""

    slug: str
    name: str
    rows: Sequence[tuple[int, str]]


@router.get(_NEW, dependencies=[reads("directory")])
def ask(database: DatabaseDep, visitor: Asking) -> Response:
    """Ask for a new person."""
    return _new(database, visitor).show({})


def _new(database: Database, visitor: Person) -> EntryPage:
    return EntryPage(database, visitor, "people/new", gettext("Thêm người"), _EVERYBODY)


@router.post(_NEW, dependencies=[does("master_data")])
async def add(
    typed: Posted, database: DatabaseDep, visitor: Entering, shown: Shown
) -> Response:
    """Enter a person, and go on to where they work."""
    code = typed.get("code", "").strip()
    page = EntryPage(
        database,
        visitor,
        "people/new",
        gettext("Thêm người"),
        f"{_EVERYBODY}/{code}/cong-tac",
    )
    put = page.writing(directory.put_person, shown)

    def write(body: NewPerson) -> Any:
        said = PersonIn(**body.model_dump(exclude={"code"}))
        return put(code=body.code, body=said)

    return await page.send(typed, write)


@router.get(_ONE, dependencies=[reads("directory")])
def one(who: PersonCode, session: Reading, visitor: Asking) -> Response:
    """Show all that the office knows of somebody, as far as the visitor may know it."""
    require_subject(session, SubjectKind.INDIVIDUAL, who)
    person = session.get_one(Person, who)
    levels = select(Rating).where(Rating.subject == who)
    twins = twins_of(session, who)
    return render(
        "administration/person.html",
        visitor=visitor,
        person=person,
        editor=may_enter(session, visitor),
        histories=_histories(session, visitor, who),
        ratings=session.exec(levels.order_by(col(Rating.year).desc())).all(),
        row_vi=row_vi,
        twins=twins,
        called=called(session, twins),
    )


def _histories(session: Session, visitor: Person, who: str) -> list[HistoryShown]:
    private = roles_today(session, visitor.id) & KNOWN_TO[Restricted.PRIVATE]
    units = dict(session.exec(select(Department.code, Department.name)).all())
    head = head_in(session)

    def said(row: Any) -> str:
        facts = row.model_dump()
        if unit := facts.get("department"):
            facts["department"] = units.get(unit, unit)
        words = own_words(row_vi(facts), head)
        return words[:1].upper() + words[1:]

    return [
        HistoryShown(
            slug,
            histories.HISTORIES[path].name,
            [
                (row.id, said(row))
                for row in histories.list_rows(
                    session, histories.HISTORIES[path], who, None, 0, _MANY
                )
            ],
        )
        for path, slug in SLUGS.items()
        if private or visitor.id == who or not histories.HISTORIES[path].private
    ]


@router.get(_FACTS, dependencies=[reads("directory")])
def look(who: PersonCode, database: DatabaseDep, visitor: Asking) -> Response:
    """Show somebody's name, address and days, to be corrected."""
    with database.read() as session:
        require_subject(session, SubjectKind.INDIVIDUAL, who)
        row = session.get_one(Person, who)
    return _facts(database, visitor, who).show_known(row)


def _facts(database: Database, visitor: Person, who: str) -> EntryPage:
    back = f"{_EVERYBODY}/{who}"
    title = gettext("Sửa thông tin: %(who)s", who=who)
    return EntryPage(database, visitor, "people", title, back)


@router.post(_FACTS, dependencies=[does("master_data")])
async def correct(
    who: PersonCode,
    typed: Posted,
    database: DatabaseDep,
    visitor: Entering,
    shown: Shown,
) -> Response:
    """Correct what is known of somebody."""
    page = _facts(database, visitor, who)
    which = {"code": who, "if_match": if_match(typed)}
    put = page.writing(directory.put_person, shown, **which)
    return await page.send(typed, put)


# Each kind of history by where it is on pages.
BY_SLUG = {SLUGS[kind.path]: kind for kind in KINDS}
