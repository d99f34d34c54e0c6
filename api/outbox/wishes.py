"""How one's own letters come, and the calendar that one's own programs read."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Request, Response
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.writing import writes
from domain.refusals import refuse
from duties.outgoing.feeds import feed_of
from intake.fields import Body, only
from store.clock import now, real_now
from store.outbox import feeds
from store.tables import LetterWish, Person

router = Router(tags=["me"])

_ME = "/api/v1/me"
_LOOKS = r"[A-Za-z0-9_-]{43}"
Secret = Annotated[
    str,
    Path(json_schema_extra={"pattern": f"^{_LOOKS}$"}),
    only(_LOOKS, "địa chỉ lịch đúng như đã cấp"),
]


class CalendarFile(Response):
    """Deadlines, for a calendar program."""

    media_type = "text/calendar; charset=utf-8"


class WishBody(Body):
    """One letter a day, or none that asks for nothing.

    What asks for something, and what the law has one told, cannot be switched off.
    """

    daily: bool
    only_needed: bool


class WishOut(Answer):
    """How one's letters come, and since when one's calendar can be read."""

    daily: bool
    only_needed: bool
    feed_since: datetime | None


class FeedMade(Answer):
    """Where a calendar program finds one's deadlines: told now, and never again."""

    path: str
    url: str | None


@router.get(f"{_ME}/letters", dependencies=[reads("my_letters")])
def my_letters(session: Reading, person: Asking) -> WishOut:
    """Say how one's own letters come."""
    return _wish(session, person.id)


@router.put(f"{_ME}/letters", dependencies=[does("own_letters")])
@writes
def put_my_letters(body: WishBody, session: Session, person: Person) -> WishOut:
    """Say how one's own letters are to come, from the next one on."""
    session.merge(LetterWish(person=person.id, **body.model_dump()))
    session.flush()
    return _wish(session, person.id)


@router.post(
    f"{_ME}/calendar-feed", status_code=201, dependencies=[does("own_letters")]
)
@writes
def make_my_feed(request: Request, session: Session, person: Person) -> FeedMade:
    """Make the address of one's own calendar; an older one opens nothing any more."""
    secret = feeds.make(session, person.id, real_now(session))
    path = f"/calendars/{secret}.ics"
    origin = str(request.app.state.origin)
    return FeedMade(path=path, url=f"{origin}{path}" if origin else None)


@router.delete(
    f"{_ME}/calendar-feed", status_code=204, dependencies=[does("own_letters")]
)
@writes
def end_my_feed(session: Session, person: Person) -> None:
    """End the address of one's own calendar: it opens nothing any more."""
    feeds.end(session, person.id)


@router.get(
    "/calendars/{secret}.ics",
    response_class=CalendarFile,
    responses={404: {}},
    dependencies=[reads("calendar_feed")],
)
def feed(secret: Secret, session: Reading, request: Request) -> Response:
    """Read the deadlines of whoever made this address, for their calendar program."""
    person = feeds.owner(session, secret)
    if person is None:
        raise refuse("unknown_feed", "Địa chỉ lịch này không còn hiệu lực.")
    link = str(request.app.state.origin)
    content = feed_of(session, person, now(session), link)
    return CalendarFile(content)


def _wish(session: Session, person: str) -> WishOut:
    row = session.get(LetterWish, person)
    return WishOut(
        daily=row.daily if row else False,
        only_needed=row.only_needed if row else False,
        feed_since=feeds.since(session, person),
    )
