"""The day on which the council meets: lines for every kind of vote, all appraised."""

from typing import Any

from activities.steps import Steps
from domain.states import PhaseState
from engine.messages import Enter
from store.database import Database
from tests.activities.paper import Paper
from tests.journeys.cast import HEADS, a_plan, at, line
from tests.office import SECRETARIAT, prepare, sample_office

REVIEWED, POSTED = at("2022-06-20"), at("2022-07-01")
MORNING, DAY = at("2022-07-13", "09:00"), at("2022-07-13", "14:00")
# Open by majority, secret by four fifths, and secret by majority; ctqh-01 sits in the
# council and is nominated in both ways.
OPEN, OWN_OPEN = ("cthdnd-02", "GIAY_KHEN"), ("ctqh-01", "GIAY_KHEN")
SECRET, OWN_SECRET = ("ctqh-02", "BANG_KHEN_TINH"), ("ctqh-01", "BANG_KHEN_TINH")
FLAG = ("CTQH", "CO_TINH")
LISTS = {"CTQH": (OWN_OPEN, SECRET, OWN_SECRET, FLAG), "CTHDND": (OPEN,)}


def a_short_plan() -> dict[str, Any]:
    """One phase, the last of its year, with titles of every kind of vote."""
    plan = a_plan()
    titles = ["GIAY_KHEN", "BANG_KHEN_TINH", "CO_TINH"]
    phase = {**plan["phases"][0], "final": True, "titles": titles}
    return {**plan, "phases": [phase], "targets": []}


def to_the_vote(database: Database) -> None:
    """Carry the only phase to the day on which its council meets."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Paper(database)
    paper.launch(a_short_plan())
    paper.pass_to(REVIEWED)
    for department, head in HEADS.items():
        desk = paper.desk(department)
        if department not in LISTS:
            reason = {"reason": "Không có đề nghị."}
            assert paper.act(head, "file_nil_return", desk, reason) == "applied"
            continue
        lines = [line(*each) for each in LISTS[department]]
        review = a_review(department, head)
        assert paper.act(head, "record_peer_review", desk, review) == "applied"
        assert paper.act(head, "submit", desk, {"lines": lines}) == "applied"
    paper.pass_to(POSTED)
    for department in LISTS:
        for kind in ("receive", "appraise"):
            assert paper.act(SECRETARIAT, kind, paper.desk(department)) == "applied"
    assert paper.act(SECRETARIAT, "publish", f"phase:{paper.phase}") == "applied"
    paper.pass_to(MORNING)
    posted = Enter(
        f"phase:{paper.phase}", PhaseState.PUBLIC_NOTICE, PhaseState.COUNCIL_REVIEW
    )
    Steps(database).enter(posted)


def a_review(department: str, head: str) -> dict[str, Any]:
    """The department's own meeting."""
    staff = sample_office(2022).staff
    return {
        "held_on": "2022-06-20",
        "present": [p.code for p in staff if p.department == department],
        "chaired_by": head,
        "minutes": "Tập thể phòng thống nhất.",
    }
