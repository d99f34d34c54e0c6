"""Words that are erased by an act leave the record whole; no others may be missing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlmodel import select

import cli
from domain.record import OFFICE, PROCESS
from domain.record.flaws import Flaw
from store.database import Database
from store.tables import Act, ActPayload, Command
from tests.activities.paper import Paper
from tests.databases import Databases
from tests.office import DIRECTOR
from tests.record.conftest import Played
from tests.record.played import Record, export, flaws, parsed
from tests.record.played import act as act_of

CAMPAIGN = "campaign:2022"
WHY = "Theo yêu cầu của người có dữ liệu."


@pytest.fixture
def copy(sqlite_databases: Databases, played: Played) -> Iterator[Database]:
    """The played phase, to be written to."""
    path = sqlite_databases.home / "ban-sao.db"
    with (
        closing(sqlite3.connect(played.database.engine.url.database or "")) as of,
        closing(sqlite3.connect(path)) as to,
    ):
        of.backup(to)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
    path.unlink()


@pytest.fixture
def erase(copy: Database) -> Callable[[int], str]:
    """Let the director erase what an act has said."""
    paper = Paper(copy)

    def ask(seq: int) -> str:
        body = {"seq": seq, "reason": WHY}
        return paper.act(DIRECTOR, "erase_personal_data", CAMPAIGN, body)

    return ask


def order(database: Database, *arguments: object) -> int:
    """Let the operator erase what an act has said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_DATABASE_URL", database.url)
        return cli.run(["erase", *map(str, arguments)])


def after(database: Database) -> Record:
    """Export once more."""
    return parsed(export(database, "2022"))


def seq_of(record: Record, kind: str) -> int:
    """Say which act it is."""
    seq: int = act_of(record, kind)["link"]["seq"]
    return seq


def test_what_an_act_erases_is_gone_and_the_record_stays_whole(
    copy: Database, erase: Callable[[int], str], record: Record
) -> None:
    seq = seq_of(record, "return_for_supplement")

    done = erase(seq)

    with copy.read() as session:
        row = session.exec(select(Act).where(Act.campaign == "2022", Act.seq == seq))
        act = row.one()
        payload = session.get(ActPayload, act.id)
        command = session.exec(select(Command).where(Command.id == act.command)).one()
    found = after(copy)
    erasing = act_of(found, "erase_personal_data")
    assert (done, payload, command.payload, command.fingerprint) == (
        *("applied", None),
        *({}, ""),
    )
    assert erasing["said"]["said"] == {"seq": seq, "reason": WHY}
    assert erasing["said"]["erased"] == {
        "seq": seq,
        "act": str(act.id),
        "payload": act.payload_digest,
    }
    assert flaws(found) == [Flaw("erased", seq, str(erasing["link"]["seq"]))]


def test_a_vote_whose_words_are_erased_is_said_not_to_be_counted_again(
    copy: Database, erase: Callable[[int], str], record: Record
) -> None:
    seq = seq_of(record, "record_show_of_hands")

    erase(seq)

    found = after(copy)
    by = str(seq_of(found, "erase_personal_data"))
    assert flaws(found) == [
        Flaw("erased", seq, by),
        Flaw("not_counted_again", None, "2022-1-hd1"),
    ]


def test_words_that_are_deleted_without_an_act_are_missed(record: Record) -> None:
    lost = act_of(record, "return_for_supplement")
    lost["salt"] = lost["said"] = None
    lost["command"] |= {"body": {}, "fingerprint": ""}

    assert flaws(record) == [Flaw("erased_without_act", lost["link"]["seq"])]


def test_an_erasure_that_erased_nothing_is_found(
    copy: Database, erase: Callable[[int], str], record: Record
) -> None:
    kept = act_of(record, "return_for_supplement")
    erase(kept["link"]["seq"])
    found = after(copy)
    place = act_of(found, "return_for_supplement")
    place |= {name: kept[name] for name in ("salt", "said", "command")}

    seq = seq_of(found, "erase_personal_data")

    assert flaws(found) == [Flaw("not_erased", seq, str(kept["link"]["seq"]))]


def test_only_words_that_are_there_and_may_go_are_erased(
    erase: Callable[[int], str], record: Record
) -> None:
    twice = seq_of(record, "forward")
    board = seq_of(record, "count_ballots")

    done = [erase(twice), erase(twice), erase(board), erase(9999)]

    assert done == ["applied", "already_erased", "not_erasable", "unknown_act"]


def test_the_operator_erases_by_order_what_takes_no_acts_any_more(
    copy: Database, record: Record
) -> None:
    seq = seq_of(record, "forward")
    by, why = ("--by", DIRECTOR), ("--reason", WHY)

    stranger = order(copy, "2022", seq, "--by", "ctqh-02", *why)
    done = order(copy, "2022", seq, *by, *why)
    again = order(copy, "2022", seq, *by, *why)
    office = order(copy, "@office", 1, *by, *why)

    found = after(copy)
    erasing = act_of(found, "erase_personal_data")
    assert (stranger, done, again, office) == (2, 0, 2, 0)
    link = erasing["link"]
    assert (link["actor"], link["behalf"], link["command"]) == (PROCESS, DIRECTOR, None)
    assert flaws(found) == [Flaw("erased", seq, str(link["seq"]))]
    assert flaws(parsed(export(copy, OFFICE))) == [Flaw("erased", 1, "2")]
