"""Master data: who may read and write it, and what it refuses."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from engine.client import Engine
from store.database import Database
from tests.api.calls import Caller, idle_office, said
from tests.databases import ON_BOTH
from tests.office import DIRECTOR, SECRETARIAT, Office, Person, prepare

STAFF, HEAD, AUDITOR = "ctqh-05", "ctqh-01", "kiem-tra-01"
BAD = (409, "bad_document")


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, engine: Engine) -> AsyncIterator[Office]:
    """The sample office of 2022."""
    prepare(database, 2022)
    async with idle_office(database, engine) as opened:
        yield opened


@pytest.fixture
def secretariat(office: Office) -> Caller:
    """Somebody of the standing secretariat."""
    return Caller(office.http, SECRETARIAT)


@pytest.fixture
def staff(office: Office) -> Caller:
    """Somebody of another department."""
    return Caller(office.http, STAFF)


DEPARTMENT = {"name": "Phòng Quản trị mới", "starts": "2022-03-01"}
WRITES = [
    ("PUT", "/departments/QTM", DEPARTMENT),
    ("POST", "/departments/CTQH/end", {"ends": "2030-01-01"}),
    ("PUT", "/people/ctqh-10", {"name": "Lê Văn Tám"}),
    ("PUT", "/ratings/individual/ctqh-01/2023", {"level": "EXCELLENT"}),
    (
        "PUT",
        "/calendar-overrides/2022-05-02",
        {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"},
    ),
    (
        "POST",
        "/service-spans",
        {"person": "ld-01", "agency": "Sở Nội vụ", "starts": "2020-01-01"},
    ),
    ("POST", "/service-spans/1/end", {"ends": "2030-01-01"}),
    (
        "PUT",
        "/service-spans/1",
        {"person": "ctqh-01", "department": "CTQH", "starts": "2003-02-10"},
    ),
    (
        "POST",
        "/appointments",
        {"person": "ctqh-05", "office": "auditor", "starts": "2022-01-01"},
    ),
    (
        "POST",
        "/council-seats",
        {"person": "ctqh-05", "seat": "member", "starts": "2022-01-01"},
    ),
    (
        "POST",
        "/disciplines",
        {"person": "ctqh-05", "level": "WARNING", "decided_on": "2022-04-01"},
    ),
    (
        "POST",
        "/leaves",
        {"person": "ctqh-05", "kind": "training", "starts": "2022-04-01"},
    ),
    ("POST", "/recognitions", {"person": "ctqh-05", "kind": "research", "year": 2022}),
]


async def test_only_the_secretariat_writes_master_data(office: Office) -> None:
    callers = [Caller(office.http, who) for who in (STAFF, HEAD, DIRECTOR, AUDITOR)]

    answers = {
        said(await caller.send(method, path, body, version=1))
        for caller in callers
        for method, path, body in WRITES
    }

    assert answers == {(403, "not_allowed")}


async def test_whoever_is_not_known_reads_nothing(office: Office) -> None:
    stranger = Caller(office.http, "khong-ai")

    answers = {await stranger.get(path) for path in ("/people", "/departments", "/me")}

    assert answers == {(401, "unknown_person")}


async def test_a_department_is_created_read_and_replaced_by_versions(
    secretariat: Caller, staff: Caller
) -> None:
    changed = DEPARTMENT | {"name": "Phòng Quản trị", "ends": "2023-01-01"}

    created = await secretariat.send("PUT", "/departments/QTM", DEPARTMENT)
    blind = await secretariat.put("/departments/QTM", changed)
    replaced = await secretariat.send("PUT", "/departments/QTM", changed, version=1)
    stale = await secretariat.put("/departments/QTM", changed, version=1)
    read = await staff.send("GET", "/departments/QTM")

    kept = {
        "code": "QTM",
        "name": "Phòng Quản trị",
        "collective": True,
        "secretariat": False,
        "starts": "2022-03-01",
        "ends": "2023-01-01",
        "version": 2,
    }
    assert (created.status_code, created.headers["ETag"]) == (201, '"1"')
    assert blind == (428, "version_missing")
    assert (replaced.status_code, replaced.headers["ETag"]) == (200, '"2"')
    assert stale == (412, "version_changed")
    assert (read.json(), read.headers["ETag"]) == (kept, '"2"')


async def test_a_version_of_what_does_not_exist_is_refused(
    secretariat: Caller,
) -> None:
    answer = await secretariat.put("/departments/QTM", DEPARTMENT, version=1)

    assert answer == (412, "version_changed")


@pytest.mark.parametrize("version", ["1", "*", 'W/"1"', '"1", "2"', '"x"', '"'])
async def test_a_version_that_is_not_written_as_it_was_read_is_said_to_be_so(
    secretariat: Caller, version: str
) -> None:
    await secretariat.put("/departments/QTM", DEPARTMENT)

    answer = await Person(secretariat.http, SECRETARIAT).put(
        "/departments/QTM", DEPARTMENT, if_match=version
    )

    assert said(answer) == (400, "version_unquoted")
    assert "dấu ngoặc kép" in answer.json()["detail"]


@ON_BOTH
async def test_of_two_who_create_the_same_one_succeeds(secretariat: Caller) -> None:
    answers = await asyncio.gather(
        *(secretariat.send("PUT", "/departments/QTM", DEPARTMENT) for _ in range(2))
    )

    assert sorted(answer.status_code for answer in answers) in ([201, 412], [201, 428])


async def test_departments_are_listed_as_they_are_on_a_day(
    secretariat: Caller, staff: Caller
) -> None:
    await secretariat.put("/departments/QTM", DEPARTMENT)
    ended = await secretariat.send(
        "POST", "/departments/QTM/end", {"ends": "2022-06-01"}, version=1
    )

    listed = {}
    for day in ("2022-02-28", "2022-03-01", "2022-05-31", "2022-06-01"):
        _, rows = await staff.get(f"/departments?on={day}")
        listed[day] = "QTM" in [row["code"] for row in rows["items"]]

    assert (ended.status_code, ended.headers["ETag"]) == (200, '"2"')
    assert listed == {
        "2022-02-28": False,
        "2022-03-01": True,
        "2022-05-31": True,
        "2022-06-01": False,
    }


async def test_what_ends_ends_after_it_starts(secretariat: Caller) -> None:
    ends = {"ends": "2022-03-01"}
    span = {"person": "ld-01", "department": "CTQH", "starts": "2022-03-01"}

    answers = [
        await secretariat.put("/departments/QTM", DEPARTMENT | ends),
        await secretariat.post("/service-spans", span | ends),
        await secretariat.post(
            "/departments/CTQH/end", {"ends": "2000-01-01"}, version=1
        ),
    ]

    assert answers == [BAD, BAD, BAD]


async def confirmed(office: Office, proposed: tuple[int, Any]) -> None:
    """Let the director confirm what the secretariat has proposed."""
    status, proposal = proposed
    assert status == 202, proposal
    path = f"/proposals/{proposal['id']}/confirm"
    assert (await Caller(office.http, DIRECTOR).post(path))[0] == 200


async def test_the_last_standing_secretariat_is_not_ended(
    office: Office, secretariat: Caller
) -> None:
    end = {"ends": "2030-01-01"}
    keeper = DEPARTMENT | {"secretariat": True}

    alone = await secretariat.post("/departments/HCTCQT/end", end, version=1)
    named = await secretariat.put("/departments/QTM", keeper)
    await confirmed(office, named)
    handed = await secretariat.post("/departments/HCTCQT/end", end, version=1)
    await confirmed(office, handed)

    assert alone == (409, "secretariat_missing")
    _, department = await secretariat.get("/departments/HCTCQT")
    assert (department["ends"], department["version"]) == ("2030-01-01", 2)


async def names(caller: Caller, query: str) -> list[str]:
    """List whom a search of people finds."""
    status, page = await caller.get(f"/people?{query}")
    assert status == 200, page
    return [person["name"] for person in page["items"]]


async def test_people_are_found_by_how_their_names_begin_with_marks_or_without(
    staff: Caller,
) -> None:
    words = ("nguyen h", "Nguyễn T", "vy bao", "ĐỖ", "guyen", "%25")

    found = {each: await names(staff, f"q={each}") for each in words}

    assert found == {
        "nguyen h": ["Âu Thị Hạnh Nguyên", "Nguyễn Hữu Thăng"],
        "Nguyễn T": ["Âu Thị Hạnh Nguyên", "Nguyễn Hữu Thăng", "Nguyễn Thị Bảo Vy"],
        "vy bao": ["Nguyễn Thị Bảo Vy"],
        "ĐỖ": ["Đỗ Khắc Huân", "Đoàn Thị Bích Thảo"],
        "guyen": [],
        "%25": [],
    }


@ON_BOTH
async def test_people_come_by_given_name_page_by_page(staff: Caller) -> None:
    _, whole = await staff.get("/people?limit=500")

    paged: list[Any] = []
    cursor = ""
    while True:
        _, page = await staff.get(f"/people?limit=7{cursor}")
        paged += page["items"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    assert [person["name"] for person in paged[:4]] == [
        "Hoàng Kim Bảng",
        "Phùng Thị Yến Chi",
        "Ngô Thị Kiều Diễm",
        "Lê Ngọc Ánh Dương",
    ]
    assert (len(paged), paged) == (40, whole["items"])


async def test_people_are_listed_of_a_department_as_it_is_today(
    office: Office, secretariat: Caller, staff: Caller
) -> None:
    _, spans = await staff.get("/service-spans?person=ttdn-01")
    before = await names(staff, "department=TTDN")

    path = f"/service-spans/{spans['items'][0]['id']}/end"
    left = await secretariat.post(path, {"ends": "2022-01-01"}, version=1)
    await confirmed(office, left)

    assert set(before) - set(await names(staff, "department=TTDN")) == {
        "Bùi Thị Diệu Trinh"
    }


@pytest.mark.parametrize("cursor", ["WzFd", "MQ==", "e30=", "nothing"])
async def test_a_cursor_of_another_list_is_refused(staff: Caller, cursor: str) -> None:
    assert await staff.get(f"/people?cursor={cursor}") == (404, "bad_cursor")


async def test_a_name_is_composed_and_found_under_its_new_letters(
    secretariat: Caller, staff: Caller
) -> None:
    name = unicodedata.normalize("NFD", "  Trần  Thị \u00d0ào\u200b ")
    person = {"name": name, "email": "dao@vanphong.example"}

    created = await secretariat.put("/people/ctqh-10", person)
    renamed = await secretariat.put(
        "/people/ctqh-10", person | {"name": "Trần Thị Mận"}, version=1
    )

    assert created == (
        201,
        {
            "id": "ctqh-10",
            "name": "Trần Thị Đào",
            "email": "dao@vanphong.example",
            "born_on": None,
            "died_on": None,
            "version": 1,
            "same_as": [],
        },
    )
    assert renamed[0] == 200
    assert await names(staff, "q=tran thi dao") == []
    assert await names(staff, "q=tran thi man") == ["Trần Thị Mận"]


async def test_a_rating_is_of_somebody_we_know(secretariat: Caller) -> None:
    good = {"level": "GOOD_COMPLETION"}

    answers = [
        await secretariat.put("/ratings/individual/khong-ai/2022", good),
        await secretariat.put("/ratings/collective/KHONG/2022", good),
        await secretariat.put("/ratings/collective/CTQH/2023", good),
        await secretariat.put("/ratings/collective/CTQH/2023", good),
        await secretariat.put("/ratings/individual/ctqh-01/2022", good, version=1),
    ]

    rating = {"kind": "collective", "subject": "CTQH", "year": 2023, "version": 1}
    changed = {"kind": "individual", "subject": "ctqh-01", "year": 2022, "version": 2}
    assert answers == [
        (404, "unknown_subject"),
        (404, "unknown_department"),
        (201, rating | good),
        (428, "version_missing"),
        (200, changed | good),
    ]


async def test_ratings_are_listed_by_year_and_subject(staff: Caller) -> None:
    _, page = await staff.get("/ratings?year=2022&subject=CTQH")
    _, first = await staff.get("/ratings?limit=1")
    _, second = await staff.get(f"/ratings?limit=1&cursor={first['next']}")

    rating = {"kind": "collective", "year": 2022, "level": "EXCELLENT", "version": 1}
    assert page == {"items": [rating | {"subject": "CTQH"}], "next": None}
    assert first["items"] == [rating | {"subject": "CTHDND"}]
    assert second["items"] == [rating | {"subject": "CTQH"}]


async def test_a_day_against_the_calendar_is_replaced_by_versions(
    secretariat: Caller, staff: Caller
) -> None:
    day = {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"}
    path = "/calendar-overrides/2022-05-02"

    answers = [
        await secretariat.put(path, day),
        await secretariat.put(path, day | {"working": True}),
        await secretariat.put(path, day | {"working": True}, version=1),
        await secretariat.put(path, day, version=1),
    ]

    first = day | {"day": "2022-05-02", "version": 1}
    kept = first | {"working": True, "version": 2}
    assert answers == [
        (201, first),
        (428, "version_missing"),
        (200, kept),
        (412, "version_changed"),
    ]
    assert await staff.get("/calendar-overrides/2022-05-02") == (200, kept)
    assert await staff.get("/calendar-overrides?year=2022") == (
        200,
        {"items": [kept], "next": None},
    )
    assert await staff.get("/calendar-overrides?year=2023") == (
        200,
        {"items": [], "next": None},
    )
    assert await staff.get("/calendar-overrides/2022-05-03") == (404, "unknown_record")
    assert await staff.get(f"{path}/what-if?limit=501") == (422, "invalid")


def span(starts: str, ends: str | None = None) -> dict[str, Any]:
    """A leader's time in another agency."""
    return {"person": "ld-01", "agency": "Sở Nội vụ", "starts": starts, "ends": ends}


