"""A reminder reaches exactly those whose task it is, at every deadline there is."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

import pytest
import pytest_asyncio
from sqlmodel import select

from activities.steps import Steps
from domain.acts import DEADLINES, Undeclared
from domain.deadlines import DeadlineKind
from domain.states import PhaseState, SubmissionState
from duties.finders import DECLARED, FINDERS, Finder, left_to_the_rule
from duties.phases import of_phases
from engine.client import Engine
from engine.messages import Climb
from store.database import Database
from store.tables import Campaign, Notice, Person
from tests.activities.paper import Paper
from tests.api.calls import Caller, idle_office
from tests.api.test_tasks import counted, kinds
from tests.duties.owed import CASES, DEPUTY, KEEPER, NOW, STEP, Owing, Scene
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, UNION, Office, prepare, set_clock

_S = SubmissionState
Told = dict[str, frozenset[str]]


@pytest.fixture
def july(database: Database) -> Database:
    """The sample office on 5 July 2022, and a campaign for others to be like."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    Paper(database, "like").launch(a_plan())
    set_clock(database, NOW)
    return database


@pytest_asyncio.fixture(loop_scope="session")
async def office(july: Database, engine: Engine) -> AsyncIterator[Office]:
    """The same, with every deadline owed by somebody."""
    write(july, CASES)
    async with idle_office(july, engine) as opened:
        yield opened


def write(database: Database, cases: Iterable[Owing]) -> None:
    """Write the rows of some cases, each into a campaign of its own."""
    with database.write() as session:
        like = session.get_one(Campaign, "like")
        for each in cases:
            each.write(session, like)


def test_every_deadline_has_a_case_unless_it_is_owed_while_it_runs() -> None:
    """One rule finds who owes an act's own deadline; it has a case of each target."""
    owed = {kind for kind, rule in DEADLINES.items() if rule.owed}
    cases = {case.kind for case in CASES}
    targets = {DEADLINES[kind].own for kind in DECLARED}

    assert owed - DECLARED <= cases <= owed
    assert {DEADLINES[kind].own for kind in cases & DECLARED} == targets


@pytest.mark.parametrize(
    ("finders", "said"),
    [
        ([each for each in FINDERS if DeadlineKind.MINUTES not in each[1]], "minutes"),
        ([*FINDERS, (of_phases, frozenset({DeadlineKind.PHASE}))], "phase"),
    ],
)
def test_a_deadline_that_nobody_is_found_to_owe_keeps_the_service_from_starting(
    finders: Iterable[tuple[Finder, frozenset[str]]], said: str
) -> None:
    with pytest.raises(Undeclared, match=said):
        left_to_the_rule(finders)


async def test_a_reminder_reaches_exactly_those_whose_task_it_is(
    database: Database, office: Office
) -> None:
    reached = {case.code: reminded(database, case) for case in CASES}

    tasks = await tasked(database, office)

    assert tasks == {case.code: case.debtors for case in CASES}
    assert reached == tasks


def reminded(database: Database, case: Owing) -> frozenset[str]:
    """Let the reminder of a case's deadline go out; say whom it reaches."""
    Steps(database).climb(Climb(case.keeper, case.kind, 1, NOW))
    with database.read() as session:
        told = select(Notice.recipient).where(
            Notice.campaign == case.code, Notice.step == STEP
        )
        return frozenset(session.exec(told))


async def tasked(database: Database, office: Office) -> Told:
    """Ask everybody for their tasks; say who has one that hangs on each deadline."""
    with database.read() as session:
        everybody = session.exec(select(Person.id)).all()
    found: dict[str, set[str]] = {case.code: set() for case in CASES}
    dues = {case.code: f"{case.due_at:%Y-%m-%dT%H:%M:%SZ}" for case in CASES}
    for person in everybody:
        status, tasks = await Caller(office.http, person).pages("/me/tasks")
        assert status == 200, tasks
        for task in tasks:
            if task["due_at"] == dues[task["campaign"]]:
                found[task["campaign"]].add(person)
    return {code: frozenset(people) for code, people in found.items()}


async def test_tasks_take_as_many_statements_whatever_is_owed(
    database: Database, office: Office
) -> None:
    asked = ("ctqh-01", "hctcqt-01", KEEPER, DIRECTOR, UNION, DEPUTY)
    with counted(database) as once:
        few = [await kinds(office, who) for who in asked]

    write(database, [replace(case, copy="-again") for case in CASES])

    with counted(database) as twice:
        many = [await kinds(office, who) for who in asked]
    assert [sorted(each * 2) for each in few] == [sorted(each) for each in many]
    assert len(once) == len(twice)


@pytest.mark.parametrize(
    ("kind", "state", "stage"),
    [
        (DeadlineKind.SUBMISSION, _S.NOT_STARTED, PhaseState.SUBMISSION_WINDOW),
        (DeadlineKind.APPRAISAL, _S.RECEIVED, PhaseState.APPRAISAL),
    ],
)
def test_a_reminder_takes_as_many_statements_however_many_lists_are_owed(
    july: Database, kind: DeadlineKind, state: SubmissionState, stage: PhaseState
) -> None:
    def lists(*departments: str) -> Owing:
        def arrange(scene: Scene) -> None:
            scene.stage(stage)
            for department in departments:
                scene.envelope(department, state)

        copy = f"-{len(departments)}"
        return Owing(kind, "phase", arrange, frozenset(), copy)

    one, many = lists("CTQH"), lists("CTQH", "CTHDND", "HCTCQT", "TTDN")
    write(july, [one, many])

    with counted(july) as few:
        reminded(july, one)
    with counted(july) as more:
        reminded(july, many)

    assert len(few) == len(more)
