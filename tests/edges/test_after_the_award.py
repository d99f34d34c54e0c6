"""E7, E20, E26, E27: an award falls away after it was given, and others rest on it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import select

from engine.client import Engine
from store.tables import Decision, Nomination
from tests.edges.rows import told
from tests.edges.test_publication import a_posting, owed, ruled
from tests.journeys.cast import Cast, at
from tests.journeys.conftest import Days, acting
from tests.journeys.test_year import first_phase, second_phase, superior
from tests.office import CLERK, DIRECTOR, SECRETARIAT
from tests.store.chains import flaws

DECISION = "/decisions/2022-2-qd1"
CASE = "/cases/33333333-3333-4333-8333-333333333333"
AGAIN = "/cases/44444444-4444-4444-8444-444444444444"
EXCELLENT = "«Tập thể lao động xuất sắc» – Phòng Công tác Hội đồng nhân dân"
FOUND = {"outcome": "founded", "conclusion": "Hồ sơ sáng kiến kê khai sai sự thật."}


async def to_the_awards(cast: Cast) -> None:
    """Carry the year to its issued titles: 32, 4, 4, and 2 to send upward."""
    await first_phase(cast)
    await second_phase(cast)


@pytest_asyncio.fixture(loop_scope="session")
async def awarded(days: Days, engine: Engine) -> AsyncIterator[Cast]:
    """The office on 18 January 2023, with the titles of 2022 given."""
    await days.carry("awarded", "migrated", to_the_awards)
    async with acting(days.copy("awarded"), engine) as everybody:
        yield everybody


async def titles(cast: Cast, title: str) -> dict[str, dict[str, Any]]:
    """Read the lines of a title, by subject."""
    lines = await cast.pages(f"/phases/{cast.phase2}/lines")
    return {each["subject"]: each for each in lines if each["title"] == title}


async def fighter_of(cast: Cast, department: str) -> dict[str, Any]:
    """Find the line of a department's fighter: it has one."""
    found = await titles(cast, "CSTDCS")
    [line] = [x for x in found.values() if x["department"] == department]
    return line


async def rescission(cast: Cast, line: str, path: str = CASE) -> None:
    """Write a rescission down, and file it."""
    body = {
        "campaign": cast.code,
        "kind": "rescission",
        "title": "Kê khai sáng kiến",
        "matter": "Kết luận thanh tra: sáng kiến đã kê khai không có thật.",
        "line": line,
        "event_on": "2023-01-17",
    }
    answer = await cast.office.person(SECRETARIAT).put(path, body)
    assert answer.status_code == 201, answer.text
    await cast.act(SECRETARIAT, f"{path}/file-case")


async def rescinded(cast: Cast, line: str) -> None:
    """Undo an award, from the conclusion to the issued decision."""
    await rescission(cast, line)
    await cast.act(SECRETARIAT, f"{CASE}/report-case", {"report": "Hồ sơ đầy đủ."})
    await cast.act(DIRECTOR, f"{CASE}/resolve-case", FOUND)
    await cast.issue("2022-2-qd2", 9, 2023)


async def test_e20_an_awardee_declines_and_what_rests_on_it_is_named(
    awarded: Cast,
) -> None:
    line = await fighter_of(awarded, "CTHDND")
    body = {"line": line["id"], "reason": "Xin nhường cho đồng nghiệp."}
    other = await awarded.refused("ttdn-02", f"{DECISION}/decline-award", body)

    await awarded.act(line["subject"], f"{DECISION}/decline-award", body)

    again = await awarded.refused(line["subject"], f"{DECISION}/decline-award", body)
    assert (other, again) == ((403, "not_yours"), (404, "unknown_line"))
    assert (await fighter_of(awarded, "CTHDND"))["state"] == "declined_by_awardee"
    assert (await titles(awarded, "TTLDXS"))["CTHDND"]["state"] == "director_approved"
    warned = await told(awarded, "no_longer_met")
    assert {who for _, _, who, _ in warned} == {"hctcqt-01", "hctcqt-03", DIRECTOR}
    assert (
        "«Tập thể lao động xuất sắc» – Phòng Công tác Hội đồng nhân dân" in warned[0][3]
    )
    assert "cấp trên" not in warned[0][3]


async def test_e20_a_head_declines_for_the_department(awarded: Cast) -> None:
    line = (await titles(awarded, "TTLDTT"))["TTDN"]
    body = {"line": line["id"], "reason": "Phòng xin không nhận."}
    staff = await awarded.refused("ttdn-02", f"{DECISION}/decline-award", body)

    await awarded.act("ttdn-01", f"{DECISION}/decline-award", body)

    assert staff == (403, "not_yours")
    assert (await titles(awarded, "TTLDTT"))["TTDN"]["state"] == "declined_by_awardee"
    assert await told(awarded, "no_longer_met") == []


