"""SQLite has one lock for all who write: acts on a thousand lines hold it briefly."""

import gc
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from ballots.box import BallotBox
from ballots.keys import Keys
from store.clock import stand_still
from store.database import Database
from store.office.sample import load_office
from tests.journeys.cast import HEADS, at
from tests.office import sample_office
from tests.scale.lists import Lists
from tests.scale.office import enlarged

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

# Two hundred and one people of one department and a hundred of each other, each for
# two titles.
EACH = 100
# Seconds that the one who holds the lock computes, however busy the machine is.
BRIEFLY = 0.1
ACTS = frozenset(
    {
        "sign_pact",
        "receive_lists",
        "appraise",
        "appraise_lists",
        "publish",
        "convene",
        "open_voting",
        "close_voting",
        "sign_minutes",
        "decide",
        "issue",
        "forward",
        "record_superior_answer",
        "decline_award",
        "suspend",
        "resume",
        "cancel",
    }
)


class Held(Lists):
    """A story that measures how long each act keeps others from writing."""

    def __init__(self, database: Database, **more: Any) -> None:
        super().__init__(database, **more)
        self.held: dict[str, list[float]] = defaultdict(list)

    def act(self, who: str, kind: str, target: str, body: Any = None) -> str:
        """Let somebody act; of the two that lock, the act's end comes second."""
        with locks(self.database) as held:
            said = super().act(who, kind, target, body)
        self.held[kind].append(held[1])
        return said


@contextmanager
def locks(database: Database) -> Iterator[list[float]]:
    """Collect for how long each transaction that writes computes under the lock."""
    held: list[float] = []
    since: list[float] = []

    def begin(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement == "BEGIN IMMEDIATE":
            since.append(time.thread_time())

    def end(_connection: Any) -> None:
        if since:
            held.append(time.thread_time() - since.pop())

    event.listen(database.engine, "before_cursor_execute", begin)
    event.listen(database.engine, "commit", end)
    try:
        yield held
    finally:
        event.remove(database.engine, "before_cursor_execute", begin)
        event.remove(database.engine, "commit", end)


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Let the collector stand still: it is not the act that computes then."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_an_act_on_a_thousand_lines_holds_the_lock_briefly(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.write() as session:
        load_office(session, enlarged(sample_office(2022), len(HEADS), 2 * EACH + 4))
        stand_still(session, at("2022-01-03", "08:00"))
    story = Held(sqlite_database, box=BallotBox(Keys(tmp_path)), each=EACH)

    for _moment in story.whole():
        pass

    longest = {kind: max(held) for kind, held in story.held.items()}
    print({kind: f"{1000 * held:.0f} ms" for kind, held in longest.items()})  # noqa: T201
    assert longest.keys() >= ACTS
    assert {kind: longest[kind] for kind in ACTS if longest[kind] > BRIEFLY} == {}
