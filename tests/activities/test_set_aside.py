"""An act that a fault keeps from its end: how it ends, who is told, what goes on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import col, select
from temporalio.testing import ActivityEnvironment

from activities.commands import STUCK_AFTER, Commands
from activities.effects.registry import EFFECTS, Call
from domain import ids
from domain.states import CampaignState, CaseKind, CaseState, CommandState
from engine.messages import CommandRef
from engine.situations import is_over
from intake.rulepacks import load_packs
from store import commands, record
from store.database import Database
from store.knowing.matters import closed_among, notices_for
from store.tables import Act, ActPayload, Campaign, Command, Notice, Submission
from tests.activities.paper import Paper
from tests.api.asking import filed
from tests.council.day import REVIEWED, a_review, act, registered
from tests.databases import ON_BOTH, Databases, as_owner
from tests.journeys.cast import HEADS, at, line
from tests.office import DIRECTOR, NO_BALLOTS, SECRETARIAT, UNION
from tests.store.chains import breaks
from tests.store.rows import stand

LISTS = {"CTQH": (("ctqh-02", "GIAY_KHEN"),), "CTHDND": (("cthdnd-02", "GIAY_KHEN"),)}
CTQH, HEAD = "CTQH", HEADS["CTQH"]
CAMPAIGN = str(ids.campaign("2022"))


@dataclass
class Desk(Paper):
    """An office on paper, whose acts may fail: each is tried as the engine does."""

    def receive(self, who: str, kind: str, target: str, body: Any) -> CommandRef:
        """Write an act down, and do nothing more."""
        with self.database.write() as session:
            turn = commands.receive(session, self._intent(who, kind, target, body))
            command = turn.command
            return CommandRef(command.id, kind, command.received_at)

    def tried(
        self, ref: CommandRef, *, attempt: int = 1, since: timedelta = timedelta()
    ) -> CommandState | None:
        """Try an act once more, *since* its first try; say how it has ended."""
        engine = ActivityEnvironment()
        begun = datetime.now(UTC) - since
        engine.info = replace(engine.info, attempt=attempt, scheduled_time=begun)
        done = Commands(self.database, load_packs(), box=NO_BALLOTS)
        found: CommandState | None = engine.run(done.apply_command, ref).state
        return found

    def again(self, ref: CommandRef) -> CommandRef:
        """Send what was put back in line."""
        with self.database.read() as session:
            row = commands.find(session, ref.id)
        return replace(ref, tries=row.tries)

    def command(self, ref: CommandRef) -> Command:
        """Read a command."""
        with self.database.read() as session:
            return commands.find(session, ref.id)

    def over(self) -> bool:
        """Say whether the campaign takes no more acts."""
        with self.database.read() as session:
            return is_over(session, CAMPAIGN)

    def list_of(self, department: str) -> str:
        """Say how a department's list stands."""
        with self.database.read() as session:
            row = session.get_one(Submission, (self.phase, department))
            return str(row.state)

    def said(self, *kinds: str) -> list[tuple[str, str, dict[str, Any]]]:
        """List what the record says of some kinds of acts."""
        query = (
            select(Act.kind, Act.actor, ActPayload.payload)
            .join(ActPayload, col(ActPayload.act) == col(Act.id))
            .where(col(Act.kind).in_(kinds))
            .order_by(col(Act.seq))
        )
        with self.database.read() as session:
            assert breaks(session, self.code) == []
            return [(kind, who, said) for kind, who, said in session.exec(query)]

    def told(self, kind: str) -> list[tuple[str, str, str]]:
        """List the notices of a kind."""
        query = select(Notice.recipient, Notice.subject, Notice.body)
        with self.database.read() as session:
            rows = session.exec(
                query.where(Notice.kind == kind).order_by(col(Notice.id))
            )
            return [(who, subject, body) for who, subject, body in rows]


@pytest.fixture
def desk(databases: Databases) -> Iterator[Desk]:
    """The day on which departments send their lists; two are ready."""
    if not databases.prepared("two are ready"):
        made = databases.fresh()
        two_are_ready(made)
        databases.keep(made, "two are ready")
    database = databases.fresh("two are ready")
    yield Desk(database)
    databases.drop(database)


