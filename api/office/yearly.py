"""What the office enters year by year: ratings, and days against the calendar."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query, Response
from sqlmodel import Session

from api.admission import does, reads
from api.deps import Reading
from api.headers import Router
from api.office.acting import dumped
from api.office.master import edits
from api.paging import Cursor, Limit, Page, page, read_cursor
from api.versions import Putting, tell
from domain.calendar import local_day
from domain.refusals import refuse
from domain.rules.criteria import RatingLevel
from duties.office_deed import OfficeDeed
from intake.fields import Body, Code, Day, Paper, Year
from store.office import master
from store.office.holidays import ask_to_roll, require_entered
from store.office.people import holders
from store.tables import CalendarOverride, Office, Person, Rating, SubjectKind

router = Router(prefix="/api/v1", tags=["office"])

Subject = Annotated[Code, Path(description="Mã của người hoặc của phòng.")]


class RatingIn(Body):
    """How a year was rated."""

    level: RatingLevel


class RatingOut(RatingIn):
    """The rating of a person or a department in a year."""

    kind: SubjectKind
    subject: str
    year: int
    version: int


class OverrideIn(Body):
    """Whether a day works, and the paper that says so."""

    working: bool
    reason: Paper
    source: Paper


class OverrideOut(OverrideIn):
    """A day that works, or does not, against the published calendar."""

    day: date
    version: int


@router.get("/ratings", dependencies=[reads("ratings")])
def ratings(
    session: Reading,
    year: Annotated[Year | None, Query()] = None,
    subject: Annotated[Code | None, Query()] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[RatingOut]:
    """List ratings by year, kind and subject."""
    start = read_cursor(cursor, int, SubjectKind, str)
    rows = master.ratings(session, year, subject, start, limit + 1)
    return page(rows, limit, lambda row: [row.year, row.kind, row.subject], _rating)


@router.get("/ratings/{kind}/{subject}/{year}", dependencies=[reads("ratings")])
def rating(
    kind: SubjectKind,
    subject: Subject,
    year: Annotated[Year, Path()],
    session: Reading,
    response: Response,
) -> RatingOut:
    """Read one rating."""
    row = session.get(Rating, (kind, subject, year))
    if row is None:
        raise refuse("unknown_record", f"{subject} chưa có xếp loại năm {year}.")
    tell(response, row.version)
    return _rating(row)


@router.put(
    "/ratings/{kind}/{subject}/{year}",
    responses={201: {"model": RatingOut}},
    dependencies=[does("master_data")],
)
@edits
def put_rating(
    kind: SubjectKind,
    subject: Subject,
    year: Annotated[Year, Path()],
    body: RatingIn,
    session: Session,
    person: Person,
    put: Putting,
) -> RatingOut:
    """Rate a person or a department for a year."""
    master.require_begun(session, year)
    master.require_subject(session, kind, subject)
    key = {"kind": kind, "subject": subject, "year": year}
    values = {"level": body.level.value}
    deed = OfficeDeed.begin(session, person.id)
    old = dumped(session.get(Rating, (kind, subject, year)))
    row = put(session, Rating, key, values)
    concerned = [subject]
    if kind is SubjectKind.COLLECTIVE:
        head = Office.DEPARTMENT_HEAD
        concerned = holders(session, head, local_day(deed.at), subject)
    deed.write("record_rating", "xếp loại", concerned, old, dumped(row))
    return _rating(row)


@router.get("/calendar-overrides", dependencies=[reads("days")])
def overrides(
    session: Reading,
    year: Annotated[Year | None, Query()] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OverrideOut]:
    """List the days that the office entered against the published calendar."""
    (after,) = read_cursor(cursor, date) or (None,)
    rows = master.overrides(session, year, after, limit + 1)
    return page(rows, limit, lambda row: [row.day], _override)


@router.get("/calendar-overrides/{day}", dependencies=[reads("days")])
def override(
    day: Annotated[Day, Path()], session: Reading, response: Response
) -> OverrideOut:
    """Read one such day."""
    row = require_entered(session, day)
    tell(response, row.version)
    return _override(row)


@router.put(
    "/calendar-overrides/{day}",
    responses={201: {"model": OverrideOut}},
    dependencies=[does("master_data")],
)
@edits
def put_override(
    day: Annotated[Day, Path()],
    body: OverrideIn,
    session: Session,
    person: Person,
    put: Putting,
) -> OverrideOut:
    """Say of a day whether it works; what runs, and rolls, follows."""
    deed = OfficeDeed.begin(session, person.id)
    old = dumped(session.get(CalendarOverride, day))
    row = put(session, CalendarOverride, {"day": day}, body.model_dump())
    deed.write("record_calendar_override", "ngày làm việc", (), old, dumped(row))
    ask_to_roll(session, person.id, body.reason)
    return _override(row)


def _rating(row: Rating) -> RatingOut:
    return RatingOut.model_validate(row, from_attributes=True)


def _override(row: CalendarOverride) -> OverrideOut:
    return OverrideOut.model_validate(row, from_attributes=True)
