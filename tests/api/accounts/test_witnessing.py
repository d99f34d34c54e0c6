"""A code that an administrator makes for an account in use is half of one."""

import httpx2
import pytest_asyncio
from sqlmodel import col, select, update

from domain.accounts.lifetimes import FRESH, RESET
from domain.record import OFFICE
from store.tables import Act, ActPayload, Notice, OneTimeCode, UserAccount
from tests.api.accounts.signing import (
    ADMIN,
    PASSWORD,
    Browser,
    RealOffice,
    problem,
)
from tests.office import SECRETARIAT
from tests.store.chains import flaws

MEMBER, OTHER, CLERK = "ctqh-01", "ctqh-05", "hctcqt-05"
NEW = "mật khẩu hoàn toàn mới"
WRONG = (403, "wrong_code")
NOT_ALLOWED = (403, "not_allowed")
WITNESS = f"/accounts/{MEMBER}/code/witness"


async def reset(office: RealOffice, by: str = ADMIN, of: str = MEMBER) -> str:
    """Make a code for an account in use."""
    answer = await (await office.signed_in(by)).post(f"/accounts/{of}/code")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["waits"] is True
    return str(made["code"])


async def used(office: RealOffice, code: str) -> httpx2.Response:
    """Try to set a password by a code."""
    return await office.browser().post("/password", {"code": code, "password": NEW})


@pytest_asyncio.fixture(loop_scope="session")
async def staffed(office: RealOffice) -> RealOffice:
    """A member who has a password, somebody of the secretariat, and somebody else."""
    for person in (MEMBER, SECRETARIAT, OTHER):
        await office.account(person, person)
    return office


async def test_an_administrator_is_nobody_else_by_a_code_that_he_makes(
    staffed: RealOffice,
) -> None:
    code = await reset(staffed)
    guessed, none = f"{code}-AAAA-AAAA", "AAAA-AAAA-AAAA-AAAA-AAAA"
    wrong = [await used(staffed, each) for each in (code, guessed, none)]
    witness = await staffed.signed_in(SECRETARIAT)
    half = (await witness.post(WITNESS)).json()["half"]
    wrong += [await used(staffed, each) for each in (code, half, guessed)]
    whole = await used(staffed, f"{code} {half.lower()}")
    wrong.append(await used(staffed, f"{code}-{half}"))

    assert {problem(each) for each in wrong} == {WRONG}
    assert len({each.text for each in wrong}) == 1
    assert whole.status_code == 204, whole.text
    assert (await staffed.browser().sign_in(MEMBER, NEW)).status_code == 201
    assert (await staffed.browser().sign_in(MEMBER)).status_code == 401


async def test_only_a_third_person_who_leads_or_is_of_the_secretariat_witnesses(
    staffed: RealOffice,
) -> None:
    await staffed.account(CLERK, CLERK, administrator=True)
    await reset(staffed, by=CLERK)
    await reset(staffed, of="giam-doc")
    of_director = "/accounts/giam-doc/code/witness"
    asked: list[tuple[Browser, str]] = [
        (staffed.browser(), WITNESS),
        (await staffed.signed_in(ADMIN), WITNESS),
        (await staffed.signed_in(OTHER), WITNESS),
        (await staffed.signed_in(MEMBER), WITNESS),
        (await staffed.signed_in(CLERK), WITNESS),
        (await staffed.signed_in("giam-doc"), of_director),
    ]

    refused = [problem(await browser.post(where)) for browser, where in asked]
    done = [
        await (await staffed.signed_in(who)).post(where)
        for who, where in (("giam-doc", WITNESS), (CLERK, of_director))
    ]

    assert refused == [
        (401, "not_signed_in"),
        (403, "no_person"),
        *[NOT_ALLOWED] * 4,
    ]
    assert [each.status_code for each in done] == [201, 201]


async def test_witnessing_takes_a_fresh_password_and_a_code_that_waits(
    staffed: RealOffice,
) -> None:
    witness = await staffed.signed_in(SECRETARIAT)
    unknown = [
        await witness.post(WITNESS),
        await witness.post("/accounts/khong-co/code/witness"),
    ]
    await reset(staffed)
    staffed.age(FRESH)
    early = await witness.post(WITNESS)
    await witness.post("/session/confirm", {"password": PASSWORD})
    done = await witness.post(WITNESS)
    unknown.append(await witness.post(WITNESS))
    await reset(staffed)
    with staffed.database.write() as session:
        session.exec(select(OneTimeCode)).one().ends_at -= RESET
    unknown.append(await witness.post(WITNESS))

    assert problem(early) == (403, "sign_in_again")
    assert done.status_code == 201
    assert [problem(each) for each in unknown] == [(404, "unknown_code")] * 4


async def test_a_new_code_needs_a_witness_of_its_own(staffed: RealOffice) -> None:
    witness = await staffed.signed_in(SECRETARIAT)
    first = await reset(staffed)
    half = (await witness.post(WITNESS)).json()["half"]
    second = await reset(staffed)

    answers = [await used(staffed, f"{each}-{half}") for each in (first, second)]

    assert [problem(each) for each in answers] == [WRONG] * 2


