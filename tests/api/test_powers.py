"""Who gives posts and takes them: by versions, with two people, and in the record."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from domain.posts import POSTS, PostCode
from domain.record import OFFICE
from engine.client import Engine
from store.database import Database
from tests.api.calls import Caller, idle_office
from tests.office import DIRECTOR, SECRETARIAT, UNION, Office, prepare
from tests.store.chains import flaws

DEPUTY, HEAD, STAFF, COLLEAGUE = "ld-02", "ctqh-01", "ctqh-05", "hctcqt-02"
DAY = "2023-01-01"
WHY = {"reason": "Ghi nhầm người."}


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, engine: Engine) -> AsyncIterator[Office]:
    """The sample office of 2022."""
    prepare(database, 2022)
    async with idle_office(database, engine) as opened:
        yield opened


@pytest.fixture
def desk(office: Office) -> Caller:
    """Somebody of the standing secretariat."""
    return Caller(office.http, SECRETARIAT)


ENTRIES: dict[str, dict[str, Any]] = {
    "/service-spans": {"agency": "Sở Nội vụ", "starts": "1999-01-01", "ends": DAY},
    "/appointments": {"office": "auditor", "starts": DAY},
    "/council-seats": {"seat": "member", "starts": DAY},
    "/disciplines": {"level": "WARNING", "decided_on": "2022-04-01"},
    "/leaves": {"kind": "training", "starts": "2022-04-01"},
    "/recognitions": {"kind": "research", "year": 2022},
    "/past-awards": {
        "title": "LDTT",
        "year": 2021,
        "number": "07/QĐ-VP",
        "decided_on": "2022-01-05",
        "decided_by": "Chánh Văn phòng",
    },
}
PERSON = {"person": "moi-01"}
NOUNS = {
    "/service-spans": "service_span",
    "/appointments": "appointment",
    "/council-seats": "council_seat",
    "/disciplines": "discipline",
    "/leaves": "leave",
    "/recognitions": "recognition",
    "/past-awards": "past_award",
}


async def acts(caller: Caller) -> list[dict[str, Any]]:
    """Read the office's record."""
    status, page = await caller.get("/office/acts?limit=500")
    assert status == 200, page
    items: list[dict[str, Any]] = page["items"]
    return items


async def test_no_change_of_a_history_is_lost_moved_to_another_or_overwritten(
    desk: Caller,
) -> None:
    await desk.put("/people/moi-01", {"name": "Người Mới"})
    for path, entry in ENTRIES.items():
        body = PERSON | entry
        _, row = await desk.post(path, body)
        one, moved = f"{path}/{row['id']}", body | {"person": STAFF}

        answers = [
            await desk.put(one, body),
            await desk.put(one, body, version=2),
            await desk.put(one, moved, version=1),
            await desk.post(f"{one}/void", WHY),
            await desk.post(f"{one}/void", version=1),
            await desk.post(f"{one}/void", WHY, version=1),
            await desk.get(one),
            await desk.post(path, body),
        ]

        assert [status for status, _ in answers] == [
            428,
            412,
            409,
            428,
            422,
            200,
            404,
            201,
        ], path
        assert answers[2][1] == "other_person"
        *_, voided, _ = await acts(desk)
        said = voided["payload"]
        assert voided["kind"] == f"void_{NOUNS[path]}"
        assert (said["new"], said["reason"]) == (None, WHY["reason"])
        assert said["old"] == answers[5][1] | said["old"]


