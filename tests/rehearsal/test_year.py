"""The rehearsed years: the same on every machine, and computed from what is read."""

import json
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from engine.client import Engine
from intake.rulepacks import RULES
from rehearsal import theatre
from rehearsal.play import play
from rehearsal.playbill import CAST, PLANS, Playbill, read_playbill
from rehearsal.rehearse import staged
from rehearsal.story import Event, review
from store.database import Database
from tests.rehearsal.telling import (
    as_lines,
    differences,
    kept,
    played,
    the_year_2022,
)

PLAN = PLANS / "2022.yaml"
OTHER = PLANS / "so-mau"


def changed(folder: Path, file: Path, old: str, new: str) -> Path:
    """Copy a file with one thing in it changed."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    copy = folder / file.name
    copy.write_text(text.replace(old, new), "utf-8")
    return copy


def told(events: list[Event], **of: str) -> list[tuple[str, str, str]]:
    """List the notices of a kind: when, which step, to whom."""
    return [
        (event["at"][:16], event["step"], event["recipient"])
        for event in events
        if event["kind"] == "notice" and of.items() <= event.items()
    ]


def steps(events: list[Event], since: str, until: str) -> dict[str, list[str]]:
    """Say when each step of the submission's ladder went out, between two days."""
    found: dict[str, list[str]] = {}
    for at, step, _ in told(events, notice="submission_due"):
        if since <= at < until and at not in found.setdefault(step, []):
            found[step].append(at)
    return found


async def test_the_year_2022_is_the_same_everywhere(
    database: Database, engine: Engine
) -> None:
    events = await played(database, engine, read_playbill(PLAN))

    assert as_lines(events) == kept("2022.jsonl", as_lines(events))


def test_the_year_2022_reminds_on_both_ends_and_before_them() -> None:
    events = the_year_2022()

    assert steps(events, "2022-06-15", "2022-07-04") == {
        "before_7": ["2022-06-21T08:00"],
        "before_3": ["2022-06-27T08:00"],
        "before_1": ["2022-06-29T08:00"],
        "due_day": ["2022-06-30T08:00"],
        "overdue_1": ["2022-07-01T08:00"],
    }
    # 31/12/2022 is a Saturday, so lists are taken until the end of 03/01/2023.
    assert steps(events, "2022-12-29", "2023-01-04") == {
        "before_1": ["2022-12-30T08:00"],
        "period_end": ["2022-12-31T08:00"],
        "due_day": ["2023-01-03T08:00"],
    }
    (closed,) = [e for e in events if e.get("stage") == "appraisal"][1:]
    assert closed["at"] == "2023-01-04T00:00:00+07:00"


def test_in_the_year_2022_the_late_and_the_silent_are_told_of_upwards() -> None:
    events = the_year_2022()

    overdue = [
        (at, step, person)
        for at, step, person in told(events, notice="submission_due")
        if step.startswith("overdue") and at < "2022-08"
    ]
    assert overdue == [
        ("2022-07-01T08:00", "overdue_1", "cthdnd-01"),
        ("2022-07-01T08:00", "overdue_1", "ttdn-01"),
        ("2022-07-04T08:00", "overdue_2", "hctcqt-01"),
        ("2022-07-04T08:00", "overdue_2", "hctcqt-03"),
        ("2022-07-05T08:00", "overdue_3", "ld-02"),
        ("2022-07-05T08:00", "overdue_3", "ld-03"),
        ("2022-07-07T08:00", "overdue_5", "ld-01"),
    ]


def test_the_year_2022_shows_what_really_happens_to_a_jury() -> None:
    acts = [event for event in the_year_2022() if event["kind"] == "act"]

    done = {event["act"] for event in acts}
    assert done >= {
        "attest_count",  # a secret ballot, counted under witnesses
        "recuse",
        "delegate",
        "certify_initiative",
        "record_superior_answer",
    }
    signed = [(e["actor"], e["behalf"]) for e in acts if e["act"] == "decide"]
    assert ("ld-02", "ld-01") in signed
    notices = {e["notice"] for e in the_year_2022() if e["kind"] == "notice"}
    assert notices >= {"line_held", "line_released", "returned_to_council"}
    awards = [e["text"] for e in the_year_2022() if e.get("notice") == "awarded"]
    assert any("Bế Thị Nương" in text and "số 01/QĐ-VP" in text for text in awards)


def test_the_year_2022_ends_with_its_lists_and_targets() -> None:
    found = review(the_year_2022())

    assert found is not None
    lists = {title: len(names) for title, names in found["lists"].items()}
    assert lists == {"CSTDCS": 4, "GIAY_KHEN": 4, "LDTT": 32, "TTLDTT": 4, "TTLDXS": 1}
    assert [
        (t["title"], t["denominator"], t["reached"], t["needed"], t["of"], t["met"])
        for t in found["targets"]
    ] == [
        ("TTLDTT", "departments", 4, 4, 4, True),
        ("TTLDXS", "departments", 1, 2, 4, False),
        ("LDTT", "participants", 32, 32, 32, True),
        ("LDTT", "headcount", 32, 34, 34, False),
        ("CSTDCS", "participants", 4, 4, 32, True),
        ("CSTDCS", "headcount", 4, 4, 34, True),
    ]