def two_are_ready(database: Database) -> None:
    """Register two people, and let their departments review them."""
    paper = registered(database, LISTS)
    paper.pass_to(REVIEWED)
    for department in LISTS:
        review = a_review(department, HEADS[department])
        place = paper.desk(department)
        act(paper, HEADS[department], "record_peer_review", place, review)


@contextmanager
def broken(database: Database, does: str = "miscounts") -> Iterator[None]:
    """Let whoever writes a line of one department meet a mistake, as if in our code."""
    sqlite = database.engine.dialect.name == "sqlite"
    when = "FOR EACH ROW WHEN (NEW.department = 'CTQH')"
    trigger = f"CREATE TRIGGER fault BEFORE INSERT ON nominations {when}"
    with as_owner(database) as owned:
        if not sqlite and does == "miscounts":
            run(owned, _MISCOUNT)
        run(owned, f"{trigger} {_DOES[does, sqlite]}")
        yield
        run(owned, "DROP TRIGGER fault" + ("" if sqlite else " ON nominations"))


_MISCOUNT = (
    "CREATE OR REPLACE FUNCTION miscount() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN PERFORM 1/0; RETURN NEW; END'"
)
_DOES = {
    ("miscounts", True): "BEGIN SELECT abs(-9223372036854775808); END",
    ("miscounts", False): "EXECUTE FUNCTION miscount()",
    ("clashes", True): "BEGIN SELECT RAISE(ABORT, 'a clash'); END",
    ("clashes", False): "EXECUTE FUNCTION refuse('a clash')",
}


def run(database: Database, statement: str) -> None:
    """Change the database itself."""
    with database.write() as session:
        session.connection().execute(text(statement))


NOBODY = {"reason": "Không có đề nghị."}


def a_list(person: str) -> dict[str, Any]:
    return {"lines": [line(person, "GIAY_KHEN")]}


def test_a_mistake_of_ours_ends_an_act_at_once_and_holds_up_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    with broken(desk.database), caplog.at_level(logging.ERROR):
        ended = desk.tried(sent)
    act(desk, HEADS["CTHDND"], "submit", desk.desk("CTHDND"), a_list("cthdnd-02"))
    later = desk.act(HEAD, "recall", desk.desk(CTQH))
    desk.pass_to(at("2022-07-01"))

    assert (ended, later) == (CommandState.FAILED, "wrong_state")
    assert [desk.list_of(each) for each in HEADS] == [
        "peer_reviewed",
        "submitted",
        "overdue",
        "overdue",
    ]
    sqlite = desk.database.engine.dialect.name == "sqlite"
    fault = "OperationalError" if sqlite else "DataError"
    said = {"command": str(sent.id), "kind": "submit", "fault": fault}
    assert desk.said("command_failed") == [("command_failed", "thidua", said)]
    [logged] = [each.getMessage() for each in caplog.records]
    assert logged.startswith(f"command {sent.id} is failed: {fault} at ")
    assert "commands.py:" in logged
    assert "ctqh" not in logged


def test_the_secretariat_is_told_once_what_failed_on_what_and_what_to_do(
    desk: Desk,
) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    with broken(desk.database):
        desk.tried(sent)
        desk.tried(sent)

    received = sent.received_at.astimezone(UTC)
    assert received == REVIEWED
    text_ = (
        "Thao tác «Gửi đề nghị khen thưởng» (Giai đoạn 1, Phòng Công tác Quốc hội), "
        "nhận lúc 09 giờ 00 ngày 20/6/2022, không ghi được vì lỗi của phần mềm; thử "
        f"lại ngay cũng không được. Mã thao tác: {sent.id}. Báo mã này cho người quản "
        "trị phần mềm. Thao tác được giữ chỗ, không bị coi là muộn; các thao tác sau "
        "vẫn được nhận. Khi lỗi đã sửa thì thử lại thao tác theo mã này, hoặc bỏ và "
        "nêu lý do."
    )
    subject = "Một thao tác bị lỗi: Gửi đề nghị khen thưởng"
    assert desk.told("command_failed") == [
        (who, subject, text_) for who in ("hctcqt-01", "hctcqt-03")
    ]


