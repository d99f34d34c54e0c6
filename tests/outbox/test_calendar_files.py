"""Deadlines as calendar files: read back by others' code, and held to RFC 5545."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import ics
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.ics import Entered, calendar_file, uid_of
from tests.journeys.cast import at
from tests.outbox.ledger import MORNING

DUE = Entered(
    uid_of("phase:2022-1", "submission"),
    1,
    at("2022-07-01", "00:00"),
    "Gửi đề nghị khen thưởng: 6 tháng đầu năm 2022",
    "xong khi có việc «Công khai danh sách»",
)
MEETING = Entered(
    uid_of("council:2022-1-hd1", "meeting"), 3, at("2022-07-13", "14:00"), "Họp"
)


def as_google(content: bytes) -> dict[str, Any]:
    """Read a file by icalendar, each event by its id."""
    found = icalendar.Calendar.from_ical(content)
    return {str(event["uid"]): event for event in found.walk("VEVENT")}


def as_others(content: bytes) -> dict[str, ics.Event]:
    """Read a file by a library of other people's, which knows nothing of the first."""
    return {event.uid: event for event in ics.Calendar(content.decode()).events}


def test_a_day_is_a_whole_day_and_a_meeting_has_its_hour_and_zone() -> None:
    content = calendar_file([DUE, MEETING], MORNING, link="https://x.example")

    day, meeting = as_google(content)[DUE.key], as_google(content)[MEETING.key]
    assert (day["dtstart"].dt, day["dtend"].dt) == (date(2022, 6, 30), date(2022, 7, 1))
    assert meeting["dtstart"].dt == datetime(
        2022, 7, 13, 14, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")
    )
    assert meeting["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"


def test_another_library_reads_the_same() -> None:
    content = calendar_file([DUE, MEETING], MORNING, link="https://x.example")

    found = as_others(content)
    assert {uid: event.name for uid, event in found.items()} == {
        DUE.key: DUE.title,
        MEETING.key: MEETING.title,
    }
    assert found[DUE.key].all_day
    assert found[DUE.key].begin.date() == date(2022, 6, 30)
    assert found[MEETING.key].begin.datetime == MEETING.due_at
    assert found[DUE.key].description == DUE.text


@settings(deadline=None, max_examples=50)
@given(title=st.text(max_size=200), text=st.text(max_size=200))
def test_a_file_keeps_to_the_standard_whatever_stands_in_it(
    title: str, text: str
) -> None:
    entry = replace(DUE, title=title or "-", text=text)

    content = calendar_file([entry], MORNING, name="Thi đua")

    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    # Unfolded (3.1), every line is a property and nothing smuggled in is another.
    whole = content.replace(b"\r\n ", b"").decode().split("\r\n")
    names = [line.partition(":")[0].partition(";")[0] for line in whole if line]
    assert names.count("BEGIN") == names.count("END") == 4
    once = {"UID", "SEQUENCE", "DTSTAMP", "VERSION", "PRODID", "METHOD", "TZID"}
    assert {name: names.count(name) for name in once} == dict.fromkeys(once, 1)


def test_the_zone_is_written_out_before_what_uses_it() -> None:
    content = calendar_file([MEETING], MORNING).decode()

    assert content.index("BEGIN:VTIMEZONE") < content.index("BEGIN:VEVENT")
    zone = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")[0]
    [standard] = zone.subcomponents
    assert standard["tzoffsetto"].td == timedelta(hours=7)


def test_what_is_moved_twice_is_one_event_where_it_is_now() -> None:
    """As every calendar does it: of one id the highest sequence counts (3.8.7.4)."""
    moved = [
        replace(DUE, version=2, due_at=at("2022-07-06", "00:00")),
        replace(DUE, version=3, due_at=at("2022-07-09", "00:00")),
    ]
    known: dict[str, Any] = {}
    for entry in (DUE, moved[1], moved[0]):  # the last one came late
        for uid, event in as_google(calendar_file([entry], MORNING)).items():
            if uid not in known or event["sequence"] > known[uid]["sequence"]:
                known[uid] = event

    [event] = known.values()
    assert (event["sequence"], event["dtstart"].dt) == (3, date(2022, 7, 8))


def test_the_stamp_is_the_moment_of_the_file_in_utc() -> None:
    event = as_google(calendar_file([DUE], MORNING))[DUE.key]

    assert event["dtstamp"].dt == MORNING
