"""When each new notice goes out, and on which channels."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.calendar import WorkingCalendar
from domain.outgoing.deliveries import Cause, Channel, DeliveryState, ledger_key
from domain.outgoing.hours import gathered_at, goes_out_at
from duties.outgoing.applying import deadlines_of
from papers.mail.reasons import OPTIONAL
from store.calendars import office_calendar
from store.clock import now
from store.database import Database, one_of
from store.outbox.holding import scopes_held
from store.outbox.planning import plan, turn_on, unplanned
from store.outbox.reading import wishes_of
from store.tables import LetterWish, Notice
from store.tables.outbox import EVERY

# How many are planned in one transaction.
_AT_ONCE = 500


def turn_on_channels(database: Database, channels: Sequence[Channel]) -> None:
    """Let channels be on from now, if they are not."""
    with database.write() as session:
        turn_on(session, channels, now(session))


def plan_all(database: Database, channels: Sequence[Channel]) -> None:
    """Plan all new notices, some at a time."""
    while True:
        with database.write() as session:
            notices = unplanned(session, _AT_ONCE)
            if not notices:
                return
            moment = now(session)
            rows = list(_deliveries(session, notices, channels, moment))
            plan(session, notices, rows, moment)


def _deliveries(
    session: Session,
    notices: Sequence[Notice],
    channels: Sequence[Channel],
    moment: datetime,
) -> Iterator[dict[str, Any]]:
    calendar, about = office_calendar(session), deadlines_of(session, notices)
    people = one_of(LetterWish.person, {row.recipient for row in notices})
    wishes, held = wishes_of(session, people), scopes_held(session)
    for row in notices:
        wish = wishes.get(row.recipient)
        _, deadline = about.get(row.id or 0, (None, None))
        until = deadline.due_at if deadline else None
        for channel in channels:
            yield {
                "notice": row.id,
                "channel": channel,
                "key": key_of(channel, row),
                **_stands(channel, row, wish, held, moment),
                "due_at": _goes_out(channel, moment, until, calendar, wish),
                "tries": 0,
                "unsure": 0,
            }


def _stands(
    channel: Channel,
    row: Notice,
    wish: LetterWish | None,
    held: frozenset[str],
    moment: datetime,
) -> dict[str, Any]:
    """Say how a delivery begins: most wait, some are held, some nobody wants."""
    unwanted = wish is not None and wish.only_needed and row.kind in OPTIONAL
    if unwanted and channel is Channel.EMAIL:
        thrown, why = DeliveryState.DISCARDED, Cause.NOT_WANTED
        return {"state": thrown, "cause": why, "ended_at": moment}
    waits = held.isdisjoint((EVERY, row.campaign))
    state = DeliveryState.WAITING if waits else DeliveryState.HELD
    return {"state": state, "cause": None, "ended_at": None}


def key_of(channel: Channel, row: Notice) -> str:
    """Name the delivery of a notice, by the notice's own key."""
    return ledger_key(channel, row.task, row.kind, row.step, row.version, row.recipient)


def _goes_out(
    channel: Channel,
    moment: datetime,
    until: datetime | None,
    calendar: WorkingCalendar,
    wish: LetterWish | None,
) -> datetime:
    """People are not disturbed at night; a program does not sleep."""
    if channel is not Channel.EMAIL:
        return moment
    goes = gathered_at if wish is not None and wish.daily else goes_out_at
    return goes(moment, until, calendar)