def seat(starts: str, ends: str | None = None) -> dict[str, Any]:
    """A seat for somebody who has none."""
    return {"person": "ctqh-05", "seat": "member", "starts": starts, "ends": ends}


@pytest.mark.parametrize(
    ("path", "entry"), [("/service-spans", span), ("/council-seats", seat)]
)
async def test_nobody_serves_or_sits_twice_at_one_time(
    secretariat: Caller, path: str, entry: Any
) -> None:
    first = await secretariat.post(path, entry("2010-01-01", "2012-01-01"))

    answers = [
        await secretariat.post(path, entry("2011-12-31")),
        await secretariat.post(path, entry("2009-01-01")),
        await secretariat.post(path, entry("2010-01-01", "2010-02-01")),
        await secretariat.post(path, entry("2009-01-01", "2010-01-01")),
        await secretariat.post(path, entry("2012-01-01")),
    ]
    longer = await secretariat.post(
        f"{path}/{first[1]['id']}/end", {"ends": "2012-01-02"}, version=1
    )

    assert [answer[1] for answer in answers[:3]] == [
        "overlap",
        "overlap",
        "already_recorded",
    ]
    assert [status for status, _ in answers] == [409, 409, 409, 201, 201]
    assert longer == (409, "overlap")


@ON_BOTH
async def test_of_two_overlapping_spans_sent_at_once_one_is_written(
    secretariat: Caller,
) -> None:
    answers = await asyncio.gather(
        secretariat.post("/service-spans", span("2010-01-01")),
        secretariat.post("/service-spans", span("2011-01-01")),
    )

    assert sorted(status for status, _ in answers) == [201, 409]


