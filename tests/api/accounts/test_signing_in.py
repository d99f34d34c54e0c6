"""Who may sign in to a real office, and what a wrong sign-in hears."""

import unicodedata
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import process_time
from uuid import UUID

import httpx2
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import col, select, update

from api.accounts.hashing import Passwords
from api.identity import COOKIE
from domain.accounts.lifetimes import FROM_ALL, IDLE, LONGEST, OF_ACCOUNT
from domain.record import OFFICE
from store.accounts.asking import holding
from store.accounts.secrets import digest
from store.database import Database
from store.tables import (
    Act,
    ActPayload,
    Person,
    ServiceSpan,
    SignInTry,
    UserAccount,
    UserSession,
)
from tests.api.accounts.signing import (
    ADMIN,
    PASSWORD,
    Browser,
    RealOffice,
    all_operations,
    eventually,
    problem,
    real_office,
)
from tests.api.conftest import Issued
from tests.counted import counted
from tests.office import CLERK, DIRECTOR, SECRETARIAT, prepare
from tests.scale.test_statements import nowhere

NONE = UUID(int=1)
WRONG = (401, "wrong_sign_in")
SIGNED_OUT = (401, "not_signed_in")


async def test_from_the_first_administrator_on_an_office_signs_in(
    office: RealOffice,
) -> None:
    admin, clerk = await office.signed_in(ADMIN), office.browser()

    made = await admin.post("/accounts", {"name": "van-thu", "person": CLERK})
    body = {"code": made.json()["code"].lower().replace("-", " "), "password": PASSWORD}
    early = await clerk.sign_in("van-thu")
    done = await clerk.post("/password", body)
    again = await clerk.post("/password", body)
    signed = await clerk.sign_in(" Van-Thu ")
    me = await clerk.get("/me")

    assert made.status_code == 201, made.text
    assert made.json()["code"] in made.json()["slip"]
    assert problem(early) == WRONG
    assert (done.status_code, signed.status_code) == (204, 201)
    assert problem(again) == (403, "wrong_code")
    assert signed.json()["person"] == CLERK
    assert me.json()["id"] == CLERK


async def test_a_cookie_is_for_https_and_no_script_and_opens_nothing_as_it_is_kept(
    office: RealOffice,
) -> None:
    browser = office.browser()

    answer = await browser.sign_in("giam-doc")

    name, _, rest = answer.headers["set-cookie"].partition("=")
    secret, *flags = rest.split("; ")
    assert name == "thidua_session"
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(flags)
    with office.database.read() as session:
        kept = session.exec(select(UserSession)).one().model_dump_json()
    assert secret not in kept


async def test_every_wrong_sign_in_hears_the_same(office: RealOffice) -> None:
    await office.account("da-dong", SECRETARIAT, shut=False)
    await office.account("da-nghi", "ctqh-05")
    await office.account("da-mat", "ctqh-04")
    with office.database.write() as session:
        session.exec(
            update(UserAccount)
            .where(col(UserAccount.name) == "da-dong")
            .values(shut=True)
        )
        session.add(UserAccount(name="chua-dat", person=CLERK))
        leave(session, "ctqh-05")
        die(session, "ctqh-04")
    tries = {
        "khong-co": PASSWORD,
        "giam-doc": "một mật khẩu khác",
        "da-dong": PASSWORD,
        "da-nghi": PASSWORD,
        "da-mat": PASSWORD,
        "chua-dat": PASSWORD,
        "' OR 1=1 --": PASSWORD,
    }

    answers = [await office.browser().sign_in(*each) for each in tries.items()]

    assert {problem(each) for each in answers} == {WRONG}
    assert len({each.text for each in answers}) == 1
    assert {each.headers["www-authenticate"] for each in answers} == {
        'Bearer realm="thidua"'
    }


