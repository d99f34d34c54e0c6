"""Whatever comes between, nothing that was typed is lost: tried on every act."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from api.commands import ACT_PATHS
from api.identity import COOKIE
from api.web.acting.paths import PREFIX
from api.web.acting.sheet import form_of
from domain.accounts.lifetimes import FRESH, FRESH_ACTS
from engine.client import Engine, connect
from intake.acts.bodies import BODIES
from intake.rulepacks import load_packs
from store.database import Database
from tests.api.accounts.signing import real_office
from tests.api.conftest import Issued
from tests.api.throwing import sample
from tests.api.web.browsing import form_on
from tests.api.web.test_pages import DESK, HEAD, registering, shown, sign_in
from tests.journeys.cast import a_plan
from tests.office import CLERK, DIRECTOR, SECRETARIAT, Office, open_office
from tests.processes import unused_port
from tests.scale.test_statements import nowhere

KINDS = sorted(BODIES)


def said_in(kind: str) -> dict[str, Any]:
    """Make a body of an act with every field."""
    if kind == "amend":
        return {"plan": a_plan(), "reason": "Vì <thế> & vậy\nnhé."}
    schema = BODIES[kind].model_json_schema()
    body = {**sample(schema, schema.get("$defs", {}))}
    if "reason" in body:
        body["reason"] = "Vì <thế> & vậy\nnhé."
    return body | ({"owner": "phase:2022-1"} if "owner" in body else {})


def typed_in(kind: str) -> dict[str, str]:
    """Type all that an act asks for, on a page that was opened for it."""
    return {**form_of(kind).typed(said_in(kind)), "_khoa": "k"}


def page_of(issued: Issued, kind: str) -> str:
    """Say where an act is done in the office."""
    path = ACT_PATHS[kind]
    key = issued.keys[f"{path.split('/')[1]}/key"]
    department = issued.keys["department"]
    return PREFIX + path.format(key=key, department=department)


def kept(page: httpx2.Response, typed: Mapping[str, str]) -> bool:
    """Say whether all that was typed would be sent again as it was."""
    _, there = form_on(page.text)
    as_sent = {name: text.replace("\r\n", "\n") for name, text in there.items()}
    return typed.items() <= as_sent.items()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_what_would_be_typed(kind: str) -> None:
    body = BODIES[kind].model_validate(said_in(kind)).model_dump(mode="json")

    form = form_of(kind)
    said = form.read(form.typed(body))

    assert BODIES[kind].model_validate(said).model_dump(mode="json") == body


@pytest_asyncio.fixture(loop_scope="session")
async def office(issued: Issued) -> AsyncIterator[Office]:
    """The office of the issued decision; acts are received, and none is sent on."""
    async with open_office(
        issued.database, await nowhere(), work=False, patience=0
    ) as opened:
        yield opened


async def test_a_refusal_gives_back_all_that_was_typed(
    issued: Issued, office: Office
) -> None:
    await sign_in(office.http, "kiem-tra-01")
    for kind in KINDS:
        typed = typed_in(kind)
        answer = await office.http.post(page_of(issued, kind), data=typed)

        assert answer.status_code in (403, 409, 422), (kind, answer.status_code)
        assert kept(answer, typed), kind
        assert 'role="alert"' in answer.text, kind


async def test_a_session_that_has_ended_keeps_it_through_signing_in(
    issued: Issued, office: Office
) -> None:
    for kind in KINDS:
        office.http.cookies.clear()
        typed, page = typed_in(kind), page_of(issued, kind)
        asked = await office.http.post(page, data=typed)
        _, signing = form_on(asked.text, 0)  # the other asks for a password
        signing["ten"] = SECRETARIAT
        there = await office.http.post("/dang-nhap", data=signing)
        where, held = form_on(there.text)
        back = await office.http.post(where, data=held)

        assert (asked.status_code, there.status_code) == (401, 200), kind
        assert COOKIE in there.cookies, kind
        assert (where, back.status_code) == (page, 200), kind
        assert kept(back, typed), kind


async def test_what_cannot_be_read_is_kept_to_be_sent_again(
    issued: Issued, office: Office
) -> None:
    nobody = f"127.0.0.1:{unused_port()}"
    away = create_app(
        Database(f"postgresql+psycopg://postgres@{nobody}/thidua"),
        Engine(await connect(nobody)),
        load_packs(),
        sample=True,
    )
    transport = httpx2.ASGITransport(app=away)
    await sign_in(office.http, HEAD)
    cookies = dict(office.http.cookies)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://api", cookies=cookies
    ) as http:
        for kind in KINDS:
            typed, page = typed_in(kind), page_of(issued, kind)
            secret = dict.fromkeys(("_mat_khau", "mat_khau", "lap_lai"), "bí mật")
            answer = await http.post(page, data={**typed, **secret})
            where, held = form_on(answer.text)

            assert (answer.status_code, where, held) == (503, page, typed), kind


async def test_pressed_twice_it_is_one_act(issued: Issued, office: Office) -> None:
    await sign_in(office.http, SECRETARIAT)
    typed = {**typed_in("receive_lists"), "ve": "/tong-quan"}
    page = page_of(issued, "receive_lists")
    typed["departments"] = "CTQH"

    first = await office.http.post(page, data=typed)
    again = await office.http.post(page, data=typed)
    other = await office.http.post(page, data={**typed, "departments": "TTDN"})
    receipt = await office.http.get(first.headers["location"])

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert first.headers["location"].endswith("?ve=%2Ftong-quan")
    assert other.status_code == 422
    _, anew = form_on(other.text)
    assert (anew["departments"], anew["_khoa"] == "k") == ("TTDN", False)
    assert "đang chờ xử lý" in shown(receipt.text)
    where = first.headers["location"]
    assert f'hx-get="{where}" hx-trigger="every 2s"' in receipt.text
    assert (
        '<noscript><meta http-equiv="refresh" content="2"></noscript>' in receipt.text
    )
    assert 'href="/tong-quan"' in receipt.text


async def test_who_has_typed_before_it_changed_sees_what_changed(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with open_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, HEAD)
        _, opened = form_on((await http.get(f"{DESK}/file-nil-return")).text)
        await sign_in(http, "ctqh-02")
        theirs = {"aims.0.subject": "ctqh-02", "aims.0.title": "LDTT"}
        done = await http.post(f"{DESK}/register", data=theirs)
        await sign_in(http, HEAD)
        typed = {**opened, "reason": "Không có ai."}
        stale = await http.post(f"{DESK}/file-nil-return", data=typed)

    assert (done.status_code, stale.status_code) == (303, 409)
    assert "Từ khi bạn mở trang này đã có: Đăng ký thi đua (" in shown(stale.text)
    assert kept(stale, {"reason": "Không có ai."})


async def test_what_takes_a_fresh_password_keeps_it_until_that_is_right(
    issued: Issued,
) -> None:
    async with real_office(issued.database, await nowhere()) as office:
        people = {"giam-doc": DIRECTOR, "van-thu": CLERK}
        for name, person in people.items():
            await office.account(name, person)
        found = {}
        for name in people:
            http = (await office.signed_in(name)).http
            office.age(FRESH)
            for kind in sorted(FRESH_ACTS & BODIES.keys()):
                typed = typed_in(kind)
                late = await http.post(page_of(issued, kind), data=typed)
                if 'type="password"' in late.text:
                    data = {**typed, "_mat_khau": "sai"}
                    wrong = await http.post(page_of(issued, kind), data=data)
                    found[kind] = kept(late, typed) and kept(wrong, typed)

    assert found == dict.fromkeys(sorted(FRESH_ACTS), True)
