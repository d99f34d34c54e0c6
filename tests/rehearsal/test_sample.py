"""The first start on any day: an office in the middle of its year, and no storm."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, func, select

from domain.states import PhaseState, SubmissionState
from duties.tasks import tasks_of
from machine.signins import sign_ins
from rehearsal.sample import play_up_to, sample_year
from store.clock import NotARehearsal, stand_still, stands_at
from store.database import Database
from store.office.standing import standing_of
from store.tables import Campaign, Deadline, LadderStep, Notice, Phase, Submission

_S, _P = SubmissionState, PhaseState
# Who reads everything and does nothing: no act is an auditor's.
AUDITOR = "kiem-tra-01"


def morning(day: str) -> datetime:
    """Ten in the morning of a day in Vietnam."""
    return datetime.fromisoformat(f"{day}T10:00+07:00").astimezone(UTC)


def unsent(session: Session, before: datetime) -> int:
    """Count the reminders that are due, and that somebody would send at once."""
    running = (
        (col(Deadline.owner) == col(LadderStep.owner))
        & (col(Deadline.name) == col(LadderStep.name))
        & (col(Deadline.version) == col(LadderStep.version))
    )
    return session.exec(
        select(func.count())
        .select_from(LadderStep)
        .join(Deadline, running)
        .where(
            col(LadderStep.ended_at).is_(None),
            col(Deadline.closed_at).is_(None),
            col(LadderStep.at) <= before,
        )
    ).one()


@pytest.mark.parametrize(
    ("day", "stages", "envelopes"),
    [
        pytest.param(
            "2027-01-02",
            {"2026-1": _P.CLOSED, "2026-2": _P.APPRAISAL},
            {_S.SUBMITTED: 3, _S.PEER_REVIEWED: 1},
            marks=pytest.mark.long,
        ),
        (
            "2026-06-30",
            {"2026-1": _P.SUBMISSION_WINDOW, "2026-2": _P.PLANNED},
            {_S.SUBMITTED: 1, _S.PEER_REVIEWED: 2, _S.NOT_STARTED: 1},
        ),
        pytest.param(
            "2026-12-20",
            {"2026-1": _P.CLOSED, "2026-2": _P.SUBMISSION_WINDOW},
            {_S.PEER_REVIEWED: 4},
            marks=pytest.mark.long,
        ),
    ],
)
async def test_a_first_start_finds_an_office_at_work_and_nothing_left_to_send(
    sqlite_database: Database, day, stages, envelopes
) -> None:
    await play_up_to(sqlite_database, morning(day))

    with sqlite_database.read() as session:
        of_the_year = select(Phase).where(Phase.campaign == "2026")
        phases = {phase.id: phase.state for phase in session.exec(of_the_year)}
        last = [key for key in phases if phases[key] is not _P.PLANNED][-1]
        states = session.exec(
            select(Submission.state, func.count())
            .where(Submission.phase == last)
            .group_by(Submission.state)
        ).all()
        launched = select(Notice.body).where(
            Notice.kind == "launched", Notice.campaign == "2026"
        )
        latest = session.exec(select(func.max(Notice.at))).one()
        assert phases == stages
        assert dict(states) == envelopes
        assert session.exec(select(Campaign.state)).all() == ["running"] * 4
        with pytest.raises(NotARehearsal):
            stands_at(session)
        assert unsent(session, morning(day)) == 0
        # The year ends under a law that could not be read.
        assert all("06/2026/QH16" in body for body in session.exec(launched))
        assert latest <= morning(day)

    assert without_tasks(sqlite_database, morning(day)) == [AUDITOR]


def without_tasks(database: Database, at: datetime) -> list[str]:
    """List the sample sign-ins that owe nothing at a moment."""
    with database.write() as session:
        stand_still(session, at)
    with database.read() as session:
        return [
            person
            for person, _ in sign_ins(session)
            if not tasks_of(session, standing_of(session, person))
        ]


@pytest.mark.long  # each plays the year so far
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "day",
    [
        *("2026-12-31", "2027-01-01", "2027-01-20"),
        *("2026-02-17", "2026-03-01", "2026-09-02"),  # Tết, a Sunday, a holiday
    ],
)
async def test_every_sample_sign_in_has_something_to_do_on_any_day(
    sqlite_database: Database, day: str
) -> None:
    await play_up_to(sqlite_database, morning(day))

    assert without_tasks(sqlite_database, morning(day)) == [AUDITOR]
    with sqlite_database.read() as session:
        phases = select(Phase.id, Phase.state).where(
            col(Phase.campaign).not_like("20%")
        )
        assert dict(session.exec(phases).all()) == {
            "khong-giay-1": _P.SUBMISSION_WINDOW,
            "don-thu-1": _P.COUNCIL_REVIEW,
            "ky-hop-1": _P.DIRECTOR_REVIEW,
        }


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-01-19", "2025"), ("2026-01-20", "2026"), ("2026-12-31", "2026")],
)
def test_the_year_that_people_work_on_begins_on_the_twentieth_of_january(day, code):
    assert sample_year(morning(day)).plan.code == code


@pytest.mark.parametrize("year", range(2022, 2032))
def test_the_sample_plan_is_a_plan_of_any_year(year):
    plan = sample_year(morning(f"{year}-06-30")).plan

    assert (plan.year, plan.phases[1].period_end.isoformat()) == (year, f"{year}-12-31")
