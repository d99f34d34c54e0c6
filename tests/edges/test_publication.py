"""Results are posted in time after the decision, and stay on view long enough."""

from typing import Any

import pytest

from store.database import Database
from store.tables import Campaign
from tests.edges.rows import objection, told
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR, SECRETARIAT, UNION
from tests.store.chains import flaws

DECISION = "/decisions/2022-1-qd1"
POST, TAKE_DOWN = f"{DECISION}/post-results", f"{DECISION}/take-down-results"


def ruled(database: Database, **changed: Any) -> None:
    """Let the rules of 2022 say something else of the posting."""
    with database.write() as session:
        campaign = session.get_one(Campaign, "2022")
        kept = campaign.packs["VN2017"]
        rule = {**kept["publication"], **changed}
        campaign.packs = {"VN2017": {**kept, "publication": rule}}
        session.add(campaign)


def a_posting(day: str) -> dict[str, str]:
    """Where the results hang."""
    return {"posted_on": day, "place": "Bảng tin và mạng nội bộ"}


async def owed(cast: Cast, who: str = SECRETARIAT) -> list[tuple[str, str]]:
    """List what somebody owes to decisions, and by when."""
    tasks = await cast.office.person(who).pages("/me/tasks")
    return [(t["kind"], t["due_at"]) for t in tasks if "/decisions/" in t["path"]]


async def test_results_are_posted_within_five_working_days_and_stay_for_twenty(
    passed: Cast,
) -> None:
    ruled(passed.office.database, decided_from="2022-07-01")
    await passed.decide("2022-1-qd1")
    early = await passed.refused(SECRETARIAT, POST, a_posting("2022-07-14"))
    await passed.until(at("2022-07-15"))
    issued = await passed.issue("2022-1-qd1", 7, 2022)
    asked = await owed(passed)
    await passed.until(at("2022-07-22"))
    reminded = await told(passed, "publication_due")

    tries = [
        await passed.refused(UNION, POST, a_posting("2022-07-20")),
        await passed.refused(SECRETARIAT, POST, a_posting("2022-07-23")),
        await passed.refused(SECRETARIAT, POST, a_posting("2022-07-13")),
        await passed.refused(SECRETARIAT, TAKE_DOWN, {"taken_down_on": "2022-07-22"}),
    ]
    posted = await passed.act(SECRETARIAT, POST, a_posting("2022-07-20"))
    again = await passed.refused(SECRETARIAT, POST, a_posting("2022-07-20"))

    # Signed on Thursday 14 July: by the end of Thursday 21 July.
    assert issued["post_by"] == "2022-07-21"
    assert asked == [("post_results", "2022-07-21T17:00:00Z")]
    assert {who for *_, who, _ in reminded} >= {"hctcqt-01", "hctcqt-03"}
    assert any(when > "2022-07-21T17" for when, *_ in reminded)
    assert early == (409, "wrong_state")
    assert tries == [
        (403, "not_allowed"),
        (409, "day_out_of_reach"),
        (409, "wrong_day"),
        (409, "not_posted"),
    ]
    assert (posted, again) == (
        {"number": 1, "on_view_until": "2022-08-09"},
        (409, "target_over"),
    )
    assert await owed(passed) == []


async def test_what_is_on_view_is_not_taken_down_too_early(passed: Cast) -> None:
    ruled(passed.office.database, decided_from="2022-07-01")
    await passed.decide("2022-1-qd1")
    await passed.issue("2022-1-qd1", 7, 2022)
    await passed.act(SECRETARIAT, POST, a_posting("2022-07-14"))
    await passed.until(at("2022-08-04"))

    early = await objection(
        passed, SECRETARIAT, TAKE_DOWN, {"taken_down_on": "2022-08-03"}
    )
    await passed.act(SECRETARIAT, TAKE_DOWN, {"taken_down_on": "2022-08-04"})

    assert early == (
        409,
        {
            "code": "still_on_view",
            "detail": "Kết quả phải công khai ít nhất 20 ngày liên tục, đến hết ngày "
            "03/8/2022.",
            "rule": "VN2017.publication",
            "source": "Luật Thực hiện dân chủ ở cơ sở 2022 (10/2022/QH15) Điều 46 "
            "khoản 6, Điều 47 khoản 2, Điều 48",
            "certainty": "verified",
            "warning": None,
        },
    )
    [decision] = await passed.pages(f"/phases/{passed.phase1}/decisions")
    assert decision["postings"] == [
        {
            "number": 1,
            "posted_on": "2022-07-14",
            "place": "Bảng tin và mạng nội bộ",
            "on_view_until": "2022-08-03",
            "taken_down_on": "2022-08-04",
        }
    ]
    posted = {line["outcome"]: line["posting"] for line in decision["lines"]}
    assert posted == {"director_approved": 1}
    with passed.office.database.read() as session:
        assert flaws(session, passed.code) == []


@pytest.mark.parametrize("nothing", ["before_the_law", "nothing_granted"])
async def test_nothing_is_to_be_posted_before_the_law_or_of_nothing_granted(
    passed: Cast, nothing: str
) -> None:
    body = None
    if nothing == "nothing_granted":
        ruled(passed.office.database, decided_from="2022-07-01")
        lines = await passed.pages(f"/phases/{passed.phase1}/lines")
        reason = "Thành tích chưa nổi bật."
        no = {"outcome": "decline", "reason": reason}
        body = {"rulings": [{"line": each["id"], **no} for each in lines]}
    await passed.decide("2022-1-qd1", body)

    issued = await passed.issue("2022-1-qd1", 7, 2022)

    assert "post_by" not in issued
    assert await owed(passed) == []
    refused = await passed.refused(SECRETARIAT, POST, a_posting("2022-07-14"))
    assert refused == (409, "target_over")
    assert await owed(passed, DIRECTOR) == []
