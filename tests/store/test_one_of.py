"""One of many: however many there are, they are one parameter of one statement."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlmodel import col, select

from store.database import Database, one_of
from store.findings.judging import approved_beside, live_beside
from store.findings.roll import call_the_roll
from store.tables import Nomination, Person, Phase
from tests.counted import counted
from tests.office import prepare
from tests.store.rows import PHASE, a_deed, a_line, write_lines, written

# Twice as many as a statement may have parameters.
MANY = 2 * 65_535


def test_one_of_more_than_a_statement_may_have_parameters(database: Database) -> None:
    prepare(database, 2022, datetime(2022, 1, 3, tzinfo=UTC))
    named = [*(f"nobody-{n}" for n in range(MANY)), "ctqh-02", "ctqh-01"]

    with database.read() as session:
        found = session.exec(
            select(Person.id).where(one_of(col(Person.id), named)).order_by(Person.id)
        )

        assert found.all() == ["ctqh-01", "ctqh-02"]


def test_no_text_of_a_statement_hangs_on_how_many_there_are(database: Database) -> None:
    texts = set()
    with database.read() as session:
        for many in (0, 1, 3):
            asked = [uuid4() for _ in range(many)]
            with counted(database) as statements:
                session.exec(
                    select(Nomination.id).where(one_of(col(Nomination.id), asked))
                ).all()
            texts |= {each for each in statements if "nomination" in each.lower()}

    assert len(texts) == 1


def test_sqlite_finds_them_by_an_index(sqlite_database: Database) -> None:
    query = select(Nomination.id).where(one_of(col(Nomination.id), [uuid4()]))

    with sqlite_database.read() as session:
        connection = session.connection()
        explained = f"EXPLAIN QUERY PLAN {query.compile(connection)}"
        plan = connection.exec_driver_sql(explained, ("[]",))
        first = next(iter(plan))[-1]

    assert first.startswith("SEARCH nominations USING COVERING INDEX")


def test_a_list_that_is_judged_may_be_longer_than_that(database: Database) -> None:
    named, other = written(database), a_line(title="CSTDCS")
    with database.write() as session:
        deed = a_deed(session)
        write_lines(deed, [other])
        deed.close()

    with database.read() as session:
        phase = session.get_one(Phase, PHASE)
        lines = [session.get_one(Nomination, named.id)] * MANY
        roll = call_the_roll(session, phase, lines)
        beside = live_beside(session, 2022, roll, lines)
        approved = approved_beside(session, phase, roll, lines)
        found = [each.title for each in beside], [each.title for each in approved]

    assert found == (["CSTDCS"], [])
