"""Many lists of a phase are received and appraised by one act, as each by its own."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlmodel import col, delete, select

from store.database import Database
from store.tables import (
    Act,
    ActPayload,
    Command,
    Department,
    Nomination,
    Notice,
    Rating,
    Submission,
)
from tests.activities.paper import Paper
from tests.council.day import POSTED, Lists, act, registered, sent
from tests.counted import counted
from tests.journeys.cast import HEADS
from tests.office import SECRETARIAT
from tests.store.chains import breaks

# CTHDND sends nothing.
LISTS: Lists = {
    "CTQH": (("ctqh-02", "GIAY_KHEN"), ("ctqh-03", "GIAY_KHEN")),
    "HCTCQT": (("hctcqt-02", "GIAY_KHEN"),),
    "TTDN": (("ttdn-02", "LDTT"),),
}
KINDS = ("received", "appraised")


def waiting(database: Database) -> Paper:
    """Let the departments send their lists, and the time for it end."""
    paper = registered(database, LISTS)
    sent(paper, LISTS)
    paper.pass_to(POSTED)
    return paper


def at_once(paper: Paper, kind: str, departments: Sequence[str] = ()) -> str:
    """Let the secretariat act on many lists; say how that ended."""
    body = {"departments": list(departments)}
    return paper.act(SECRETARIAT, kind, f"phase:{paper.phase}", body)


def one_by_one(paper: Paper, kind: str, departments: Sequence[str]) -> None:
    """Let the secretariat act on each list apart."""
    for department in departments:
        act(paper, SECRETARIAT, kind, paper.desk(department))


def stands(paper: Paper) -> Any:
    """Read how every list and line stands, and what the departments were told."""
    with paper.database.read() as session:
        lists = select(Submission.department, Submission.state, Submission.received_at)
        lines = select(Nomination.subject, Nomination.state, Nomination.moves)
        told = select(
            Notice.recipient, Notice.kind, Notice.version, Notice.subject, Notice.body
        )
        return (
            session.exec(lists.order_by(Submission.department)).all(),
            session.exec(lines.order_by(Nomination.subject)).all(),
            sorted(session.exec(told.where(col(Notice.kind).in_(KINDS)))),
        )


def last(paper: Paper) -> Command:
    """Read the last act that somebody asked for."""
    with paper.database.read() as session:
        query = select(Command).order_by(col(Command.seq).desc()).limit(1)
        return session.exec(query).one()


def test_lists_taken_up_at_once_come_to_the_same_as_one_by_one(
    database: Database, sqlite_database: Database
) -> None:
    apart, together = waiting(sqlite_database), waiting(database)

    for paper in (apart, together):
        for kind in ("receive", "appraise"):
            if paper is apart:
                one_by_one(paper, kind, sorted(LISTS))
            else:
                assert at_once(paper, f"{kind}_lists") == "applied"

    assert stands(together) == stands(apart)


def test_the_record_says_what_came_of_each_department(
    sqlite_database: Database,
) -> None:
    paper = waiting(sqlite_database)
    with sqlite_database.write() as session:
        session.exec(delete(Rating).where(col(Rating.subject) == "ttdn-02"))
    at_once(paper, "receive_lists", ["CTQH", "TTDN"])

    assert at_once(paper, "appraise_lists") == "applied"

    with paper.database.read() as session:
        acts = select(Act.kind, ActPayload.payload).join(
            ActPayload, col(ActPayload.act) == col(Act.id)
        )
        said = dict(session.exec(acts.order_by(col(Act.seq))).all())
        assert breaks(session, paper.code) == []
    assert said["receive_lists"]["departments"] == ["CTQH", "TTDN"]
    found = said["appraise_lists"]["departments"]
    assert {
        code: (each["eligible"], len(each["waiting"]), each["state"])
        for code, each in found.items()
    } == {"CTQH": (2, 0, "appraised"), "TTDN": (0, 1, "received")}
    assert last(paper).answer == {"departments": found, "left": []}


@pytest.mark.parametrize(
    ("kind", "named", "code", "said"),
    [
        ("receive_lists", ["CTQH", "XYZ"], "unknown_department", "XYZ"),
        ("receive_lists", ["CTHDND"], "wrong_state", "Phòng Công tác Hội đồng"),
        ("appraise_lists", ["CTQH"], "wrong_state", "Phòng Công tác Quốc hội"),
        ("appraise_lists", [], "nothing_waits", "Thẩm định"),
    ],
)
def test_a_refusal_names_the_department_and_nothing_is_done(
    kind: str, named: list[str], code: str, said: str, sqlite_database: Database
) -> None:
    paper = waiting(sqlite_database)
    before = stands(paper)

    assert at_once(paper, kind, named) == code

    assert stands(paper) == before
    [refusal] = last(paper).refusals or []
    assert said in refusal["detail"]


def test_of_all_lists_ones_own_is_left_to_others_and_by_name_it_is_refused(
    sqlite_database: Database,
) -> None:
    paper = waiting(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Department, "CTHDND").secretariat = True
    at_once(paper, "receive_lists")

    said = [
        at_once(paper, "appraise_lists", ["HCTCQT"]),
        at_once(paper, "appraise_lists"),
        at_once(paper, "appraise_lists", ["HCTCQT"]),
        paper.act(HEADS["CTHDND"], "appraise_lists", f"phase:{paper.phase}"),
    ]

    assert said == ["own_list", "applied", "own_list", "applied"]
    with sqlite_database.read() as session:
        answers = session.exec(
            select(Command.answer).where(
                Command.kind == "appraise_lists", Command.state == "applied"
            )
        ).all()
    assert [each["left"] for each in answers if each] == [["HCTCQT"], []]


def test_more_lists_take_no_more_statements(sqlite_database: Database) -> None:
    taken = []
    paper = waiting(sqlite_database)
    for kind in ("receive_lists", "appraise_lists"):
        for named in (["CTQH"], ["HCTCQT", "TTDN"]):
            with counted(sqlite_database) as asked:
                at_once(paper, kind, named)
            taken.append(len(asked))

    assert taken[0] == taken[1]
    assert taken[2] == taken[3]
