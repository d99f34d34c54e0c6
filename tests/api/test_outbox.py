"""The outbox by hand, one's own letters and calendar, and «nhắc ngay»."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import icalendar
import pytest
import pytest_asyncio

from activities.outbox.sending import Outbox
from domain.outgoing.deliveries import Channel, DeliveryState
from duties.outgoing.planning import turn_on_channels
from tests.journeys.cast import HEADS, Cast, at
from tests.journeys.conftest import cast, days, june
from tests.office import DIRECTOR, SECRETARIAT
from tests.outbox.ledger import Sent, email
from tests.outbox.server import MailHost, mail_host
from tests.outbox.test_letters import said

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["cast", "days", "june"]  # fixtures, for whoever asks for them by name
LATE, STAFF = HEADS["TTDN"], "ctqh-02"
OWED = {"owner": "phase:2022-1", "deadline": "submission"}


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def sent(june: Cast, host: MailHost) -> AsyncIterator[Sent]:
    """The office on 20 June 2022, with its e-mail on."""
    database = june.office.database
    await asyncio.to_thread(turn_on_channels, database, [Channel.EMAIL])
    yield Sent(database, Outbox(database, {Channel.EMAIL: email(host)}))


async def later(sent: Sent) -> None:
    await asyncio.to_thread(sent.send_all)


async def test_what_is_held_can_be_looked_at_thrown_away_and_let_go(
    june: Cast, sent: Sent, host: MailHost
) -> None:
    office = june.office.person(SECRETARIAT)
    await office.act("/outbox/hold", {"campaign": "2022"})
    await june.until(at("2022-06-21", "08:00"))
    await later(sent)

    held = await office.pages("/outbox/deliveries", state="held")
    first = await office.get("/outbox/deliveries", state="held", limit=2)
    rest = await office.get("/outbox/deliveries", state="held", cursor=first["next"])
    whole = await office.get("/outbox")
    look = await office.get(f"/outbox/deliveries/{held[0]['id']}")
    gone = await office.act(
        "/outbox/discard", {"deliveries": [held[0]["id"]], "reason": "Gửi nhầm."}
    )
    free = await office.act("/outbox/release", {"campaign": "2022"})
    await later(sent)

    assert [*first["items"], *rest["items"]] == held
    assert [(each["scope"], each["held_by"]) for each in whole["holds"]] == [
        ("2022", SECRETARIAT)
    ]
    assert whole["channels"][0]["left"] == {"held": len(held)}
    assert look["subject"] == held[0]["subject"]
    assert "Vì sao bạn nhận thư này" in look["text"]
    assert (gone, free) == ({"deliveries": 1}, {"deliveries": len(held) - 1})
    assert len(host.boxes.arrived) == len(held) - 1
    assert sent.states()[DeliveryState.DISCARDED] == 1


async def test_only_the_secretariat_holds_letters_and_few_see_them(
    june: Cast, sent: Sent
) -> None:
    staff = june.office.person(STAFF)

    assert (await staff.look("/outbox")).status_code == 403
    assert await staff.refused("/outbox/hold", {}) == (403, "not_allowed")
    assert (await june.office.person(DIRECTOR).look("/outbox")).status_code == 200
    assert await june.refused(DIRECTOR, "/outbox/hold", {}) == (403, "not_allowed")
    assert await june.refused(SECRETARIAT, "/outbox/release", {}) == (409, "not_held")


async def test_a_letter_that_has_come_back_is_sent_again_when_the_address_is_right(
    june: Cast, sent: Sent, host: MailHost
) -> None:
    office = june.office.person(SECRETARIAT)
    await june.until(at("2022-06-21", "08:00"))
    await later(sent)
    [first, *_] = await office.pages("/outbox/deliveries", state="sent")
    before = len(host.boxes.arrived)

    await office.act(f"/outbox/deliveries/{first['id']}/returned")
    bounced = await office.pages("/outbox/deliveries", state="bounced")
    await office.act(f"/outbox/deliveries/{first['id']}/try-again")
    await later(sent)

    assert [each["id"] for each in bounced] == [first["id"]]
    assert len(host.boxes.arrived) == before + 1
    assert max(host.boxes.ids().values()) == 2  # the same message, to be known again


async def test_who_wants_one_letter_a_day_gets_one_and_what_cannot_wait_at_once(
    june: Cast, sent: Sent, host: MailHost
) -> None:
    wish = {"daily": True, "only_needed": False}
    answer = await june.office.person(LATE).put("/me/letters", wish)
    sent.write([LATE], "launched", subject="Tin thứ nhất")
    sent.write([LATE], "closed", subject="Tin thứ hai")
    await later(sent)
    at_once = len(host.boxes.arrived)
    await june.until(at("2022-06-21", "08:00"))
    await later(sent)
    await june.until(at("2022-06-22", "08:00"))
    await later(sent)

    assert answer.json() == {**wish, "feed_since": None}
    to_them = [m for m in host.boxes.arrived if str(m["To"]).find(LATE) >= 0]
    assert at_once == 0
    assert str(to_them[0]["Subject"]).startswith("2 thông báo")
    assert "1. Tin thứ nhất" in said(to_them[0], "plain")
    assert set(host.boxes.ids().values()) == {1}
    assert {row.state for row in sent.rows()} == {DeliveryState.SENT}


async def test_what_asks_for_nothing_may_be_switched_off_and_nothing_else(
    june: Cast, sent: Sent, host: MailHost
) -> None:
    wish = {"daily": False, "only_needed": True}
    await june.office.person(STAFF).put("/me/letters", wish)

    sent.write([STAFF], "interim_review", subject="Sơ kết")
    sent.write([STAFF], "results", subject="Kết quả")
    await later(sent)

    assert [str(m["Subject"]) for m in host.boxes.arrived] == ["Kết quả"]


async def test_one_who_still_owes_is_nudged_once_a_day(
    june: Cast, sent: Sent, host: MailHost
) -> None:
    body = {**OWED, "person": LATE}
    office = june.office.person(SECRETARIAT)

    told = await office.act("/campaigns/2022/nudges", body)
    again = await office.refused("/campaigns/2022/nudges", body)
    await later(sent)

    assert told["kind"] == "submission_due"
    assert (
        told["body"].endswith("Người nhắc: Nguyễn Thu Hằng.")
        or "Người nhắc" in (told["body"])
    )
    assert again == (409, "nudged_today")
    assert [m["To"].addresses[0].username for m in host.boxes.arrived] == [LATE]
    assert await june.refused(
        SECRETARIAT, "/campaigns/2022/nudges", {**OWED, "person": STAFF}
    ) == (409, "not_owed")
    assert await june.refused(LATE, "/campaigns/2022/nudges", body) == (
        403,
        "not_allowed",
    )
    assert await june.refused(
        SECRETARIAT,
        "/campaigns/2022/nudges",
        {**body, "deadline": "minutes"},
    ) == (404, "unknown_deadline")


async def test_a_notice_says_why_until_when_what_ends_it_and_when_the_next_comes(
    june: Cast, sent: Sent
) -> None:
    await june.until(at("2022-06-21", "08:00"))

    [newest, *_] = (await june.office.person(LATE).get("/me/notices"))["items"]

    assert newest["kind"] == "submission_due"
    assert newest["until"] == "2022-06-30T17:00:00Z"
    assert newest["next_at"] == "2022-06-27T01:00:00Z"
    assert newest["why"] == (
        "việc «gửi đề nghị khen thưởng» chưa xong và bạn là người phải làm"
    )
    assert newest["ends"].startswith("xong khi có việc «")


async def feed(cast: Cast, path: str) -> tuple[int, dict[str, Any]]:
    answer = await cast.office.http.get(path)
    if answer.status_code != 200:
        return answer.status_code, {}
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return 200, {str(event["summary"]): event for event in events}


async def test_a_calendar_of_ones_own_follows_a_deadline_and_can_be_ended(
    june: Cast, sent: Sent
) -> None:
    person = june.office.person(LATE)
    path = (await person.act("/me/calendar-feed"))["path"]
    status, before = await feed(june, path)
    [name] = [
        each
        for each in before
        if each.startswith("Gửi đề nghị") and "Giai đoạn 1" in each
    ]
    body = {
        "deadline": "submission",
        "until": "2022-07-06",
        "reason": "Dồn việc trước kỳ họp.",
    }
    await june.act(SECRETARIAT, "/phases/2022-1/extend-deadline", body)
    _, after = await feed(june, path)
    other = (await person.act("/me/calendar-feed"))["path"]

    assert status == 200
    assert before[name]["uid"] == after[name]["uid"]
    assert after[name]["sequence"] == before[name]["sequence"] + 1
    assert str(after[name]["dtstart"].dt) == "2022-07-06"
    assert (await feed(june, path))[0] == 404
    assert (await feed(june, other))[0] == 200
    ended = await june.office.http.delete(
        "/api/v1/me/calendar-feed", headers={"X-Thidua-Person": LATE}
    )
    assert ended.status_code == 204
    assert (await feed(june, other))[0] == 404
