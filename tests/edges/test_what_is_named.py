"""Whoever is named is looked for: who is not there, or owes nothing, is refused."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from activities.steps import Steps
from domain import ids
from domain.states import PhaseState
from engine.messages import Enter
from store.tables import Command, Dissent, Nomination, Notice, SessionLine
from tests.activities.paper import Paper
from tests.council.day import (
    DAY,
    MORNING,
    POSTED,
    a_review,
    a_short_plan,
    act,
    registered,
    sent,
)
from tests.council.votes import COUNCIL
from tests.databases import Databases
from tests.journeys.cast import HEADS, aim, at
from tests.office import DIRECTOR, SECRETARIAT

OPEN, OWN = ("cthdnd-02", "GIAY_KHEN"), ("ctqh-01", "GIAY_KHEN")
LISTS = {"CTQH": (OWN,), "CTHDND": (OPEN,)}
CAMPAIGN, HEAD = str(ids.campaign("2022")), HEADS["CTQH"]
SESSION = str(ids.council("2022-1-hd1"))


@pytest.fixture
def paper(databases: Databases) -> Iterator[Paper]:
    """The sample office on 20 January 2022, registered for two commendations."""
    if not databases.prepared("registered for two"):
        made = databases.fresh()
        registered(made, LISTS)
        databases.keep(made, "registered for two")
    database = databases.fresh("registered for two")
    yield Paper(database)
    databases.drop(database)


def answer(paper: Paper, kind: str) -> dict[str, Any]:
    """Read what the last act of a kind was answered."""
    last = select(Command).where(Command.kind == kind).order_by(col(Command.seq).desc())
    with paper.database.read() as session:
        row = session.exec(last).first()
    assert row is not None
    return row.answer or {}


def test_a_changed_registration_says_what_came_and_what_went(paper: Paper) -> None:
    act(paper, HEAD, "register", paper.desk("CTQH"), aims(("ctqh-02", "GIAY_KHEN")))

    changed = aims(OWN, ("ctqh-02", "CO_TINH"))
    strange = paper.act(HEAD, "amend_registration", paper.desk("CTQH"), changed)
    act(paper, HEAD, "withdraw_registration", paper.desk("CTQH"), aims(OWN))
    withdrawn = answer(paper, "withdraw_registration")
    act(paper, HEAD, "amend_registration", paper.desk("CTQH"), aims(OWN))

    assert strange == "title_not_in_plan"
    assert withdrawn == {"withdrawn": 1}
    assert answer(paper, "amend_registration") == {"registered": 1, "withdrawn": 0}


def aims(*lines: tuple[str, str]) -> dict[str, Any]:
    return {"aims": [aim(*each) for each in lines]}


def test_a_vote_of_the_department_is_on_a_title_of_the_phase(paper: Paper) -> None:
    paper.pass_to(at("2022-06-20"))
    vote = {**aim("ctqh-02", "LDTT"), "yes": 3, "no": 0}
    review = {**a_review("CTQH", HEAD), "votes": [vote]}

    refused = paper.act(HEAD, "record_peer_review", paper.desk("CTQH"), review)

    assert refused == "title_not_in_phase"


def test_a_power_that_somebody_has_is_not_given_again(paper: Paper) -> None:
    power = {
        "to": "ld-02",
        "capacity": "signed_for",
        "acts": ["suspend", "close"],
        "starts": "2022-01-20",
        "until": "2022-02-20",
        "basis": "Giấy ủy quyền số 1",
    }
    act(paper, DIRECTOR, "delegate", CAMPAIGN, power)
    told = notices(paper)
    tried = {
        "the same": power,
        "one of its acts": {**power, "acts": ["close"]},
        "overlapping days": {**power, "starts": "2022-02-20", "until": "2022-03-20"},
        "another act": {**power, "acts": ["close", "decide"]},
        "later days": {**power, "starts": "2022-02-21", "until": "2022-03-20"},
        "somebody else": {**power, "to": "ld-03"},
    }

    answers = {
        what: paper.act(DIRECTOR, "delegate", CAMPAIGN, each)
        for what, each in list(tried.items())[:3]
    }
    unchanged = notices(paper) == told
    answers |= {
        what: paper.act(DIRECTOR, "delegate", CAMPAIGN, each)
        for what, each in list(tried.items())[3:]
    }
    revoked = {"delegation": "2022-uq1", "reason": "Đổi người."}
    act(paper, DIRECTOR, "revoke_delegation", CAMPAIGN, revoked)

    assert answers == {
        **dict.fromkeys(list(tried)[:3], "already_delegated"),
        **dict.fromkeys(list(tried)[3:], "applied"),
    }
    assert unchanged
    again = {**power, "until": "2022-02-10", "acts": ["suspend"]}
    assert paper.act(DIRECTOR, "delegate", CAMPAIGN, again) == "applied"


def notices(paper: Paper) -> int:
    with paper.database.read() as session:
        return len(session.exec(select(Notice.id)).all())


def test_a_plan_that_changes_nothing_is_no_amendment(paper: Paper) -> None:
    same = {"plan": a_short_plan(LISTS), "reason": "Nhắc lại."}
    moved = a_short_plan(LISTS)
    moved["phases"][0]["registration_due"] = "2022-03-04"

    refused = paper.act(DIRECTOR, "amend", CAMPAIGN, same)
    act(paper, DIRECTOR, "amend", CAMPAIGN, {"plan": moved, "reason": "Nghỉ Tết."})

    assert refused == "nothing_changed"
    assert answer(paper, "amend") == {"version": 2}


def to_the_council(paper: Paper) -> None:
    """Post the list, and let its public notice end."""
    sent(paper, LISTS)
    paper.pass_to(POSTED)
    for department in LISTS:
        act(paper, SECRETARIAT, "receive", paper.desk(department))
        act(paper, SECRETARIAT, "appraise", paper.desk(department))


def test_who_is_left_out_of_a_list_has_not_sent_one(paper: Paper) -> None:
    paper.pass_to(at("2022-06-20"))
    to_the_council(paper)
    phase = str(ids.phase(paper.phase))

    tried = [
        paper.act(SECRETARIAT, "publish", phase, {"without": without})
        for without in (["NOPE"], ["CTQH"], ["TTDN", "NOPE"], ["CTQH", "NOPE"])
    ]

    assert tried == ["not_awaited"] * 4
    act(paper, SECRETARIAT, "publish", phase)
    assert answer(paper, "publish")["without"] == []
    with paper.database.read() as session:
        detail = session.exec(
            select(Command.refusals).where(Command.state == "refused")
        ).all()[-1]
    assert detail is not None
    assert detail[0]["detail"] == (
        "Chỉ nêu tên phòng đã quá hạn mà không gửi; không phải: CTQH (đã thẩm định); "
        "NOPE (không có trong giai đoạn này)."
    )


def test_dissents_are_of_those_who_voted_and_go_with_their_count(paper: Paper) -> None:
    paper.pass_to(at("2022-06-20"))
    to_the_council(paper)
    act(paper, SECRETARIAT, "publish", str(ids.phase(paper.phase)))
    paper.pass_to(MORNING)
    over = Enter(
        f"phase:{paper.phase}", PhaseState.PUBLIC_NOTICE, PhaseState.COUNCIL_REVIEW
    )
    Steps(paper.database).enter(over)
    meeting = {"meets_at": DAY.isoformat(), "place": "Phòng họp số 1"}
    act(paper, SECRETARIAT, "convene", str(ids.phase(paper.phase)), meeting)
    paper.set_clock(DAY)
    act(paper, DIRECTOR, "open_voting", SESSION, {"present": COUNCIL})
    lines = lines_by_subject(paper)
    hands = {"line": lines[OPEN[0]], "yes": 8, "no": 1}
    own = {"line": lines[OWN[0]], "yes": 8, "no": 0}

    def counted(*rows: dict[str, Any]) -> str:
        body = {"lines": list(rows)}
        return paper.act(SECRETARIAT, "record_show_of_hands", SESSION, body)

    out = counted({**own, "dissents": [a_dissent("ctqh-01")]})
    nobody = counted({**hands, "dissents": [a_dissent("ctqh-09")]})
    first = counted({**hands, "dissents": [a_dissent("ld-02")]}, own)
    kept = dissents(paper)
    anew = counted({**hands, "dissents": [a_dissent("ld-03")]})
    again = dissents(paper)
    void = {"lines": [lines[OPEN[0]]], "reason": "Đếm nhầm.", "present": COUNCIL}
    act(paper, DIRECTOR, "repeat_vote", SESSION, void)

    assert (out, nobody) == ("recused", "not_a_member")
    assert (first, anew) == ("applied", "applied")
    assert (kept, again, dissents(paper)) == (["ld-02"], ["ld-03"], [])
    assert counted(hands) == "applied"
    minutes = {"minutes": "Hội đồng họp."}
    for named in ("nobody-1", "ctqh-09"):
        body = {**minutes, "without": [named]}
        assert paper.act(SECRETARIAT, "close_voting", SESSION, body) == "not_awaited"
    act(paper, SECRETARIAT, "close_voting", SESSION, minutes)


def a_dissent(person: str) -> dict[str, str]:
    return {"person": person, "opinion": "Thành tích chưa rõ."}


def dissents(paper: Paper) -> list[str]:
    with paper.database.read() as session:
        return list(session.exec(select(Dissent.person).order_by(Dissent.person)))


def lines_by_subject(paper: Paper) -> dict[str, str]:
    with paper.database.read() as session:
        rows = session.exec(
            select(Nomination.subject, Nomination.id).join(
                SessionLine, col(SessionLine.line) == col(Nomination.id)
            )
        )
        return {subject: str(line) for subject, line in rows}
