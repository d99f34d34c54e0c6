"""Acts of one moment are applied in one transaction, and come to what each would."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from activities.commands import Commands
from domain.states import CommandState
from engine.messages import CommandRef, Outcome
from intake.rulepacks import load_packs
from store import commands
from store.database import Database
from store.tables import Act, Command, Nomination, NominationMove, Notice, Submission
from tests.activities.paper import Paper
from tests.council.day import REVIEWED, a_review, registered
from tests.counted import committed
from tests.databases import Databases
from tests.journeys.cast import HEADS, line
from tests.office import NO_BALLOTS
from tests.store.chains import breaks
from tests.threads import PATIENCE, until

LISTS = {"CTQH": (("ctqh-02", "GIAY_KHEN"),), "CTHDND": (("cthdnd-02", "GIAY_KHEN"),)}
Asked = tuple[str, str, Mapping[str, Any]]


def a_list(department: str, person: str) -> Asked:
    """Let a department nominate one person."""
    return department, "submit", {"lines": [line(person, "GIAY_KHEN")]}


REVIEWS: Sequence[Asked] = [
    (code, "record_peer_review", a_review(code, head)) for code, head in HEADS.items()
]
SENT: Sequence[Asked] = [
    a_list("CTQH", "ctqh-02"),
    a_list("CTHDND", "cthdnd-02"),
    ("HCTCQT", "file_nil_return", {"reason": "Không có đề nghị."}),
    a_list("TTDN", "ttdn-03"),
]
# Nobody of that department.
STRANGE = a_list("TTDN", "ctqh-03")


@pytest.fixture
def paper(databases: Databases) -> Iterator[Paper]:
    """The day on which departments review and send their lists."""
    yield from _papers(databases)


@pytest.fixture
def another(databases: Databases) -> Iterator[Paper]:
    """The same once more."""
    yield from _papers(databases)


def _papers(databases: Databases) -> Iterator[Paper]:
    if not databases.prepared("all may send"):
        made = databases.fresh()
        registered(made, LISTS).pass_to(REVIEWED)
        databases.keep(made, "all may send")
    database = databases.fresh("all may send")
    yield Paper(database)
    databases.drop(database)


def test_what_comes_together_leaves_what_it_leaves_one_by_one(
    paper: Paper, another: Paper
) -> None:
    for asked in (REVIEWS, SENT):
        refs = received(paper, asked)
        with committed(paper.database) as ended:
            at_once(paper, refs)
        for ref in received(another, asked):
            apply(another, ref)
        # The first by itself, and all others with one.
        assert len(ended) == 2

    assert left(paper) == left(another)
    assert [state for *_, state in left(paper)["lists"]] == [
        "submitted",
        "submitted",
        "nil_return",
        "submitted",
    ]


def test_one_that_is_refused_keeps_no_other_from_being_applied(paper: Paper) -> None:
    at_once(paper, received(paper, REVIEWS))

    *sent, strange = received(paper, [*SENT[:3], STRANGE])
    outcomes = at_once(paper, [*sent, strange])

    assert [each.state for each in outcomes] == ["applied"] * 3 + ["refused"]
    with paper.database.read() as session:
        refused = commands.find(session, strange.id).refusals or []
        assert [each["code"] for each in refused] == ["not_of_department"]
        assert breaks(session, paper.code) == []


def test_of_two_lists_of_one_department_at_once_one_is_refused(paper: Paper) -> None:
    at_once(paper, received(paper, REVIEWS))
    twice = [SENT[2], SENT[0], SENT[0]]

    outcomes = at_once(paper, received(paper, twice))

    assert sorted(str(each.state) for each in outcomes) == [
        "applied",
        "applied",
        "refused",
    ]


def test_an_act_that_is_applied_twice_at_once_is_applied_once(paper: Paper) -> None:
    first, *others = received(paper, REVIEWS)

    outcomes = at_once(paper, [first, *others, first, others[0]])

    assert {each.state for each in outcomes} == {CommandState.APPLIED}
    with paper.database.read() as session:
        acts = session.exec(select(Act.id).where(Act.kind == "record_peer_review"))
        assert len(acts.all()) == len(REVIEWS)
        assert breaks(session, paper.code) == []


def received(paper: Paper, asked: Sequence[Asked]) -> list[CommandRef]:
    """Write acts down, each by the head of its department."""
    with paper.database.write() as session:
        intents = (
            paper._intent(HEADS[code], kind, paper.desk(code), body)
            for code, kind, body in asked
        )
        found = [commands.receive(session, intent).command for intent in intents]
        return [CommandRef(each.id, each.kind, each.received_at) for each in found]


def apply(paper: Paper, ref: CommandRef) -> Outcome:
    """Apply one act, with nobody beside it."""
    done = Commands(paper.database, load_packs(), box=NO_BALLOTS)
    outcome: Outcome = done.apply_command(ref)
    return outcome


def at_once(paper: Paper, refs: Sequence[CommandRef]) -> list[Outcome]:
    """Apply acts at one moment: all others come while the first is being applied."""
    done = Commands(paper.database, load_packs(), box=NO_BALLOTS)
    with ThreadPoolExecutor(len(refs)) as threads, kept(paper.database) as (met, go):
        asked = [threads.submit(done.apply_command, refs[0])]
        met.wait(PATIENCE)
        asked += [threads.submit(done.apply_command, ref) for ref in refs[1:]]
        *_, group = paper.database._groups.values()
        until(lambda: len(group._line) == len(refs) - 1)
        go.set()
        return [each.result() for each in asked]


@contextmanager
def kept(database: Database) -> Iterator[tuple[Event, Event]]:
    """Keep whoever asks for a command first, until all may go on."""
    met, go = Event(), Event()

    def wait(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FROM commands" in statement and not met.is_set():
            met.set()
            go.wait(PATIENCE)

    event.listen(database.engine, "before_cursor_execute", wait)
    try:
        yield met, go
    finally:
        event.remove(database.engine, "before_cursor_execute", wait)


def left(paper: Paper) -> dict[str, Any]:
    """Read what acts have left, but for ids and what is made of them."""
    with paper.database.read() as session:
        assert breaks(session, paper.code) == []
        lists = select(Submission.department, Submission.submitted_by, Submission.state)
        lines = select(Nomination.subject, Nomination.department, Nomination.state)
        moves = select(Nomination.subject, NominationMove.n, NominationMove.to_state)
        moved = moves.join(Nomination, Nomination.id == NominationMove.line)
        notices = select(Notice.recipient, Notice.kind, Notice.subject, Notice.body)
        acts = select(Act.seq, Act.kind, Act.actor, Act.many, Command.target)
        ended = select(Command.target, Command.kind, Command.state, Command.start)
        return {
            "lists": session.exec(lists.order_by(Submission.department)).all(),
            "lines": session.exec(lines.order_by(Nomination.subject)).all(),
            "moves": session.exec(moved.order_by(Nomination.subject)).all(),
            "notices": sorted(session.exec(notices).all()),
            "acts": session.exec(
                acts.join(Command, Command.id == Act.command).order_by(Act.seq)
            ).all(),
            "commands": session.exec(ended.order_by(Command.seq)).all(),
        }
