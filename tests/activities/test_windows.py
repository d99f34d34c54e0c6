"""No deadline overtakes another, whichever act moves it; what is past is named."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import col, select

from activities.steps import Steps
from domain import ids
from domain.calendar import due_day
from engine.messages import Enter
from intake.acts.campaign import Amend
from store import record
from store.database import Database
from store.tables import (
    CalendarOverride,
    Campaign,
    Command,
    CouncilSeat,
    CouncilSession,
    Deadline,
    LadderStep,
    Notice,
    Window,
)
from tests.activities.paper import Paper
from tests.activities.test_ladders import members
from tests.databases import Databases
from tests.journeys.cast import HEADS, a_plan, at, praise
from tests.office import DIRECTOR, SECRETARIAT, UNION, prepare

CAMPAIGN, PHASE = "campaign:2022", "phase:2022-1"
WHY = {"reason": "Bận phục vụ kỳ họp."}
SILENT = {"without": [each for each in sorted(HEADS) if each != "CTQH"]}


@pytest.fixture
def paper(sqlite_databases: Databases) -> Iterator[Paper]:
    """The first phase, launched on 3 January 2022."""
    if not sqlite_databases.prepared("paper-january"):
        made = sqlite_databases.fresh()
        prepare(made, 2022, at("2022-01-03", "08:00"))
        Paper(made).launch(a_plan())
        sqlite_databases.keep(made, "paper-january")
    copy = sqlite_databases.fresh("paper-january")
    yield Paper(copy)
    sqlite_databases.drop(copy)


def refusals(paper: Paper) -> list[str]:
    """Read why the last act was refused."""
    with paper.database.read() as session:
        last = session.exec(select(Command).order_by(col(Command.seq).desc())).first()
        assert last is not None
        return [each["detail"] for each in last.refusals or []]


def ends(paper: Paper, owner: str = PHASE) -> dict[str, str]:
    """Read on which day each deadline ends that runs."""
    with paper.database.read() as session:
        rows = session.exec(
            select(Deadline).where(
                Deadline.owner == owner, col(Deadline.closed_at).is_(None)
            )
        )
        return {row.name: due_day(row.due_at).isoformat() for row in rows}


def windows(paper: Paper, kind: str) -> set[str]:
    """Read on which days the windows of a kind end."""
    with paper.database.read() as session:
        rows = session.exec(select(Window.due_at).where(Window.kind == kind))
        return {due_day(row).isoformat() for row in rows}


def told(paper: Paper, kind: str) -> dict[str, str]:
    """Read who was told something of a kind, and what."""
    with paper.database.read() as session:
        rows = session.exec(select(Notice).where(Notice.kind == kind))
        return {row.recipient: row.body for row in rows}


def extend(paper: Paper, deadline: str, until: str, **department: str) -> str:
    body = {"deadline": deadline, "until": until, **WHY, **department}
    return paper.act(SECRETARIAT, "extend_deadline", PHASE, body)


def changed(plan: dict[str, Any], **days: str) -> dict[str, Any]:
    """Give a plan whose first phase has other days."""
    first, *rest = plan["phases"]
    return {**plan, "phases": [{**first, **days}, *rest]}


def test_an_extension_that_overtakes_is_refused_by_the_name_of_what_it_overtakes(
    paper: Paper,
) -> None:
    paper.pass_to(at("2022-02-20"))

    one = extend(paper, "registration", "2022-08-01", department="CTQH")
    every = extend(paper, "registration", "2022-08-01")
    why = refusals(paper)
    longer = extend(paper, "submission", "2022-07-15")
    reached = extend(paper, "registration", "2022-06-30")

    assert (one, every, longer, reached) == (
        "overtakes",
        "overtakes",
        "overtakes",
        "applied",
    )
    assert len(why) == 3
    assert why[0] == (
        "Hạn «đăng ký thi đua» (hết ngày 01/8/2022) không được sau hạn «gửi đề nghị "
        "khen thưởng» (hết ngày 30/6/2022): phải dời hạn ấy trước, bằng gia hạn hoặc "
        "sửa đổi kế hoạch."
    )
    assert ends(paper)["registration"] == "2022-06-30"


def test_time_for_a_late_list_or_a_supplement_overtakes_no_later_step(
    paper: Paper,
) -> None:
    desk, head = paper.desk("CTQH"), HEADS["CTQH"]
    paper.pass_to(at("2022-07-01"))
    paper.act(head, "request_late", desk, WHY)

    late = {"accept": True, "until": "2022-07-20", **WHY}
    refused = paper.act(DIRECTOR, "answer_late", desk, late)
    paper.pass_to(at("2022-07-16"))  # appraisal is overdue itself
    beyond = {**late, "until": "2022-07-30"}
    council = paper.act(DIRECTOR, "answer_late", desk, beyond)
    given = paper.act(DIRECTOR, "answer_late", desk, late)

    assert (refused, council, given) == ("overtakes", "overtakes", "applied")


def test_a_changed_plan_may_not_bring_a_step_before_what_was_extended(
    paper: Paper,
) -> None:
    paper.pass_to(at("2022-06-20"))
    assert extend(paper, "submission", "2022-07-12", department="CTQH") == "applied"

    plan = changed(a_plan(), appraisal_due="2022-07-08")
    overtaken = paper.act(DIRECTOR, "amend", CAMPAIGN, {"plan": plan, **WHY})
    plan = changed(a_plan(), submission_opens="2022-06-01", submission_due="2022-06-17")
    past = paper.act(DIRECTOR, "amend", CAMPAIGN, {"plan": plan, **WHY})

    assert (overtaken, past) == ("overtakes", "date_past")
    assert ends(paper)["appraisal"] == "2022-07-14"


def test_a_list_that_is_posted_late_leaves_the_council_time_after_its_notice(
    paper: Paper,
) -> None:
    to_a_list(paper)
    paper.pass_to(at("2022-07-26"))

    assert paper.act(SECRETARIAT, "publish", PHASE, SILENT) == "applied"

    after = ends(paper)
    assert after["public_notice"] == "2022-08-02"
    assert after["council"] > "2022-08-02"


def test_a_meeting_moves_with_its_deadline_when_the_campaign_has_rested(
    paper: Paper,
) -> None:
    session = to_a_meeting(paper, "2022-07-20")

    paper.act(DIRECTOR, "suspend", CAMPAIGN, {"reason": "Bão lụt."})
    paper.set_clock(at("2022-07-21"))
    paper.act(DIRECTOR, "resume", CAMPAIGN)

    meets_at = at("2022-07-27")
    with paper.database.read() as rows:
        found = rows.get_one(CouncilSession, session)
        deadline = rows.get_one(Deadline, (str(ids.council(session)), "meeting"))
        assert (found.meets_at, deadline.due_at) == (meets_at, meets_at)
    assert (
        "09 giờ 00 ngày 20/7/2022 dời đến 09 giờ 00 ngày 27/7/2022"
        in (told(paper, "meeting_moved")["ld-02"])
    )


def to_a_meeting(paper: Paper, day: str) -> str:
    """Carry the phase to 14 July, with one line and a meeting called for a day."""
    to_a_list(paper)
    paper.pass_to(at("2022-07-01"))
    assert paper.act(SECRETARIAT, "publish", PHASE, SILENT) == "applied"
    paper.pass_to(at("2022-07-14"))
    posted = Enter(PHASE, "public_notice", "council_review")
    Steps(paper.database).enter(posted)
    return convene(paper, at(day))


def to_a_list(paper: Paper) -> None:
    """Carry the phase to 20 June, with one line that is appraised already."""
    head, desk = HEADS["CTQH"], paper.desk("CTQH")
    paper.pass_to(at("2022-06-20"))
    review = {
        "held_on": "2022-06-20",
        "present": members("CTQH"),
        "chaired_by": head,
        "minutes": "Tập thể phòng thống nhất.",
    }
    for who, kind, target, body in (
        (head, "record_peer_review", desk, review),
        (head, "submit", desk, {"lines": praise("ctqh-02")}),
        (SECRETARIAT, "receive", desk, {}),
        (SECRETARIAT, "appraise", desk, {}),
    ):
        assert paper.act(who, kind, target, body) == "applied", kind


def convene(paper: Paper, meets_at: datetime) -> str:
    body = {"meets_at": meets_at.isoformat(), "place": "Phòng họp số 1"}
    assert paper.act(SECRETARIAT, "convene", PHASE, body) == "applied"
    with paper.database.read() as session:
        number = len(session.exec(select(CouncilSession)).all())
    return ids.session_key("2022-1", number)


def test_a_meeting_called_anew_says_what_it_replaces_and_who_is_not_invited_any_more(
    paper: Paper,
) -> None:
    to_a_meeting(paper, "2022-07-20")
    end_seat(paper, "cthdnd-01", "2022-07-15")
    paper.pass_to(at("2022-07-18"))

    anew = convene(paper, at("2022-07-18", "14:00"))

    invited = told(paper, "convened_anew")
    assert invited.keys() == told(paper, "convened").keys() - {"cthdnd-01"}
    assert "Phiên này thay phiên họp lúc 09 giờ 00 ngày 20/7/2022." in invited["ld-02"]
    assert told(paper, "uninvited").keys() == {"cthdnd-01"}
    with paper.database.read() as session:
        steps = session.exec(
            select(LadderStep)
            .where(LadderStep.owner == str(ids.council(anew)))
            .order_by(col(LadderStep.at))
        ).all()
        ahead = [(step.code, step.at) for step in steps if not step.overdue]
    assert ahead == [("last_call", at("2022-07-18", "13:00"))]


def end_seat(paper: Paper, person: str, day: str) -> None:
    with paper.database.write() as session:
        for seat in session.exec(
            select(CouncilSeat).where(CouncilSeat.person == person)
        ):
            seat.ends = date.fromisoformat(day)
            session.add(seat)


def test_launching_dates_that_are_past_asks_for_a_word_that_names_them(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, at("2022-11-21", "08:00"))
    paper = Paper(sqlite_database)
    draft(paper, a_plan())

    refused = paper.act(DIRECTOR, "launch", CAMPAIGN)
    [why] = refusals(paper)
    launched = paper.act(DIRECTOR, "launch", CAMPAIGN, {"although_past": True})
    paper.pass_to(at("2022-11-21", "08:00"))

    assert (refused, launched) == ("dates_past", "applied")
    assert "«Giai đoạn 1»: đăng ký thi đua (hết ngày 28/02/2022)" in why
    assert "«Giai đoạn 2»: đăng ký thi đua (hết ngày 15/7/2022)" in why
    assert "Giai đoạn 2»: gửi" not in why
    # Nobody is invited to what is past, or told that they missed it.
    never = ("registration_opens", "submission_opens")
    missed = ("registration_missed", "submission_missed")
    assert [told(paper, kind) for kind in (*never, *missed)] == [{}, {}, {}, {}]
    assert told(paper, "submission_past")["ctqh-01"].endswith("thì xin nộp muộn.")


def test_a_plan_is_changed_as_a_whole_before_the_launch_too(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, at("2022-11-21", "08:00"))
    paper = Paper(sqlite_database)
    plan = a_plan()
    draft(paper, plan)

    untidy = changed(plan, council_meeting_by="2022-07-01")
    with pytest.raises(ValidationError, match="council_meeting_by"):
        Amend.model_validate({"plan": untidy, **WHY})
    good = changed(plan, council_meeting_by="2022-07-29")
    done = paper.act(DIRECTOR, "amend", CAMPAIGN, {"plan": good, **WHY})

    assert done == "applied"


def draft(paper: Paper, plan: Mapping[str, Any]) -> None:
    """Draft a campaign and sign its pact, without looking at its dates."""
    with paper.database.write() as session:
        of_plan = {name: plan[name] for name in ("title", "kind", "year")}
        session.add(Campaign(id=paper.code, plan=dict(plan), **of_plan))
        session.flush()
        record.begin_chain(session, paper.code)
    for who in (DIRECTOR, UNION):
        assert paper.act(who, "sign_pact", CAMPAIGN) == "applied"


def enter_day(paper: Paper, day: str, working: bool | None) -> str:
    """Let a day work, or not, or be as published; and let what runs follow."""
    with paper.database.write() as session:
        row = session.get(CalendarOverride, date.fromisoformat(day))
        if row is not None:
            session.delete(row)
            session.flush()
        if working is not None:
            paperwork = {"reason": "Nghỉ bù.", "source": "Công văn"}
            session.add(
                CalendarOverride(
                    day=date.fromisoformat(day), working=working, **paperwork
                )
            )
    return paper.act(SECRETARIAT, "roll_deadlines", CAMPAIGN, {"reason": "Nghỉ bù."})


def test_a_holiday_moves_what_rolls_with_its_windows_and_back_again(
    paper: Paper,
) -> None:
    paper.pass_to(at("2022-06-20"))
    assert extend(paper, "submission", "2022-07-04", department="TTDN") == "applied"
    before, opened = ends(paper), windows(paper, "submission")

    declared = enter_day(paper, "2022-06-30", working=False)
    moved, follow = ends(paper), windows(paper, "submission")
    twice = enter_day(paper, "2022-06-30", working=False)
    again = ends(paper)
    back = enter_day(paper, "2022-06-30", working=None)

    assert (declared, twice, back) == ("applied", "applied", "applied")
    assert (before["submission"], moved["submission"]) == ("2022-06-30", "2022-07-01")
    assert (moved["appraisal"], moved["phase"]) == ("2022-07-14", "2022-06-30")
    assert opened == {"2022-06-30", "2022-07-04"}
    assert follow == {"2022-07-01", "2022-07-04"}
    assert again == moved
    assert (ends(paper), windows(paper, "submission")) == (before, opened)
    said = told(paper, "deadlines_rolled")["ctqh-03"]
    assert "hết ngày" in said
    assert len(told(paper, "deadlines_rolled")) > len(HEADS)
