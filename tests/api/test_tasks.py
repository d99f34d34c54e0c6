"""What each person owes, and what each was told."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlmodel import Session

from activities.deed import Deed
from domain.delegation import Capacity
from domain.ids import Kind
from domain.states import (
    CampaignState,
    DecisionState,
    LineState,
    PhaseState,
    SessionState,
    SubmissionState,
    WindowState,
)
from duties.tasks import tasks_of
from engine.client import Engine
from store import record
from store.database import Database
from store.office.standing import standing_of
from store.tables import (
    Campaign,
    CouncilSession,
    Deadline,
    Decision,
    DecisionLine,
    Delegation,
    Nomination,
    Notice,
    Phase,
    Seat,
    SessionMember,
    SubjectKind,
    Submission,
    Window,
)
from tests.api.calls import Caller, idle_office
from tests.counted import counted
from tests.journeys.cast import Cast, a_plan, aim, at, praise
from tests.office import (
    CLERK,
    DIRECTOR,
    SECRETARIAT,
    UNION,
    Office,
    open_office,
    prepare,
    set_clock,
)
from tests.store.rows import write_lines

HEAD, STAFF, VICE_CHAIR = "ctqh-01", "ctqh-05", "ld-02"
_S = SubmissionState
APPRAISER = "hctcqt-01"  # the head of the secretariat: its desk owes what it owes
KEEPER = "hctcqt-03"  # the council's secretary
NOW = at("2022-07-05", "09:00")
JUNE_END, JULY_10 = at("2022-07-01", "00:00"), at("2022-07-11", "00:00")
LAUNCHED = datetime(2022, 1, 5, tzinfo=UTC)


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database, engine: Engine) -> AsyncIterator[Office]:
    """The sample office on 5 July 2022."""
    prepare(database, 2022, NOW)
    async with idle_office(database, engine) as opened:
        yield opened


async def tasks(office: Office, who: str) -> list[dict[str, Any]]:
    """Ask what somebody owes."""
    status, found = await Caller(office.http, who).pages("/me/tasks")
    assert status == 200, found
    return [_bare(row) for row in found]


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out why it is theirs, and what ends it: that is tried by itself."""
    return {name: row[name] for name in row.keys() - {"why", "ends"}}


async def kinds(office: Office, who: str) -> list[str]:
    """Ask what somebody owes, by the kinds of the acts."""
    return [task["kind"] for task in await tasks(office, who)]


def write_campaign(session: Session, code: str = "2022", **changes: Any) -> None:
    """Write a running campaign."""
    whole: dict[str, Any] = {
        "id": code,
        "title": "Phong trào thi đua năm 2022",
        "kind": "regular",
        "year": 2022,
        "state": CampaignState.RUNNING,
        "plan": {"follow_up": {"final_review_by": "2023-02-28"}},
        "pact_signed_at": LAUNCHED,
        "launched_at": LAUNCHED,
        "launched_by": DIRECTOR,
    }
    session.add(Campaign(**whole | changes))
    session.flush()
    record.begin_chain(session, code)


def write_phase(
    session: Session, state: PhaseState, code: str = "2022", number: int = 1
) -> None:
    """Write a phase, with the deadlines that its tasks hang on."""
    session.add(
        Phase(
            id=f"{code}-{number}",
            campaign=code,
            number=number,
            name=f"Giai đoạn {number}",
            final=False,
            state=state,
            period_start=date(2022, 1, 1),
            period_end=date(2022, 6, 30),
            pack="VN2017",
            titles=["GIAY_KHEN"],
        )
    )
    session.flush()
    for name in ("appraisal", "council"):
        write_deadline(session, f"phase:{code}-{number}", name, JULY_10, code)


def write_deadline(
    session: Session, owner: str, name: str, due_at: datetime, code: str = "2022"
) -> None:
    """Write a deadline that runs."""
    session.add(
        Deadline(
            owner=owner, name=name, campaign=code, due_at=due_at, original_due_at=due_at
        )
    )


