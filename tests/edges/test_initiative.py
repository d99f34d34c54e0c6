"""Initiatives: filed by their authors, scored apart, concluded on, certified."""

from datetime import date
from typing import Any

from sqlmodel import select

from store.tables import CaseOpinion, CouncilSeat, Recognition
from tests.council.day import FIGHTERS
from tests.council.votes import convened
from tests.edges.rows import objection, told
from tests.journeys.cast import Cast
from tests.office import DIRECTOR, SECRETARIAT
from tests.store.chains import flaws

CASE = "/cases/55555555-5555-4555-8555-555555555555"
FIRST, SECOND = "ctqh-05", "ttdn-02"
CHAIR, VICE, HEAD, UNION, SECRETARY = (
    "ld-03",
    "hctcqt-01",
    "cthdnd-01",
    "ld-04",
    "hctcqt-03",
)
SHARES = ((FIRST, 60), (SECOND, 40))
FOUND = {"conclusion": "Giải pháp mới, áp dụng được ở các phòng."}


def draft(shares: tuple[tuple[str, int], ...] = SHARES, **changed: Any) -> Any:
    """Write what an initiative says."""
    return {
        "campaign": "2022",
        "kind": "initiative",
        "title": "Mẫu phiếu thẩm tra dùng chung",
        "matter": "Một mẫu phiếu cho ba Ban, tự điền số liệu từ hồ sơ kỳ họp.",
        "event_on": "2022-03-01",
        "authors": [{"person": p, "share": s} for p, s in shares],
        "documents": ["SANGKIEN"],
        **changed,
    }


async def written(cast: Cast, body: Any, who: str = FIRST) -> Any:
    """Write an initiative down."""
    return await cast.office.person(who).put(CASE, body)


async def accepted(cast: Cast, body: Any | None = None, who: str = FIRST) -> None:
    """Let an initiative be filed and found complete."""
    answer = await written(cast, body or draft(), who)
    assert answer.status_code == 201, answer.text
    await cast.act(who, f"{CASE}/file-case")
    await cast.act(SECRETARIAT, f"{CASE}/accept-case", {})


async def scored(cast: Cast, **scores: int) -> None:
    """Let members score it; fifty and more is eligible."""
    for who, score in scores.items():
        body = {"agrees": score >= 50, "score": score}
        await cast.act(who.replace("_", "-"), f"{CASE}/assess-case", body)


async def recognised(cast: Cast) -> None:
    """Let four of five members find it eligible."""
    await accepted(cast)
    await scored(cast, ld_03=80, hctcqt_01=90, cthdnd_01=70, ld_04=85, hctcqt_03=40)
    await cast.act(CHAIR, f"{CASE}/conclude-initiative", FOUND)


async def test_an_initiative_goes_from_its_filing_to_its_certificate(
    june: Cast,
) -> None:
    await written(june, draft())
    await june.act(FIRST, f"{CASE}/file-case")
    await june.act(SECRETARIAT, f"{CASE}/return-case", {"reason": "Thiếu số liệu."})
    again = await june.office.person(FIRST).get(CASE)
    body = draft(matter="Một mẫu phiếu; giảm 30% thời gian tổng hợp.")
    changed = await june.office.person(FIRST).put(CASE, body, if_match='"1"')
    await june.act(FIRST, f"{CASE}/file-case")
    await june.act(SECRETARIAT, f"{CASE}/accept-case", {})
    await scored(june, ld_03=80, hctcqt_01=90, cthdnd_01=70, ld_04=85, hctcqt_03=40)
    found = await june.act(CHAIR, f"{CASE}/conclude-initiative", FOUND)
    dues = await june.pages(f"/campaigns/{june.code}/deadlines")

    given = await june.act(DIRECTOR, f"{CASE}/certify-initiative", {"counts_for": 2022})

    assert (again["state"], changed.status_code) == ("returned", 200)
    assert found == {"state": "recognised", "yes": 4, "members": 5}
    assert given == {"state": "certified", "certificate": 1}
    assert {d["name"]: d["due_at"] for d in dues if d["owner"].startswith("case:")} == {
        "case_check": "2022-06-22T17:00:00Z",
        "case_supplement": "2022-06-23T17:00:00Z",
        # Three months from 20 June end on the day of the same number.
        "initiative_scoring": "2022-09-20T17:00:00Z",
        "initiative_certificate": "2022-06-27T17:00:00Z",
    }
    [listed] = await june.office.person("ctqh-09").pages("/initiatives")
    assert (listed["certificate"], listed["counts_for"]) == (1, 2022)
    assert listed["authors"] == [{"person": p, "share": s} for p, s in SHARES]
    with june.office.database.read() as session:
        rows = session.exec(
            select(Recognition).where(Recognition.person.in_((FIRST, SECOND)))  # type: ignore[attr-defined]
        ).all()
        assert {(r.person, r.kind, r.year, r.scope) for r in rows} == {
            (FIRST, "initiative", 2022, "agency"),
            (SECOND, "initiative", 2022, "agency"),
        }
        assert flaws(session, june.code) == []
    offered = await told(june, "initiative_certified")
    assert {text for *_, text in offered} == {
        "Sáng kiến «Mẫu phiếu thẩm tra dùng chung» của Nguyễn Hữu Thăng (60%); "
        f"{june_name(june, SECOND)} (40%) được công nhận, Giấy chứng nhận số 01/2022. "
        "Mời các phòng, cá nhân nghiên cứu áp dụng. Nội dung: Một mẫu phiếu; giảm "
        "30% thời gian tổng hợp."
    }
    assert "ctqh-09" in {who for _, _, who, _ in offered}


