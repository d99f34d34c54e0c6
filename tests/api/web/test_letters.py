"""Letters by hand on pages: held, looked at, let go, thrown away, sent again."""

import re

from sqlmodel import col, select, update

from domain.outgoing.deliveries import Cause, Channel, DeliveryState
from duties.outgoing.planning import plan_all, turn_on_channels
from store.clock import now
from store.database import Database
from store.tables import Delivery
from tests.activities.paper import Paper
from tests.api.calls import idle_office
from tests.api.web.test_pages import shown, sign_in
from tests.counted import counted
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, prepare
from tests.scale.test_statements import nowhere

PAGE = "/quan-tri/thu"


def with_letters(database: Database) -> None:
    """Launch a campaign in an office whose e-mail is on: everybody is told."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    turn_on_channels(database, [Channel.EMAIL])
    paper = Paper(database)
    paper.launch(a_plan())
    paper.pass_to(at("2022-01-20"))
    plan_all(database, [Channel.EMAIL])


def states(database: Database) -> dict[DeliveryState, int]:
    """Count the letters by how they stand."""
    with database.read() as session:
        found = list(session.exec(select(Delivery.state)))
    return {each: found.count(each) for each in {*found}}


async def test_letters_are_held_looked_at_thrown_away_let_go_and_sent_again(
    sqlite_database: Database,
) -> None:
    with_letters(sqlite_database)
    whole = states(sqlite_database)[DeliveryState.WAITING]
    async with idle_office(sqlite_database, await nowhere()) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        home = await http.get("/quan-tri")
        held = await http.post(f"{PAGE}/giu", data={"pham_vi": "2022"})
        page = await http.get(held.headers["location"])
        one, two, *_ = re.findall(r'name="thu" value="(\d+)"', page.text)
        letter = await http.get(f"{PAGE}/{one}")
        why = {"reason": "Gửi nhầm.", "thu": [one, two]}
        unsaid = await http.post(f"{PAGE}/bo", data={"thu": one, "reason": " "})
        none = await http.post(f"{PAGE}/bo", data={"reason": "Gửi nhầm."})
        await http.post(f"{PAGE}/bo", data=why)
        thrown = states(sqlite_database)
        await http.post(f"{PAGE}/tha", data={"pham_vi": "2022"})
        again = await http.post(f"{PAGE}/tha", data={"pham_vi": "2022"})
        with sqlite_database.write() as session:
            waiting = update(Delivery).where(col(Delivery.state) == "waiting")
            at = {"cause": Cause.REFUSED, "ended_at": now(session)}
            session.exec(waiting.values(state=DeliveryState.FAILED, **at))
        broken = await http.get(f"{PAGE}?tinh_trang=failed")
        key = re.findall(rf'href="{PAGE}/(\d+)"', broken.text)[0]
        await http.post(f"{PAGE}/{key}/gui-lai", data={"a": "b"})

    assert 'href="/quan-tri/thu"' in home.text
    assert "Cho gửi đi" in shown(page.text)
    assert "Không giữ thư nào" not in shown(page.text)
    assert "Vì sao bạn nhận thư này" in shown(letter.text)
    assert {each.status_code for each in (unsaid, none, again)} == {409}
    assert thrown[DeliveryState.DISCARDED] == 2
    assert states(sqlite_database) == {
        DeliveryState.DISCARDED: 2,
        DeliveryState.FAILED: whole - 3,
        DeliveryState.WAITING: 1,
    }


async def test_who_leads_reads_of_letters_and_changes_nothing_and_others_neither(
    sqlite_database: Database,
) -> None:
    with_letters(sqlite_database)
    before = states(sqlite_database)
    async with idle_office(sqlite_database, await nowhere()) as office:
        http = office.http
        await sign_in(http, DIRECTOR)
        read = await http.get(f"{PAGE}?tinh_trang=waiting")
        with counted(sqlite_database) as sent:
            await http.get(f"{PAGE}?tinh_trang=waiting")
        writes = [
            await http.post(f"{PAGE}/{way}", data={"reason": "Không.", "tat_ca": "1"})
            for way in ("giu", "tha", "bo")
        ]
        await sign_in(http, "ctqh-05")
        shut = await http.get(PAGE)

    assert "Giữ lại để xem trước" not in shown(read.text)
    assert "Thư điện tử : hoạt động" in shown(read.text)
    assert {each.status_code for each in writes} == {403}
    assert shut.status_code == 403
    assert states(sqlite_database) == before
    assert len(sent) < 20