async def test_e26_a_fighter_undone_after_the_collective_was_forwarded(
    awarded: Cast,
) -> None:
    await awarded.act(SECRETARIAT, f"{DECISION}/forward", {"letter": "Tờ trình 03"})
    line = await fighter_of(awarded, "CTHDND")

    await rescinded(awarded, line["id"])

    assert (await fighter_of(awarded, "CTHDND"))["state"] == "revoked"
    assert (await titles(awarded, "TTLDXS"))["CTHDND"]["state"] == "forwarded_upward"
    [_, second] = await awarded.pages(f"/phases/{awarded.phase2}/decisions")
    kept = ("id", "kind", "state", "amends", "number", "decided_by")
    assert [second[name] for name in kept] == [
        "2022-2-qd2",
        "rescission",
        "issued",
        "2022-2-qd1",
        9,
        DIRECTOR,
    ]
    [*_, (_, _, _, warned)] = await told(awarded, "no_longer_met")
    upward = f"Đã trình cấp trên: {EXCELLENT}; hãy rút hoặc báo cáo cấp trên."
    assert warned.endswith(upward)
    undone = await told(awarded, "rescinded")
    assert line["subject"] in {who for _, _, who, _ in undone}
    assert "theo Quyết định số 09/QĐ-VP. Lý do: Hồ sơ sáng kiến" in undone[0][3]
    with awarded.office.database.read() as session:
        assert flaws(session, awarded.code) == []


async def test_e07_a_cap_that_shrinks_below_what_was_given_is_told_and_undoes_nothing(
    awarded: Cast,
) -> None:
    fighters = await titles(awarded, "CSTDCS")
    plain = {
        s: x for s, x in (await titles(awarded, "LDTT")).items() if s not in fighters
    }
    leaving = sorted(plain)[:6]

    for n, subject in enumerate(leaving, 1):
        body = {"line": plain[subject]["id"], "reason": "Xin không nhận."}
        await awarded.act(subject, f"{DECISION}/decline-award", body)
        warned = await told(awarded, "no_longer_met")
        quota = [text for *_, text in warned if "Chiến sĩ thi đua cơ sở" in text]
        # 15 % of 27 is 4.05, of 26 it is 3.9.
        assert bool(quota) is (n == 6)

    states = {x["state"] for x in (await titles(awarded, "CSTDCS")).values()}
    assert states == {"awarded"}


async def test_e27_a_superior_declines_and_the_lower_title_stands(
    awarded: Cast,
) -> None:
    await awarded.act(DIRECTOR, f"/campaigns/{awarded.code}/close")

    await superior(awarded, "declined")

    upward = {x["state"] for x in (await titles(awarded, "TTLDXS")).values()}
    lower = {x["state"] for x in (await titles(awarded, "TTLDTT")).values()}
    assert (upward, lower) == ({"superior_declined"}, {"awarded"})
    reviews = await awarded.pages(f"/campaigns/{awarded.code}/reports")
    final = [review for review in reviews if review["kind"] == "final"]
    assert [review["version"] for review in final] == [1, 2, 3]
    assert final[-1]["content"]["outcomes"]["TTLDXS"] == {"superior_declined": 2}
    [target] = [t for t in final[-1]["content"]["targets"] if t["title"] == "TTLDXS"]
    assert (target["reached"], target["needed"], target["met"]) == (0, 2, False)


async def test_a_superior_undoes_what_it_gave(awarded: Cast) -> None:
    await superior(awarded, "awarded")
    line = (await titles(awarded, "TTLDXS"))["CTQH"]
    body = {
        "line": line["id"],
        "outcome": "revoked",
        "reference": "Quyết định 202/QĐ-UBND",
        "answered_on": "2023-01-18",
    }

    await awarded.act(SECRETARIAT, f"{DECISION}/record-superior-answer", body)

    assert (await titles(awarded, "TTLDXS"))["CTQH"]["state"] == "revoked"


async def answered(cast: Cast, department: str, outcome: str, day: str) -> Any:
    """Write down what the province has said of one department."""
    line = (await titles(cast, "TTLDXS"))[department]
    body = {"line": line["id"], "outcome": outcome, "reference": "Quyết định 101"}
    body |= {"answered_on": day}
    return await cast.act(SECRETARIAT, f"{DECISION}/record-superior-answer", body)