def moved_due_day(folder: Path) -> Playbill:
    """The first phase's lists are due two days earlier."""
    old, new = "submission_due: 2022-06-30", "submission_due: 2022-06-28"
    return read_playbill(changed(folder, PLAN, old, new))


def a_holiday(folder: Path) -> Playbill:
    """Nobody works on 30 June 2022."""
    day = "days: [{day: 2022-06-30, working: false, reason: Ngày nghỉ riêng}]\n"
    return read_playbill(PLAN, changed(folder, CAST, "interim:\n", f"{day}interim:\n"))


def a_lower_quota(folder: Path) -> Playbill:
    """One in ten may be a fighter, instead of three in twenty."""
    rules = folder / "rules"
    shutil.copytree(RULES, rules)
    changed(rules, RULES / "vn2017.yaml", "ratio: 15/100", "ratio: 10/100")
    return read_playbill(PLAN, rules=rules)


def a_better_department(folder: Path) -> Playbill:
    """The silent department is in time."""
    old = "TTDN: {registers: last_minute, sends: never}"
    return read_playbill(PLAN, changed(folder, CAST, old, "TTDN: {sends: on_time}"))


def a_change(made: Any, first: str, last: str, *marks: Any) -> Any:
    """What is changed, and between which days the year may then differ."""
    return pytest.param(made, first, last, id=made.__name__, marks=marks)


@pytest.mark.parametrize(
    ("change", "first", "last"),
    [
        a_change(moved_due_day, "2022-06-14", "2022-08-13", pytest.mark.long),
        a_change(a_holiday, "2022-06-14", "2022-08-13", pytest.mark.long),
        a_change(a_lower_quota, "2023-01-19", "2023-02-06", pytest.mark.long),
        a_change(a_better_department, "2022-01-12", "2022-08-13", pytest.mark.long),
    ],
)
async def test_a_change_changes_what_it_should_and_nothing_else(
    sqlite_database: Database, engine: Engine, tmp_path: Path, change, first, last
) -> None:
    events = await played(sqlite_database, engine, change(tmp_path))

    found = differences(the_year_2022(), events)
    assert found == kept(f"{change.__name__}.diff", found)
    # The closing review counts all that came before it.
    lines = [line for line in found.splitlines() if "campaign:2022 →" not in line]
    days = [line[2:12] for line in lines]
    assert first <= min(days) <= max(days) <= last


async def test_e29_in_2024_a_sunday_rolls_and_a_worked_saturday_does_not(
    sqlite_database: Database, engine: Engine
) -> None:
    events = await played(sqlite_database, engine, read_playbill(PLANS / "2024.yaml"))

    reached = {(e["of"], e["stage"]): e["at"] for e in events if e["kind"] == "stage"}
    assert reached["phase:2024-1", "running"] == "2024-05-05T00:00:00+07:00"
    assert reached["phase:2024-1", "appraisal"] == "2024-07-02T00:00:00+07:00"
    assert told(events, notice="registration_due", step="due_day") == [
        ("2024-05-04T08:00", "due_day", "ttdn-01"),
        ("2024-05-04T08:00", "due_day", "ttdn-03"),
    ]
    assert steps(events, "2024-06-27", "2024-07-02") == {
        "before_1": ["2024-06-28T08:00"],
        "period_end": ["2024-06-30T08:00"],
        "due_day": ["2024-07-01T08:00"],
    }
    assert reached["campaign:2024", "closed"] == "2025-03-07T10:00:00+07:00"


@pytest.mark.long
async def test_another_office_with_three_phases_rehearses_under_two_rule_packs(
    sqlite_database: Database, engine: Engine
) -> None:
    bill = read_playbill(
        OTHER / "ke-hoach-2025.yaml", OTHER / "dan-vai.yaml", OTHER / "co-quan.yaml"
    )

    events = await played(sqlite_database, engine, bill)

    closed = [
        (event["of"], event["at"][:10])
        for event in events
        if event.get("stage") == "closed"
    ]
    found = review(events)
    assert found is not None
    assert json.dumps(found["outcomes"]) == json.dumps(
        {
            "CSTDCS": {"awarded": 2},
            "GIAY_KHEN": {"awarded": 6, "director_declined": 2},
            "LDTT": {"awarded": 18, "ineligible": 1},
            "TTLDTT": {"awarded": 4},
            "TTLDXS": {"superior_awarded": 2},
        }
    )
    assert closed == [
        ("phase:so-mau-2025-1", "2025-05-28"),
        ("phase:so-mau-2025-2", "2025-09-29"),
        ("phase:so-mau-2025-3", "2026-01-19"),
        ("campaign:so-mau-2025", "2026-02-27"),
    ]


async def test_an_act_that_a_slow_machine_answers_late_is_asked_for_by_its_key(
    sqlite_database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = partial(create_app, patience=timedelta(0))
    monkeypatch.setattr(theatre, "create_app", at_once)

    async with staged(sqlite_database, engine, read_playbill(PLAN)) as script:
        await play(script, until=script.begins + timedelta(minutes=1))
        chair = script.company.union
        answer = await script.house.act(chair, f"{script.campaign}/sign-pact")

    assert answer == {"state": "pact_signed"}
