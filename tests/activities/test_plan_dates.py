"""What follows a changed plan, or a changed calendar, wherever it stands."""

import re
from collections import defaultdict
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from activities.deed import Deed
from activities.services.calendar.rerolling import reroll
from domain.states import (
    CaseKind,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
)
from store.clock import now
from store.database import Database
from store.tables import (
    CalendarOverride,
    Campaign,
    Deadline,
    Decision,
    Nomination,
    Notice,
)
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
            open_to[kind] = told_of_a_day_off(session, code)

    assert {DIRECTOR, "ctqh-05"} == open_to[CaseKind.DENUNCIATION]["deadline_moved"]
    petition = open_to[CaseKind.PETITION]["deadline_moved"]
    assert {DIRECTOR, "ctqh-05", SECRETARIAT} <= petition


def told_of_a_day_off(session: Session, code: str) -> dict[str, set[str]]:
    """Let a day be off, and deadlines roll; say by which notices who was told."""
    off = NOW.date().replace(day=7)
    if session.get(CalendarOverride, off) is None:
        day = {"reason": "Nghỉ bão", "source": "Công điện số 5"}
        session.add(CalendarOverride(day=off, working=False, **day))
    session.flush()
    deed = Deed(session, code, "roll_deadlines", now(session))
    reroll(deed, session.get_one(Campaign, code), "Nghỉ bão.")
    deed.close()
    session.flush()
    told = select(Notice.kind, Notice.recipient).where(Notice.campaign == code)
    found = defaultdict[str, set[str]](set)
    for kind, recipient in session.exec(told):
        found[kind].add(recipient)
    return found


@pytest.mark.parametrize("secret", [True, False])
def test_what_rolls_of_a_decision_on_a_state_secret_is_told_to_few(
    sqlite_database: Database, *, secret: bool
) -> None:
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    Paper(sqlite_database, "like").launch(a_plan())
    set_clock(sqlite_database, NOW)
    with sqlite_database.write() as session:
        scene = Scene(session, "2022", session.get_one(Campaign, "like"))
        scene.stage(PhaseState.DIRECTOR_REVIEW)
        scene.decision(DecisionState.DECIDED, "ctqh-05", LineState.DIRECTOR_APPROVED)
        session.exec(select(Nomination)).one().secret = secret
        key = session.exec(select(Decision.id)).one()
        dues = {"due_at": DUE, "original_due_at": DUE}
        owner = f"decision:{key}"
        scene.add(Deadline(owner=owner, name="issue", campaign="2022", **dues))

        told = told_of_a_day_off(session, "2022")

    kind = "deadline_moved" if secret else "deadlines_rolled"
    assert {*told} == {kind}
    assert ("ttdn-03" in told[kind]) is not secret
    assert {DIRECTOR, SECRETARIAT} <= told[kind]


def test_a_time_limit_is_counted_in_the_unit_that_its_rule_says() -> None:
    """Whoever asks a limit for its days alone forgets what days they are."""
    asked = re.compile(r"\bsla(\([^()]*\))?\.days\b")

    found = [
        path.name
        for path in (ROOT / "activities").rglob("*.py")
        if asked.search(path.read_text("utf-8"))
    ]

    assert found == []