async def test_a_row_is_corrected_and_ended_in_its_place(
    secretariat: Caller, staff: Caller
) -> None:
    _, entry = await secretariat.post("/service-spans", span("2010-01-01"))
    path = f"/service-spans/{entry['id']}"

    await secretariat.put(path, span("2010-02-01"), version=1)
    ended = await secretariat.post(f"{path}/end", {"ends": "2010-07-01"}, version=2)

    kept = {
        "id": entry["id"],
        "person": "ld-01",
        "department": None,
        "agency": "Sở Nội vụ",
        "starts": "2010-02-01",
        "ends": "2010-07-01",
        "version": 3,
    }
    assert ended == (200, kept)
    assert await staff.get(path) == (200, kept)
    assert await staff.get("/service-spans?person=ld-01") == (
        200,
        {"items": [kept], "next": None},
    )
    assert await staff.get("/service-spans/999") == (404, "unknown_record")


async def test_offices_are_listed_as_they_are_on_a_day(staff: Caller) -> None:
    query = "/appointments?person=ctqh-01"

    hired, before = [await staff.get(f"{query}&on={d}") for d in DAYS_OF_A_HEAD]

    assert [row["office"] for row in hired[1]["items"]] == ["department_head"]
    assert before == (200, {"items": [], "next": None})


