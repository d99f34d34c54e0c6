"""Days off, and worked instead: what one would move is shown before it is written."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Query, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Credentials, Shown
from api.office import holidays, yearly
from api.office.yearly import OverrideIn
from api.problems import told
from api.statuses import status_of
from api.versions import Put
from api.web.administration.entering import Entering, may_enter
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import Refused, in_words
from intake.fields import Body, Paper
from store.database import Database
from store.office.master import today
from store.tables import Person

PAGE = "/quan-tri/ngay-nghi"
_MANY, _OFF, _AS_PUBLISHED = 400, "nghi", "lich-chung"

router = pages()


class DayTakenBack(Body):
    """Why a day is again what the published calendar says."""

    reason: Paper


@router.get(PAGE, dependencies=[reads("days_what_if")])
def days(
    session: Reading,
    visitor: Asking,
    ngay: Annotated[date | None, Query()] = None,
    la: Annotated[str, Query(max_length=10)] = _OFF,
) -> Response:
    """Show the days of the year, and what one more would move."""
    return _page(session, visitor, {"ngay": ngay.isoformat() if ngay else "", "la": la})


@router.post(PAGE, dependencies=[does("master_data")])
async def enter(
    typed: Posted, database: DatabaseDep, shown: Shown, visitor: Entering
) -> Response:
    """Enter a day, or take back what was entered of it, as the API does."""
    try:
        await _write(typed, database, shown)
    except ValidationError as error:
        said, status = " ".join(told(error.errors(), OverrideIn).values()), 422
    except ValueError:
        said, status = gettext("Hãy chọn một ngày."), 422
    except Refused as refused:
        said, status = in_words(refused.refusals), status_of(refused.refusals)
    else:
        return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)
    return await run_in_threadpool(_again, database, visitor, typed, said, status)


async def _write(
    typed: Mapping[str, str], database: Database, shown: Credentials
) -> None:
    """Write what was typed. Raises ValueError for no day, ValidationError, Refused."""
    day = date.fromisoformat(typed.get("ngay", ""))
    facts: dict[str, Any] = {"day": day, "session": database, "person": shown}
    if typed.get("la") == _AS_PUBLISHED:
        why = DayTakenBack(reason=typed.get("reason", "")).reason
        facts["if_match"] = _version(typed)
        await holidays.delete_override(reason=why, **facts)
        return
    body = OverrideIn(
        working=typed.get("la") != _OFF,
        reason=typed.get("reason", ""),
        source=typed.get("source", ""),
    )
    await yearly.put_override(body=body, put=Put(_version(typed), Response()), **facts)


def _version(typed: Mapping[str, str]) -> str | None:
    return f'"{typed["version"]}"' if typed.get("version") else None


def _again(
    database: Database,
    visitor: Person,
    typed: Mapping[str, str],
    said: str,
    status: int,
) -> Response:
    with database.read() as session:
        return _page(session, visitor, typed, said, HTTPStatus(status))


def _page(
    session: Session,
    visitor: Person,
    typed: Mapping[str, str],
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    day = _day(typed.get("ngay", ""))
    year = day.year if day else today(session).year
    listed = yearly.overrides(session, year, _MANY, None).items
    published = typed.get("la") == _AS_PUBLISHED
    works = None if published else typed.get("la") != _OFF
    moved = holidays.look(day, session, visitor, works, _MANY) if day else []
    return render(
        "administration/days.html",
        status,
        visitor=visitor,
        days=listed,
        year=year,
        day=day,
        moved=moved,
        typed={"reason": "", "source": "", **typed},
        known=next((each for each in listed if each.day == day), None),
        said=said,
        editor=may_enter(session, visitor),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