async def test_an_unknown_name_takes_as_long_as_a_wrong_password(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2026)
    slow = Passwords(PasswordHash([Argon2Hasher(4, 2**13, 1)]))
    async with real_office(sqlite_database, await nowhere(), slow) as office:
        await office.account("giam-doc", DIRECTOR)
        browser = office.browser()

        one = await cheapest(lambda: slow.hash("một mật khẩu khác"))
        known = await cheapest(lambda: browser.sign_in("giam-doc", "sai"))
        unknown = await cheapest(lambda: browser.sign_in("khong-co", "sai"))

    assert min(known, unknown) > one / 2, (one, known, unknown)


async def cheapest(work: Callable[[], Awaitable[object]]) -> float:
    """Do something a few times; return what it takes at the least, in CPU-seconds."""
    taken = []
    for _ in range(3):
        began = process_time()
        await work()
        taken.append(process_time() - began)
    return min(taken)


async def test_after_many_wrong_passwords_nobody_may_try_for_a_while(
    office: RealOffice,
) -> None:
    refused: dict[str, httpx2.Response] = {}
    for name in ("giam-doc", "khong-co"):
        for _ in range(OF_ACCOUNT.many):
            assert problem(await office.browser().sign_in(name, "sai")) == WRONG
        refused[name] = await office.browser().sign_in(name)
    other = await office.browser().sign_in(ADMIN)

    assert {problem(each) for each in refused.values()} == {(429, "too_many_tries")}
    assert len({each.text for each in refused.values()}) == 1
    within = OF_ACCOUNT.within.total_seconds()
    for each in refused.values():
        assert within - 60 < int(each.headers["retry-after"]) <= within
    assert other.status_code == 201
    told = await eventually(lambda: recorded(office, "sign_in_throttled"))
    assert told == [{"account": "giam-doc"}]