def write_submission(
    session: Session,
    state: SubmissionState,
    due_at: datetime = JUNE_END,
    window: WindowState = WindowState.CLOSED,
    **changes: Any,
) -> None:
    """Write how a department stands, launched, and its window for the list."""
    whole: dict[str, Any] = {
        "phase": "2022-1",
        "department": "CTQH",
        "state": state,
        "launched_at": LAUNCHED,
        "submitted_by": HEAD,
        "submitted_at": LAUNCHED,
        "received_at": LAUNCHED,
    }
    session.add(Submission(**whole | changes))
    session.add(
        Window(
            phase=changes.get("phase", "2022-1"),
            kind="submission",
            department=changes.get("department", "CTQH"),
            opens_at=at("2022-06-15", "00:00"),
            due_at=due_at,
            state=window,
        )
    )


def task(
    kind: str,
    where: str,
    title: str,
    due_at: datetime | None = None,
    overdue: bool = False,
) -> dict[str, Any]:
    """A task as it is answered."""
    return {
        "kind": kind,
        "path": f"/api/v1{where}/{kind.replace('_', '-')}",
        "title": title,
        "campaign": "2022",
        "due_at": due_at and f"{due_at:%Y-%m-%dT%H:%M:%SZ}",
        "overdue": overdue,
        "behalf": None,
    }


LATE = "department:2022-1:CTQH"
DESK = "/phases/2022-1/departments/CTQH"
OF_DESK = "Phòng Công tác Quốc hội – Giai đoạn 1"
OF_KEEPER = "Phòng Hành chính, Tổ chức, Quản trị – Giai đoạn 1"
TITLE = "Kế hoạch phát động phong trào thi đua năm 2022"


async def reasons(office: Office, who: str) -> dict[str, tuple[str, str]]:
    """Ask why somebody owes what they owe, and what ends it."""
    _, found = await Caller(office.http, who).pages("/me/tasks")
    return {row["kind"]: (row["why"], row["ends"]) for row in found}


async def test_a_task_says_why_it_is_theirs_and_what_ends_it(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.APPRAISAL)
        write_submission(session, _S.RETURNED, flagged=[], rounds=1)
        write_deadline(session, "department:2022-1:CTQH", "supplement", JULY_10)

    assert await reasons(office, HEAD) == {
        "supplement": (
            "Bạn là trưởng phòng.",
            "Xong khi bạn hoặc người cùng trách nhiệm làm việc «Bổ sung hồ sơ».",
        )
    }


def kind_by_kind(database: Database, who: str) -> bool:
    """Say whether what is asked for by kind of target is, together, all there is."""
    with database.read() as session:
        standing = standing_of(session, who)
        by_kind = [x for kind in Kind for x in tasks_of(session, standing, kind)]
        whole = tasks_of(session, standing)
    return {*map(str, by_kind)} == {*map(str, whole)} and len(by_kind) == len(whole)


