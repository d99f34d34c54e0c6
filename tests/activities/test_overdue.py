"""A review counts whoever was written to late, whatever the plan calls the step."""

from sqlmodel import select

from domain import ids
from store.database import Database
from store.findings.reviews import content
from store.tables import LadderStep, Phase
from tests.activities.paper import Paper
from tests.journeys.cast import HEADS, a_plan, at
from tests.office import prepare

STEPS = [
    {"code": "nhac", "days": -3, "to": ["department"]},
    {"code": "tre", "days": 1, "to": ["department_head"]},
]


def test_a_step_after_its_deadline_is_an_escalation_by_any_name(
    database: Database,
) -> None:
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Paper(database)
    paper.launch({**a_plan(), "ladders": {"department": STEPS}})

    paper.pass_to(at("2022-07-06"))

    with database.read() as session:
        steps = session.exec(
            select(LadderStep).where(LadderStep.name == "submission")
        ).all()
        review = content(
            session,
            session.get_one(Phase, paper.phase),
            [str(ids.phase(paper.phase))],
        )
    assert {step.code: step.overdue for step in steps} == {
        "invitation": False,
        "before_period_end": False,
        "period_end": False,
        "nhac": False,
        "tre": True,
    }
    # Nobody has sent a list; what is owed no more when its window closes is no delay.
    assert review["escalations"] == len(HEADS)