async def test_who_tries_a_name_elsewhere_keeps_its_owner_out_from_many_places_only(
    office: RealOffice,
) -> None:
    places = [f"10.0.0.{n}" for n in range(FROM_ALL.many // OF_ACCOUNT.many)]
    for at in places[1:]:
        for _ in range(OF_ACCOUNT.many + 1):
            tried = await office.browser(at).sign_in("giam-doc", "sai")
        assert problem(tried) == (429, "too_many_tries")

    wrong = await office.browser(places[0]).sign_in("giam-doc", "sai")
    right = await office.browser(places[0]).sign_in("giam-doc")
    for at in places:
        for _ in range(OF_ACCOUNT.many):
            await office.browser(f"1{at}").sign_in("giam-doc", "sai")
    out = await office.browser(places[0]).sign_in("giam-doc")

    assert (problem(wrong), right.status_code) == (WRONG, 201)
    assert problem(out) == (429, "too_many_tries")


async def test_what_one_process_has_counted_counts_in_every_other(
    office: RealOffice,
) -> None:
    async with real_office(office.database, await nowhere()) as other:
        for n in range(OF_ACCOUNT.many):
            tried = (office, other)[n % 2].browser()
            assert problem(await tried.sign_in("giam-doc", "sai")) == WRONG
        refused = [
            problem(await each.browser().sign_in("giam-doc"))
            for each in (office, other)
        ]

    assert refused == [(429, "too_many_tries")] * 2


async def test_a_count_that_is_over_begins_anew(office: RealOffice) -> None:
    for _ in range(OF_ACCOUNT.many):
        await office.browser().sign_in("giam-doc", "sai")
    refused = await office.browser().sign_in("giam-doc")
    with office.database.write() as session:
        for row in session.exec(select(SignInTry)):
            row.ends_at -= OF_ACCOUNT.within
    wrong = await office.browser().sign_in("giam-doc", "sai")

    answer = await office.browser().sign_in("giam-doc")

    assert problem(refused) == (429, "too_many_tries")
    assert problem(wrong) == WRONG
    assert answer.status_code == 201
    with office.database.read() as session:
        kept = session.exec(select(SignInTry.many)).all()
    assert kept == [2]  # of the address; of the account nothing


async def test_a_right_password_begins_the_count_anew(office: RealOffice) -> None:
    browser = office.browser()
    for _ in range(2):
        for _ in range(OF_ACCOUNT.many - 1):
            await browser.sign_in("giam-doc", "sai")
        answer = await browser.sign_in("giam-doc")
        assert answer.status_code == 201, answer.text


def holds_still(office: RealOffice, browser: Browser) -> bool:
    """Say whether an open page of a browser is still told what moves."""
    shown = digest(browser.http.cookies[COOKIE])
    with office.database.read() as session:
        return shown in holding(session, [shown])


async def test_a_session_ends_at_once_whatever_ends_it(office: RealOffice) -> None:
    await office.account("van-thu", CLERK)
    ends = {
        "left alone": lambda _: office.age(IDLE),
        "over": lambda _: office.age(LONGEST),
        "shut": lambda _: set_account(office, shut=True),
        "left": lambda _: change(office, leave),
        "dead": lambda _: change(office, die),
    }
    found, streams, feeds = {}, {}, {}
    for name, end in ends.items():
        browser = await office.signed_in("van-thu")
        assert (await browser.get("/me")).status_code == 200
        feed = (await browser.post("/me/calendar-feed")).json()["path"]
        listens = [holds_still(office, browser)]
        end(browser)
        streams[name] = [*listens, holds_still(office, browser)]
        feeds[name] = (await browser.http.get(feed)).status_code
        answers = [await browser.get("/me"), await browser.get("/session")]
        answers.append(await browser.post("/campaigns/x/sign-pact"))
        answers.append(await browser.post("/proposals/1/withdraw"))
        found[name] = [problem(each) for each in answers]
        set_account(office, shut=False)
        change(office, come_back)

    assert found == {name: [SIGNED_OUT] * 4 for name in ends}
    assert streams == {name: [True, False] for name in ends}
    # A calendar asks without a session, for as long as somebody is of the office.
    assert feeds == {**dict.fromkeys(ends, 404), "left alone": 200, "over": 200}


async def test_signing_out_ending_a_session_and_a_new_password_end_it(
    office: RealOffice,
) -> None:
    here, there, third = [await office.signed_in("giam-doc") for _ in range(3)]

    listed = (await here.get("/me/sessions")).json()["items"]
    ended = await here.send("DELETE", f"/me/sessions/{listed[1]['id']}")
    unknown = await here.send("DELETE", f"/me/sessions/{listed[1]['id']}")
    said = [problem(await there.get("/me"))]
    body = {"current": PASSWORD, "password": "mật khẩu mới hơn"}
    changed = await here.send("PUT", "/me/password", body)
    said.append(problem(await third.get("/me")))
    me = await here.get("/me")
    out = await here.send("DELETE", "/session")
    said.append(problem(await here.get("/me")))

    assert [each["current"] for each in listed] == [True, False, False]
    assert (ended.status_code, changed.status_code) == (204, 200)
    assert problem(unknown) == (404, "unknown_sign_in")
    assert (me.status_code, out.status_code) == (200, 204)
    assert said == [SIGNED_OUT] * 3
    assert problem(await office.browser().sign_in("giam-doc")) == WRONG


async def test_a_password_is_the_same_however_its_letters_are_composed(
    office: RealOffice,
) -> None:
    decomposed = unicodedata.normalize("NFD", PASSWORD)

    answer = await office.browser().sign_in("giam-doc", decomposed)

    assert (decomposed != PASSWORD, answer.status_code) == (True, 201)


async def test_a_better_hash_takes_the_place_of_an_older_one(
    database: Database,
) -> None:
    engine = await nowhere()
    async with real_office(database, engine) as office:
        await office.account("giam-doc", DIRECTOR)
    better = Passwords(PasswordHash([Argon2Hasher(2, 16, 1)]))

    async with real_office(database, engine, better) as office:
        first = await office.browser().sign_in("giam-doc")
        with database.read() as session:
            kept = session.exec(select(UserAccount.password)).one() or ""
        second = await office.browser().sign_in("giam-doc")

    assert (first.status_code, second.status_code) == (201, 201)
    assert "m=16,t=2" in kept


async def test_a_weak_password_is_refused_with_what_is_wanted(
    office: RealOffice,
) -> None:
    browser = await office.signed_in("giam-doc")
    weak = ("ngắn", "aaaaaaaaaaaaaaaa", "Giam-Doc của cơ quan", "x" * 129)

    answers = [
        await browser.send(
            "PUT", "/me/password", {"current": PASSWORD, "password": each}
        )
        for each in weak
    ]

    assert {problem(each) for each in answers} == {(409, "weak_password")}


async def test_outside_of_a_sample_no_header_says_who_asks(office: RealOffice) -> None:
    asked = [each for each in all_operations() if "security" in each.asked]
    browser = office.browser(**{"X-Thidua-Person": DIRECTOR})

    answers = [
        await browser.http.request(each.method, each.path, json={}) for each in asked
    ]

    assert len(asked) > 150
    assert {problem(each) for each in answers} == {SIGNED_OUT}
    assert all("www-authenticate" in each.headers for each in answers)


async def test_who_has_not_signed_in_does_not_learn_what_there_is(
    issued: Issued,
) -> None:
    here_keys, there_keys = defaultdict(lambda: "1"), defaultdict(lambda: str(NONE))
    found = {}
    async with real_office(issued.database, await nowhere()) as office:
        browser = office.browser(Cookie="thidua_session=x")
        reads = [each for each in all_operations() if each.method == "get"]
        for each in reads:
            if {"token": []} in each.asked.get("security", ()):
                room = each.path.split("/")[3]
                own = {"key": issued.keys.get(f"{room}/key", "1")}
                here_keys |= issued.keys | own
                paths = map(each.path.format_map, (here_keys, there_keys))
                answers = [await browser.http.get(path) for path in paths]
                found[each.path] = {answer.status_code for answer in answers}

    assert len(found) > 60
    assert {path: said for path, said in found.items() if said - {401, 422}} == {}


async def test_the_document_of_a_real_office_has_no_header_of_a_sample(
    office: RealOffice,
) -> None:
    told = (await office.browser().http.get("/openapi.json")).json()

    assert told["components"]["securitySchemes"].keys() == {"session", "token"}
    assert "X-Thidua-Person" not in str(told["paths"])
    assert "/api/v1/session/sample" not in told["paths"]


async def test_to_ask_by_a_session_takes_one_statement_more_than_by_a_header(
    office: RealOffice,
) -> None:
    browser = await office.signed_in("giam-doc")

    with counted(office.database) as sent:
        answer = await browser.get("/departments")

    asked = [each for each in sent if not each.startswith("BEGIN")]
    assert answer.status_code == 200
    # Two of them ask how whoever asks stands to the office.
    assert len(asked) == 5, "\n".join(asked)


def recorded(office: RealOffice, kind: str) -> list[object]:
    """List what acts of a kind say in the office's record."""
    with office.database.read() as session:
        query = select(ActPayload.payload).join(Act, col(Act.id) == ActPayload.act)
        return list(session.exec(query.where(Act.campaign == OFFICE, Act.kind == kind)))


def set_account(office: RealOffice, **values: object) -> None:
    """Change the clerk's account behind the service."""
    with office.database.write() as session:
        session.exec(
            update(UserAccount)
            .where(col(UserAccount.name) == "van-thu")
            .values(**values)
        )


def change(office: RealOffice, how: object) -> None:
    """Change the clerk's rows."""
    with office.database.write() as session:
        how(session, CLERK)


def leave(session: object, person: str) -> None:
    """Let somebody have left."""
    yesterday = datetime.now(UTC).date() - timedelta(1)
    session.exec(
        update(ServiceSpan)
        .where(col(ServiceSpan.person) == person, col(ServiceSpan.ends).is_(None))
        .values(ends=yesterday)
    )


def die(session: object, person: str) -> None:
    """Let somebody have died."""
    day = datetime.now(UTC).date() - timedelta(1)
    session.exec(update(Person).where(col(Person.id) == person).values(died_on=day))


def come_back(session: object, person: str) -> None:
    """Undo both."""
    session.exec(update(Person).where(col(Person.id) == person).values(died_on=None))
    session.exec(
        update(ServiceSpan).where(col(ServiceSpan.person) == person).values(ends=None)
    )