def test_what_is_tried_again_keeps_its_moment_and_may_fail_and_be_told_again(
    desk: Desk,
) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    again = {"command": str(sent.id)}
    with broken(desk.database):
        desk.tried(sent)
        act(desk, SECRETARIAT, "try_again", CAMPAIGN, again)
        desk.tried(desk.again(sent))
    desk.pass_to(at("2022-07-01"))
    act(desk, SECRETARIAT, "try_again", CAMPAIGN, again)

    assert desk.tried(desk.again(sent)) is CommandState.APPLIED
    assert desk.list_of(CTQH) == "submitted"
    assert len(desk.told("command_failed")) == 4
    assert desk.act(SECRETARIAT, "try_again", CAMPAIGN, again) == "not_stuck"
    about = {"command": str(sent.id), "act": "submit", "target": desk.desk(CTQH)}
    assert [
        (kind, who, said.get("about")) for kind, who, said in desk.said("try_again")
    ] == [("try_again", SECRETARIAT, about)] * 2


@pytest.mark.parametrize("kind", ["submit", "file_nil_return"])
def test_a_discarded_act_ends_with_its_reason_and_its_list_is_then_missing(
    desk: Desk, kind: str
) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    with broken(desk.database):
        desk.tried(sent)
    if kind != "submit":
        with desk.database.write() as session:
            row = commands.find(session, sent.id)
            row.kind = kind
            session.add(row)
    desk.pass_to(at("2022-07-01"))
    kept = desk.list_of(CTQH)
    body = {"command": str(sent.id), "reason": "Phòng gửi lại danh sách khác."}
    act(desk, SECRETARIAT, "discard", CAMPAIGN, body)

    ended = desk.command(sent)
    assert (kept, desk.list_of(CTQH)) == ("peer_reviewed", "overdue")
    assert ended.state is CommandState.DISCARDED
    assert ended.refusals is not None
    assert [each["code"] for each in ended.refusals] == ["discarded"]
    assert "Phòng gửi lại danh sách khác." in ended.refusals[0]["detail"]
    assert [who for who, *_ in desk.told("act_discarded")] == [HEAD]
    assert HEAD in [who for who, *_ in desk.told("submission_missed")]
    [(_, who, said)] = desk.said("discard")
    assert (who, said["said"]) == (SECRETARIAT, body)
    for twice in ("discard", "try_again"):
        rest = body if twice == "discard" else {"command": str(sent.id)}
        assert desk.act(SECRETARIAT, twice, CAMPAIGN, rest) == "not_stuck"
    assert desk.tried(sent) is CommandState.DISCARDED
    assert desk.act(HEAD, "request_late", desk.desk(CTQH), {"reason": "Lỗi."}) == (
        "applied"
    )


def test_a_list_that_is_discarded_before_the_end_may_be_sent_anew(desk: Desk) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    with broken(desk.database):
        desk.tried(sent)
    body = {"command": str(sent.id), "reason": "Phòng gửi lại."}
    act(desk, SECRETARIAT, "discard", CAMPAIGN, body)

    assert desk.list_of(CTQH) == "peer_reviewed"
    act(desk, HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))


def test_an_act_of_another_campaign_or_of_none_is_not_known(desk: Desk) -> None:
    other = {"command": str(UUID(int=7)), "reason": "Không có."}

    assert desk.act(SECRETARIAT, "discard", CAMPAIGN, other) == "unknown_command"


def test_of_acts_that_go_together_those_before_one_that_comes_again_have_ended(
    desk: Desk,
) -> None:
    other, first, last = (
        desk.receive(HEADS["CTHDND"], "file_nil_return", desk.desk("CTHDND"), NOBODY),
        desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02")),
        desk.receive(HEAD, "file_nil_return", desk.desk(CTQH), NOBODY),
    )
    done = Commands(desk.database, load_packs(), box=NO_BALLOTS)

    with broken(desk.database, "clashes"):
        ended = ActivityEnvironment().run(done.apply_commands, [other, first, last])
        with pytest.raises(IntegrityError):
            ActivityEnvironment().run(done.apply_commands, [first, last])

    assert [each.state for each in ended] == [CommandState.APPLIED]
    assert [desk.command(ref).state for ref in (other, first, last)] == [
        CommandState.APPLIED,
        CommandState.RECEIVED,
        CommandState.RECEIVED,
    ]