async def test_what_a_superior_grants_is_posted_too_once_it_is_known(
    awarded: Cast,
) -> None:
    # What the office itself decided, on 18/1, came before the law.
    ruled(awarded.office.database, decided_from="2023-01-19")
    await awarded.act(SECRETARIAT, f"{DECISION}/forward", {"letter": "Tờ trình 03"})
    await awarded.act(DIRECTOR, f"/campaigns/{awarded.code}/close")
    await awarded.until(at("2023-01-30"))
    post, take_down = f"{DECISION}/post-results", f"{DECISION}/take-down-results"

    first = await answered(awarded, "CTQH", "awarded", "2023-01-27")
    asked = await owed(awarded)
    early = await awarded.refused(SECRETARIAT, post, a_posting("2023-01-26"))
    hung = [await awarded.act(SECRETARIAT, post, a_posting("2023-01-30"))]
    await awarded.until(at("2023-02-01"))
    second = await answered(awarded, "CTHDND", "awarded", "2023-02-01")
    hung += [await awarded.act(SECRETARIAT, post, a_posting("2023-02-01"))]
    await awarded.until(at("2023-02-20"))
    down = await awarded.act(SECRETARIAT, take_down, {"taken_down_on": "2023-02-20"})
    other = await awarded.refused(
        SECRETARIAT, take_down, {"taken_down_on": "2023-02-20"}
    )

    # Known on Monday 30/1, so by Monday 6/2; on Wednesday 1/2, so by the 8th.
    assert (first["post_by"], second["post_by"]) == ("2023-02-06", "2023-02-08")
    assert ("post_results", "2023-02-06T17:00:00Z") in asked
    assert early == (409, "wrong_day")
    assert hung == [
        {"number": 1, "on_view_until": "2023-02-19"},
        {"number": 2, "on_view_until": "2023-02-21"},
    ]
    assert (down["number"], other) == (1, (409, "still_on_view"))
    [decision] = await awarded.pages(f"/phases/{awarded.phase2}/decisions")
    posted = {x["answered_on"]: x["posting"] for x in decision["lines"]}
    assert posted == {"2023-01-27": 1, "2023-02-01": 2, None: None}
    assert [x["taken_down_on"] for x in decision["postings"]] == ["2023-02-20", None]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("declined", {"state": "superior_declined"}),
        ("awarded", {"state": "superior_awarded", "post_by": "2023-02-06"}),
    ],
)
async def test_a_later_answer_puts_no_posting_off_and_a_no_asks_for_none(
    awarded: Cast, outcome: str, said: dict[str, str]
) -> None:
    ruled(awarded.office.database, decided_from="2023-01-19")
    await awarded.act(SECRETARIAT, f"{DECISION}/forward", {"letter": "Tờ trình 03"})
    await awarded.until(at("2023-01-30"))
    await answered(awarded, "CTQH", "awarded", "2023-01-30")
    await awarded.until(at("2023-02-01"))

    second = await answered(awarded, "CTHDND", outcome, "2023-02-01")

    assert second == said


async def test_the_files_are_archived_within_a_year_of_the_closing(
    awarded: Cast,
) -> None:
    files = {"handed_over_on": "2023-01-18", "place": "Lưu trữ cơ quan"}
    path = f"/campaigns/{awarded.code}"
    open_still = await awarded.refused(SECRETARIAT, f"{path}/archive-files", files)
    await awarded.act(DIRECTOR, f"{path}/close")
    tasks = await awarded.office.person(SECRETARIAT).pages("/me/tasks")
    await awarded.until(at("2024-01-22"))
    reminded = await told(awarded, "archive_due")

    tries = [
        await awarded.refused(DIRECTOR, f"{path}/archive-files", files),
        await awarded.refused(
            SECRETARIAT,
            f"{path}/archive-files",
            {**files, "handed_over_on": "2023-01-17"},
        ),
    ]
    files["handed_over_on"] = "2024-01-22"
    done = await awarded.act(SECRETARIAT, f"{path}/archive-files", files)
    again = await awarded.refused(SECRETARIAT, f"{path}/archive-files", files)

    asked = [(t["kind"], t["due_at"]) for t in tasks if t["kind"] == "archive_files"]
    assert asked == [("archive_files", "2024-01-18T17:00:00Z")]
    assert {who for *_, who, _ in reminded} >= {"hctcqt-01", "hctcqt-03"}
    assert any(when > "2024-01-18T17" for when, *_ in reminded)
    assert open_still == (409, "wrong_state")
    assert tries == [(403, "not_allowed"), (409, "wrong_day")]
    assert (done, again) == ({"archived_on": "2024-01-22"}, (409, "target_over"))
    campaign = await awarded.get(path)
    assert (campaign["archived_on"], campaign["archived_with"]) == (
        "2024-01-22",
        "Lưu trữ cơ quan",
    )
    with awarded.office.database.read() as session:
        assert flaws(session, awarded.code) == []


