"""Departments that begin or end while a phase goes on: they join it, or leave it."""

from datetime import date

from sqlmodel import col, select

from activities.deed import Deed
from activities.services.calendar.deadlines import running
from activities.stages import begin, reach
from domain import ids
from domain.states import SubmissionState, WindowState
from domain.submissions import BEFORE_THE_END, NOT_SENT
from store.database import insert_missing, lock
from store.office import people
from store.tables import Deadline, Department, Phase, Submission, Window


def give_envelopes(deed: Deed, phase: Phase, codes: list[str]) -> None:
    """Give departments their envelope and the windows that the phase has open."""
    insert_missing(
        deed.session,
        Submission,
        [
            {"phase": phase.id, "department": code, "state": "not_started", "rounds": 0}
            for code in codes
        ],
    )
    begin(deed, SubmissionState.NOT_STARTED, *(f"{phase.id}/{x}" for x in codes))
    ends = running(deed.session, str(ids.phase(phase.id)))
    for kind in ("registration", "submission"):
        if kind in ends:
            _open_windows(deed, phase, ends[kind], codes)


def _open_windows(
    deed: Deed, phase: Phase, deadline: Deadline, codes: list[str]
) -> None:
    insert_missing(
        deed.session,
        Window,
        [
            {
                "phase": phase.id,
                "kind": deadline.name,
                "department": code,
                "opens_at": deadline.opens_at,
                "due_at": deadline.due_at,
                "own": False,
                "state": "open",
            }
            for code in codes
        ],
    )
    keys = (f"{phase.id}/{deadline.name}/{code}" for code in codes)
    begin(deed, WindowState.OPEN, *keys)


def follow_departments(deed: Deed, phase: Phase) -> None:
    """Let departments that have begun join, and those that are no more owe nothing.

    Those of the period's last day are the last that count (E31). A list that was sent
    stays, and is judged by the rules.
    """
    on = min(deed.day, phase.period_end)
    if phase.state in BEFORE_THE_END:
        _join(deed, phase, on)
        _leave(deed, phase, on)


def _join(deed: Deed, phase: Phase, on: date) -> None:
    known = frozenset(
        deed.session.exec(
            select(Submission.department).where(Submission.phase == phase.id)
        )
    )
    there = people.collectives(deed.session, on)
    new = [each.code for each in there if each.code not in known]
    if new:
        give_envelopes(deed, phase, new)
        deed.start += [str(ids.department(phase.id, code)) for code in new]
        deed.facts["joined"] = new


def _leave(deed: Deed, phase: Phase, on: date) -> None:
    gone = select(Department.code).where(col(Department.ends) <= on)
    rows = lock(
        deed.session,
        Submission,
        Submission.phase == phase.id,
        col(Submission.department).in_(gone),
        col(Submission.state).in_(NOT_SENT),
    )
    for row in rows:
        reach(deed, row, SubmissionState.CLOSED)
    if rows:
        deed.facts["left"] = sorted(row.department for row in rows)
