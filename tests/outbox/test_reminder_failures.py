"""Five failures of reminders that users of other systems report: here each is none."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
import pytest_asyncio

from activities.outbox.sending import Outbox
from domain.calendar import VIETNAM
from domain.outgoing.deliveries import Cause, Channel, DeliveryState
from duties.outgoing.planning import turn_on_channels
from tests.journeys.cast import HEADS, Cast, a_plan, at, praise
from tests.journeys.conftest import cast, days, june
from tests.outbox.ledger import Sent, email
from tests.outbox.server import MailBoxes, MailHost, mail_host
from tests.outbox.test_letters import said

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["cast", "days", "june"]  # fixtures, for whoever asks for them by name
SILENT = "TTDN"


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as found:
        yield found


@dataclass
class Post:
    """An office whose letters go out as soon as they may."""

    cast: Cast
    sent: Sent
    boxes: MailBoxes

    async def until(self, moment: datetime) -> None:
        """Let the time pass to a moment, and what is due go out."""
        await self.cast.until(moment)
        await asyncio.to_thread(self.sent.send_all)

    def to(self, person: str) -> list[EmailMessage]:
        """List what has arrived at somebody's, in its order."""
        address = f"{person}@vanphong.example"
        return [
            message
            for message in self.boxes.arrived
            if message["To"].addresses[0].addr_spec == address
        ]


async def posted(cast: Cast, host: MailHost) -> Post:
    database = cast.office.database
    await asyncio.to_thread(turn_on_channels, database, [Channel.EMAIL])
    outbox = Outbox(database, {Channel.EMAIL: email(host)})
    return Post(cast, Sent(database, outbox), host.boxes)


@pytest_asyncio.fixture(loop_scope="session")
async def post(june: Cast, host: MailHost) -> AsyncIterator[Post]:
    """The office on 20 June 2022, ten days before the first lists are due."""
    yield await posted(june, host)


def days_of(messages: list[EmailMessage]) -> list[tuple[str, str]]:
    """Say when letters were sent, and what they were called."""
    return [
        (f"{m['Date'].datetime.astimezone(VIETNAM):%d/%m %H:%M}", str(m["Subject"]))
        for m in messages
    ]


def one_line(message: EmailMessage) -> str:
    """Read a letter without its line breaks."""
    return " ".join(said(message, "plain").split())


NUDGE = "Nhắc gửi đề nghị khen thưởng: Giai đoạn 1"


async def test_pkp_5885_one_who_owes_is_told_before_the_deadline_not_only_after(
    post: Post,
) -> None:
    for day in ("2022-06-21", "2022-06-27", "2022-06-29", "2022-06-30"):
        await post.until(at(day, "08:00"))

    due_at = at("2022-07-01", "00:00")
    letters = post.to(HEADS[SILENT])
    assert [m["Date"].datetime < due_at for m in letters] == [True] * len(letters)
    assert len(letters) >= 4


async def test_pkp_7715_a_second_reminder_is_not_kept_back_by_a_first(
    post: Post,
) -> None:
    for day in ("2022-06-21", "2022-06-27", "2022-06-29", "2022-06-30", "2022-07-01"):
        await post.until(at(day, "08:00"))
    await post.until(at("2022-07-04", "08:00"))

    told = await post.cast.office.person(HEADS[SILENT]).pages("/me/notices")
    since = [each for each in told if each["at"] >= "2022-06-20T02"]
    assert sorted(str(m["Subject"]) for m in post.to(HEADS[SILENT])) == sorted(
        each["subject"] for each in since
    )
    assert {each["kind"] for each in since} == {"submission_due", "submission_missed"}
    assert len({str(m["Message-ID"]) for m in post.boxes.arrived}) == len(
        post.boxes.arrived
    )


async def test_pkp_10568_nobody_is_reminded_of_what_is_closed_or_done(
    post: Post,
) -> None:
    await post.cast.until(at("2022-06-21", "08:00"))
    await post.cast.submit(post.cast.phase1, "CTQH", praise("ctqh-02"))
    await asyncio.to_thread(post.sent.send_all)

    assert post.to(HEADS["CTQH"]) == []
    over = {(row.state, row.cause) for row in post.sent.rows() if row.cause is not None}
    assert over == {(DeliveryState.OBSOLETE, Cause.OVER)}
    assert post.to(HEADS[SILENT]) != []


async def test_pkp_10568_after_three_dead_days_only_what_still_applies_goes_out(
    post: Post, host: MailHost
) -> None:
    host.die()
    await post.until(at("2022-06-29", "08:00"))
    await post.cast.submit(post.cast.phase1, "CTQH", praise("ctqh-02"))
    await post.until(at("2022-07-02", "09:00"))
    host.start()
    await post.until(at("2022-07-04", "09:00"))

    letters = post.to(HEADS[SILENT])
    assert [str(m["Subject"]).startswith("Nhắc") for m in letters].count(True) == 0
    assert [m for m in post.to(HEADS["CTQH"]) if "Nhắc" in str(m["Subject"])] == []
    states = post.sent.states()
    assert states[DeliveryState.WAITING] == states[DeliveryState.SENDING] == 0
    assert states[DeliveryState.SENT] == len(post.boxes.arrived)
    assert set(post.boxes.ids().values()) == {1}


async def test_pkp_2274_a_letter_names_its_own_campaign_whatever_else_is_open(
    cast: Cast, host: MailHost
) -> None:
    post = await posted(cast, host)
    plans = [a_plan(), a_plan("chuyen-de-2022.yaml")]
    for plan in plans:
        await Cast(cast.office, plan["code"]).launch(plan)
    await post.until(at("2022-01-04", "08:00"))

    launched = [m for m in post.to("ctqh-02") if "Phát động" in str(m["Subject"])]
    named = [
        [plan["code"] for plan in plans if f"«{plan['title']}»" in one_line(m)]
        for m in launched
    ]
    assert sorted(named) == sorted([plan["code"]] for plan in plans)


async def test_pkp_9143_a_reminder_comes_on_its_very_day_not_when_a_job_happens_to_run(
    post: Post,
) -> None:
    await post.until(at("2022-06-27", "07:59"))
    before = len(post.to(HEADS[SILENT]))
    await post.until(at("2022-06-27", "08:00"))

    new = post.to(HEADS[SILENT])[before:]
    assert days_of(new) == [("27/06 08:00", NUDGE)]
    assert "hết ngày 30/6/2022" in said(new[0], "plain")
    assert new[0]["Date"].datetime - at("2022-06-30") == -timedelta(days=3, hours=1)
