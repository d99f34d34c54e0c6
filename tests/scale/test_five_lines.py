"""An act on five lines takes as much in an office of a thousand as in a small one."""

from sqlmodel import func, select

from store.tables import Person
from tests.databases import Databases
from tests.office import NO_BALLOTS
from tests.scale.five_lines import FiveLines, prepare_two_of

ACTS = (
    "launch_department",
    "register",
    "record_peer_review",
    "submit",
    "receive",
    "appraise",
)
# What is known of a thousand people may be found in another order than of a hundred.
_NEARLY = 1.02


def test_an_act_on_five_lines_takes_the_same_however_many_people_there_are(
    sqlite_databases: Databases,
) -> None:
    people, few = played(sqlite_databases, departments=20)
    more_people, many = played(sqlite_databases, departments=200)

    assert (people, more_people) == (136, 1036)
    assert {act for act in few if many[act] > few[act] * _NEARLY} == set()


def played(databases: Databases, departments: int) -> tuple[int, dict[str, int]]:
    """Play the story; count the office's people, and what the second of each takes."""
    made = databases.fresh()
    prepare_two_of(made, departments)
    story = FiveLines(made, box=NO_BALLOTS)
    for _moment in story.whole():
        pass
    with made.read() as session:
        people = session.exec(select(func.count()).select_from(Person)).one()
    databases.drop(made)
    return people, {act: story.taken[f"{act}#2"] for act in ACTS}
