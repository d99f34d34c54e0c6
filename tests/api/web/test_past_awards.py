"""What people were granted before comes from a spreadsheet, and counts as said."""

from base64 import b64encode
from io import BytesIO

from python_calamine import CalamineWorkbook
from sqlmodel import select

from domain.record import OFFICE
from domain.rules.eligibility import Stage, judge
from engine.client import Engine
from store.database import Database
from store.findings.roll import call_the_roll
from store.office.past_awards import granted_before
from store.plans import pack_of
from store.tables import (
    Act,
    ActPayload,
    ListHeadings,
    Notice,
    PastAward,
    Phase,
)
from tests.api.calls import Caller, idle_office
from tests.api.conftest import Issued
from tests.api.web.department.test_importing import agrees, book, sends
from tests.api.web.test_pages import registering, shown, sign_in
from tests.counted import counted
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, set_clock
from tests.store.chains import flaws

PAGE = "/quan-tri/khen-thuong-truoc"
WHERE = f"{PAGE}/tep"
OWN = (
    *("Họ và tên", "Phòng", "Danh hiệu", "Năm"),
    *("Số quyết định", "Ngày quyết định", "Người quyết định"),
)
FIGHTER, WORKER = "Chiến sĩ thi đua cơ sở", "Lao động tiên tiến"
WHO, OTHER = "ctqh-02", "ctqh-03"
BY = ("01/QĐ-VP", "10/01/2021", "Chánh Văn phòng")


def rows(*years: int, who: str = WHO, title: str = FIGHTER) -> list[tuple[object, ...]]:
    """Write a row a year, each decided in the next."""
    by = BY[2]
    return [
        (who, "", title, year, f"{year}/QĐ-VP", f"10/01/{year + 1}", by)
        for year in years
    ]


def kept(database: Database) -> list[tuple[str, str, int]]:
    """List what is entered."""
    with database.read() as session:
        found = session.exec(select(PastAward).order_by(PastAward.year)).all()
        return [(row.subject, row.title, row.year) for row in found]


