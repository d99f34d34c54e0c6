"""Deadlines as a calendar file (RFC 5545), which every calendar of an office reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration

from domain.calendar import ONE_DAY, VIETNAM, due_day

ZONE = "Asia/Ho_Chi_Minh"
_MAKER = "-//thidua//Lich thi dua khen thuong//VI"
_OFFSET = timedelta(hours=7)
_LOOK_AGAIN = timedelta(hours=1)
_MIDNIGHT = time(0)


@dataclass(frozen=True)
class Entered:
    """A deadline in somebody's calendar.

    Its *key* is the same wherever it is moved to; each time that it is, *version* is
    one more, and every calendar takes the highest that it has seen.
    """

    key: str
    version: int
    due_at: datetime
    title: str
    text: str = ""


def calendar_file(
    entries: Iterable[Entered], at: datetime, *, link: str = "", name: str = ""
) -> bytes:
    """Write deadlines as a file, as they are *at* a moment."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", ZONE)
        calendar.add("refresh-interval", vDuration(_LOOK_AGAIN), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_LOOK_AGAIN))
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry, at, link))
    content: bytes = calendar.to_ical()
    return content


def uid_of(owner: str, name: str) -> str:
    """Name a deadline for all calendars: the same for as long as it is that one."""
    return f"{sha256(f'{owner}/{name}'.encode()).hexdigest()[:32]}@thidua"


def _event(entry: Entered, at: datetime, link: str) -> Event:
    event = Event()
    event.add("uid", entry.key)
    event.add("sequence", entry.version)
    event.add("dtstamp", at)
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    if link:
        event.add("url", link)
    local = entry.due_at.astimezone(VIETNAM)
    if local.time() == _MIDNIGHT:
        _all_day(event, due_day(entry.due_at))
    else:
        event.add("dtstart", local)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event


def _all_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)


def _zone() -> Timezone:
    """Write the zone out: it has had one offset since 1975, and no summer time."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - local, by RFC 5545
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone
