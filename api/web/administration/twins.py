"""Two codes that may be one human: who knows says that they are two people."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session

from api.admission import does, reads
from api.deps import DatabaseDep
from api.identity import Asking, Shown
from api.office.directory import tell_people_apart
from api.web.administration.entering import Entering, EntryPage
from api.web.naming import called
from api.web.posted import Posted
from api.web.visiting import pages
from api.web.words import gettext
from domain.calendar import day_vi
from domain.refusals import unknown
from intake.fields import PersonCode
from store.database import Database
from store.office.master import today
from store.office.people import home_of
from store.office.twins import twins_of
from store.tables import Person

_PAGE = "/quan-tri/nguoi/{who}/hai-nguoi"

router = pages()


@router.get(_PAGE, dependencies=[reads("directory")])
def ask(
    who: PersonCode,
    database: DatabaseDep,
    visitor: Asking,
    ma: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Show what is known of somebody, and of whoever may be the same one."""
    return _page(database, visitor, who).show({"other": ma})


@router.post(_PAGE, dependencies=[does("master_data")])
async def tell_apart(
    who: PersonCode,
    typed: Posted,
    database: DatabaseDep,
    visitor: Entering,
    shown: Shown,
) -> Response:
    """Say that two codes are two people, as the API does."""
    page = _page(database, visitor, who)
    told = {"code": who, "session": database, "person": shown}
    return await page.send(typed, lambda body: tell_people_apart(body=body, **told))


def _page(database: Database, visitor: Person, who: str) -> EntryPage:
    """Make the page of somebody. Raises Refused (`unknown_subject`)."""
    with database.read() as session:
        codes = [who, *twins_of(session, who)]
        known = [*_known(session, codes)]
    return EntryPage(
        database,
        visitor,
        "people/told-apart",
        gettext("Hai mã là hai người"),
        f"/quan-tri/nguoi/{who}",
        known=known,
    )


def _known(session: Session, codes: list[str]) -> Iterator[str]:
    """Say of each what tells people apart."""
    day = today(session)
    homes = {code: home_of(session, code, day) for code in codes}
    names = called(session, homes.values())
    for code, home in homes.items():
        person = session.get(Person, code)
        if person is None:
            raise unknown("subject", code)
        facts = [person.name, gettext("mã %(code)s", code=code)]
        facts += [names[home]] if home else []
        if person.born_on:
            facts.append(gettext("sinh ngày %(day)s", day=day_vi(person.born_on)))
        yield ", ".join([*facts, *([person.email] if person.email else [])])