async def test_every_step_of_a_phase_is_a_task_of_whoever_owes_it_and_leads_to_it(
    sqlite_database: Database, engine: Engine
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    done: list[str] = []

    async with open_office(sqlite_database, engine) as opened:
        cast = Cast(opened)

        async def do(who: str, *expected: str, body: Any = None) -> None:
            """Look at somebody's tasks, and do the first of them."""
            found = await tasks(opened, who)
            assert [each["kind"] for each in found] == list(expected)
            assert not any(each["overdue"] for each in found)
            assert kind_by_kind(opened.database, who)
            path = found[0]["path"].removeprefix("/api/v1")
            await opened.person(who).act(path, body)
            await opened.conductor.settle()
            done.append(f"{found[0]['title']} < {found[0]['due_at']}")

        await opened.person(SECRETARIAT).act("/campaigns", a_plan())
        await do(DIRECTOR, "sign_pact")
        await do(UNION, "sign_pact")
        await do(DIRECTOR, "launch")
        await cast.until(at("2022-01-20"))
        for who, person in ((HEAD, "ctqh-02"), (KEEPER, "hctcqt-02")):
            aims = {"aims": [aim(person, "LDTT")]}
            await do(who, "register", "launch_department", body=aims)
            await do(who, "launch_department")
        await cast.until(at("2022-06-20"))
        meeting = {
            "held_on": "2022-06-20",
            "present": cast.staff_of("CTQH", "2022-06-20"),
            "chaired_by": HEAD,
            "minutes": "Tập thể phòng thống nhất.",
        }
        await do(HEAD, "record_peer_review", body=meeting)
        await do(HEAD, "submit", body={"lines": praise("ctqh-02")})
        nil = f"{cast.desk(cast.phase1, 'HCTCQT')}/file-nil-return"
        await opened.person(KEEPER).act(nil, {"reason": "Không có đề nghị."})
        await do(APPRAISER, "receive")
        await do(APPRAISER, "appraise")
        assert await kinds(opened, APPRAISER) == []
        await cast.until(at("2022-07-01"))
        absent = {"without": ["CTHDND", "TTDN"]}
        await do(APPRAISER, "publish", body=absent)
        assert await kinds(opened, APPRAISER) == []
        await cast.until(at("2022-07-13", "14:00"))
        meets_at = at("2022-07-20", "08:00").isoformat()
        place = {"meets_at": meets_at, "place": "Phòng họp số 1"}
        await do(APPRAISER, "convene", body=place)
        await do(DIRECTOR, "confirm_attendance")
        await do(KEEPER, "confirm_attendance", "open_voting")
        await cast.until(at("2022-07-20", "07:30"))
        present = {"present": [seat.person for seat in cast.year.council]}
        await do(KEEPER, "open_voting", body=present)
        (line,) = await cast.ballot("2022-1-hd1")
        hands = {"line": line["id"], "yes": 9, "no": 0, "chair_yes": True}
        await do(KEEPER, "record_show_of_hands", body={"lines": [hands]})
        await do(KEEPER, "close_voting", body={"minutes": "Hội đồng nhất trí."})
        await do(KEEPER, "sign_minutes")
        assert await kinds(opened, VICE_CHAIR) == []
        await do(DIRECTOR, "sign_minutes")
        await do(DIRECTOR, "decide", body={"others": "approve"})
        await do(CLERK, "number", body={"number": 1, "year": 2022, "series": "QĐ-VP"})
        await do(CLERK, "issue")
        left = {
            who: await kinds(opened, who) for who in (HEAD, KEEPER, DIRECTOR, CLERK)
        }

    assert left == {HEAD: [], KEEPER: [], DIRECTOR: [], CLERK: []}
    assert done == [
        f"Ký giao ước thi đua: {TITLE} < 2022-01-07T17:00:00Z",
        f"Ký giao ước thi đua: {TITLE} < 2022-01-07T17:00:00Z",
        f"Phát động phong trào: {TITLE} < 2022-01-10T17:00:00Z",
        f"Đăng ký thi đua: {OF_DESK} < 2022-02-28T17:00:00Z",
        f"Phát động tại phòng: {OF_DESK} < None",
        f"Đăng ký thi đua: {OF_KEEPER} < 2022-02-28T17:00:00Z",
        f"Phát động tại phòng: {OF_KEEPER} < None",
        f"Ghi biên bản bình xét: {OF_DESK} < 2022-06-30T17:00:00Z",
        f"Gửi đề nghị khen thưởng: {OF_DESK} < 2022-06-30T17:00:00Z",
        f"Tiếp nhận hồ sơ: {OF_DESK} < 2022-07-14T17:00:00Z",
        f"Thẩm định: {OF_DESK} < 2022-07-14T17:00:00Z",
        "Công khai danh sách: Giai đoạn 1 < 2022-07-14T17:00:00Z",
        "Triệu tập phiên họp Hội đồng: Giai đoạn 1 < 2022-07-28T17:00:00Z",
        "Xác nhận dự họp: Giai đoạn 1 < 2022-07-20T01:00:00Z",
        "Xác nhận dự họp: Giai đoạn 1 < 2022-07-20T01:00:00Z",
        "Mở biểu quyết: Giai đoạn 1 < 2022-07-20T01:00:00Z",
        "Ghi kết quả giơ tay: Giai đoạn 1 < 2022-07-28T17:00:00Z",
        "Kết thúc biểu quyết: Giai đoạn 1 < 2022-07-28T17:00:00Z",
        "Ký biên bản: Giai đoạn 1 < 2022-07-22T17:00:00Z",
        "Ký biên bản: Giai đoạn 1 < 2022-07-22T17:00:00Z",
        "Quyết định: Giai đoạn 1 < 2022-08-04T17:00:00Z",
        "Vào số quyết định: Giai đoạn 1 < 2022-07-21T17:00:00Z",
        "Ban hành quyết định: Giai đoạn 1 < 2022-07-21T17:00:00Z",
    ]


async def test_a_list_that_is_not_there_when_its_time_is_over_is_overdue(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.SUBMISSION_WINDOW)
        write_submission(session, _S.PEER_REVIEWED, JUNE_END, WindowState.CLOSING)
        session.flush()
        session.get_one(Submission, ("2022-1", "CTQH")).peer_review = {}

    assert await tasks(office, HEAD) == [
        task("submit", DESK, f"Gửi đề nghị khen thưởng: {OF_DESK}", JUNE_END, True)
    ]


async def test_who_missed_the_end_asks_to_be_late_and_the_chair_answers(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.APPRAISAL)
        write_submission(session, _S.OVERDUE)
        write_deadline(session, LATE, "late_answer", JULY_10)
    late = await tasks(office, HEAD)

    with database.write() as session:
        session.get_one(Submission, ("2022-1", "CTQH")).state = _S.LATE_REQUESTED
    asked = [await tasks(office, who) for who in (HEAD, DIRECTOR, VICE_CHAIR)]

    with database.write() as session:
        session.get_one(Submission, ("2022-1", "CTQH")).state = _S.LATE_ACCEPTED
        window = session.get_one(Window, ("2022-1", "submission", "CTQH"))
        window.due_at, window.own, window.state = JULY_10, True, WindowState.OPEN
    accepted = await tasks(office, HEAD)

    assert late == [
        task("request_late", DESK, f"Xin nộp muộn: {OF_DESK}", JUNE_END, True)
    ]
    answer = f"Trả lời đề nghị nộp muộn: {OF_DESK}"
    assert asked == [[], [task("answer_late", DESK, answer, JULY_10)], []]
    assert accepted == [
        task("record_peer_review", DESK, f"Ghi biên bản bình xét: {OF_DESK}", JULY_10)
    ]


async def test_a_delegate_answers_the_late_for_the_director(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.APPRAISAL)
        write_submission(session, _S.LATE_REQUESTED)
        write_deadline(session, LATE, "late_answer", JULY_10)
        session.add(a_power(["answer_late"], NOW.date(), NOW.date() + timedelta(1)))
    today = await tasks(office, VICE_CHAIR)
    set_clock(database, at("2022-07-06", "00:00"))
    tomorrow = await tasks(office, VICE_CHAIR)

    answer = f"Trả lời đề nghị nộp muộn: {OF_DESK}"
    owed = task("answer_late", DESK, answer, JULY_10) | {"behalf": DIRECTOR}
    assert (today, tomorrow) == ([owed], [])


def a_power(acts: list[str], starts: date, ends: date) -> Delegation:
    """What the director lets a deputy sign."""
    return Delegation(
        id="2022-uq1",
        campaign="2022",
        number=1,
        given_by=DIRECTOR,
        given_at=NOW,
        delegate=VICE_CHAIR,
        capacity=Capacity.SIGNED_FOR,
        acts=acts,
        starts=starts,
        ends=ends,
        basis="Giấy ủy quyền số 01/GUQ-VP",
    )


async def test_a_returned_list_is_owed_until_its_own_due_date(
    database: Database, office: Office
) -> None:
    due_at = at("2022-07-05", "00:00")
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.APPRAISAL)
        write_submission(session, _S.RETURNED, flagged=[], rounds=1)
        write_deadline(session, "department:2022-1:CTQH", "supplement", due_at)

    assert await tasks(office, HEAD) == [
        task("supplement", DESK, f"Bổ sung hồ sơ: {OF_DESK}", due_at, True)
    ]
    assert await kinds(office, STAFF) == []