def test_a_clash_is_tried_once_more_and_then_fails(desk: Desk) -> None:
    """Two who write one thing at once: the second may find what the first has done."""
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))

    with broken(desk.database, "clashes"):
        with pytest.raises(IntegrityError):
            desk.tried(sent)
        waits = desk.command(sent).state
        ended = desk.tried(sent, attempt=2)

    assert (waits, ended) == (CommandState.RECEIVED, CommandState.FAILED)


def test_what_was_set_aside_is_discarded_after_its_campaign_has_closed(
    desk: Desk,
) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    with broken(desk.database):
        desk.tried(sent)
    with as_owner(desk.database) as owned, owned.write() as session:
        row = session.get_one(Campaign, desk.code)
        row.closed_at = REVIEWED
        stand(session, row, CampaignState.CLOSED)
    body = {"command": str(sent.id), "reason": "Không còn cần."}
    over = desk.over()
    waiting = desk.receive(SECRETARIAT, "discard", CAMPAIGN, body)

    assert (over, desk.over()) == (True, False)
    assert desk.tried(waiting) is CommandState.APPLIED
    assert (desk.over(), desk.command(sent).state) == (True, CommandState.DISCARDED)


def test_a_fault_that_may_pass_is_tried_for_a_while_and_then_set_aside(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_call: Call, _body: Any) -> None:
        raise OSError  # as where a disk is full

    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    monkeypatch.setitem(EFFECTS, "submit", faulty)
    with pytest.raises(OSError):  # noqa: PT011 - just that
        desk.tried(sent, attempt=7)
    waits = desk.command(sent).state
    ended = desk.tried(sent, since=STUCK_AFTER)

    assert (waits, ended) == (CommandState.RECEIVED, CommandState.STUCK)
    assert [who for who, *_ in desk.told("command_stuck")] == ["hctcqt-01", SECRETARIAT]
    assert str(sent.id) in desk.told("command_stuck")[0][2]


def test_of_what_the_desk_may_not_know_whoever_decides_is_told_when_it_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EFFECTS, "file_case", lambda _call, _body: {}["no such"])
    written = {
        kind: filed("2022", kind, state=CaseState.DRAFT, recorded_by=UNION)
        for kind in (CaseKind.PETITION, CaseKind.DENUNCIATION)
    }
    targets = {kind: str(ids.case(case.id)) for kind, case in written.items()}
    with desk.database.write() as session:
        session.add_all(written.values())
    for target in targets.values():
        desk.tried(desk.receive(UNION, "file_case", target, {}))

    with desk.database.read() as session:
        failed = Notice.kind == "command_failed"
        told = session.exec(select(Notice.recipient, Notice.task).where(failed)).all()
        acts = list(record.acts_after(session, "2022", 0, 100))
        hidden = closed_among(session, targets.values(), SECRETARIAT)
        theirs = session.exec(
            select(Notice.task).where(notices_for(session, "2022", SECRETARIAT), failed)
        ).all()
    heard = {
        kind: {who for who, task in told if task.endswith(target)}
        for kind, target in targets.items()
    }
    assert heard == {
        CaseKind.PETITION: {"hctcqt-01", SECRETARIAT},
        CaseKind.DENUNCIATION: {DIRECTOR},
    }
    assert {at for act, _, at in acts if act.kind == "command_failed"} == {*hidden}
    assert hidden == {*targets.values()}  # still drafts, and as long as that nobody's
    assert {*theirs} == {task for who, task in told if who == SECRETARIAT}


@ON_BOTH
def test_a_database_that_is_away_only_delays(desk: Desk) -> None:
    sent = desk.receive(HEAD, "submit", desk.desk(CTQH), a_list("ctqh-02"))
    away = replace(desk, database=Database("postgresql+psycopg://127.0.0.1:1/nowhere"))

    with pytest.raises(OperationalError):
        away.tried(sent, since=10 * STUCK_AFTER)

    assert desk.tried(sent) is CommandState.APPLIED