async def test_the_record_says_who_when_and_what_stood_before(
    desk: Caller, office: Office
) -> None:
    rating = "/ratings/individual/ctqh-05/2022"
    off = {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"}

    await desk.put(rating, {"level": "COMPLETED"}, version=1)
    await desk.put("/calendar-overrides/2022-05-02", off)
    death = {"name": "Lê Văn Tám", "died_on": "2022-05-01"}
    await desk.put("/people/ctqh-10", death)

    loaded, *done = await acts(Caller(office.http, STAFF))
    assert (loaded["kind"], loaded["actor"]) == ("load_office", "thidua")
    assert [(act["kind"], act["actor"]) for act in done] == [
        ("record_rating", SECRETARIAT),
        ("record_calendar_override", SECRETARIAT),
        ("record_person", SECRETARIAT),
    ]
    levels = [done[0]["payload"][each]["level"] for each in ("old", "new")]
    assert levels == ["GOOD_COMPLETION", "COMPLETED"]
    with office.database.read() as session:
        assert flaws(session, OFFICE) == []


async def test_a_day_taken_back_stands_in_the_record_with_its_reason(
    desk: Caller, office: Office
) -> None:
    day = "/calendar-overrides/2022-05-02"
    off = {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"}
    _, put = await desk.put(day, off)

    back = f"{day}?reason=Công văn bị hủy."
    said = [await desk.send("DELETE", back, version=n) for n in (None, 7, 1, 1)]

    assert [answer.status_code for answer in said] == [428, 412, 204, 404]
    entered, taken_back = (await acts(desk))[1:]
    assert entered["kind"] == "record_calendar_override"
    assert [taken_back[each] for each in ("kind", "actor", "payload")] == [
        "void_calendar_override",
        SECRETARIAT,
        {"old": put, "new": None, "reason": "Công văn bị hủy."},
    ]
    with office.database.read() as session:
        assert flaws(session, OFFICE) == []


async def test_a_discipline_is_told_to_the_person_and_kept_from_everybody_else(
    desk: Caller, office: Office
) -> None:
    entry = {"person": STAFF, "level": "WARNING", "decided_on": "2022-04-01"}
    await desk.post("/disciplines", entry)

    said = {
        who: (await acts(Caller(office.http, who)))[-1]["payload"] is not None
        for who in (SECRETARIAT, DIRECTOR, STAFF, HEAD, UNION)
    }
    _, notices = await Caller(office.http, STAFF).get("/me/notices")
    (notice,) = notices["items"]

    assert said == {
        SECRETARIAT: True,
        DIRECTOR: True,
        STAFF: True,
        HEAD: False,
        UNION: False,
    }
    assert notice["body"].startswith(
        "Đinh Xuân Hợp ghi hình thức kỷ luật của bạn. Trước: (không có). Nay: mức "
        "cảnh cáo, quyết định ngày 01/4/2022. "
    )
    assert (await desk.get(f"/campaigns/{OFFICE}/notices"))[0] == 404
    assert (await desk.get(f"/campaigns/{OFFICE}/acts"))[0] == 404


SOLE: list[tuple[str, dict[str, Any]]] = [
    ("/appointments", {"office": "director"}),
    ("/appointments", {"office": "union_chair"}),
    ("/appointments", {"office": "department_head", "department": "CTQH"}),
    ("/council-seats", {"seat": "chair"}),
    ("/council-seats", {"seat": "chair", "council": "initiative"}),
]


async def test_a_post_has_one_holder(desk: Caller) -> None:
    person = {"person": STAFF, "starts": DAY}

    answers = [await desk.post(path, person | post) for path, post in SOLE]

    assert answers == [(409, "post_taken")] * len(SOLE)


# What gives a post that decides, and somebody of the office above.
GIVEN: list[tuple[str, dict[str, Any], str]] = [
    ("/appointments", {"office": "director", "replaces": DIRECTOR}, DEPUTY),
    ("/appointments", {"office": "deputy_director"}, DIRECTOR),
    ("/appointments", {"office": "union_chair", "replaces": UNION}, DIRECTOR),
    (
        "/appointments",
        {"office": "department_head", "department": "CTQH", "replaces": HEAD},
        DEPUTY,
    ),
    ("/council-seats", {"seat": "chair", "replaces": DIRECTOR}, DEPUTY),
    ("/council-seats", {"seat": "vice_chair"}, DIRECTOR),
    ("/service-spans", {"department": "HCTCQT", "replaces": None}, DIRECTOR),
]


@pytest.mark.parametrize(("path", "post", "above"), GIVEN)
async def test_a_post_that_decides_is_proposed_by_one_and_confirmed_by_another(
    desk: Caller, office: Office, path: str, post: dict[str, Any], above: str
) -> None:
    body = {"person": "moi-01", "starts": DAY} | post
    await desk.put("/people/moi-01", {"name": "Người Mới"})
    replaced = body.pop("replaces", None)
    if replaced:
        _, held = await desk.get(f"{path}?person={replaced}&on={DAY}")
        body["replaces"] = held["items"][0]["id"]

    status, proposal = await desk.post(path, body)
    again = await desk.post(path, body)
    _, before = await desk.get(f"{path}?person=moi-01")
    one = f"/proposals/{proposal['id']}"
    alone = {
        who: await Caller(office.http, who).post(f"{one}/confirm")
        for who in (SECRETARIAT, "moi-01", COLLEAGUE, STAFF)
    }
    confirmed = await Caller(office.http, above).post(f"{one}/confirm")
    twice = await Caller(office.http, above).post(f"{one}/confirm")

    assert (status, before["items"]) == (202, [])
    assert again == (202, proposal)
    assert set(alone.values()) == {(403, "not_allowed")}
    assert (confirmed[0], confirmed[1]["outcome"]) == (200, "confirmed")
    assert twice == (409, "proposal_ended")
    _, after = await desk.get(f"{path}?person=moi-01")
    assert [row["starts"] for row in after["items"]] == [DAY]
    told = {who: await kinds_told(office, who) for who in ("moi-01", above)}
    assert told == {
        "moi-01": ["office_changed", "office_proposed_for"],
        above: ["office_proposed"],
    }
    assert not replaced or "office_replaced" in await kinds_told(office, replaced)
    *_, proposed, done = await acts(desk)
    assert (proposed["actor"], done["actor"]) == (SECRETARIAT, above)
    assert done["payload"]["proposed_by"] == SECRETARIAT


async def kinds_told(office: Office, who: str | None) -> list[str]:
    """Say of what kinds the notices are that somebody has got."""
    if who is None:
        return []
    _, page = await Caller(office.http, who).get("/me/notices")
    return sorted(notice["kind"] for notice in page["items"])


async def test_nobody_in_the_secretariat_makes_himself_director(
    desk: Caller, office: Office
) -> None:
    _, held = await desk.get(f"/appointments?person={DIRECTOR}")
    row = held["items"][0]
    himself = {"person": SECRETARIAT, "office": "director", "starts": "2022-06-01"}
    end = f"/appointments/{row['id']}/end"

    _, proposal = await desk.post("/appointments", himself | {"replaces": row["id"]})
    ended = await desk.post(end, {"ends": "2022-06-01"}, version=1)
    _, me = await desk.get("/me")
    declined = await Caller(office.http, DEPUTY).post(
        f"/proposals/{proposal['id']}/decline", {"reason": "Không có quyết định nào."}
    )

    assert "director" not in me["roles"]
    assert ended[0] == 202
    assert (declined[0], declined[1]["outcome"]) == (200, "declined")
    assert await desk.get(f"/appointments/{row['id']}") == (200, row)
    assert await kinds_told(office, SECRETARIAT) == ["office_declined"]


TWINS = [
    ({"email": "Tam@vp.example"}, {"email": "tam@VP.example"}),
    (
        {"name": "Lê Văn Tám", "born_on": "1980-05-01"},
        {"name": "lê văn tám", "born_on": "1980-05-01"},
    ),
]


async def test_one_human_under_two_codes_gets_no_seat_until_they_are_told_apart(
    desk: Caller, office: Office
) -> None:
    for n, (first, second) in enumerate(TWINS):
        one, other = f"moi-{n}1", f"moi-{n}2"
        seat = {"person": other, "seat": "member", "starts": DAY}
        await desk.put(f"/people/{one}", {"name": "Người Một"} | first)

        warned = await desk.put(f"/people/{other}", {"name": "Người Hai"} | second)
        refused = await desk.post("/council-seats", seat)
        apart = {"other": one, "reason": "Hai quyết định tuyển dụng khác nhau."}
        told = await desk.post(f"/people/{other}/told-apart", apart)
        seated = await desk.post("/council-seats", seat)

        assert (warned[0], warned[1]["same_as"]) == (201, [one])
        assert refused == (409, "same_human")
        assert (told[0], told[1]["same_as"], seated[0]) == (200, [], 201)
        assert "office_told_apart" in await kinds_told(office, one)


async def test_who_shares_only_a_name_is_somebody_else(desk: Caller) -> None:
    await desk.put("/people/moi-01", {"name": "Lê Văn Tám", "born_on": "1980-05-01"})

    answers = [
        await desk.put("/people/moi-02", {"name": "Lê Văn Tám"}),
        await desk.put("/people/moi-03", {"name": "Lê Văn Tám", "born_on": DAY}),
    ]

    assert [row["same_as"] for _, row in answers] == [[], []]


async def test_what_has_changed_since_it_was_proposed_is_not_confirmed(
    desk: Caller, office: Office
) -> None:
    _, held = await desk.get(f"/appointments?person={HEAD}")
    row = held["items"][0]
    one = f"/appointments/{row['id']}"
    proposals = [
        (await desk.post(f"{one}/end", {"ends": day}, version=1))[1]["id"]
        for day in ("2023-01-01", "2023-02-01")
    ]

    answers = [
        await Caller(office.http, DIRECTOR).post(f"/proposals/{key}/confirm")
        for key in proposals
    ]

    assert [status for status, _ in answers] == [200, 412]
    withdrawn = await desk.post(f"/proposals/{proposals[1]}/withdraw")
    assert (withdrawn[0], withdrawn[1]["outcome"]) == (200, "withdrawn")
    assert (await desk.get("/proposals"))[1]["items"] == []


def test_every_post_that_decides_is_confirmed_by_posts_that_are_confirmed() -> None:
    deciding = {post for post, rule in POSTS.items() if rule.decides}
    above = {
        who for rule in POSTS.values() for group in rule.confirmed_by for who in group
    }

    assert set(POSTS) == set(PostCode)
    assert above <= deciding
