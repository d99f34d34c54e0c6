"""The office's scorecard: written, confirmed, ranked; and the flag's file."""

from typing import Any

from tests.api.calls import Caller
from tests.edges.rows import told
from tests.journeys.cast import Cast
from tests.office import DIRECTOR, SECRETARIAT

CARD, RESULT = "/scorecards/2022", "/scorecards/2022/result"
CONFIRM = "/campaigns/2022/confirm-scorecard"
WORK: dict[str, Any] = {
    "code": "I",
    "criterion": "Thực hiện nhiệm vụ chính trị",
    "max_points": "60",
    "self_score": "58.5",
    "appraised_score": "57.25",
    "evidence": "Báo cáo 45/BC-VP",
}
MOVEMENT: dict[str, Any] = {
    "code": "II",
    "criterion": "Tổ chức phong trào thi đua",
    "max_points": "40",
    "self_score": "39",
    "appraised_score": None,
    "evidence": None,
}
BLOC = "Khối thi đua các cơ quan tham mưu tổng hợp"
DRAFT = {"bloc": BLOC, "criteria": [WORK, MOVEMENT]}
WHOLE = {"bloc": BLOC, "criteria": [WORK, {**MOVEMENT, "appraised_score": "38"}]}


def desk(cast: Cast) -> Caller:
    """Somebody of the standing secretariat."""
    return Caller(cast.office.http, SECRETARIAT)


async def confirmed(cast: Cast) -> Any:
    """Write the whole scorecard, and let the director confirm it."""
    await desk(cast).put(CARD, WHOLE)
    return await cast.act(DIRECTOR, CONFIRM, {"version": 1})


async def test_a_scorecard_is_written_by_versions_and_added_up(june: Cast) -> None:
    nothing = await desk(june).get(CARD)
    created = await desk(june).put(CARD, DRAFT)
    blind = await desk(june).put(CARD, WHOLE)
    replaced = await desk(june).put(CARD, WHOLE, version=1)
    staff = await Caller(june.office.http, "ctqh-05").put(CARD, WHOLE, version=2)

    read = await Caller(june.office.http, "ctqh-05").get(CARD)

    assert nothing == (404, "unknown_record")
    assert created == (
        201,
        {
            **DRAFT,
            "year": 2022,
            "total": {
                "max_points": "100",
                "self_score": "97.5",
                "appraised_score": "57.25",
                "open": ["II"],
            },
            "confirmed_by": None,
            "confirmed_at": None,
            "version": 1,
        },
    )
    assert (blind, staff) == ((428, "version_missing"), (403, "not_allowed"))
    assert read == replaced
    assert read[1]["total"]["appraised_score"] == "95.25"


async def test_scores_that_cannot_be_are_refused(june: Cast) -> None:
    too_high = {"bloc": BLOC, "criteria": [{**WORK, "appraised_score": "60.5"}]}
    twice = {"bloc": BLOC, "criteria": [WORK, WORK]}
    below = {"bloc": BLOC, "criteria": [{**WORK, "self_score": -1}]}
    fine = {"bloc": BLOC, "criteria": [{**WORK, "self_score": "1.005"}]}

    answers = [await desk(june).put(CARD, each) for each in (too_high, twice)]
    malformed = [await desk(june).put(CARD, each) for each in (below, fine)]

    assert answers == [(409, "bad_document")] * 2
    assert malformed == [(422, "invalid")] * 2