async def test_the_list_is_posted_once_every_department_is_settled(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.APPRAISAL)
        write_submission(session, _S.LATE_REQUESTED)
        write_submission(session, _S.APPRAISED, department="TTDN")
    unsettled = await kinds(office, APPRAISER)

    with database.write() as session:
        session.get_one(Submission, ("2022-1", "CTQH")).state = _S.LATE_REFUSED
    settled = await tasks(office, APPRAISER)

    assert unsettled == []
    assert settled == [
        task("publish", "/phases/2022-1", "Công khai danh sách: Giai đoạn 1", JULY_10)
    ]


async def test_a_suspended_campaign_asks_nothing_of_anybody(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session, state=CampaignState.SUSPENDED, suspended_at=NOW)
        write_phase(session, PhaseState.APPRAISAL)
        write_submission(session, _S.SUBMITTED)
        write_decision(session, DecisionState.PENDING)

    asked = [await kinds(office, who) for who in (HEAD, APPRAISER, DIRECTOR)]

    assert asked == [[], [], []]


async def test_the_director_closes_when_every_phase_has_ended(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.CLOSED)
        write_phase(session, PhaseState.DECIDED, number=2)
    running = await kinds(office, DIRECTOR)

    with database.write() as session:
        session.get_one(Phase, "2022-2").state = PhaseState.CLOSED

    assert running == []
    assert await tasks(office, DIRECTOR) == [
        task(
            "close",
            "/campaigns/2022",
            "Tổng kết và kết thúc: Phong trào thi đua năm 2022",
            at("2023-03-01", "00:00"),
        )
    ]