async def test_r74_an_award_is_undone_within_its_clocks_after_the_closing(
    awarded: Cast,
) -> None:
    await awarded.act(DIRECTOR, f"/campaigns/{awarded.code}/close")
    line = await fighter_of(awarded, "TTDN")

    await rescinded(awarded, line["id"])

    dues = await awarded.pages(f"/campaigns/{awarded.code}/deadlines")
    ours = {d["name"]: d["due_at"] for d in dues if d["owner"].startswith("case:")}
    # A conclusion of 17/1 is reported by 24/1, which is Tết until the 26th.
    assert ours == {
        "rescission_report": "2023-01-27T17:00:00Z",
        "rescission": "2023-02-01T17:00:00Z",
    }
    reviews = await awarded.pages(f"/campaigns/{awarded.code}/reports")
    final = [review for review in reviews if review["kind"] == "final"]
    assert [review["version"] for review in final] == [1, 2]
    assert final[-1]["content"]["outcomes"]["CSTDCS"] == {"awarded": 3, "revoked": 1}


async def test_r74_what_is_not_so_or_not_ours_is_not_undone(awarded: Cast) -> None:
    line = await fighter_of(awarded, "TTDN")
    upward = (await titles(awarded, "TTLDXS"))["CTQH"]
    await rescission(awarded, line["id"])
    body = {"campaign": "2022", "kind": "rescission", "title": "Khác", "matter": "Khác"}
    body["event_on"] = "2023-01-17"
    desk = awarded.office.person(SECRETARIAT)
    await desk.put(AGAIN, {**body, "line": line["id"]})
    twice = await awarded.refused(SECRETARIAT, f"{AGAIN}/file-case")
    strange = AGAIN.replace("4444-4444-8444", "5555-4555-8555")
    await desk.put(strange, {**body, "line": upward["id"]})
    superiors = await awarded.refused(SECRETARIAT, f"{strange}/file-case")
    early = await awarded.refused(DIRECTOR, f"{CASE}/resolve-case", FOUND)
    await awarded.act(SECRETARIAT, f"{CASE}/report-case", {"report": "Hồ sơ đầy đủ."})
    clerk = await awarded.refused(CLERK, f"{CASE}/resolve-case", FOUND)

    kept = {"outcome": "unfounded", "conclusion": "Sáng kiến có thật."}
    await awarded.act(DIRECTOR, f"{CASE}/resolve-case", kept)

    assert [twice, superiors, early, clerk] == [
        (409, "rescission_open"),
        (409, "not_ours_to_rescind"),
        (409, "wrong_state"),
        (403, "not_allowed"),
    ]
    with awarded.office.database.read() as session:
        states = session.exec(
            select(Nomination.state).where(Nomination.title == "CSTDCS")
        ).all()
        assert set(states) == {"awarded"}
        rows = session.exec(select(Decision.kind)).all()
        assert set(rows) == {"award"}


async def test_a_ground_is_not_known_tomorrow_nor_an_answer_given_before_it_is_asked(
    awarded: Cast,
) -> None:
    line = await fighter_of(awarded, "TTDN")
    draft = {
        "campaign": "2022",
        "kind": "rescission",
        "title": "Khác",
        "matter": "Khác",
    }
    draft |= {"line": line["id"], "event_on": "2023-01-19"}
    await awarded.office.person(SECRETARIAT).put(AGAIN, draft)
    tomorrow = await awarded.refused(SECRETARIAT, f"{AGAIN}/file-case")
    await awarded.act(SECRETARIAT, f"{DECISION}/forward", {"letter": "Tờ trình 03"})
    upward = (await titles(awarded, "TTLDXS"))["CTQH"]
    answer = {"line": upward["id"], "outcome": "awarded", "reference": "Quyết định 1"}
    path = f"{DECISION}/record-superior-answer"

    found = {
        day: await awarded.refused(SECRETARIAT, path, {**answer, "answered_on": day})
        for day in ("2023-01-17", "2023-01-19", "2031-01-01")
    }

    assert tomorrow == (409, "not_yet")
    assert found == {
        "2023-01-17": (409, "answered_too_early"),
        "2023-01-19": (409, "day_out_of_reach"),
        "2031-01-01": (409, "day_out_of_reach"),
    }