async def test_the_director_confirms_what_was_read_and_it_then_stands(
    june: Cast,
) -> None:
    missing = await june.refused(DIRECTOR, CONFIRM, {"version": 1})
    await desk(june).put(CARD, DRAFT)
    unfinished = await june.refused(DIRECTOR, CONFIRM, {"version": 1})
    await desk(june).put(CARD, WHOLE, version=1)
    stale = await june.refused(DIRECTOR, CONFIRM, {"version": 1})
    others = await june.refused(SECRETARIAT, CONFIRM, {"version": 2})

    answer = await june.act(DIRECTOR, CONFIRM, {"version": 2})

    again = await june.refused(DIRECTOR, CONFIRM, {"version": 2})
    late = await desk(june).put(CARD, DRAFT, version=2)
    _, card = await desk(june).get(CARD)
    assert [missing, unfinished, stale, others, again, late] == [
        (404, "unknown_record"),
        (409, "not_appraised"),
        (412, "version_changed"),
        (403, "not_allowed"),
        (409, "scorecard_confirmed"),
        (409, "scorecard_confirmed"),
    ]
    assert answer == {
        "year": 2022,
        "max_points": "100",
        "self_score": "97.5",
        "appraised_score": "95.25",
    }
    assert (card["confirmed_by"], card["confirmed_at"]) == (
        DIRECTOR,
        "2022-06-20T02:00:00Z",
    )
    said = await told(june, "scorecard_confirmed")
    assert SECRETARIAT in {who for _, _, who, _ in said}
    assert {text for *_, text in said} == {
        "Chánh Văn phòng đã xác nhận bảng điểm của cơ quan năm 2022: 95.25/100 điểm. "
        "Gửi Cụm, Khối thi đua, rồi ghi thứ hạng được xếp."
    }
    assert [act for act in await june.acts() if "confirm_scorecard" in act] == [
        "2022-06-20T02:00:00Z confirm_scorecard ld-01 0"
    ]


async def test_the_blocs_result_comes_after_the_confirmation(june: Cast) -> None:
    first = {"rank": 1, "units": 9, "papers": {}}
    unknown = await desk(june).put(RESULT, first)
    await desk(june).put(CARD, WHOLE)
    early = await desk(june).put(RESULT, first)
    await june.act(DIRECTOR, CONFIRM, {"version": 1})
    beyond = await desk(june).put(RESULT, {"rank": 10, "units": 9})

    created = await desk(june).put(RESULT, first)

    changed = await desk(june).put(RESULT, {**first, "rank": 2}, version=1)
    assert [unknown, early, beyond] == [
        (404, "unknown_record"),
        (409, "scorecard_open"),
        (409, "bad_document"),
    ]
    assert created == (201, {**first, "year": 2022, "version": 1})
    assert changed == (200, {**first, "rank": 2, "year": 2022, "version": 2})
    assert await desk(june).get(RESULT) == changed


async def test_the_flags_file_says_what_is_missing_and_whether_the_rank_entitles(
    june: Cast,
) -> None:
    path = "/campaigns/2022/flag-dossier"
    before = await june.get(path)
    await confirmed(june)
    minutes = {"bloc_minutes": "Biên bản 01/BB-KTĐ"}
    await desk(june).put(RESULT, {"rank": 1, "units": 9, "papers": minutes})

    after = await june.get(path)

    assert [each["code"] for each in before["refusals"]] == [
        "not_confirmed",
        "no_bloc_result",
    ]
    assert (before["entitled"], before["complete"]) == (False, False)
    assert after == {
        "year": 2022,
        "title": "Cờ thi đua của Ủy ban nhân dân tỉnh",
        "entitled": True,
        "complete": False,
        "papers": [
            {
                "code": "agency_submission",
                "name": "Tờ trình của cơ quan",
                "reference": None,
            },
            {
                "code": "achievement_report",
                "name": "Báo cáo thành tích",
                "reference": None,
            },
            {
                "code": "bloc_minutes",
                "name": "Biên bản bình xét của Khối thi đua",
                "reference": "Biên bản 01/BB-KTĐ",
            },
        ],
        "refusals": [],
    }
    assert await june.refused_to_read("/campaigns/2021/flag-dossier") == (
        404,
        "unknown_campaign",
    )


async def test_what_was_scored_and_ranked_stands_in_the_offices_record(
    june: Cast,
) -> None:
    await desk(june).put(CARD, DRAFT)
    await desk(june).put(CARD, WHOLE, version=1)
    await june.act(DIRECTOR, CONFIRM, {"version": 2})
    await desk(june).put(RESULT, {"rank": 2, "units": 9})

    _, page = await desk(june).get("/office/acts?limit=500")

    said = [
        (act["kind"], act["actor"], (act["payload"]["old"] or {}).get("version"))
        for act in page["items"]
        if act["kind"] in ("record_scorecard", "record_bloc_result")
    ]
    assert said == [
        ("record_scorecard", SECRETARIAT, None),
        ("record_scorecard", SECRETARIAT, 1),
        ("record_bloc_result", SECRETARIAT, None),
    ]
