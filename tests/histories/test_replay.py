"""The workflows of today replay every recorded history, and histories tell nothing."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from ballots.box import BallotBox
from ballots.keys import Keys
from engine import names
from engine.client import Engine
from engine.payloads import MESSAGES
from intake.rulepacks import load_packs
from store.database import Database
from tests.histories.record import HERE, SAID, texts
from worker import build_worker

FILES = sorted(HERE.glob("[A-Z]*.json"))
# How campaigns began that are still open: acts were steps of the history of their own.
OLDER = sorted(HERE.glob("*/[A-Z]*.json"))
_ACTIVITIES = {
    names.APPLY_COMMAND,
    names.LOAD,
    names.CLIMB,
    names.OPEN_PHASE,
    names.ENTER,
    names.CLOSE_WINDOW,
    names.SUM_UP,
    names.START_WORKFLOWS,
    names.WAKE_WORKFLOWS,
    names.SEND_DUE,
}

# Of a process it is these two; what sends knows neither.
_OF = {"Outbox": ("SEND_DUE",)}


def _named(path: Path) -> str:
    return str(path.relative_to(HERE).with_suffix(""))


each_history = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest_asyncio.fixture(loop_scope="session")
async def replayer(
    sqlite_database: Database, engine: Engine, tmp_path: Path
) -> Replayer:
    """Replay as the worker runs: the same workflows, in the same sandbox."""
    box = BallotBox(Keys(tmp_path))
    working = build_worker(sqlite_database, engine, load_packs(), box=box).config()
    return Replayer(
        workflows=working["workflows"],
        workflow_runner=working["workflow_runner"],
        data_converter=MESSAGES,
    )


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text())


def events(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["events"]
    return found


def payloads(value: Any) -> Iterator[Any]:
    """Decode every payload of a history, wherever it stands."""
    if isinstance(value, dict):
        if "data" in value and "metadata" in value:
            yield json.loads(base64.b64decode(value["data"]))
        for each in value.values():
            yield from payloads(each)
    elif isinstance(value, list):
        for each in value:
            yield from payloads(each)


def told(history: Any) -> str:
    """Put together all that a history says, in the open and in its payloads."""
    return "\n".join([*texts(history), *texts(list(payloads(history)))])


def leaks(history: Any) -> list[str]:
    """Find what people are called and have said in a history."""
    said: list[str] = json.loads(SAID.read_text())
    everything = told(history)
    return [text for text in said if text in everything]


@pytest.mark.parametrize("path", [*FILES, *OLDER], ids=_named)
async def test_todays_workflows_replay_every_recorded_history(
    replayer: Replayer, path: Path
) -> None:
    await replayer.replay_workflow(history(path))


@pytest.mark.parametrize(
    ("path", "activity"),
    [(p, a) for p in FILES for a in _OF.get(p.stem, ("LOAD", "APPLY_COMMAND"))],
    ids=lambda each: each.stem if isinstance(each, Path) else each,
)
async def test_a_workflow_that_does_something_else_is_caught(
    replayer: Replayer, path: Path, activity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, activity, "something_else")

    with pytest.raises(NondeterminismError, match="something_else"):
        await replayer.replay_workflow(history(path))


def test_every_workflow_has_a_history_that_came_to_its_end() -> None:
    ends = {path.stem: events(path)[-1]["eventType"] for path in FILES}

    # What sends never ends by itself.
    ended = dict.fromkeys(names.WORKFLOWS.values(), "COMPLETED") | {
        "Outbox": "CANCELED"
    }
    assert ends == {
        name: f"EVENT_TYPE_WORKFLOW_EXECUTION_{how}" for name, how in ended.items()
    }


def test_the_histories_know_every_activity_and_timers_that_fired() -> None:
    whole = [json.loads(path.read_text()) for path in FILES]
    kinds = {event["eventType"] for each in whole for event in each["events"]}

    said = set(told(whole).splitlines())
    assert said & _ACTIVITIES == _ACTIVITIES
    assert {"EVENT_TYPE_TIMER_FIRED", "EVENT_TYPE_TIMER_CANCELED"} <= kinds


def test_the_histories_go_by_the_engines_own_clock() -> None:
    starts = {path.stem: next(payloads(events(path)[0])) for path in FILES}

    assert {name: start["moment"] for name, start in starts.items()} == dict.fromkeys(
        starts
    )


@each_history
def test_no_history_tells_a_name_or_a_text_of_anybody(path: Path) -> None:
    assert leaks(events(path)) == []


def test_a_name_in_a_payload_is_found_however_it_is_written() -> None:
    name = json.loads(SAID.read_text())[0]
    written = [
        json.dumps({"who": [name]}, ensure_ascii=ascii_only).encode()
        for ascii_only in (True, False)
    ]

    histories = [
        [{"result": {"metadata": {}, "data": base64.b64encode(each).decode()}}]
        for each in written
    ]

    assert [leaks(each) for each in histories] == [[name], [name]]
    assert leaks([{"failure": {"message": f"no such person: {name}"}}]) == [name]


def test_what_was_said_holds_names_and_texts_of_the_recorded_campaign() -> None:
    said = set(json.loads(SAID.read_text()))

    assert said >= {
        "Biên bản họp chi bộ.",
        "Hội đồng thống nhất một trường hợp.",
        "Phòng Công tác Quốc hội",
        "Thành tích của ctqh-02 cho GIAY_KHEN.",
        "Thiếu minh chứng về kỳ họp thứ tám.",
        "Tạm dừng vì bão số 9.",
    }