async def test_a_first_code_opens_by_itself_but_for_whom_a_provider_lets_in(
    staffed: RealOffice,
) -> None:
    admin, name = await staffed.signed_in(ADMIN), "ctqh-06"
    made = (await admin.post("/accounts", {"name": name, "person": name})).json()
    other = (await admin.post(f"/accounts/{name}/code")).json()
    longer = await used(staffed, f"{other['code']}-AAAA")
    alone = await used(staffed, other["code"])
    with staffed.database.write() as session:
        theirs = update(UserAccount).where(col(UserAccount.name) == name)
        of_provider = {"issuer": "http://sso", "subject": "cb-1"}
        session.exec(theirs.values(password=None, **of_provider))
    late = await used(staffed, await reset(staffed, of=name))

    assert (made["waits"], other["waits"]) == (False, False)
    assert problem(longer) == WRONG
    assert alone.status_code == 204
    assert problem(late) == WRONG


async def test_what_waits_is_listed_to_whoever_may_witness_it(
    staffed: RealOffice,
) -> None:
    witness, other = [await staffed.signed_in(each) for each in (SECRETARIAT, OTHER)]
    for name in (MEMBER, OTHER, "giam-doc"):
        await reset(staffed, of=name)
    await witness.post(f"/accounts/{OTHER}/code/witness")

    one = (await witness.get("/one-time-codes?limit=1")).json()
    two = (await witness.get(f"/one-time-codes?limit=1&cursor={one['next']}")).json()
    shut = await other.get("/one-time-codes")

    [first], [second] = one["items"], two["items"]
    assert (first["account"], first["person"]) == (MEMBER, MEMBER)
    assert first["made_by"] == f"account:{ADMIN}"
    assert (second["account"], two["next"]) == ("giam-doc", None)
    assert problem(shut) == NOT_ALLOWED


async def test_both_names_stand_in_the_record_and_are_told_to_the_owner(
    staffed: RealOffice,
) -> None:
    code = await reset(staffed)
    half = (await (await staffed.signed_in(SECRETARIAT)).post(WITNESS)).json()["half"]

    with staffed.database.read() as session:
        acts = session.exec(
            select(Act.kind, Act.actor, ActPayload.payload)
            .join(ActPayload, col(ActPayload.act) == Act.id)
            .where(Act.campaign == OFFICE)
            .order_by(col(Act.seq))
        ).all()
        told = session.exec(
            select(Notice.kind, Notice.recipient).order_by(col(Notice.id))
        ).all()
        kept = session.exec(select(OneTimeCode)).one()
        broken = flaws(session, OFFICE)
    maker = f"account:{ADMIN}"
    assert [tuple(each) for each in acts[-2:]] == [
        ("code_made", maker, {"account": MEMBER}),
        ("code_witnessed", SECRETARIAT, {"account": MEMBER, "made_by": maker}),
    ]
    assert [tuple(each) for each in told] == [
        ("account_code", MEMBER),
        ("account_witnessed", MEMBER),
    ]
    assert not any(each in f"{acts}{kept}" for each in (code, half))
    assert broken == []


async def test_on_pages_a_slip_waits_is_witnessed_and_sets_the_password(
    staffed: RealOffice,
) -> None:
    admin, witness, other = [
        (await staffed.signed_in(each)).http for each in (ADMIN, SECRETARIAT, OTHER)
    ]
    accounts, page, whose = "/quan-tri/tai-khoan", "/quan-tri/chung-kien", MEMBER
    slip = await admin.post(accounts, data={"viec": "ma", "name": whose})
    listed = await admin.get(accounts)
    waiting, home = await witness.get(page), await witness.get("/quan-tri")
    shut = [await other.get(page), await other.post(page, data={"name": whose})]
    staffed.age(FRESH)
    asked = await witness.post(page, data={"name": whose})
    shown = await witness.post(page, data={"name": whose, "_mat_khau": PASSWORD})
    again = await witness.post(page, data={"name": whose})
    code = f"{between(slip, 'Mã dùng một lần: ')}{between(shown, '<code>')}"
    typed = {"ma": code, "mat_khau": NEW, "lap_lai": NEW}
    done = await staffed.browser().http.post("/dang-nhap/mat-khau", data=typed)

    assert "Mã này chưa mở được gì" in slip.text
    assert "Mã trên phiếu là nửa đầu" in slip.text
    assert "phiếu chờ người chứng kiến" in listed.text
    assert f"Phiếu do {ADMIN} lập" in waiting.text
    assert page in home.text
    assert [each.status_code for each in shut] == [403, 403]
    assert whose not in shut[1].text
    assert [each.status_code for each in (asked, shown, again)] == [403, 200, 404]
    assert 'name="_mat_khau"' in asked.text
    assert "Đã đặt mật khẩu." in done.text


def between(page: httpx2.Response, before: str) -> str:
    """Find the word that follows something on a page."""
    return page.text.partition(before)[2].replace("<", " ").split()[0]