def june_name(cast: Cast, code: str) -> str:
    """Find a person's name."""
    return next(p.name for p in cast.year.people if p.code == code)


async def test_members_score_apart_until_the_council_has_concluded(june: Cast) -> None:
    await accepted(june)
    await scored(june, ld_03=80, hctcqt_01=90, cthdnd_01=70)
    chair = june.office.person(CHAIR)
    before = (await chair.get(CASE))["opinions"]
    said = await chair.get(f"/campaigns/{june.code}/acts", limit=200)

    await scored(june, ld_04=85)
    await june.act(
        CHAIR, f"{CASE}/conclude-initiative", {**FOUND, "without": [SECRETARY]}
    )

    assert [(each["person"], each["score"]) for each in before] == [(CHAIR, 80)]
    scores = [a["payload"] for a in said["items"] if a["kind"] == "assess_case"]
    assert [bool(each) for each in scores] == [True, False, False]
    after = (await chair.get(CASE))["opinions"]
    assert [each["score"] for each in after] == [70, 90, 80, 85]
    assert (await june.office.person(FIRST).get(CASE))["opinions"] == []


async def test_each_member_owes_a_score_until_it_is_given(june: Cast) -> None:
    await accepted(june, draft(((FIRST, 50), (HEAD, 50))))
    before = {who: await owed(june, who) for who in (VICE, HEAD, UNION, "ld-02")}

    await scored(june, hctcqt_01=90)

    due = "2022-09-20T17:00:00Z"
    assert before == {
        VICE: [("assess_case", due), ("conclude_initiative", due)],
        HEAD: [],
        UNION: [("assess_case", due)],
        "ld-02": [],
    }
    assert await owed(june, VICE) == [("conclude_initiative", due)]


async def owed(cast: Cast, who: str) -> list[tuple[str, str]]:
    """List what somebody owes to the initiative, and until when."""
    tasks = await cast.office.person(who).pages("/me/tasks")
    ours = [each for each in tasks if each["path"].startswith("/api/v1/cases/")]
    return sorted((each["kind"], each["due_at"]) for each in ours)


async def test_who_does_not_score_has_not_found_it_eligible(june: Cast) -> None:
    await accepted(june)
    await scored(june, ld_03=80, hctcqt_01=90, cthdnd_01=70)
    early = await objection(june, CHAIR, f"{CASE}/conclude-initiative", FOUND)
    scored_already = {**FOUND, "without": [UNION, SECRETARY, HEAD]}
    strange = await objection(
        june, CHAIR, f"{CASE}/conclude-initiative", scored_already
    )

    body = {**FOUND, "without": [UNION, SECRETARY]}
    found = await june.act(CHAIR, f"{CASE}/conclude-initiative", body)

    assert early[0] == 409
    assert early[1]["detail"] == (
        "Chưa cho điểm: hctcqt-03, ld-04. Kết luận khi chưa đủ điểm thì ghi đúng tên "
        "những người đó ở «without»; không cho điểm là không đồng ý công nhận."
    )
    assert strange[1]["code"] == "not_awaited"
    assert strange[1]["detail"] == f"Không chờ điểm của: {HEAD}."
    # Three of five are less than two thirds.
    assert found == {"state": "not_recognised", "yes": 3, "members": 5}
    assert len(await told(june, "initiative_not_recognised")) == 2


async def test_an_author_steps_out_of_the_council_and_its_whole(june: Cast) -> None:
    await accepted(june, draft(((FIRST, 50), (HEAD, 50))))
    own = await june.refused(HEAD, f"{CASE}/assess-case", {"agrees": True, "score": 99})
    await scored(june, ld_03=80, hctcqt_01=90, ld_04=60)

    found = await june.act(CHAIR, f"{CASE}/conclude-initiative", FOUND)

    assert own == (409, "own_case")
    # Three of four carry it, whatever the fourth may say.
    assert found == {"state": "recognised", "yes": 3, "members": 4}


