"""Signs of formality over HTTP: what is seen in which lines, and who may see it."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from activities.deed import Deed
from domain.states import LineState
from engine.client import Engine
from store import record
from store.database import Database
from tests.activities.paper import Paper
from tests.api.calls import Caller, idle_office
from tests.council.day import REVIEWED, a_review, act, registered
from tests.journeys.cast import HEADS, line
from tests.office import DIRECTOR, SECRETARIAT, Office
from tests.store.rows import MOMENT, a_campaign, a_line, a_phase, write_lines

TITLES = ("LDTT", "GIAY_KHEN")
PEOPLE = {
    "CTQH": ("ctqh-01", "ctqh-02", "ctqh-03"),
    "CTHDND": ("cthdnd-01", "cthdnd-02"),
    "HCTCQT": ("hctcqt-02",),
}
LISTS = {
    department: tuple((person, title) for person in people for title in TITLES)
    for department, people in PEOPLE.items()
}
COPIED = (
    "Luôn hoàn thành tốt nhiệm vụ được giao, chấp hành nghiêm chủ trương của Đảng, "
    "pháp luật của Nhà nước, tích cực học tập và đoàn kết với đồng nghiệp."
)


def nomination(person: str, title: str) -> dict[str, Any]:
    """A nomination; two people report the same, and one has no papers."""
    written = line(person, title)
    if person in ("ctqh-02", "cthdnd-02"):
        written["achievement"] = COPIED
    if person == "hctcqt-02":
        written["documents"] = []
    return written


def votes(department: str) -> list[dict[str, Any]]:
    """How a department voted: all for all, one against one, or nobody counted."""
    against = {"cthdnd-01"}
    if department == "HCTCQT":
        return []
    return [
        {
            "kind": "individual",
            "subject": person,
            "title": title,
            "yes": 6,
            "no": int(person in against),
        }
        for person, title in LISTS[department]
    ]


def send_lists(paper: Paper) -> None:
    """Let the departments review and send."""
    paper.pass_to(REVIEWED)
    for department, lines in LISTS.items():
        desk, head = paper.desk(department), HEADS[department]
        review = {**a_review(department, head), "votes": votes(department)}
        act(paper, head, "record_peer_review", desk, review)
        written = {"lines": [nomination(*each) for each in lines]}
        act(paper, head, "submit", desk, written)


def award_before(database: Database, person: str, years: tuple[int, ...]) -> None:
    """Write that somebody was an advanced worker in earlier years."""
    with database.write() as session:
        session.add(a_campaign(id="past", year=2021, launched_by=DIRECTOR))
        session.flush()
        session.add(a_phase(id="past-1", campaign="past"))
        record.begin_chain(session, "past")
        session.flush()
        deed = Deed(session, "past", "test", MOMENT)
        of = {"campaign": "past", "phase": "past-1", "department": "CTQH"}
        write_lines(
            deed,
            [
                a_line(
                    **of,
                    subject=person,
                    period=str(year),
                    achieved_from=date(year, 1, 1),
                    achieved_to=date(year, 12, 31),
                    state=LineState.AWARDED,
                )
                for year in years
            ],
        )
        deed.close()


@pytest.fixture
def a_formal_year(database: Database) -> Database:
    """The rows of June 2022, when three departments have sent their lists."""
    send_lists(registered(database, LISTS))
    award_before(database, "ctqh-03", (2018, 2020, 2021))
    return database


@pytest_asyncio.fixture(loop_scope="session")
async def office(a_formal_year: Database, engine: Engine) -> AsyncIterator[Office]:
    """The office on that day."""
    async with idle_office(a_formal_year, engine) as opened:
        yield opened


async def test_each_sign_names_its_lines_and_says_what_was_seen(office: Office) -> None:
    lines = await office.person(SECRETARIAT).get("/phases/2022-1/lines", limit=200)
    names = {
        each["id"]: f"{each['subject']} {each['title']}" for each in lines["items"]
    }

    reader, path = office.person(DIRECTOR), "/phases/2022-1/formality"
    found = await reader.pages(path)

    behind = [
        [
            each["line"]
            for each in await reader.pages(f"{path}/{x['sign']}/{x['of']}/lines")
        ]
        for x in found
    ]
    assert behind == [x["lines"] for x in found]
    assert [x["many"] for x in found] == [len(lines) for lines in behind]
    told = [
        (x["sign"], x["of"], x["share"], sorted(names[line] for line in x["lines"]))
        for x in found
    ]
    assert told == [
        ("leaders", "GIAY_KHEN", "2/3", ["cthdnd-01 GIAY_KHEN", "ctqh-01 GIAY_KHEN"]),
        ("leaders", "LDTT", "2/3", ["cthdnd-01 LDTT", "ctqh-01 LDTT"]),
        ("repeated", "LDTT", "1/6", ["ctqh-03 LDTT"]),
        ("no_papers", "HCTCQT", "1", ["hctcqt-02 GIAY_KHEN", "hctcqt-02 LDTT"]),
        (
            "unanimous",
            "CTQH",
            None,
            [f"ctqh-0{n} {title}" for n in (1, 2, 3) for title in sorted(TITLES)],
        ),
        ("no_votes", "HCTCQT", None, ["hctcqt-02 GIAY_KHEN", "hctcqt-02 LDTT"]),
        (
            "alike",
            "cthdnd-02",
            "1",
            [
                f"{who}-02 {title}"
                for who in ("cthdnd", "ctqh")
                for title in sorted(TITLES)
            ],
        ),
    ]
    assert [x["said"] for x in found if x["sign"] in ("leaders", "repeated")] == [
        "«Giấy khen của Chánh Văn phòng»: 4/6 người được đề nghị là người trực tiếp "
        "làm việc, 2 người giữ chức vụ lãnh đạo; tỷ lệ người trực tiếp thấp hơn tỷ lệ "
        "chung (29/33).",
        "«Lao động tiên tiến»: 4/6 người được đề nghị là người trực tiếp làm việc, "
        "2 người giữ chức vụ lãnh đạo; tỷ lệ người trực tiếp thấp hơn tỷ lệ chung "
        "(29/33).",
        "«Lao động tiên tiến»: 1/6 đề nghị lặp lại người hoặc tập thể đã được tặng "
        "ngay năm trước, lâu nhất là 2 năm liền.",
    ]


async def test_signs_are_for_who_prepares_the_vote(office: Office) -> None:
    seen = {
        who: (await Caller(office.http, who).pages("/phases/2022-1/formality"))[0]
        for who in (SECRETARIAT, "ttdn-01", DIRECTOR, "kiem-tra-01", "ctqh-05", "ld-02")
    }
    nowhere = await Caller(office.http, SECRETARIAT).pages("/phases/2022-9/formality")

    # ttdn-01 and ld-02 sit in the council.
    assert seen == {
        **dict.fromkeys((SECRETARIAT, "ttdn-01", DIRECTOR, "kiem-tra-01"), 200),
        "ctqh-05": 403,
        "ld-02": 200,
    }
    assert nowhere == (404, "unknown_phase")
