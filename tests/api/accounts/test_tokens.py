"""What a program's token opens, and what it does not."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from store.tables import ApiToken, Attachment, HolderKind
from tests.api.accounts.signing import (
    ADMIN,
    Browser,
    RealOffice,
    eventually,
    problem,
    real_office,
)
from tests.api.accounts.test_signing_in import leave
from tests.api.asking import a_file
from tests.api.conftest import Issued
from tests.office import DIRECTOR
from tests.scale.test_statements import nowhere

BEYOND = (403, "beyond_token")
SIGNED_OUT = (401, "not_signed_in")


async def a_program(office: RealOffice, name: str, **asked: Any) -> Browser:
    """Make a token as somebody, and a program that shows it."""
    body = {"name": "máy", "scopes": ["read"], "days": 30, **asked}
    made = await (await office.signed_in(name)).post("/me/tokens", body)
    assert made.status_code == 201, made.text
    return office.browser(Authorization=f"Bearer {made.json()['token']}")


async def test_a_token_for_reading_reads_and_one_for_acting_acts(
    office: RealOffice,
) -> None:
    reads = await a_program(office, "giam-doc")
    acts = await a_program(office, "giam-doc", scopes=["act"])

    read = [await each.get("/me") for each in (reads, acts)]
    acted = [await each.post("/proposals/1/withdraw") for each in (reads, acts)]

    assert read[0].json()["id"] == DIRECTOR
    assert problem(read[1]) == BEYOND
    assert problem(acted[0]) == BEYOND
    assert acted[1].status_code == 404


async def test_a_token_for_one_campaign_opens_nothing_beside_it(
    issued: Issued,
) -> None:
    code, phase = issued.keys["code"], issued.keys["phases/key"]
    decision, line = issued.keys["decisions/key"], issued.keys["line"]
    inside = [f"/campaigns/{code}", f"/phases/{phase}/lines", f"/lines/{line}"]
    inside += [f"/decisions/{decision}/lines", f"/cases/{issued.keys['cases/key']}"]
    inside += [f"/council-sessions/{issued.keys['council-sessions/key']}/rounds"]
    inside += [f"/commands/{issued.keys['command_id']}"]
    files = [f"/attachments/{key}" for key in attached(issued)]
    beside = ["/campaigns", "/campaigns/khac", "/phases/khac-1/lines", "/me", "/people"]
    beside += ["/office/acts", f"/lines/{UUID(int=0)}", f"/cases/{UUID(int=0)}"]
    beside += [f"/attachments/{key}" for key in left_behind(issued)]
    asks = {"reason": "Thiên tai."}
    async with real_office(issued.database, await nowhere()) as office:
        await office.account("giam-doc", DIRECTOR)
        of_one = {"campaign": code, "scopes": ["read", "act"]}
        program = await a_program(office, "giam-doc", **of_one)

        opened = [(await program.get(each)).status_code for each in inside]
        closed = [problem(await program.get(each)) for each in beside]
        fetched = [problem(await program.get(each)) for each in files]
        act = await program.post(f"/campaigns/{code}/suspend", asks)
        other = await program.post("/campaigns/khac/suspend", asks)

    assert opened == [200] * len(inside)
    # It gets as far as the folder, which this office has not.
    assert fetched == [(503, "files_away")] * len(files)
    assert closed == [BEYOND] * len(beside)
    assert act.status_code == 202, act.text
    assert problem(other) == BEYOND


def attached(issued: Issued) -> list[UUID]:
    """Let a file stand with a line, a session and a matter of the campaign."""
    keys = issued.keys
    holders = {
        HolderKind.LINE: keys["line"],
        HolderKind.SESSION: keys["council-sessions/key"],
        HolderKind.CASE: keys["cases/key"],
    }
    return added(issued, [a_file(kind, key) for kind, key in holders.items()])


def left_behind(issued: Issued) -> list[UUID]:
    """Let files stand with what is not there any more, as a draft that is forgotten."""
    gone = str(UUID(int=7))
    return added(issued, [a_file(kind, gone) for kind in HolderKind])


def added(issued: Issued, files: list[Attachment]) -> list[UUID]:
    """Write the rows of some files; return their ids."""
    with issued.database.write() as session:
        session.add_all(files)
        session.flush()
        return [file.id for file in files]


async def test_a_token_that_is_wrong_over_ended_shut_or_a_leavers_opens_nothing(
    office: RealOffice,
) -> None:
    await office.account("can-bo", "ctqh-05")
    programs = [await a_program(office, "giam-doc") for _ in range(2)]
    programs += [await a_program(office, "can-bo") for _ in range(2)]
    wrong = office.browser(Authorization="Bearer thidua_khong-phai")
    odd = office.browser(Authorization="Basic Z2lhbS1kb2M6eA==")
    before = [(await each.get("/me")).status_code for each in programs]
    with office.database.write() as session:
        rows = session.exec(select(ApiToken).order_by(col(ApiToken.made_at))).all()
        rows[0].ends_at -= timedelta(days=30)
        key = rows[1].id
        leave(session, "ctqh-05")
    director = await office.signed_in("giam-doc")
    ended = await director.send("DELETE", f"/me/tokens/{key}")
    again = await director.send("DELETE", f"/me/tokens/{key}")
    foreign = await director.send("DELETE", f"/me/tokens/{rows[2].id}")

    after = [await each.get("/me") for each in (*programs, wrong, odd)]

    assert before == [200] * 4
    assert {problem(each) for each in after} == {SIGNED_OUT}
    assert len({each.text for each in after}) == 1
    assert ended.status_code == 204
    assert {problem(each) for each in (again, foreign)} == {(404, "unknown_token")}


async def test_a_token_is_no_sign_in(office: RealOffice) -> None:
    program = await a_program(office, "giam-doc", scopes=["read", "act"])

    asked = [
        await program.get("/session"),
        await program.get("/me/tokens"),
        await program.post("/me/tokens", {"name": "x", "scopes": ["read"], "days": 1}),
        await program.get("/accounts"),
    ]

    assert {problem(each) for each in asked} == {SIGNED_OUT}


async def test_a_token_says_when_it_was_used_and_never_again_what_opens(
    office: RealOffice,
) -> None:
    program = await a_program(office, "giam-doc")
    director = await office.signed_in("giam-doc")
    before = (await director.get("/me/tokens")).json()["items"]

    await program.get("/me")
    await eventually(lambda: used(office))
    after = (await director.get("/me/tokens")).json()["items"]

    assert [each["seen_at"] for each in before] == [None]
    assert after[0]["seen_at"] is not None
    assert "token" not in after[0]


async def test_a_token_is_for_a_campaign_that_there_is_and_a_person(
    office: RealOffice,
) -> None:
    director, admin = await office.signed_in("giam-doc"), await office.signed_in(ADMIN)
    body = {"name": "máy", "scopes": ["read"], "days": 1}

    unknown = await director.post("/me/tokens", {**body, "campaign": "khong-co"})
    nobody = await admin.post("/me/tokens", body)
    odd = [
        await director.post("/me/tokens", {**body, **each})
        for each in ({"scopes": []}, {"scopes": ["read", "read"]}, {"days": 367})
    ]

    assert problem(unknown) == (404, "unknown_campaign")
    assert nobody.status_code == 201
    assert {each.status_code for each in odd} <= {409, 422}


def used(office: RealOffice) -> bool:
    """Say whether the token is known to have been used."""
    with office.database.read() as session:
        return session.exec(select(ApiToken.seen_at)).one() is not None
