"""Records one history of every workflow: python -m tests.histories.record.

One short campaign runs on the engine's own clock, from the draft to the closing
review. Nobody waits for midnight: a due moment is moved to a second from now in
the rows, and its workflow looks again.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import Session, col, select
from temporalio.client import WorkflowFailureError
from temporalio.testing import WorkflowEnvironment

from activities.outbox.channel import Carrier
from domain import ids
from domain.calendar import local_day
from domain.ids import WorkflowId
from domain.outgoing.deliveries import Channel
from engine import names
from engine.client import Engine
from engine.payloads import MESSAGES
from machine.devserver import TEMPORAL
from store.clock import now
from store.database import Database
from store.migrate import upgrade
from store.tables import (
    ActPayload,
    Deadline,
    Department,
    LadderStep,
    Notice,
    Person,
    Window,
)
from tests.journeys.cast import HEADS, Cast, a_plan, aim, praise
from tests.office import (
    CLERK,
    DIRECTOR,
    SECRETARIAT,
    UNION,
    office_worker,
    open_office,
    prepare,
)
from tests.outbox.ledger import email
from tests.outbox.server import mail_host

HERE = Path(__file__).parent
SAID = HERE / "said.json"
CODE, PHASE = "2022", "2022-1"
SENDING, WORTHY = "CTQH", "ctqh-02"  # one department nominates one person
CASE = "11111111-1111-4111-8111-111111111111"
COUNCIL, DECISION = f"{PHASE}-hd1", f"{PHASE}-qd1"
RECORDED = (
    ids.campaign(CODE),
    ids.phase(PHASE),
    ids.department(PHASE, SENDING),
    ids.council(COUNCIL),
    ids.decision(DECISION),
    ids.case(CASE),
)
_WHO = "thidua"  # what a history calls its client and worker, on whatever machine
_REMIND_IN, _DUE_IN = timedelta(seconds=0.5), timedelta(seconds=1.5)
_PATIENCE = 30  # seconds that any stage may take
_PUNCTUAL = ("--dynamic-config-value", 'history.timerProcessorMaxTimeShift="1ms"')
# What the engine writes for itself, and no replay asks for.
_OF_THE_ENGINE = frozenset(
    {
        "historySizeBytes",
        "identity",
        "meteringMetadata",
        "priority",
        "requestId",
        "taskId",
        "workerVersion",
    }
)


def a_plan_of_now() -> dict[str, Any]:
    """A campaign of one phase, all of whose windows are open on any day of a year."""
    plan, year = a_plan(), local_day(datetime.now(UTC)).year
    phase = {
        **plan["phases"][0],
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "registration_opens": f"{year}-01-01",
        "registration_due": f"{year}-12-31",
        "peer_review_opens": f"{year}-01-01",
        "submission_opens": f"{year}-01-01",
        "submission_due": f"{year + 1}-01-15",
        "appraisal_due": f"{year + 1}-01-20",
        "council_meeting_by": f"{year + 1}-01-30",
        "director_due": f"{year + 1}-02-05",
        "final": True,
        "titles": ["GIAY_KHEN"],
    }
    return {**plan, "year": year, "phases": [phase], "targets": [], "follow_up": {}}


@dataclass
class Recording:
    """The cast at work, with nobody to move the clock."""

    cast: Cast
    database: Database
    engine: Engine

    async def act(self, who: str, path: str, **body: Any) -> Any:
        """Let somebody act."""
        return await self.cast.just_act(who, path, body or None)

    async def stage(self, expected: str) -> None:
        """Wait until the phase has come to a stage."""
        for _ in range(20 * _PATIENCE):
            [phase] = await self.cast.get(f"/campaigns/{CODE}/phases")
            if phase["state"] == expected:
                return
            await asyncio.sleep(0.05)
        raise TimeoutError(f"{phase['state']}, expected {expected}")

    async def soon(
        self, target: WorkflowId, deadline: str, *, remind: bool = False
    ) -> None:
        """Let a deadline fall due in a second; with one last reminder before that."""
        due_at = await asyncio.to_thread(self._move, str(target), deadline, remind)
        await self.engine.wake(str(target))
        left = due_at - datetime.now(UTC)
        await asyncio.sleep(left.total_seconds())

    def _move(self, owner: str, name: str, remind: bool) -> datetime:
        with self.database.write() as session:
            present = now(session)
            due_at = present + _DUE_IN
            session.get_one(Deadline, (owner, name)).due_at = due_at
            for window in session.exec(select(Window).where(Window.kind == name)):
                window.due_at = due_at
            steps = session.exec(
                select(LadderStep)
                .where(LadderStep.owner == owner, LadderStep.name == name)
                .order_by(col(LadderStep.at))
            ).all()
            for step in steps:
                step.ended_at = due_at
            if remind:
                steps[0].ended_at, steps[0].at = None, present + _REMIND_IN
        return due_at


async def campaign_begins(office: Recording) -> None:
    """Sign, launch, rest and go on."""
    campaign = f"/campaigns/{CODE}"
    await office.act(DIRECTOR, "/campaigns", **a_plan_of_now())
    await office.act(DIRECTOR, f"{campaign}/sign-pact")
    await office.act(UNION, f"{campaign}/sign-pact")
    await office.act(DIRECTOR, f"{campaign}/launch")
    await office.stage("registration_open")
    await office.act(DIRECTOR, f"{campaign}/suspend", reason="Tạm dừng vì bão số 9.")
    await office.act(DIRECTOR, f"{campaign}/resume")


async def departments_answer(office: Recording) -> None:
    """Register, review, and send: one list, and three answers that there is none."""
    await office.cast.register(SENDING, [aim(WORTHY, "GIAY_KHEN")])
    await office.soon(ids.phase(PHASE), "registration", remind=True)
    await office.stage("submission_window")
    today = local_day(datetime.now(UTC)).isoformat()
    await office.cast.review(PHASE, SENDING, today)
    await office.cast.submit(PHASE, SENDING, praise(WORTHY))
    for department in sorted(set(HEADS) - {SENDING}):
        path = f"{office.cast.desk(PHASE, department)}/file-nil-return"
        await office.act(HEADS[department], path, reason="Quý này không đề nghị ai.")
    await office.soon(ids.phase(PHASE), "submission")
    await office.stage("appraisal")


async def list_is_appraised(office: Recording) -> None:
    """Receive, return for a supplement with its own clock, appraise and post."""
    desk = office.cast.desk(PHASE, SENDING)
    [line] = await office.cast.pages(f"/phases/{PHASE}/lines")
    await office.act(SECRETARIAT, f"{desk}/receive")
    await office.act(
        SECRETARIAT,
        f"{desk}/return-for-supplement",
        items=[{"line": line["id"], "missing": "Biên bản họp chi bộ."}],
        reason="Thiếu minh chứng về kỳ họp thứ tám.",
        until=(local_day(datetime.now(UTC)) + timedelta(days=30)).isoformat(),
    )
    await office.soon(ids.department(PHASE, SENDING), "supplement", remind=True)
    supplied = {"line": line["id"], "achievement": "Phục vụ tốt kỳ họp thứ tám."}
    await office.act(HEADS[SENDING], f"{desk}/supplement", lines=[supplied])
    await office.act(SECRETARIAT, f"{desk}/appraise")
    await office.act(SECRETARIAT, f"/phases/{PHASE}/publish")
    await office.soon(ids.phase(PHASE), "public_notice")
    await office.stage("council_review")


async def somebody_complains(office: Recording) -> None:
    """File, be reminded of it, take it up and conclude: the line waits and goes on."""
    [line] = await office.cast.pages(f"/phases/{PHASE}/lines")
    body = {
        "campaign": CODE,
        "kind": "complaint",
        "title": "Số liệu của kỳ họp thứ tám",
        "matter": "Số liệu trong báo cáo chưa khớp.",
        "line": line["id"],
        "event_on": local_day(datetime.now(UTC)).isoformat(),
    }
    await office.cast.office.person("ttdn-02").put(f"/cases/{CASE}", body)
    await office.act("ttdn-02", f"/cases/{CASE}/file-case")
    await office.soon(ids.case(CASE), "case_acceptance", remind=True)
    await office.act(SECRETARIAT, f"/cases/{CASE}/accept-case")
    conclusion = {"outcome": "unfounded", "conclusion": "Số liệu đã khớp."}
    await office.act(DIRECTOR, f"/cases/{CASE}/resolve-case", **conclusion)


async def council_sits(office: Recording) -> None:
    """Convene, vote by show of hands, and sign the minutes."""
    meets_at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    body = {"meets_at": meets_at, "place": "Phòng họp số 1"}
    await office.act(SECRETARIAT, f"/phases/{PHASE}/convene", **body)
    await office.soon(ids.council(COUNCIL), "meeting", remind=True)
    path = f"/council-sessions/{COUNCIL}"
    present = [seat.person for seat in office.cast.year.council]
    secretary = next(
        s.person for s in office.cast.year.council if s.seat == "secretary"
    )
    [line] = await office.cast.pages(f"/phases/{PHASE}/lines")
    hands = {"line": line["id"], "yes": len(present), "no": 0, "chair_yes": True}
    minutes = "Hội đồng thống nhất một trường hợp."
    await office.act(DIRECTOR, f"{path}/open-voting", present=present)
    await office.act(secretary, f"{path}/record-show-of-hands", lines=[hands])
    await office.act(secretary, f"{path}/close-voting", minutes=minutes)
    await office.act(secretary, f"{path}/sign-minutes")
    await office.act(DIRECTOR, f"{path}/sign-minutes")


async def director_decides(office: Recording) -> None:
    """Be reminded, decide, number and issue; hold the closing review."""
    await office.soon(ids.decision(DECISION), "decision", remind=True)
    path, year = f"/decisions/{DECISION}", local_day(datetime.now(UTC)).year
    await office.act(DIRECTOR, f"{path}/decide", others="approve")
    number = {"number": 7, "year": year, "series": "QĐ-VP"}
    await office.act(CLERK, f"{path}/number", **number)
    await office.act(CLERK, f"{path}/issue")
    await office.stage("closed")
    await office.act(DIRECTOR, f"/campaigns/{CODE}/close")


async def files_are_kept(office: Recording) -> None:
    """Post the results and hand the files over: nothing is left to wait for."""
    today = local_day(datetime.now(UTC)).isoformat()
    posted = {"place": "Bảng tin và mạng nội bộ", "posted_on": today}
    await office.act(SECRETARIAT, f"/decisions/{DECISION}/post-results", **posted)
    kept = {"handed_over_on": today, "place": "Lưu trữ cơ quan"}
    await office.act(SECRETARIAT, f"/campaigns/{CODE}/archive-files", **kept)


SCENES: tuple[Callable[[Recording], Awaitable[None]], ...] = (
    campaign_begins,
    departments_answer,
    list_is_appraised,
    somebody_complains,
    council_sits,
    director_decides,
    files_are_kept,
)


async def record(database: Database) -> None:
    """Run the campaign, and write down its histories and all that was said in it."""
    async with await WorkflowEnvironment.start_local(
        data_converter=MESSAGES,
        identity=_WHO,
        dev_server_existing_path=TEMPORAL,
        dev_server_log_level="error",
        dev_server_extra_args=_PUNCTUAL,
    ) as environment:
        engine = Engine(environment.client)
        async with open_office(database, engine) as office:
            recording = Recording(Cast(office), database, engine)
            for scene in SCENES:
                await scene(recording)
            await write_histories(engine)
        await record_outbox(database, engine)
    write_what_was_said(database)


async def record_outbox(database: Database, engine: Engine) -> None:
    """Let what was told go out, and end what sends it, which never ends by itself."""
    outbox = engine.handle(str(ids.outbox(Channel.EMAIL)))
    with mail_host() as host:
        carriers: dict[Channel, Carrier] = {Channel.EMAIL: email(host)}
        async with office_worker(database, engine, carriers=carriers):
            await engine.wake(str(ids.outbox(Channel.EMAIL)))
            await asyncio.sleep(_DUE_IN.total_seconds())
            await engine.wake(str(ids.outbox(Channel.EMAIL)))
            await asyncio.sleep(_DUE_IN.total_seconds())
            await outbox.cancel()
            with suppress(WorkflowFailureError):
                await outbox.result()
    await write_history(engine, ids.outbox(Channel.EMAIL))


async def write_histories(engine: Engine) -> None:
    """Write each history once its workflow has ended."""
    for target in RECORDED:
        handle = engine.handle(str(target))
        async with asyncio.timeout(_PATIENCE):
            await handle.result()
        await write_history(engine, target)


async def write_history(engine: Engine, target: WorkflowId) -> None:
    """Write the history of what has ended."""
    client = engine.client
    runs = [run async for run in client.list_workflows(f"WorkflowId = '{target}'")]
    # A phase that a complaint has opened again has two: the longer one tells more.
    run = max(runs, key=lambda run: run.history_length)
    history = await client.get_workflow_handle(
        run.id, run_id=run.run_id
    ).fetch_history()
    name = names.WORKFLOWS[target.kind]
    write(HERE / f"{name}.json", slimmed(json.loads(history.to_json())))


def slimmed(value: Any) -> Any:
    """Leave out of a history what nobody needs to run it again."""
    if isinstance(value, dict):
        kept = [key for key in value if key not in _OF_THE_ENGINE]
        return {key: slimmed(value[key]) for key in kept}
    return [slimmed(each) for each in value] if isinstance(value, list) else value


def write_what_was_said(database: Database) -> None:
    """Write every name and every text of the campaign, which no history may hold."""
    with database.read() as session:
        write(SAID, sorted(set(said(session))))


def said(session: Session) -> Iterator[str]:
    """Go through names, payloads and notices for what was written by or for people."""
    for person in session.exec(select(Person)):
        yield from (person.name, person.email or person.name)
    for department in session.exec(select(Department)):
        yield department.name
    for payload in session.exec(select(ActPayload)):
        yield from (text for text in texts(payload.payload) if " " in text)
    for notice in session.exec(select(Notice)):
        yield from (notice.subject, notice.body)


def texts(value: Any) -> Iterator[str]:
    """Find every text in a JSON value; a code is a text too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def write(path: Path, value: Any) -> None:
    """Write a JSON file that people can compare."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    """Record into a database that is thrown away."""
    with TemporaryDirectory() as home:
        database = Database(f"sqlite:///{home}/recorded.db")
        upgrade(database)
        prepare(database, local_day(datetime.now(UTC)).year)
        asyncio.run(record(database))
        database.close()
    sys.stdout.flush()
    os._exit(0)  # the SDK's runtime may abort a process on its way out


if __name__ == "__main__":
    main()
