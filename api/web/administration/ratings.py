"""Ratings of a year on one page: a department's own, and those of its people."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session, col, or_, select
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Credentials, Shown
from api.office import yearly
from api.office.yearly import RatingIn
from api.paging import Cursor, Order, page
from api.versions import Put
from api.web.administration.entering import Entering, may_enter
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import Refused, in_words, refuse
from domain.rules.criteria import RatingLevel
from papers.office import CODES
from store.database import Database, one_of
from store.office import master
from store.office.people import home_of
from store.tables import Department, Person, Rating, ServiceSpan, SubjectKind

PAGE = "/quan-tri/xep-loai"
_ON_A_PAGE = 100
_BY_NAME = Order(Person, ("sort_key", "id"))
_MARK, _KNEW, _VERSION = "muc.", "cu.", "ban."
LEVELS = [(each.value, CODES[each]) for each in RatingLevel]
_MARCH = 3  # until then it is the year before that is being rated

router = pages()


@dataclass(frozen=True)
class RatedSubject:
    """Who can be rated, and how they are, if they are."""

    kind: SubjectKind
    code: str
    name: str
    level: str
    version: int | None


@dataclass(frozen=True)
class Ratings:
    """Whose ratings of a year are looked at: of a department, after a place."""

    year: int
    department: str
    after: str | None


@router.get(PAGE, dependencies=[reads("ratings")])
def ratings(
    session: Reading,
    visitor: Asking,
    nam: Annotated[int | None, Query(ge=2000, le=2200)] = None,
    phong: Annotated[str, Query(max_length=64)] = "",
    sau: Cursor = None,
) -> Response:
    """Show how a department and its people are rated in a year, to be filled in."""
    day = master.today(session)
    year = nam or day.year - (day.month <= _MARCH)
    return _page(session, visitor, Ratings(year, phong, sau))


def _page(
    session: Session,
    visitor: Person,
    asked: Ratings,
    typed: Mapping[str, str] | None = None,
    said: Sequence[str] = (),
) -> Response:
    day = master.today(session)
    departments = master.departments(session, day)
    codes = [each.code for each in departments]
    home = home_of(session, visitor.id, day) or next(iter(codes), "")
    code = asked.department if asked.department in codes else home
    staff = _staff(session, code, asked)
    return render(
        "administration/ratings.html",
        HTTPStatus.CONFLICT if said else HTTPStatus.OK,
        visitor=visitor,
        year=asked.year,
        department=code,
        departments=departments,
        rated=[*_rated(session, code, asked, staff[:_ON_A_PAGE])] if code else [],
        after=asked.after,
        following=page(staff, _ON_A_PAGE, _BY_NAME.place, lambda each: each.id).next,
        levels=LEVELS,
        editor=may_enter(session, visitor),
        typed=defaultdict(str, typed or {}),
        said=said,
    )


def _rated(
    session: Session, code: str, asked: Ratings, people: Sequence[Person]
) -> Iterator[RatedSubject]:
    unit = session.get_one(Department, code)
    subjects = [(SubjectKind.INDIVIDUAL, each.id, each.name) for each in people]
    if unit.collective and not asked.after:
        subjects.insert(0, (SubjectKind.COLLECTIVE, unit.code, unit.name))
    named = one_of(col(Rating.subject), [subject for _, subject, _ in subjects])
    of_year = session.exec(select(Rating).where(Rating.year == asked.year, named))
    known = {(row.kind, row.subject): row for row in of_year}
    for kind, subject, name in subjects:
        row = known.get((kind, subject))
        yield RatedSubject(
            kind, subject, name, row.level if row else "", row.version if row else None
        )


def _staff(session: Session, code: str, asked: Ratings) -> Sequence[Person]:
    """List who worked in a department at some time of a year, by their names."""
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    worked = select(ServiceSpan.person).where(
        ServiceSpan.department == code,
        col(ServiceSpan.starts) <= last,
        or_(col(ServiceSpan.ends).is_(None), col(ServiceSpan.ends) > first),
    )
    named = select(Person).where(col(Person.id).in_(worked))
    return _BY_NAME.rows(session, named, _ON_A_PAGE, asked.after)


@router.post(PAGE, dependencies=[does("master_data")])
async def rate(
    typed: Posted, database: DatabaseDep, visitor: Entering, shown: Shown
) -> Response:
    """Enter each rating that was changed, as the API does; say which was refused."""
    year, code = _year(typed.get("nam", "")), typed.get("phong", "")
    asked = Ratings(year, code, typed.get("sau") or None)
    said = []
    for name, level in typed.items():
        subject = name.removeprefix(_MARK)
        if name == subject or not level or level == typed.get(f"{_KNEW}{subject}", ""):
            continue
        version = typed.get(f"{_VERSION}{subject}")
        try:
            await _put(database, shown, subject, year, level, version)
        except ValueError:  # of pydantic's, or of a kind that there is not
            wrong = gettext(
                "%(who)s: «%(level)s» không phải một mức xếp loại.",
                who=subject,
                level=level,
            )
            said.append(wrong)
        except Refused as refused:
            said.append(f"{subject.partition('.')[2]}: {_in_words(refused)}")
    if said:
        again = partial(_again, database, visitor, asked)
        return await run_in_threadpool(again, typed, said)
    here = f"{PAGE}?nam={year}&phong={code}"
    if asked.after:
        here += f"&sau={quote(asked.after)}"
    return RedirectResponse(here, HTTPStatus.SEE_OTHER)


def _year(text: str) -> int:
    if not re.fullmatch(r"2[01]\d\d", text):
        raise refuse("bad_document", gettext("Năm: bốn chữ số, như 2026."))
    return int(text)


def _in_words(refused: Refused) -> str:
    """Say why not; to whoever rates, a missing version is somebody who was quicker."""
    if refused.refusals[0].code == "version_missing":
        return gettext("vừa có người khác ghi; hãy xem mức mới rồi ghi lại.")
    return in_words(refused.refusals)


async def _put(
    database: Database,
    shown: Credentials,
    subject: str,
    year: int,
    level: str,
    version: str | None,
) -> None:
    kind, _, code = subject.partition(".")
    await yearly.put_rating(
        kind=SubjectKind(kind),
        subject=code,
        year=year,
        body=RatingIn.model_validate({"level": level}),
        session=database,
        person=shown,
        put=Put(f'"{version}"' if version else None, Response()),
    )


def _again(
    database: Database,
    visitor: Person,
    asked: Ratings,
    typed: Mapping[str, str],
    said: Sequence[str],
) -> Response:
    with database.read() as session:
        return _page(session, visitor, asked, typed, said)
