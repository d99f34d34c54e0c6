"""What cannot succeed ends when it is appraised, and comes before no council."""

from collections.abc import Sequence

from sqlmodel import select

from store.database import Database
from store.tables import Nomination
from tests.council.day import POSTED, Lists, act, registered, sent
from tests.office import SECRETARIAT

CTHDND = tuple(f"cthdnd-0{n}" for n in range(1, 6))
LISTS: Lists = {
    "CTQH": (
        ("ctqh-02", "CSTDT"),  # was never a fighter of the office
        ("ctqh-04", "LDTT"),
        ("ctqh-04", "CSTDCS"),
        ("ctqh-05", "CSTDCS"),  # nobody has nominated for the lower title
        ("CTQH", "TTLDTT"),  # one worker of eight
        ("CTQH", "TTLDXS"),  # rests on all of these
    ),
    "CTHDND": (
        *((who, "LDTT") for who in CTHDND),
        ("CTHDND", "TTLDTT"),  # five of eight
        ("CTHDND", "TTLDXS"),  # and no fighter
    ),
}


def appraised(
    database: Database, against: tuple[str, str] | None = None
) -> dict[str, str]:
    """Send the lists, appraise them, and read how each line stands."""
    paper = registered(database, LISTS)
    sent(paper, LISTS)
    paper.pass_to(POSTED)
    for department in LISTS:
        act(paper, SECRETARIAT, "receive", paper.desk(department))
    ids = {(row.subject, row.title): str(row.id) for row in lines(database)}
    finding = {"eligible": False, "reason": "Báo cáo không đúng sự thật."}
    findings = [{"line": ids[against], **finding}] if against else []
    act(paper, SECRETARIAT, "appraise", paper.desk("CTQH"))
    body = {"findings": findings}
    act(paper, SECRETARIAT, "appraise", paper.desk("CTHDND"), body)
    return {f"{row.subject} {row.title}": row.state for row in lines(database)}


def lines(database: Database) -> Sequence[Nomination]:
    """Read all lines."""
    with database.read() as session:
        return session.exec(select(Nomination)).all()


def eligible(found: dict[str, str]) -> set[str]:
    """Name those that come before the council; the others are out."""
    assert set(found.values()) <= {"eligible", "ineligible"}
    return {line for line, state in found.items() if state == "eligible"}


def test_a_title_that_its_subject_cannot_get_ends_at_the_appraisal(
    database: Database,
) -> None:
    found = appraised(database)

    assert eligible(found) == {
        "ctqh-04 LDTT",
        "ctqh-04 CSTDCS",
        *(f"{who} LDTT" for who in CTHDND),
        "CTHDND TTLDTT",
    }


def test_whoever_is_found_against_takes_along_what_rests_on_it(
    database: Database,
) -> None:
    found = appraised(database, against=("cthdnd-05", "LDTT"))

    assert eligible(found) == {
        "ctqh-04 LDTT",
        "ctqh-04 CSTDCS",
        *(f"{who} LDTT" for who in CTHDND[:-1]),
    }
