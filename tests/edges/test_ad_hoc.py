"""E28, R18, R71: ad hoc commendations, by the simplified procedure."""

from typing import Any

from sqlmodel import select

from domain.rules.criteria import CommendationType
from store.tables import Decision, Nomination
from tests.edges.rows import objection, told
from tests.journeys.cast import Cast, line, praise
from tests.office import CLERK, DIRECTOR, SECRETARIAT
from tests.store.chains import flaws

CASE = "/cases/66666666-6666-4666-8666-666666666666"
AGAIN = "/cases/77777777-7777-4777-8777-777777777777"
HEAD, WORTHY = "ctqh-01", "ctqh-05"
ALL_CASES = ["timely_encouragement", "outstanding_ad_hoc", "clear_achievement"]
RESCUE = "Cứu người bị nước cuốn tại xã Tân Lập."
GRANTED = {"outcome": "founded", "conclusion": "Thành tích xuất sắc, đột xuất."}


def draft(**changed: Any) -> dict[str, Any]:
    """Write what a proposal says."""
    return {
        "campaign": "2022",
        "kind": "ad_hoc",
        "title": "Cứu người",
        "matter": RESCUE,
        "event_on": "2022-06-12",
        "subject_kind": "individual",
        "subject": WORTHY,
        "award": "GIAY_KHEN",
        "basis": ALL_CASES,
        "documents": ["department_submission", "achievement_summary"],
        **changed,
    }


async def proposed(
    cast: Cast, path: str = CASE, who: str = HEAD, **changed: Any
) -> None:
    """Let somebody propose, and the secretariat find the file complete."""
    answer = await cast.office.person(who).put(path, draft(**changed))
    assert answer.status_code == 201, answer.text
    await cast.act(who, f"{path}/file-case")
    await cast.act(SECRETARIAT, f"{path}/accept-case", {})


async def granted(cast: Cast) -> None:
    """Let the director grant it, and the clerk issue that."""
    await proposed(cast)
    await cast.act(DIRECTOR, f"{CASE}/resolve-case", GRANTED)
    await cast.issue("2022-1-qd1", 5, 2022)


async def test_an_award_goes_from_a_heads_proposal_to_its_issue_without_a_meeting(
    june: Cast,
) -> None:
    await proposed(june)
    await june.act(DIRECTOR, f"{CASE}/open-poll")
    for who, agrees in (("ld-02", True), ("ld-03", True), ("ttdn-01", False)):
        await june.act(who, f"{CASE}/assess-case", {"agrees": agrees})

    done = await june.act(DIRECTOR, f"{CASE}/resolve-case", GRANTED)
    await june.issue("2022-1-qd1", 5, 2022)

    assert done == {"state": "resolved", "decision": "2022-1-qd1"}
    [row] = await june.pages(f"/phases/{june.phase1}/lines")
    assert {
        name: row[name] for name in ("subject", "title", "state", "achieved_to")
    } == {
        "subject": WORTHY,
        "title": "GIAY_KHEN",
        "state": "awarded",
        "achieved_to": "2022-06-12",
    }
    assert row["commendation_type"] == "ad_hoc"
    asked = await told(june, "poll_opened")
    assert len(asked) == 9
    acts = await june.pages(f"/campaigns/{june.code}/acts")
    [resolved] = [a["payload"] for a in acts if a["kind"] == "resolve_case"]
    assert resolved["poll"] == {"yes": 2, "members": 9}
    [(_, _, who, text)] = [n for n in await told(june, "awarded") if n[2] == WORTHY]
    assert (who, text) == (
        WORTHY,
        "Nguyễn Hữu Thăng được tặng «Giấy khen của Chánh Văn phòng» theo Quyết định "
        "số 05/QĐ-VP.",
    )
    with june.office.database.read() as session:
        [decision] = session.exec(select(Decision)).all()
        assert (decision.session, decision.state) == (None, "issued")
        assert flaws(session, june.code) == []


async def test_e28_what_was_rewarded_ad_hoc_is_not_nominated_again(june: Cast) -> None:
    await granted(june)
    same = [{**line(WORTHY, "GIAY_KHEN"), "achievement": RESCUE.upper()}]
    path = f"{june.desk(june.phase1, 'CTQH')}/submit"
    status, refusal = await objection(june, HEAD, path, {"lines": same})
    await proposed_again(june)

    sent = await june.submit(june.phase1, "CTQH", praise(WORTHY))

    assert (status, refusal["code"], refusal["detail"]) == (
        409,
        "already_rewarded",
        "Thành tích của ctqh-05 đã được xét «Giấy khen của Chánh Văn phòng» "
        "(12/6/2022 - 12/6/2022); một thành tích chỉ khen một lần. Thành tích khác "
        "thì ghi rõ là thành tích nào.",
    )
    assert len(sent) == 1
    with june.office.database.read() as session:
        rows = session.exec(
            select(Nomination).where(Nomination.subject == WORTHY)
        ).all()
        assert {(row.commendation_type, row.state) for row in rows} == {
            (CommendationType.AD_HOC, "awarded"),
            (CommendationType.MERIT, "nominated"),
        }