async def test_years_before_are_shown_written_whole_and_counted_as_from_papers(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    content = book(OWN, *rows(2018, 2019, 2020), *rows(2021, who=OTHER, title=WORKER))
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        looked = await sends(http, content, WHERE)
        before = kept(sqlite_database)
        done = await agrees(http, looked)
        again = await sends(http, content, WHERE)
        twice = await agrees(http, again)
        listed = await http.get(PAGE)
        dossier = await http.get(f"/ho-so/{WHO}")

    assert "4 dòng đều đọc được: 4 mới, 0 như đã ghi." in shown(looked.text)
    assert before == []
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    assert kept(sqlite_database) == [
        *((WHO, "CSTDCS", year) for year in (2018, 2019, 2020)),
        (OTHER, "LDTT", 2021),
    ]
    assert "0 mới, 4 như đã ghi" in shown(again.text)
    assert "không có danh hiệu, khen thưởng nào mới" in shown(twice.text)
    assert "2018 Chiến sĩ thi đua cơ sở số 2018/QĐ-VP ngày 10/01/2019" in shown(
        listed.text
    )
    assert "Theo hồ sơ nhập" in shown(dossier.text)
    with sqlite_database.read() as session:
        phase = session.get_one(Phase, "2022-1")
        roll, pack = call_the_roll(session, phase), pack_of(session, phase)
        facts = roll.person(pack, WHO, {})
        warned = judge(pack, "CSTDT", facts, Stage.APPRAISAL).warnings
        told = session.exec(
            select(Notice.recipient).where(Notice.kind == "past_awards_entered")
        ).all()
        said = session.exec(
            select(ActPayload.payload)
            .join(Act)
            .where(Act.kind == "record_past_awards", Act.campaign == OFFICE)
        ).one()
        headings = session.get(ListHeadings, ("HCTCQT", "past_awards"))
        assert flaws(session, OFFICE) == []
    assert facts.history == tuple((year, "CSTDCS") for year in (2018, 2019, 2020))
    assert "from_papers" not in {each.code for each in warned}  # not up to last year
    assert sorted(told) == [WHO, OTHER]
    assert (said["file"], len(said["rows"])) == ("a.xlsx", 4)
    assert headings is not None
    assert headings.meant["nam"] == "year"


async def test_what_a_collective_was_granted_stands_in_its_report_until_taken_back(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    unit, title = "Phòng Công tác Quốc hội", "Tập thể lao động xuất sắc"
    content = book(
        OWN,
        *rows(2020, who=unit, title=title),
        *rows(2019, who=f"Tập thể {unit}", title=title),
        ("Tập thể", unit, *rows(2018, title=title)[0][2:]),
        *rows(2020),
    )
    wrong = book(OWN, *rows(2020, who=unit), *rows(2020, title=title), *rows(2017))
    async with idle_office(sqlite_database, engine) as office:
        http = office.http
        await sign_in(http, SECRETARIAT)
        refused = await sends(http, wrong, WHERE)
        await agrees(http, await sends(http, content, WHERE))
        listed = await http.get(PAGE)
        desk = Caller(http, SECRETARIAT)
        _, page = await desk.get("/past-awards")
        mine = next(x for x in page["items"] if x["year"] == 2019)
        one = f"{PAGE}/{mine['id']}"
        shows = await http.get(one)
        without = await http.post(one, data={"_phien_ban": "1", "ly_do": ""})
        gone = await http.post(one, data={"_phien_ban": "1", "ly_do": "Nhầm năm."})
        persons = next(x["id"] for x in page["items"] if x["person"])
        nobodys = await http.get(f"{PAGE}/{persons}")

    assert "chỉ xét cho cá nhân" in shown(refused.text)
    assert "chỉ xét cho tập thể" in shown(refused.text)
    assert refused.text.count("chỉ xét cho") == 2
    assert f"{unit} 2019 {title} số 2019/QĐ-VP" in shown(listed.text)
    assert (mine["person"], mine["department"]) == (None, "CTQH")
    assert "Quyết định số 2019/QĐ-VP của Chánh Văn phòng" in shown(shows.text)
    assert (without.status_code, gone.status_code) == (422, 303)
    assert nobodys.status_code == 404
    with sqlite_database.read() as session:
        left = granted_before(session, ["CTQH"])
        told = session.exec(
            select(Notice.recipient).where(Notice.kind == "past_awards_of_department")
        ).all()
        assert flaws(session, OFFICE) == []
    assert [row.year for row in left] == [2020, 2018]
    assert sorted(told) == ["ctqh-01", "ctqh-03"]  # the head, and who is charged


async def test_what_stands_already_or_was_decided_here_is_refused_by_row(
    issued: Issued, engine: Engine
) -> None:
    database = issued.database
    set_clock(database, at("2023-02-01", "08:00"))
    async with idle_office(database, engine) as office:
        desk = Caller(office.http, SECRETARIAT)
        _, lines = await desk.get("/phases/2022-1/lines?limit=200")
        ours = next(
            each
            for each in lines["items"]
            if (each["kind"], each["state"]) == ("individual", "awarded")
        )
        who, title = ours["subject"], ours["title"]
        paper = {"number": "1", "decided_on": "2023-01-05", "decided_by": "Bộ"}
        entry = {"person": who, "title": title, "year": 2022, **paper}
        single = await desk.post("/past-awards", entry)
        http = office.http
        await sign_in(http, SECRETARIAT)
        await agrees(http, await sends(http, book(OWN, *rows(2020)), WHERE))
        changed = [*rows(2020)[0][:4], "9/QĐ-VP", *rows(2020)[0][5:]]
        wrong = await sends(
            http,
            book(OWN, changed, *rows(2022, who=who, title=title), *rows(2019)),
            WHERE,
        )
        forced = await agrees(http, wrong)

    assert single == (409, "already_recorded")
    assert (wrong.status_code, forced.status_code) == (422, 422)
    said = shown(wrong.text)
    assert "như đã ghi (số 2020/QĐ-VP); sửa thì sửa ở trang của người này" in said
    assert "không nhập: đang xét hoặc đã tặng ở đây" in said
    assert kept(database) == [(WHO, "CSTDCS", 2020)]


async def test_programs_enter_years_before_by_the_same_function_and_take_one_back(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    lines = "\n".join(",".join(map(str, each)) for each in (OWN, *rows(2020)))
    body = {"name": "a.csv", "content": b64encode(lines.encode()).decode()}
    path = "/past-awards/sheet"
    async with idle_office(sqlite_database, engine) as office:
        desk = Caller(office.http, SECRETARIAT)
        refused = await Caller(office.http, DIRECTOR).post(path, body)
        looked = await desk.send("POST", path, body)
        before = kept(sqlite_database)
        written = await desk.send("POST", path, body | {"write": True})
        _, page = await desk.get(f"/past-awards?person={WHO}")
        [row] = page["items"]
        back = await desk.post(
            f"/past-awards/{row['id']}/void", {"reason": "Nhầm người."}, version=1
        )
        ahead = await desk.post("/past-awards", _entry(year=2022))
        strange = await desk.post("/past-awards", _entry(title="TTLDXS"))
        early = await desk.post("/past-awards", _entry(decided_on="2019-05-01"))

    assert refused == (403, "not_allowed")
    assert looked.json()["lines"] == [
        {
            "row": 2,
            "kind": "individual",
            "subject": WHO,
            "title": "CSTDCS",
            "year": 2020,
            "change": "new",
        }
    ]
    assert before == []
    assert written.json() == looked.json() | {"written": True}
    assert (row["called"], row["number"]) == (FIGHTER, "2020/QĐ-VP")
    assert (back[0], kept(sqlite_database)) == (200, [])
    assert ahead == early == (409, "bad_document")
    assert strange == (404, "unknown_title")


def _entry(**other: object) -> dict[str, object]:
    return {
        "person": WHO,
        "title": "LDTT",
        "year": 2020,
        "number": "1",
        "decided_on": "2021-01-05",
        "decided_by": "Bộ Nội vụ",
        **other,
    }


async def test_the_template_offers_people_departments_and_titles(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, SECRETARIAT)
        template = await office.http.get(f"{PAGE}/mau.xlsx")
        nothing = await sends(office.http, template.content, WHERE)
        await sign_in(office.http, DIRECTOR)
        read = await office.http.get(PAGE)
        refused = await sends(office.http, template.content, WHERE)

    workbook = CalamineWorkbook.from_filelike(BytesIO(template.content))
    assert workbook.sheet_names == ["Khen thưởng đã có", "Hướng dẫn", "Danh mục"]
    offered = workbook.get_sheet_by_index(2).to_python()
    people, units, titles = (set(each) - {""} for each in zip(*offered, strict=True))
    assert any("(ctqh-02)" in str(each) for each in people)
    assert "Phòng Công tác Quốc hội" in units
    assert "Phòng Công tác Quốc hội" in people
    assert "Tập thể lao động xuất sắc" in titles
    assert nothing.status_code == 409
    assert "chưa ghi gì" in shown(nothing.text)
    assert "Chỉ phòng thường trực thi đua nhập" in shown(read.text)
    assert refused.status_code == 403


async def test_a_file_of_many_rows_takes_as_many_statements_as_one_of_a_few(
    sqlite_database: Database, engine: Engine
) -> None:
    registering(sqlite_database)
    taken = []
    async with idle_office(sqlite_database, engine) as office:
        await sign_in(office.http, SECRETARIAT)
        for many, years in ((1, (2014,)), (2, (2015,)), (9, (2016, 2017, 2018))):
            people = [f"ctqh-0{n}" for n in range(1, many + 1)]
            written = [row for who in people for row in rows(*years, who=who)]
            looked = await sends(office.http, book(OWN, *written), WHERE)
            with counted(sqlite_database) as sent:
                await agrees(office.http, looked)
            taken.append(len(sent))

    _, few, much = taken  # the first file also tells what its headings mean
    assert few == much
    assert len(kept(sqlite_database)) == 1 + 2 + 9 * 3