async def test_what_the_office_may_not_grant_is_forwarded_even_after_the_closing(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session, state=CampaignState.CLOSED, closed_at=NOW)
        write_phase(session, PhaseState.CLOSED)
        write_decision(session, DecisionState.ISSUED)
    settled = await kinds(office, APPRAISER)

    with database.write() as session:
        write_line(session, LineState.DIRECTOR_APPROVED)

    assert settled == []
    assert await tasks(office, APPRAISER) == [
        task("forward", "/decisions/2022-1-qd1", "Trình cấp trên: Giai đoạn 1")
    ]


async def test_a_vice_chair_signs_for_a_chair_who_was_not_there(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_phase(session, PhaseState.COUNCIL_REVIEW)
        write_session(session, SessionState.COUNTED)
        write_deadline(session, "council:2022-1-hd1", "minutes", JULY_10)
        for person, seat in COUNCIL.items():
            present = person != DIRECTOR
            session.add(
                SessionMember(
                    session="2022-1-hd1", person=person, seat=seat, present=present
                )
            )

    asked = {who: await tasks(office, who) for who in COUNCIL}

    sign = task(
        "sign_minutes",
        "/council-sessions/2022-1-hd1",
        "Ký biên bản: Giai đoạn 1",
        JULY_10,
    )
    assert asked == {DIRECTOR: [], VICE_CHAIR: [sign], HEAD: [], KEEPER: [sign]}


async def test_the_number_of_queries_hangs_on_nothing(
    database: Database, office: Office
) -> None:
    asked = (HEAD, APPRAISER, DIRECTOR, KEEPER)
    write_overdue(database, "a", "CTQH")
    with counted(database) as few:
        one = [await kinds(office, who) for who in asked]

    for code in ("b", "c"):
        write_overdue(database, code, "CTQH", "TTDN", "CTHDND")
    with counted(database) as full:
        many = [await kinds(office, who) for who in asked]

    tasks = (["request_late"], ["publish", "convene"], [], ["publish", "convene"])
    assert one == [*tasks]
    assert many == [each * 3 for each in tasks]
    assert len(full) == len(few)


def write_overdue(database: Database, code: str, *departments: str) -> None:
    """Write a campaign with lists that are overdue, and another phase before votes."""
    with database.write() as session:
        write_campaign(session, code)
        write_phase(session, PhaseState.APPRAISAL, code)
        write_phase(session, PhaseState.COUNCIL_REVIEW, code, 2)
        session.flush()
        for department in departments:
            of = {"phase": f"{code}-1", "department": department}
            write_submission(session, _S.OVERDUE, **of)


async def test_a_person_reads_their_own_name_roles_and_department(
    office: Office,
) -> None:
    asked = [await Caller(office.http, who).get("/me") for who in (KEEPER, DIRECTOR)]

    assert asked == [
        (
            200,
            {
                "id": "hctcqt-03",
                "name": "Đinh Xuân Hợp",
                "email": "hctcqt-03@vanphong.example",
                "department": "HCTCQT",
                "desks": ["HCTCQT"],
                "roles": [
                    "council_member",
                    "council_secretary",
                    "department_secretary",
                    "department_staff",
                    "initiative_member",
                    "secretariat",
                    "staff",
                ],
            },
        ),
        (
            200,
            {
                "id": "ld-01",
                "name": "Lương Đình Khải",
                "email": "ld-01@vanphong.example",
                "department": None,
                "desks": [],
                "roles": ["council_chair", "council_member", "director", "staff"],
            },
        ),
    ]


async def test_notices_come_newest_first_and_are_only_ones_own(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        for number in range(5):
            write_notice(session, HEAD, f"Thông báo {number}")
            write_notice(session, STAFF, f"Của người khác {number}")
    head = Caller(office.http, HEAD)

    _, first = await head.get("/me/notices?limit=3")
    _, rest = await head.get(f"/me/notices?limit=3&cursor={first['next']}")
    wrong = await head.get("/me/notices?cursor=WyJhIl0=")

    pages = [[each["subject"] for each in page["items"]] for page in (first, rest)]
    assert pages == [
        ["Thông báo 4", "Thông báo 3", "Thông báo 2"],
        ["Thông báo 1", "Thông báo 0"],
    ]
    assert (rest["next"], wrong) == (None, (404, "bad_cursor"))


async def test_ones_own_notice_is_marked_as_read_once(
    database: Database, office: Office
) -> None:
    with database.write() as session:
        write_campaign(session)
        write_notice(session, HEAD, "Thông báo")
    head, staff = Caller(office.http, HEAD), Caller(office.http, STAFF)
    _, page = await head.get("/me/notices")
    path = f"/me/notices/{page['items'][0]['id']}/read"

    other = await staff.post(path)
    first = await head.post(path)
    set_clock(database, JULY_10)
    again = await head.post(path)

    read = page["items"][0] | {"read_at": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"}
    assert other == (404, "unknown_notice")
    assert first == again == (200, read)


COUNCIL = {
    DIRECTOR: Seat.CHAIR,
    VICE_CHAIR: Seat.VICE_CHAIR,
    HEAD: Seat.MEMBER,
    KEEPER: Seat.SECRETARY,
}


def write_session(session: Session, state: SessionState) -> None:
    """Write a council session."""
    session.add(
        CouncilSession(
            id="2022-1-hd1",
            campaign="2022",
            phase="2022-1",
            number=1,
            state=state,
            meets_at=NOW,
            place="Phòng họp số 1",
        )
    )
    session.flush()


def write_decision(session: Session, state: DecisionState) -> None:
    """Write a decision, and the session that it rests on."""
    write_session(session, SessionState.COUNTED)
    session.add(
        Decision(
            id="2022-1-qd1",
            campaign="2022",
            phase="2022-1",
            ordinal=1,
            session="2022-1-hd1",
            state=state,
            decided_by=DIRECTOR,
            decided_at=NOW,
            series="QĐ-VP",
            number=1,
            number_year=2022,
        )
    )
    session.flush()


def write_line(session: Session, state: LineState) -> None:
    """Write a line of the decision."""
    deed = Deed(session, "2022", "test", NOW)
    line = Nomination(
        campaign="2022",
        phase="2022-1",
        department="CTQH",
        kind=SubjectKind.INDIVIDUAL,
        subject="ctqh-02",
        title="CSTDT",
        period="2022",
        achieved_from=date(2022, 1, 1),
        achieved_to=date(2022, 12, 31),
        evidence={},
        state=state,
    )
    write_lines(deed, [line])
    session.add(DecisionLine(decision="2022-1-qd1", line=line.id))
    deed.close()


def write_notice(session: Session, recipient: str, subject: str) -> None:
    """Write a notice."""
    session.add(
        Notice(
            campaign="2022",
            task=subject,
            kind="launched",
            step="",
            version=1,
            recipient=recipient,
            subject=subject,
            body="Nội dung.",
            at=NOW,
        )
    )
    session.flush()
