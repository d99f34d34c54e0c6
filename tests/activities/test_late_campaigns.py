"""A campaign goes on however late it is: no calendar ends before it does."""

import pytest
from sqlmodel import select

from domain.calendar import due_day, local_day
from store.database import Database
from store.findings.spans import span_of_process
from store.tables import Deadline
from tests.activities.paper import Paper
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, prepare

CAMPAIGN, PHASE = "campaign:2022", "phase:2022-1"


@pytest.fixture
def paper(database: Database) -> Paper:
    """The campaign of 2022 as it was launched."""
    prepare(database, 2022, at("2022-01-06", "08:00"))
    paper = Paper(database)
    paper.launch(a_plan())
    return paper


def due(paper: Paper, name: str) -> str:
    """Read the last day of a deadline of the first phase."""
    with paper.database.read() as session:
        found = session.exec(
            select(Deadline.due_at).where(
                Deadline.owner == PHASE, Deadline.name == name
            )
        ).one()
        return due_day(found).isoformat()


def rest(paper: Paper, until: str) -> None:
    """Suspend the campaign from 20 January 2022 on, and resume it years later."""
    paper.pass_to(at("2022-01-20"))
    reason = {"reason": "Sáp nhập tỉnh."}
    assert paper.act(DIRECTOR, "suspend", CAMPAIGN, reason) == "applied"
    paper.set_clock(at(until))
    assert paper.act(DIRECTOR, "resume", CAMPAIGN) == "applied"


def test_what_rested_for_years_goes_on_and_is_moved(paper: Paper) -> None:
    rest(paper, "2024-01-19")

    rested = due(paper, "submission")
    more = {"deadline": "submission", "until": "2024-07-05", "reason": "Bận."}
    extended = paper.act(SECRETARIAT, "extend_deadline", PHASE, more)

    assert (rested, extended) == ("2024-06-28", "applied")
    assert due(paper, "submission") == "2024-07-05"


def test_the_days_that_may_be_named_move_with_what_rested(paper: Paper) -> None:
    rest(paper, "2024-01-19")

    with paper.database.read() as session:
        today = local_day(paper.now)
        spans = [span_of_process(session, "2022", x, today) for x in ("2022-1", None)]

    assert [(x.first.isoformat(), x.last.isoformat()) for x in spans] == [
        ("2021-10-31", "2024-12-25"),
        ("2021-10-31", "2025-06-29"),
    ]