async def test_what_is_no_initiative_is_refused_with_a_sentence(june: Cast) -> None:
    short = await written(june, draft(((FIRST, 60), (SECOND, 30))))
    strange = await written(june, draft(), "ctqh-04")
    extra = await written(june, draft(award="GIAY_KHEN"))
    await written(june, draft(event_on="2021-06-01"))
    late = await objection(june, FIRST, f"{CASE}/file-case")
    body = draft()
    await june.office.person(FIRST).put(CASE, body, if_match='"1"')
    await june.act(FIRST, f"{CASE}/file-case")
    await june.act(SECRETARIAT, f"{CASE}/accept-case", {})
    path = f"{CASE}/assess-case"
    await june.act(CHAIR, path, {"agrees": True, "score": 80})

    refusals = [
        await june.refused(CHAIR, path, {"agrees": True, "score": 80}),
        await june.refused(VICE, path, {"agrees": True}),
        await june.refused(DIRECTOR, path, {"agrees": True, "score": 80}),
        await june.refused(UNION, f"{CASE}/conclude-initiative", FOUND),
        await june.refused(
            DIRECTOR, f"{CASE}/certify-initiative", {"counts_for": 2022}
        ),
    ]

    assert short.json()["detail"] == (
        "Tỷ lệ đóng góp của các đồng tác giả cộng lại là 90%; phải đúng 100%."
    )
    assert strange.json()["type"].endswith("/not_an_author")
    assert extra.json()["detail"] == (
        "Sáng kiến không ghi: hình thức khen thưởng (award)."
    )
    assert (late[0], late[1]["code"]) == (409, "initiative_filing")
    assert "NĐ 13/2012/NĐ-CP Điều 5 khoản 2" in late[1]["source"]
    assert refusals == [
        (409, "already_said"),
        (409, "score_wanted"),
        (403, "not_allowed"),
        (403, "not_allowed"),
        (409, "wrong_state"),
    ]
    with june.office.database.read() as session:
        [row] = session.exec(select(CaseOpinion)).all()
        assert (row.person, row.score) == (CHAIR, 80)


async def test_a_certificate_after_the_ballot_counts_for_the_next_year(
    too_many: Cast,
) -> None:
    who = FIGHTERS[1]
    body = draft(((who, 100),))
    await accepted(too_many, body, who)
    await scored(too_many, ld_03=80, hctcqt_01=90, cthdnd_01=70, ld_04=85)
    await too_many.act(CHAIR, f"{CASE}/conclude-initiative", FOUND)
    vote = await convened(too_many)
    await too_many.open_vote(vote.session)
    path = f"{CASE}/certify-initiative"
    late = await objection(too_many, DIRECTOR, path, {"counts_for": 2022})
    noted = await too_many.office.person(SECRETARIAT).post(
        "/recognitions", {"person": who, "kind": "research", "year": 2022}
    )

    given = await too_many.act(DIRECTOR, path, {"counts_for": 2023})

    assert (late[0], late[1]["code"], late[1]["rule"], late[1]["source"]) == (
        409,
        "certificate_after_ballot",
        "VN2017.CSTDCS.distinction",
        "NĐ 91/2017/NĐ-CP Điều 9 khoản 3 điểm b",
    )
    assert late[1]["detail"] == (
        "Hội đồng đã mở bỏ phiếu «Chiến sĩ thi đua cơ sở» năm 2022 cho ctqh-04; công "
        "nhận sau đó không dùng để xét năm 2022, hãy ghi cho năm 2023."
    )
    assert (noted.status_code, noted.json()["type"].rpartition("/")[2]) == (
        409,
        "certificate_after_ballot",
    )
    assert given == {"state": "certified", "certificate": 1}


async def test_two_councils_seat_one_person_and_each_hears_of_its_own(
    june: Cast,
) -> None:
    body = {
        "council": "initiative",
        "person": "ctqh-01",
        "seat": "member",
        "starts": "2022-01-01",
        "formation": "Quyết định 11/QĐ-VP",
    }
    desk = june.office.person(SECRETARIAT)

    seated = await desk.post("/council-seats", body)
    twice = await desk.post("/council-seats", {**body, "starts": "2022-02-01"})

    assert (seated.status_code, twice.status_code) == (201, 409)
    with june.office.database.read() as session:
        seats = session.exec(
            select(CouncilSeat).where(CouncilSeat.person == "ctqh-01")
        ).all()
        assert {(s.council, s.starts > date(2020, 1, 1)) for s in seats} == {
            ("emulation", False),
            ("initiative", True),
        }
    await accepted(june)
    asked = await told(june, "initiative_to_score")
    assert len(asked) == 6