DAYS_OF_A_HEAD = ("2003-02-10", "2003-02-09")


IMPOSSIBLE: list[tuple[str, dict[str, Any], tuple[int, str]]] = [
    (
        "/service-spans",
        {"person": "khong-ai", "department": "CTQH", "starts": "2022-01-01"},
        (404, "unknown_subject"),
    ),
    (
        "/service-spans",
        {"person": "ld-01", "department": "KHONG", "starts": "2022-01-01"},
        (404, "unknown_department"),
    ),
    (
        "/service-spans",
        {
            "person": "ld-01",
            "department": "CTQH",
            "agency": "Sở Nội vụ",
            "starts": "2022-01-01",
        },
        BAD,
    ),
    ("/service-spans", {"person": "ld-01", "starts": "2022-01-01"}, BAD),
    (
        "/appointments",
        {"person": "ctqh-02", "office": "department_head", "starts": "2022-01-01"},
        BAD,
    ),
    (
        "/appointments",
        {
            "person": "ctqh-02",
            "office": "director",
            "department": "CTQH",
            "starts": "2022-01-01",
        },
        BAD,
    ),
    (
        "/disciplines",
        {
            "person": "hctcqt-06",
            "level": "REPRIMAND",
            "decided_on": "2022-05-20",
        },
        (409, "already_recorded"),
    ),
    (
        "/recognitions",
        {"person": "ctqh-01", "kind": "initiative", "year": 2022},
        (409, "already_recorded"),
    ),
    (
        "/leaves",
        {"person": "ctqh-02", "kind": "training", "starts": 0},
        (422, "invalid"),
    ),
]


