"""Administering on pages: accounts and tokens, the office, its rules, what is stuck."""

import re

from sqlmodel import Session, col, select

from domain.states import CaseKind, CaseState, CommandState
from engine.client import Engine
from intake.rulepacks import load_packs
from store.database import Database
from store.tables import Act, CalendarOverride, Command, UserSession
from tests.api.accounts.signing import ADMIN, PASSWORD, real_office
from tests.api.asking import filed
from tests.api.calls import idle_office
from tests.api.web.test_pages import hidden, registering, shown, sign_in
from tests.counted import counted
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, UNION, prepare
from tests.papers.reading import words
from tests.papers.test_layouts import adding

ACCOUNTS, TOKENS = "/quan-tri/tai-khoan", "/quan-tri/ma-truy-cap"


async def test_an_administrator_makes_accounts_and_slips_and_shuts_them(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2026)
    async with real_office(sqlite_database, engine) as office:
        await office.account(ADMIN, administrator=True)
        await office.account("giam-doc", DIRECTOR)
        admin = (await office.signed_in(ADMIN)).http
        other = (await office.signed_in("giam-doc")).http
        led = await admin.get("/")
        home = await admin.get(led.headers["location"])
        new = {"viec": "lap", "name": "ctqh-02", "person": "ctqh-02"}
        made = await admin.post(ACCOUNTS, data=new)
        twice = await admin.post(ACCOUNTS, data=new)
        shut = {"viec": "dong", "name": "ctqh-02", "version": "1"}
        closed = await admin.post(ACCOUNTS, data=shut)
        stale = await admin.post(ACCOUNTS, data=shut)
        page = await admin.get(ACCOUNTS)
        refused = [await other.get(ACCOUNTS), await other.post(ACCOUNTS, data=new)]

    assert led.headers["location"] == "/quan-tri"
    assert "Tài khoản" in shown(home.text)
    assert "Danh bạ" not in shown(home.text)
    assert "PHIẾU ĐẶT MẬT KHẨU Tên đăng nhập: ctqh-02" in shown(made.text)
    assert (twice.status_code, closed.status_code) == (409, 303)
    assert 'value="ctqh-02"' in twice.text
    assert stale.status_code == 412
    assert "ctqh-02 · Âu Thị Hạnh Nguyên" in shown(page.text)
    assert "đã đóng" in shown(page.text)
    assert [each.status_code for each in refused] == [403, 403]


async def test_everybody_without_an_account_is_given_one_with_a_slip_at_once(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2026)
    everybody = {"viec": "ca", "phong": "CTQH"}
    async with real_office(sqlite_database, engine) as office:
        await office.account(ADMIN, administrator=True)
        await office.account("truong-phong", "ctqh-01")
        admin = (await office.signed_in(ADMIN)).http
        other = (await office.signed_in("truong-phong")).http
        refused = await other.post(ACCOUNTS, data=everybody)
        made = await admin.post(ACCOUNTS, data=everybody)
        again = await admin.post(ACCOUNTS, data=everybody)

    names = re.findall(r"Tên đăng nhập: (\S+)", shown(made.text))
    assert refused.status_code == 403
    assert names == [f"ctqh-0{number}" for number in range(2, 10)]
    assert again.headers["location"] == ACCOUNTS


async def test_what_gives_power_asks_for_the_password_and_goes_on_with_it(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2026)
    async with real_office(sqlite_database, engine) as office:
        await office.account(ADMIN, administrator=True)
        admin = (await office.signed_in(ADMIN)).http
        with sqlite_database.write() as session:
            _ages(session)
        new = {"viec": "lap", "name": "moi"}
        asked = await admin.post(ACCOUNTS, data=new)
        wrong = await admin.post(ACCOUNTS, data={**new, "_mat_khau": "sai"})
        done = await admin.post(ACCOUNTS, data={**new, "_mat_khau": PASSWORD})
        token = {"name": "Báo cáo", "scopes.read": "1", "days": "30"}
        bare = await admin.post(TOKENS, data={**token, "_mat_khau": "sai"})
        made = await admin.post(TOKENS, data={**token, "_mat_khau": PASSWORD})
        page = await admin.get(TOKENS)
        [end] = re.findall(r'action="(/quan-tri/ma-truy-cap/[^"]+)"', page.text)
        ended = await admin.post(end, data={})

    assert [asked.status_code, wrong.status_code] == [403, 401]
    assert '<input type="hidden" name="name" value="moi">' in asked.text
    assert "Tên đăng nhập: moi" in shown(done.text)
    assert bare.status_code == 401
    assert "Mã chỉ hiện một lần" in shown(made.text)
    assert "Báo cáo" in shown(page.text)
    assert ended.status_code == 303


