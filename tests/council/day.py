"""The day on which the council meets: lines for every kind of vote, all appraised."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from activities.steps import Steps
from domain.states import PhaseState
from engine.messages import Enter
from store.database import Database
from tests.activities.paper import Paper
from tests.journeys.cast import HEADS, a_plan, aim, at, line
from tests.office import SECRETARIAT, prepare, sample_office

REGISTERED = at("2022-01-20")
REVIEWED, POSTED = at("2022-06-20"), at("2022-07-01")
MORNING, DAY = at("2022-07-13", "09:00"), at("2022-07-13", "14:00")
# Open by majority, secret by four fifths, and secret by majority; ctqh-01 sits in the
# council and is nominated in both ways.
OPEN, OWN_OPEN = ("cthdnd-02", "GIAY_KHEN"), ("ctqh-01", "GIAY_KHEN")
SECRET, OWN_SECRET = ("ctqh-02", "BANG_KHEN_TINH"), ("ctqh-01", "BANG_KHEN_TINH")
FLAG = ("CTQH", "CO_TINH")
# Titles under a quota, where there are too few to rest it on.
WORKER, FIGHTER = ("ctqh-04", "LDTT"), ("ctqh-04", "CSTDCS")

Lists = Mapping[str, tuple[tuple[str, str], ...]]
EVERY_KIND: Lists = {
    "CTQH": (OWN_OPEN, SECRET, OWN_SECRET, FLAG),
    "CTHDND": (OPEN,),
}
UNDER_A_QUOTA: Lists = {"CTQH": (WORKER, FIGHTER)}
# Four with an initiative, of whom one heads a department, and room for one of them:
# 15 % of seven workers is 1.05.
FIGHTERS = ("ctqh-01", "ctqh-04", "cthdnd-02", "ttdn-03")
TOO_MANY: Lists = {
    "CTQH": (
        *((f"ctqh-0{n}", "LDTT") for n in range(1, 6)),
        *((person, "CSTDCS") for person in FIGHTERS[:2]),
    ),
    "CTHDND": (("cthdnd-02", "LDTT"), ("cthdnd-02", "CSTDCS")),
    "TTDN": (("ttdn-03", "LDTT"), ("ttdn-03", "CSTDCS")),
}


def a_short_plan(
    lists: Lists, targets: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """One phase, the last of its year, for the titles that are aimed for."""
    plan = a_plan()
    titles = sorted({title for lines in lists.values() for _, title in lines})
    phase = {**plan["phases"][0], "final": True, "titles": titles}
    return {**plan, "phases": [phase], "targets": list(targets)}


def to_the_vote(database: Database, lists: Lists = EVERY_KIND) -> None:
    """Carry the only phase to the day on which its council meets."""
    paper = registered(database, lists)
    sent(paper, lists)
    posted(paper, lists)


def registered(
    database: Database, lists: Lists, targets: Sequence[dict[str, Any]] = ()
) -> Paper:
    """Launch the only phase, and register what will be nominated in it."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    paper = Paper(database)
    paper.launch(a_short_plan(lists, targets))
    paper.pass_to(REGISTERED)
    for department, lines in lists.items():
        aims = {"aims": [aim(*each) for each in lines]}
        act(paper, HEADS[department], "register", paper.desk(department), aims)
    return paper


def sent(paper: Paper, lists: Lists) -> None:
    """Let every department review and send its list."""
    paper.pass_to(REVIEWED)
    for department in HEADS:
        send(paper, department, lists.get(department, ()))


def posted(paper: Paper, lists: Lists) -> None:
    """Appraise the lists, post them, and wait for the council's day."""
    paper.pass_to(POSTED)
    for department in lists:
        act(paper, SECRETARIAT, "receive", paper.desk(department))
        act(paper, SECRETARIAT, "appraise", paper.desk(department))
    act(paper, SECRETARIAT, "publish", f"phase:{paper.phase}")
    paper.pass_to(MORNING)
    notice_over = Enter(
        f"phase:{paper.phase}", PhaseState.PUBLIC_NOTICE, PhaseState.COUNCIL_REVIEW
    )
    Steps(paper.database).enter(notice_over)


def send(paper: Paper, department: str, lines: tuple[tuple[str, str], ...]) -> None:
    """Let a department review and send its list, or say that it has none."""
    desk, head = paper.desk(department), HEADS[department]
    if not lines:
        act(paper, head, "file_nil_return", desk, {"reason": "Không có đề nghị."})
        return
    act(paper, head, "record_peer_review", desk, a_review(department, head))
    act(paper, head, "submit", desk, {"lines": [line(*each) for each in lines]})


def act(paper: Paper, who: str, kind: str, target: str, body: Any = None) -> None:
    """Let somebody act; anything but «applied» fails the test."""
    assert paper.act(who, kind, target, body) == "applied", kind


def a_review(department: str, head: str) -> dict[str, Any]:
    """The department's own meeting."""
    held_on = date(2022, 6, 20)
    staff = [p for p in sample_office(2022).staff if p.hired_on <= held_on]
    return {
        "held_on": held_on.isoformat(),
        "present": [p.code for p in staff if p.department == department],
        "chaired_by": head,
        "minutes": "Tập thể phòng thống nhất.",
    }