async def test_an_entry_that_cannot_be_is_refused(secretariat: Caller) -> None:
    answers = [await secretariat.post(path, entry) for path, entry, _ in IMPOSSIBLE]

    assert answers == [refusal for *_, refusal in IMPOSSIBLE]


async def test_bad_input_is_answered_in_one_clear_sentence(
    secretariat: Caller,
) -> None:
    body = {"name": " ", "starts": "31/12/2022"}

    answer = await secretariat.send("PUT", "/departments/phong", body)

    assert answer.json()["detail"] == (
        "/path/code: chỉ nhận: mã phòng viết hoa không dấu (ví dụ VP); "
        "/body/name: chỉ nhận: ít nhất một chữ nhìn thấy được; "
        "/body/starts: chỉ nhận: ngày có thật, dạng NĂM-THÁNG-NGÀY "
        "(ví dụ 2022-06-30)."
    )


PRIVATE = {"/disciplines": "hctcqt-06", "/leaves": "cthdnd-05"}


async def test_secretariat_and_director_read_what_is_private(office: Office) -> None:
    for who in (SECRETARIAT, DIRECTOR):
        caller = Caller(office.http, who)
        for path, concerned in PRIVATE.items():
            status, page = await caller.get(path)
            one = await caller.get(f"{path}/{page['items'][0]['id']}")

            assert status == 200
            assert [row["person"] for row in page["items"]] == [concerned]
            assert one == (200, page["items"][0])


async def test_others_read_of_what_is_private_only_their_own(
    office: Office, secretariat: Caller, staff: Caller
) -> None:
    others = [Caller(office.http, who) for who in ("ttdn-02", HEAD)]
    auditor = Caller(office.http, AUDITOR)
    refused = (403, "not_allowed")
    for path, entry in OF_STAFF.items():
        _, row = await secretariat.post(path, entry)

        own, one = f"{path}?person={STAFF}", f"{path}/{row['id']}"
        assert await staff.get(own) == (200, {"items": [row], "next": None})
        assert await staff.get(one) == (200, row)
        assert await staff.get(path) == refused
        for other in others:
            asked = [await other.get(each) for each in (path, own, one)]
            assert asked == [refused, refused, refused]
        assert (await auditor.get(one)) == (200, row)


OF_STAFF = {
    "/disciplines": {"person": STAFF, "level": "WARNING", "decided_on": "2022-04-01"},
    "/leaves": {"person": STAFF, "kind": "training", "starts": "2022-04-01"},
}


async def test_what_belongs_to_no_campaign_is_not_there_instead_of_empty(
    staff: Caller,
) -> None:
    lists = (
        "acts",
        "calendar",
        "cases",
        "deadlines",
        "delegations",
        "notices",
        "phases",
        "registrations",
        "reports",
    )

    answers = {
        (code, each): await staff.get(f"/campaigns/{code}/{each}")
        for code in ("nope", "@office")
        for each in lists
    }

    missing = (404, "unknown_campaign")
    strange = {where: said for where, said in answers.items() if said != missing}
    assert {code for code, _ in strange} <= {"@office"}
    assert {status for status, _ in strange.values()} <= {422}
