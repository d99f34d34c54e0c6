"""What every act takes of the database beside what it is about."""

import re

from activities.commands import Commands
from engine.messages import CommandRef
from intake.rulepacks import load_packs
from store import commands
from store.database import Database
from tests.activities.paper import Paper
from tests.council.day import POSTED, registered, sent
from tests.counted import counted
from tests.office import NO_BALLOTS, SECRETARIAT

LISTS = {"CTQH": (("ctqh-02", "GIAY_KHEN"),)}
# The command, with its campaign and the time; at last record, end and situation.
BEGUN = ["SELECT commands"]
RECORDED = ["SELECT chains", "UPDATE chains", "INSERT acts", "INSERT act_payloads"]
ENDED = ["UPDATE commands", "SELECT campaigns"]
# Its list, the list's new state, and last what somebody is told of it.
OWN = ["SELECT submissions", "UPDATE submissions", "INSERT notices"]


def test_an_act_takes_seven_statements_beside_its_own(database: Database) -> None:
    paper = registered(database, LISTS)
    sent(paper, LISTS)
    paper.pass_to(POSTED)

    asked = statements(paper, "receive")

    own = asked[len(BEGUN) : -len(RECORDED + ENDED)]
    assert asked == [*BEGUN, *own, *RECORDED, *ENDED]
    assert [*own[:2], own[-1]] == OWN


def test_a_refusal_is_written_in_a_transaction_of_its_own(database: Database) -> None:
    paper = registered(database, LISTS)

    asked = statements(paper, "receive")

    assert asked == [*BEGUN, "SELECT submissions", *BEGUN, *ENDED]


def statements(paper: Paper, kind: str) -> list[str]:
    """Let the secretariat act on a list; say what its end asks of which tables."""
    with paper.database.write() as session:
        intent = paper._intent(SECRETARIAT, kind, paper.desk("CTQH"), None)
        command = commands.receive(session, intent).command
        ref = CommandRef(command.id, kind, command.received_at)
    with counted(paper.database) as found:
        done = Commands(paper.database, load_packs(), box=NO_BALLOTS)
        done.apply_command(ref)
    # But for how a transaction begins, and on PostgreSQL for how long it waits.
    return [named(each) for each in found if not each.startswith(("BEGIN", "SET"))]


def named(statement: str) -> str:
    """Give the verb of a statement, and the first table that it asks, not the time."""
    tables = re.findall(r"(?:FROM|INTO|UPDATE)\s+(\w+)", statement)
    first = next(table for table in tables if table != "stepped_clock")
    return f"{statement.split()[0]} {first}"
