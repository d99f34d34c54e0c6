"""What follows a changed plan, or a changed calendar, wherever it stands."""

import re
from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlmodel import select

from activities.deed import Deed
from activities.services.calendar.rerolling import reroll
from domain.states import CaseKind, CaseState
from store.clock import now
from store.database import Database
from store.tables import CalendarOverride, Campaign, Deadline, Notice
from tests.activities.paper import Paper
from tests.duties.owed import DUE, NOW, Scene
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, prepare, set_clock
from tests.sources import ROOT


def launched(database: Database) -> Paper:
    """Launch the year of 2022 on 3 January."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Paper(database)
    paper.launch(a_plan())
    return paper


def amend(paper: Paper, **changes: dict[str, Any]) -> str:
    """Change days of phases in the plan."""
    plan = deepcopy(a_plan())
    for name, days in changes.items():
        plan["phases"][int(name.removeprefix("phase")) - 1] |= days
    body = {"plan": plan, "reason": "Kế hoạch công tác thay đổi."}
    return paper.act(DIRECTOR, "amend", "campaign:2022", body)


def span(database: Database, owner: str, name: str) -> tuple[Any, Any]:
    """Read from when until when a deadline runs."""
    with database.read() as session:
        row = session.get_one(Deadline, (owner, name))
        return row.opens_at, row.due_at


def test_an_amended_plan_moves_the_review_and_the_opening_of_a_planned_phase(
    sqlite_database: Database,
) -> None:
    paper = launched(sqlite_database)
    ends: dict[str, datetime] = {
        name: span(sqlite_database, owner, name)[1]
        for owner, name in (
            ("phase:2022-1", "peer_review"),
            ("phase:2022-1", "submission"),
            ("phase:2022-2", "phase"),
        )
    }
    paper.pass_to(at("2022-01-20", "08:00"))
    extension = {"deadline": "submission", "until": "2022-07-05", "reason": "Bão."}
    later = paper.act(DIRECTOR, "extend_deadline", "phase:2022-1", extension)

    done = amend(
        paper,
        phase1={"peer_review_opens": "2022-06-06", "submission_opens": "2022-06-16"},
        phase2={"registration_opens": "2022-07-05"},
    )

    assert (later, done) == ("applied", "applied")
    assert span(sqlite_database, "phase:2022-1", "peer_review") == (
        at("2022-06-06", "00:00"),
        ends["peer_review"],
    )
    # Whose end the plan has not moved keeps the one that it was given since.
    assert span(sqlite_database, "phase:2022-1", "submission") == (
        at("2022-06-16", "00:00"),
        at("2022-07-06", "00:00"),
    )
    assert span(sqlite_database, "phase:2022-2", "phase") == (
        at("2022-07-05", "00:00"),
        ends["phase"],
    )


def test_a_matters_deadline_that_rolls_is_told_to_those_who_may_read_of_it(
    sqlite_database: Database,
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    Paper(sqlite_database, "like").launch(a_plan())
    set_clock(sqlite_database, NOW)
    open_to = {}
    for kind in (CaseKind.PETITION, CaseKind.DENUNCIATION):
        code = f"of-{kind}"
        with sqlite_database.write() as session:
            scene = Scene(session, code, session.get_one(Campaign, "like"))
            key = scene.matter(kind, CaseState.FILED)
            dues = {"due_at": DUE, "original_due_at": DUE}
            name = "case_answer" if kind is CaseKind.PETITION else "case_acceptance"
            scene.add(Deadline(owner=f"case:{key}", name=name, campaign=code, **dues))
            day = {"reason": "Nghỉ bão", "source": "Công điện số 5"}
            if session.get(CalendarOverride, NOW.date().replace(day=7)) is None:
                off = NOW.date().replace(day=7)
                session.add(CalendarOverride(day=off, working=False, **day))
            session.flush()
            deed = Deed(session, code, "roll_deadlines", now(session))
            reroll(deed, session.get_one(Campaign, code), "Nghỉ bão.")
            deed.close()
        with sqlite_database.read() as session:
            told = select(Notice.recipient).where(
                Notice.campaign == code, Notice.kind == "deadline_moved"
            )
            open_to[kind] = set(session.exec(told))

    assert {DIRECTOR, "ctqh-05"} == open_to[CaseKind.DENUNCIATION]
    assert {DIRECTOR, "ctqh-05", SECRETARIAT} <= open_to[CaseKind.PETITION]


def test_a_time_limit_is_counted_in_the_unit_that_its_rule_says() -> None:
    """Whoever asks a limit for its days alone forgets what days they are."""
    asked = re.compile(r"\bsla(\([^()]*\))?\.days\b")

    found = [
        path.name
        for path in (ROOT / "activities").rglob("*.py")
        if asked.search(path.read_text("utf-8"))
    ]

    assert found == []
