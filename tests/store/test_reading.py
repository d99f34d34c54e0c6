"""What a transaction that only reads asks once, and one that writes anew."""

from store.clock import now
from store.database import Database
from store.tables import Campaign, Phase
from tests.counted import counted
from tests.store.rows import CAMPAIGN, PHASE, found


def test_what_was_fetched_by_its_key_is_fetched_once_though_nobody_holds_it(
    database: Database,
) -> None:
    with database.write() as session:
        found(session)

    with counted(database) as sent, database.read() as session:
        names = [
            (session.get_one(Campaign, CAMPAIGN).id, session.get_one(Phase, PHASE).id)
            for _ in range(3)
        ]

    assert names == [(CAMPAIGN, PHASE)] * 3
    assert len([each for each in sent if each.startswith("SELECT")]) == 2


def test_whoever_reads_sees_one_moment(database: Database) -> None:
    with counted(database) as sent, database.read() as session:
        moments = {now(session) for _ in range(3)}

    assert len(moments) == 1
    assert len([each for each in sent if each.startswith("SELECT")]) == 1


def test_whoever_writes_may_have_waited_and_asks_anew(database: Database) -> None:
    with database.write() as session:
        moments = [now(session) for _ in range(3)]

    with counted(database) as sent, database.write() as session:
        moments += [now(session) for _ in range(3)]

    assert moments == sorted(moments)
    assert len([each for each in sent if each.startswith("SELECT")]) == 3
