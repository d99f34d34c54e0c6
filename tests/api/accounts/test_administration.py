"""An administrator of accounts administers accounts, and nothing else."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from domain.accounts.lifetimes import FRESH, IDLE, INVITATION, SEEN_EVERY
from domain.record import OFFICE
from store.clock import real_now
from store.tables import Act, ActPayload, Notice, OneTimeCode, UserAccount, UserSession
from tests.api.accounts.signing import (
    ADMIN,
    PASSWORD,
    RealOffice,
    all_operations,
    eventually,
    problem,
)
from tests.api.throwing import as_json
from tests.counted import counted
from tests.office import CLERK, DIRECTOR, SECRETARIAT
from tests.store.chains import flaws

NOT_ADMINISTRATOR = (403, "not_administrator")


async def test_whoever_only_administers_accounts_reads_and_does_nothing_else(
    office: RealOffice,
) -> None:
    admin = await office.signed_in(ADMIN)
    of_people = [
        each
        for each in all_operations()
        if {"token": []} in each.asked.get("security", ())
    ]

    found = Counter()
    for each in of_people:
        path = each.path.replace("{line}", str(UUID(int=0)))
        content = None if each.body is None else as_json(each.sample())
        answer = await admin.http.request(
            each.method,
            path.replace("/cases/{key}", f"/cases/{UUID(int=0)}"),
            content=content,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": "k",
                "If-Match": '"1"',
            },
        )
        found[each.method, answer.status_code, answer.json()["type"]] += 1

    # Of what is written, that a body is none may be said before who asks is.
    assert len(of_people) > 150
    assert {of[1] for of in found if of[0] == "get"} == {403}
    assert {of[1] for of in found} <= {400, 403, 404, 409, 422}
    assert {of[2] for of in found if of[1] == 403} == {"/problems/no_person"}
    assert found["get", 403, "/problems/no_person"] > 60


async def test_only_an_administrator_administers(office: RealOffice) -> None:
    director, nobody = await office.signed_in("giam-doc"), office.browser()
    body = {"name": "moi"}
    asked = [
        ("GET", "/accounts", None),
        ("GET", f"/accounts/{ADMIN}", None),
        ("GET", "/accounts/khong-co", None),
        ("POST", "/accounts", body),
        ("PUT", f"/accounts/{ADMIN}", {"shut": True}),
        ("POST", f"/accounts/{ADMIN}/code", None),
        ("POST", "/accounts/khong-co/code", None),
    ]

    refused = [
        problem(await director.send(*each, **{"If-Match": '"1"'})) for each in asked
    ]
    unknown = [
        problem(await nobody.send(*each, **{"If-Match": '"1"'})) for each in asked
    ]

    assert refused == [NOT_ADMINISTRATOR] * len(asked)
    assert unknown == [(401, "not_signed_in")] * len(asked)


async def test_what_gives_power_over_accounts_takes_a_fresh_password(
    office: RealOffice,
) -> None:
    admin = await office.signed_in(ADMIN)
    office.age(FRESH)

    early = await admin.post("/accounts", {"name": "moi"})
    wrong = await admin.post("/session/confirm", {"password": "sai"})
    fresh = await admin.post("/session/confirm", {"password": PASSWORD})
    made = await admin.post("/accounts", {"name": "moi"})

    assert problem(early) == (403, "sign_in_again")
    assert problem(wrong) == (401, "wrong_sign_in")
    assert (fresh.status_code, made.status_code) == (200, 201)


async def test_an_account_is_made_once_for_each_person(office: RealOffice) -> None:
    admin = await office.signed_in(ADMIN)
    bodies = [
        {"name": "van-thu", "person": CLERK},
        {"name": "van-thu"},
        {"name": "van-thu-2", "person": CLERK},
        {"name": "la", "person": "khong-co"},
        {"name": "Tên có dấu"},
    ]

    answers = [await admin.post("/accounts", each) for each in bodies]

    made, *refused = answers
    assert made.status_code == 201, made.text
    assert [problem(each) for each in refused] == [
        (409, "account_taken"),
        (409, "account_taken"),
        (404, "unknown_subject"),
        (422, "invalid"),
    ]


async def test_an_account_is_shut_and_opened_by_versions_and_never_by_itself(
    office: RealOffice,
) -> None:
    admin, director = await office.signed_in(ADMIN), await office.signed_in("giam-doc")
    path, shut = "/accounts/giam-doc", {"shut": True}
    version = (await admin.get(path)).headers["etag"]

    missing = await admin.send("PUT", path, shut)
    done = await admin.send("PUT", path, shut, **{"If-Match": version})
    stale = await admin.send("PUT", path, shut, **{"If-Match": version})
    code = await admin.post(f"{path}/code")
    own = await admin.send("PUT", f"/accounts/{ADMIN}", shut, **{"If-Match": '"1"'})
    gone = await director.get("/me")
    opened = await admin.send("PUT", path, {}, **{"If-Match": done.headers["etag"]})

    assert done.json() == {
        "name": "giam-doc",
        "person": DIRECTOR,
        "subject": None,
        "administrator": False,
        "shut": True,
        "invited": False,
    }
    assert [problem(each) for each in (missing, stale, code, own, gone)] == [
        (428, "version_missing"),
        (412, "version_changed"),
        (409, "account_shut"),
        (409, "own_account"),
        (401, "not_signed_in"),
    ]
    assert opened.json()["shut"] is False
    assert (await director.get("/me")).status_code == 401
    assert (await office.browser().sign_in("giam-doc")).status_code == 201


async def test_a_code_opens_once_and_only_the_last_one_and_not_for_ever(
    office: RealOffice,
) -> None:
    admin = await office.signed_in(ADMIN)
    browser = office.browser()

    async def use(code: str, password: str = PASSWORD) -> int:
        body = {"code": code, "password": password}
        return (await browser.post("/password", body)).status_code

    made = (await admin.post("/accounts", {"name": "moi"})).json()
    second = (await admin.post("/accounts/moi/code")).json()
    said = [await use(made["code"]), await use(second["code"], "ngắn")]
    with office.database.write() as session:
        row = session.exec(select(OneTimeCode)).one()
        row.ends_at -= INVITATION
    said.append(await use(second["code"]))
    with office.database.write() as session:
        row = session.exec(select(OneTimeCode)).one()
        row.ends_at += INVITATION
    said += [await use(second["code"]), await use(second["code"])]

    assert said == [403, 409, 403, 204, 403]


async def test_a_new_code_ends_what_opened_the_account_once_it_is_used(
    office: RealOffice,
) -> None:
    admin, director = await office.signed_in(ADMIN), await office.signed_in("giam-doc")
    token = await director.post(
        "/me/tokens", {"name": "máy", "scopes": ["read"], "days": 1}
    )
    program = office.browser(Authorization=f"Bearer {token.json()['token']}")

    await office.account(SECRETARIAT, SECRETARIAT)
    witness, path = await office.signed_in(SECRETARIAT), "/accounts/giam-doc/code"
    code = (await admin.post(path)).json()["code"]
    half = (await witness.post(f"{path}/witness")).json()["half"]
    still = [await director.get("/me"), await program.get("/me")]
    body = {"code": code + half, "password": "mật khẩu hoàn toàn mới"}
    await office.browser().post("/password", body)
    gone = [await director.get("/me"), await program.get("/me")]

    assert [each.status_code for each in still] == [200, 200]
    assert [problem(each) for each in gone] == [(401, "not_signed_in")] * 2


async def test_acts_on_accounts_are_in_the_record_and_told_without_what_opens(
    office: RealOffice,
) -> None:
    admin = await office.signed_in(ADMIN)
    made = (await admin.post("/accounts", {"name": "van-thu", "person": CLERK})).json()
    new = "mật khẩu của văn thư"
    clerk = office.browser()
    await clerk.post("/password", {"code": made["code"], "password": new})
    await clerk.sign_in("van-thu", new)
    token = (
        await clerk.post(
            "/me/tokens", {"name": "máy", "scopes": ["read", "act"], "days": 1}
        )
    ).json()
    await clerk.send("DELETE", f"/me/tokens/{token['id']}")
    await clerk.send("PUT", "/me/password", {"current": new, "password": PASSWORD})
    code = (await admin.post("/accounts/van-thu/code")).json()["code"]
    await admin.send(
        "PUT", "/accounts/van-thu", {"administrator": True}, **{"If-Match": '"1"'}
    )

    with office.database.read() as session:
        acts = session.exec(
            select(Act.kind, Act.actor, ActPayload.payload)
            .join(ActPayload, col(ActPayload.act) == Act.id)
            .where(Act.campaign == OFFICE)
            .order_by(col(Act.seq))
        ).all()
        told = session.exec(
            select(Notice.kind, Notice.recipient).order_by(col(Notice.id))
        ).all()
        hashes = session.exec(select(UserAccount.password)).all()
        broken = flaws(session, OFFICE)
    by, of = "account:quan-tri", {"account": "van-thu"}
    shown = {"scopes": ["read", "act"], "campaign": None, "prefix": token["prefix"]}
    shown |= {"ends_at": token["ends_at"]}
    assert [tuple(each) for each in acts if each[0] != "roster_imported"][-7:] == [
        (
            "account_made",
            by,
            {
                "name": "van-thu",
                "person": CLERK,
                "administrator": False,
                "subject": None,
            },
        ),
        ("password_set", CLERK, of),
        ("token_made", CLERK, {**of, **shown}),
        ("token_ended", CLERK, {**of, **shown}),
        ("password_changed", CLERK, of),
        ("code_made", by, of),
        (
            "account_changed",
            by,
            {
                **of,
                "old": {"administrator": False, "shut": False, "subject": None},
                "new": {"administrator": True, "shut": False, "subject": None},
            },
        ),
    ]
    assert told == [
        ("account_made", CLERK),
        ("account_code", CLERK),
        ("account_changed", CLERK),
    ]
    secret = [made["code"], code, token["token"], new, PASSWORD, *filter(None, hashes)]
    assert not any(each in str(acts) for each in secret)
    assert broken == []


@pytest.mark.parametrize("path", ["/accounts", "/me/sessions", "/me/tokens"])
async def test_a_list_takes_as_many_statements_whatever_is_in_it(
    office: RealOffice, path: str
) -> None:
    admin = await office.signed_in(ADMIN)
    with counted(office.database) as few:
        await admin.get(path)
    for number in range(5):
        await office.account(f"them-{number}")
        await office.signed_in(ADMIN)
        body = {"name": "máy", "scopes": ["read"], "days": 1}
        await admin.post("/me/tokens", body)

    with counted(office.database) as many:
        answer = await admin.get(path)

    assert len(answer.json()["items"]) >= 5
    assert len(many) == len(few)


async def test_a_session_that_is_used_is_not_left_alone(office: RealOffice) -> None:
    admin = await office.signed_in(ADMIN)
    for _ in range(3):
        office.age(IDLE - timedelta(minutes=1))
        await admin.get("/session")
        await eventually(lambda: noted(office))

    assert (await admin.get("/session")).status_code == 200


def noted(office: RealOffice) -> bool:
    """Say whether it is written down that the session was used just now."""
    with office.database.read() as session:
        seen_at = session.exec(select(UserSession.seen_at)).one()
        return real_now(session) - seen_at < SEEN_EVERY
