"""Who nominates does not appraise: refused where there is somebody else, else said."""

from typing import Any

import pytest
from sqlmodel import select

from domain.council.appraisers import require_farthest
from domain.refusals import Refused
from engine.client import Engine
from store.database import Database
from store.tables import Act, ActPayload, Department, Notice
from tests.activities.paper import Paper
from tests.api.calls import Caller, idle_office
from tests.council.day import DAY, Lists, act, posted, registered, sent
from tests.council.votes import COUNCIL, MINUTES
from tests.journeys.cast import HEADS
from tests.office import DIRECTOR, SECRETARIAT

LISTS: Lists = {
    "CTQH": (("ctqh-02", "GIAY_KHEN"),),
    "HCTCQT": (("hctcqt-02", "GIAY_KHEN"), ("hctcqt-04", "GIAY_KHEN")),
}
BY_THEIR_OWN = "2/3 đề nghị do người của chính phòng đề nghị thẩm định"


def sent_lists(database: Database) -> Paper:
    """Let the departments send, the standing secretariat among them."""
    paper = registered(database, LISTS)
    sent(paper, LISTS)
    return paper


def vote(paper: Paper, council: dict[str, Any]) -> dict[str, str]:
    """Let everybody raise their hands; return what the minutes say of appraisers."""
    target = f"council:{council['id']}"
    hands = [{"line": x["line"], "yes": 9, "no": 0} for x in council["lines"]]
    act(paper, DIRECTOR, "open_voting", target, {"present": COUNCIL})
    act(paper, SECRETARIAT, "record_show_of_hands", target, {"lines": hands})
    act(paper, SECRETARIAT, "close_voting", target, {"minutes": MINUTES})
    with paper.database.read() as session:
        query = select(ActPayload).join(Act).where(Act.kind == "close_voting")
        said: dict[str, str] = session.exec(query).one().payload["self_appraised"]
    return said


async def test_a_secretariat_that_appraises_itself_is_named_wherever_the_council_looks(
    sqlite_database: Database, engine: Engine
) -> None:
    paper = sent_lists(sqlite_database)
    posted(paper, LISTS)
    meeting = {"meets_at": DAY.isoformat(), "place": "Phòng họp"}
    act(paper, SECRETARIAT, "convene", f"phase:{paper.phase}", meeting)
    paper.pass_to(DAY)

    async with idle_office(sqlite_database, engine) as office:
        desk = Caller(office.http, SECRETARIAT)
        _, signs = await desk.pages(f"/phases/{paper.phase}/formality")
        _, [council] = await desk.pages(f"/phases/{paper.phase}/council-sessions")
        _, lines = await desk.get(f"/phases/{paper.phase}/lines")
    minutes = vote(paper, council)
    with sqlite_database.read() as session:
        invited = session.exec(select(Notice.body).where(Notice.kind == "convened"))
        bodies = set(invited)

    of = {each["id"]: each["department"] for each in lines["items"]}
    own = [s for s in signs if s["sign"] == "self_appraised"]
    assert [(each["of"], each["share"]) for each in own] == [("HCTCQT", "1")]
    assert {of[line] for line in own[0]["lines"]} == {"HCTCQT"}
    assert {of[x["line"]]: x["self_appraised_by"] for x in council["lines"]} == {
        "CTQH": None,
        "HCTCQT": SECRETARIAT,
    }
    assert minutes == {
        line: SECRETARIAT for line, code in of.items() if code == "HCTCQT"
    }
    assert all(BY_THEIR_OWN in body for body in bodies)
    assert bodies


def test_where_somebody_of_another_department_is_there_they_appraise(
    sqlite_database: Database,
) -> None:
    paper = sent_lists(sqlite_database)
    with sqlite_database.write() as session:
        row = session.get_one(Department, "CTHDND")
        row.secretariat = True
    paper.pass_to(DAY)
    desk, other = paper.desk("HCTCQT"), HEADS["CTHDND"]
    act(paper, SECRETARIAT, "receive", desk)

    said = [paper.act(who, "appraise", desk) for who in (SECRETARIAT, other)]

    assert said == ["own_list", "applied"]


@pytest.mark.parametrize(
    ("homes", "who", "may"),
    [
        ({"a": "A", "b": "A"}, "b", True),  # all of the one department
        ({"a": "A", "b": "A"}, "a", False),  # who sent it, beside a colleague
        ({"a": "A"}, "a", True),  # nobody else at all
        ({"a": "A", "b": "A", "c": "C"}, "b", False),
        ({"a": "A", "b": "A", "c": "C"}, "c", True),
        ({"a": "C", "c": "C"}, "a", False),  # sent it, and has moved since
    ],
)
def test_whoever_stands_farthest_from_a_list_appraises_it(
    homes: dict[str, str], who: str, may: bool
) -> None:
    refused: Any = None
    try:
        require_farthest(who, homes, "A", "a")
    except Refused as found:
        refused = found.refusals[0].code

    assert refused == (None if may else "own_list")