async def proposed_again(cast: Cast) -> None:
    """Propose the same day's achievement once more: it is refused."""
    other = draft(matter="Cứu người, kể theo cách khác.")
    await cast.office.person(HEAD).put(AGAIN, other)
    await cast.act(HEAD, f"{AGAIN}/file-case")
    twice = await cast.refused(SECRETARIAT, f"{AGAIN}/accept-case", {})
    assert twice == (409, "already_rewarded")


async def test_a_list_sent_again_leaves_an_ad_hoc_award_alone(june: Cast) -> None:
    await granted(june)
    await june.submit(june.phase1, "CTQH", praise(WORTHY))
    await june.act(HEAD, f"{june.desk(june.phase1, 'CTQH')}/recall")

    await june.submit(june.phase1, "CTQH", praise("ctqh-06"))

    lines = await june.pages(f"/phases/{june.phase1}/lines")
    assert {(x["subject"], x["state"]) for x in lines} == {
        (WORTHY, "awarded"),
        (WORTHY, "withdrawn"),
        ("ctqh-06", "nominated"),
    }


async def test_what_is_no_ad_hoc_commendation_is_refused_with_its_source(
    june: Cast,
) -> None:
    desk = june.office.person(HEAD)
    stranger = await june.office.person("ttdn-01").put(AGAIN, draft())
    await desk.put(CASE, draft(basis=["outstanding_ad_hoc"], award="LDTT"))
    status, first = await objection(june, HEAD, f"{CASE}/file-case")
    await desk.put(CASE, draft(event_on="2022-03-01"), if_match='"1"')
    late = await june.refused(HEAD, f"{CASE}/file-case")
    await desk.put(CASE, draft(event_on="2022-07-01"), if_match='"2"')
    early = await june.refused(HEAD, f"{CASE}/file-case")
    await desk.put(CASE, draft(documents=["department_submission"]), if_match='"3"')
    await june.act(HEAD, f"{CASE}/file-case")

    status_of_papers, papers = await objection(
        june, SECRETARIAT, f"{CASE}/accept-case", {}
    )

    assert stranger.status_code == 403
    assert (status, first["code"]) == (409, "wrong_cycle")
    assert late == (409, "ad_hoc_dossier")
    assert early == (409, "not_yet")
    assert (status_of_papers, papers["code"], papers["source"]) == (
        409,
        "papers_missing",
        "Luật TĐKT 2003 Điều 85; NĐ 91/2017/NĐ-CP Điều 55",
    )


async def test_on_a_state_secret_the_council_is_not_asked_and_the_director_decides(
    june: Cast,
) -> None:
    rules = {"phase": june.phase1, "pack": "VN2024", "reason": "Luật mới có hiệu lực."}
    await june.act(DIRECTOR, f"/campaigns/{june.code}/migrate-rules", rules)
    await proposed(june, basis=["state_secret"])

    asked = await june.refused(DIRECTOR, f"{CASE}/open-poll")
    done = await june.act(DIRECTOR, f"{CASE}/resolve-case", GRANTED)

    assert asked == (409, "not_polled")
    assert done == {"state": "resolved", "decision": "2022-1-qd1"}
    assert await told(june, "poll_opened") == []
    kept = await june.office.person("ttdn-02").pages(f"/phases/{june.phase1}/decisions")
    known = await june.office.person(CLERK).pages(f"/phases/{june.phase1}/decisions")
    assert [each["id"] for each in kept] == []
    assert [each["id"] for each in known] == ["2022-1-qd1"]


async def test_nobody_decides_or_speaks_on_the_own_award_and_an_award_can_be_undone(
    june: Cast,
) -> None:
    await proposed(june, subject="cthdnd-01", who="cthdnd-01")
    await june.act(DIRECTOR, f"{CASE}/open-poll")
    own = await june.refused("cthdnd-01", f"{CASE}/assess-case", {"agrees": True})
    scored = await june.refused(
        "ld-02", f"{CASE}/assess-case", {"agrees": True, "score": 5}
    )
    early = await june.refused(CLERK, "/decisions/2022-1-qd1/issue")
    await june.act(DIRECTOR, f"{CASE}/resolve-case", GRANTED)
    await june.issue("2022-1-qd1", 5, 2022)
    [row] = await june.pages(f"/phases/{june.phase1}/lines")
    undo = {
        "campaign": "2022",
        "kind": "rescission",
        "title": "Không có thật",
        "matter": "Việc kê khai không có thật.",
        "line": row["id"],
        "event_on": "2022-06-20",
    }
    await june.office.person(SECRETARIAT).put(AGAIN, undo)
    await june.act(SECRETARIAT, f"{AGAIN}/file-case")
    await june.act(SECRETARIAT, f"{AGAIN}/report-case", {"report": "Đủ hồ sơ."})

    await june.act(DIRECTOR, f"{AGAIN}/resolve-case", GRANTED)
    await june.issue("2022-1-qd2", 6, 2022)

    assert (own, scored) == ((409, "own_case"), (409, "score_wanted"))
    assert early[0] == 404
    [row] = await june.pages(f"/phases/{june.phase1}/lines")
    assert row["state"] == "revoked"