def _ages(session: Session) -> None:
    """Let what every session has confirmed be long ago."""
    for row in session.exec(select(UserSession)):
        row.confirmed_at = None
        session.add(row)


async def test_the_office_and_its_rules_are_shown_to_whoever_is_of_it(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    packs = load_packs()
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        organisation = await http.get("/quan-tri/to-chuc")
        people = await http.get("/quan-tri/nguoi?tim=ba+loc&phong=CTQH")
        listed = await http.get("/quan-tri/quy-dinh")
        one = await http.get(f"/quan-tri/quy-dinh/{packs[0].id}")
        none = await http.get("/quan-tri/quy-dinh/khong-co")
        home = await http.get("/quan-tri")

    assert "Phòng Công tác Quốc hội CTQH" in shown(organisation.text)
    assert "Hội đồng Thi đua - Khen thưởng" in shown(organisation.text)
    assert "Trịnh Bá Lộc ctqh-03" in shown(people.text)
    assert all(each.name_vi in shown(listed.text) for each in packs)
    assert packs[0].titles[0].criteria[0].source in shown(one.text)
    assert none.status_code == 404
    assert "Cơ sở dữ liệu: hoạt động" in shown(home.text)


async def test_what_is_stuck_is_shown_to_the_secretariat_by_as_many_statements(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    with sqlite_database.write() as session:
        _stick(session, 1)
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, SECRETARIAT)
        with counted(sqlite_database) as few:
            page = await office.http.get("/quan-tri/viec-ket")
        with sqlite_database.write() as session:
            _stick(session, 60)
        with counted(sqlite_database) as many:
            await office.http.get("/quan-tri/viec-ket")
        [bare] = re.findall(r'action="([^"]+/bo)"', page.text)
        unsaid = await office.http.post(bare, data={"reason": " "})
        await sign_in(office.http, "ctqh-05")
        refused = await office.http.get("/quan-tri/viec-ket")

    assert "Thử lại" in shown(page.text)
    assert len(few) == len(many)
    assert unsaid.status_code >= 400
    assert refused.status_code == 403


async def test_who_decides_on_a_denunciation_tends_the_act_that_could_not_file_it(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    kept = filed("2022", CaseKind.DENUNCIATION, state=CaseState.DRAFT)
    with sqlite_database.write() as session:
        session.add(kept)
        session.flush()
        _stick(session, 1, kind="file_case", target=f"case:{kept.id}", actor=UNION)
        aside = Command.kind == "file_case"
        stuck = session.exec(select(Command.id).where(aside)).one()
    shown_to, tended = {}, {}
    async with idle_office(sqlite_database, engine) as office:
        for who in (SECRETARIAT, DIRECTOR, "kiem-tra-01"):
            await sign_in(office.http, who)
            shown_to[who] = (await office.http.get("/quan-tri/viec-ket")).text
        office.http.cookies.clear()
        for who in (SECRETARIAT, DIRECTOR):
            shows = {"X-Thidua-Person": who, "Idempotency-Key": "k"}
            path, why = f"/api/v1/commands/{stuck}", {"reason": "Nộp lại."}
            reads = await office.http.get(path, headers=shows)
            tends = await office.http.post(f"{path}/discard", json=why, headers=shows)
            tended[who] = reads.status_code, tends.status_code

    assert [f"{stuck}/bo" in page for page in shown_to.values()] == [False, True, False]
    assert ["Gửi vụ việc" in page for page in shown_to.values()] == [False, True, True]
    assert tended == {SECRETARIAT: (404, 404), DIRECTOR: (200, 202)}


SUSPENDED = {"kind": "suspend", "target": "campaign:2022", "actor": DIRECTOR}


def _stick(session: Session, many: int, **other: str) -> None:
    """Set so many acts aside, as a fault does."""
    for number in range(many):
        session.add(
            Command(
                campaign="2022",
                **{**SUSPENDED, **other},
                payload={},
                idempotency_key=f"{many}-{number}",
                fingerprint="-",
                state=CommandState.STUCK,
                received_at=at("2022-01-20"),
            )
        )


async def test_a_day_off_is_entered_once_it_is_seen_what_it_moves(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    page, one = "/quan-tri/ngay-nghi", {"ngay": "2022-02-28", "la": "nghi"}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        looked = await http.get(f"{page}?ngay=2022-02-28&la=nghi")
        half = await http.post(page, data={**one, "reason": "Bão"})
        whole = {**one, "reason": "Bão", "source": "Công điện 1"}
        done = await http.post(page, data=whole)
        stale = await http.post(page, data=whole)
        after = await http.get(page)
        await sign_in(http, "ctqh-05")
        refused = await http.post(page, data={**whole, "ngay": "2022-03-01"})

    assert "đăng ký" in shown(looked.text)
    assert "→ hết ngày 01/3/2022" in shown(looked.text)
    assert (half.status_code, done.status_code) == (422, 303)
    assert 'value="Bão"' in half.text
    assert stale.status_code == 428
    assert "thứ Hai 28/02/2022 ngày nghỉ Bão" in shown(after.text)
    assert refused.status_code == 403


async def test_a_day_put_in_by_mistake_is_taken_back_by_whoever_saw_it_as_it_is(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    page, day = "/quan-tri/ngay-nghi", "2022-02-28"
    off = {"ngay": day, "la": "nghi", "reason": "Bão", "source": "Công điện 1"}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        await http.post(page, data=off)
        there = (await http.get(page)).text
        looked = (await http.get(f"{page}?ngay={day}&la=lich-chung")).text
        back = {"ngay": day, "la": "lich-chung"}
        known = {**back, "version": hidden(looked, "version")}
        stale = await http.post(page, data={**known, "version": "9", "reason": "Nhầm"})
        mute = await http.post(page, data=known)
        done = await http.post(page, data={**known, "reason": "Ghi nhầm ngày."})
        again = await http.post(page, data={**known, "reason": "Ghi nhầm ngày."})
        none = (await http.get(f"{page}?ngay={day}&la=lich-chung")).text
        await sign_in(http, "ctqh-05")
        other = (await http.get(page)).text

    assert f'href="?ngay={day}&la=lich-chung"' in there
    assert "lại theo lịch chung" in shown(looked)
    assert [x.status_code for x in (stale, mute, done, again)] == [412, 422, 303, 404]
    assert "vẫn theo lịch chung" in shown(none)
    assert "la=lich-chung" not in other
    with sqlite_database.read() as session:
        assert session.exec(select(CalendarOverride)).all() == []
        last = select(Act).order_by(col(Act.seq).desc())
        voided = [each.kind for each in session.exec(last)]
    assert "void_calendar_override" in voided


async def test_the_secretariat_heads_papers_and_lays_them_out_in_word(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    plan, page = "/api/v1/campaigns/2022/papers/plan/docx", "/quan-tri/mau-giay-to"
    own = {"tep": ("mau.docx", adding("Mẫu riêng của {{ issuer }}."))}
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        headed = await http.post(page, data={"place": "Hòa An", "version": "1"})
        wrong = await http.post(page, data={"symbol": "vp", "version": "2"})
        bad = await http.post(f"{page}/paper", files={"tep": ("a.docx", b"x")})
        kept = await http.post(f"{page}/paper", data={"viec": "dat"}, files=own)
        there, filled = await http.get(page), words((await http.get(plan)).content)
        gone = await http.post(f"{page}/paper", data={"viec": "bo"}, files=own)
        plain = words((await http.get(plan)).content)
        await sign_in(http, DIRECTOR)
        refused = await http.post(page, data={"place": "Nơi khác"})

    assert [x.status_code for x in (headed, kept, gone)] == [303, 303, 303]
    assert [x.status_code for x in (wrong, bad, refused)] == [422, 415, 403]
    assert "ký hiệu viết hoa" in shown(wrong.text)
    assert "Nội dung tệp không phải là .docx" in shown(bad.text)
    assert "Mẫu của cơ quan, Đinh Xuân Hợp đặt lúc" in shown(there.text)
    assert "Hòa An, ngày 03 tháng 01 năm 2022" in filled
    assert "Mẫu riêng của Văn phòng Đoàn ĐBQH và HĐND Tỉnh." in filled
    assert "Mẫu riêng" not in plain
