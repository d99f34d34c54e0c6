"""The record's chain in the rows: what it proves, and what may be erased from it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from domain.record import Break, Link, digest_link
from store import record
from store.commands import Intent, receive
from store.database import Database, insert_selected
from store.tables import Act, ActPayload, Command, Notice, Person
from tests.store import chains
from tests.store.rows import CAMPAIGN, MOMENT, PERSON, PHASE, SAID, an_act, found

CHANGED = "was changed"
SAID_CHANGED = "its payload was changed"
UNLINKED = "does not follow the link before it"
NOT_LAST = "is the head, but not the last link"
Tampering = Callable[[Session], object]


@pytest.fixture
def chain(database: Database) -> list[UUID]:
    """Four acts, without the triggers: somebody has the whole database in hand."""
    with database.write() as session:
        found(session)
    acts = [an_act() for _ in range(4)]
    for n, act in enumerate(acts, 1):
        with database.write() as session:
            record.append(session, act, {"said": f"Việc {n}", "n": n})
    unguard(database)
    return [act.id for act in acts]


def unguard(database: Database) -> None:
    """Take off the triggers that keep acts as they are."""
    with database.engine.begin() as connection:
        if database.engine.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER acts_no_{verb}"))
        else:
            connection.execute(text("ALTER TABLE acts DISABLE TRIGGER acts_stay"))


def breaks(database: Database, *tampering: Tampering) -> list[Break]:
    """Check the chain after a tampering that is not kept."""
    with database.write() as session:
        for tamper in tampering:
            tamper(session)
        found = chains.breaks(session, CAMPAIGN)
        session.rollback()
    return found


def set_act(act: UUID, **values: Any) -> Tampering:
    return lambda session: session.connection().execute(
        update(Act).where(col(Act.id) == act).values(**values)
    )


def set_said(act: UUID, **values: Any) -> Tampering:
    return lambda session: session.connection().execute(
        update(ActPayload).where(col(ActPayload.act) == act).values(**values)
    )


def erase(act: UUID) -> Tampering:
    return lambda session: session.connection().execute(
        delete(ActPayload).where(col(ActPayload.act) == act)
    )


def remove(act: UUID) -> tuple[Tampering, Tampering]:
    return erase(act), lambda session: session.connection().execute(
        delete(Act).where(col(Act.id) == act)
    )


def acts_of(database: Database) -> list[Act]:
    with database.read() as session:
        return list(session.exec(select(Act).order_by(col(Act.seq))))


def a_byte_off(digest: str) -> str:
    return ("1" if digest[0] == "0" else "0") + digest[1:]


def test_appended_acts_verify_and_the_head_counts_them(
    database: Database, chain: list[UUID]
) -> None:
    with database.read() as session:
        head = record.head(session, CAMPAIGN)

    assert breaks(database) == []
    assert head == 4
    assert [(act.id, act.seq) for act in acts_of(database)] == [
        (act, seq) for seq, act in enumerate(chain, 1)
    ]


def test_a_campaign_without_acts_has_a_whole_chain(database: Database) -> None:
    with database.write() as session:
        found(session)

    assert breaks(database) == []


def test_an_act_of_nobody_with_nothing_said_verifies(database: Database) -> None:
    nobody = an_act(behalf=None, command=None, lines=[])

    with database.write() as session:
        found(session)
        record.append(session, nobody, {})

    assert breaks(database) == []


def test_a_moment_verifies_in_whatever_zone_it_is_handed_in(database: Database) -> None:
    in_vietnam = MOMENT.astimezone(timezone(timedelta(hours=7)))

    with database.write() as session:
        found(session)
        record.append(session, an_act(at=in_vietnam), SAID)

    assert breaks(database) == []


def test_an_act_is_recorded_once(database: Database) -> None:
    act, command = uuid4(), uuid4()
    with database.write() as session:
        found(session)
        record.append(session, an_act(id=act, command=command), SAID)

    with pytest.raises(IntegrityError), database.write() as session:
        record.append(session, an_act(id=act), SAID)
    with pytest.raises(IntegrityError), database.write() as session:
        record.append(session, an_act(command=command), SAID)

    assert [act.seq for act in acts_of(database)] == [1]
    assert breaks(database) == []


def test_a_changed_header_is_named_at_its_place(
    database: Database, chain: list[UUID]
) -> None:
    second = acts_of(database)[1]
    changes: dict[str, object] = {
        "id": uuid4(),
        "kind": "submiT",
        "actor": "vp-03",
        "behalf": None,
        "at": MOMENT + timedelta(microseconds=1),
        "command": uuid4(),
        "lines": ["line-2", "line-1"],
        "trace": {"target": None, "moves": [], "told": []},
    }

    tried = {
        field: breaks(database, erase(second.id), set_act(second.id, **{field: value}))
        for field, value in changes.items()
    }

    assert tried == {field: [Break(2, CHANGED)] for field in changes}
    assert set(changes) == set(Act.model_fields) - {*_LINKED, "many"}


def test_lines_counted_anew_are_named_at_their_act(
    database: Database, chain: list[UUID]
) -> None:
    second = acts_of(database)[1]

    tried = breaks(database, set_act(second.id, many=second.many + 1))

    assert tried == [Break(2, "miscounted_lines")]


# What the next tests change: an act's place, and what it is linked by.
_LINKED = {"campaign", "seq", "previous", "digest", "payload_digest"}


def test_a_byte_of_what_an_act_is_linked_by_is_named(
    database: Database, chain: list[UUID]
) -> None:
    second = acts_of(database)[1]
    linked_by = {
        "payload_digest": [Break(2, CHANGED), Break(2, SAID_CHANGED)],
        "previous": [Break(2, UNLINKED), Break(2, CHANGED)],
        "digest": [Break(2, CHANGED), Break(3, UNLINKED)],
    }

    tried = {
        field: breaks(
            database,
            set_act(second.id, **{field: a_byte_off(getattr(second, field))}),
        )
        for field in linked_by
    }

    assert tried == linked_by


def test_a_byte_of_what_was_said_is_named(
    database: Database, chain: list[UUID]
) -> None:
    with database.read() as session:
        salt = session.get_one(ActPayload, chain[1]).salt
    changes: dict[str, object] = {
        "payload": {"said": "Việc 7", "n": 2},
        "salt": bytes([salt[0] ^ 1, *salt[1:]]),
    }

    tried = {
        field: breaks(database, set_said(chain[1], **{field: value}))
        for field, value in changes.items()
    }

    assert tried == {field: [Break(2, SAID_CHANGED)] for field in changes}


def test_a_removed_act_is_named_where_it_is_missing(
    database: Database, chain: list[UUID]
) -> None:
    tried = [breaks(database, *remove(act)) for act in chain]

    assert tried == [
        [Break(2, "expected link 1"), Break(2, UNLINKED)],
        [Break(3, "expected link 2"), Break(3, UNLINKED)],
        [Break(4, "expected link 3"), Break(4, UNLINKED)],
        [Break(4, NOT_LAST)],
    ]


def test_a_record_that_was_emptied_is_no_whole_chain(
    database: Database, chain: list[UUID]
) -> None:
    everything = [step for act in chain for step in remove(act)]

    assert breaks(database, *everything) == [Break(4, NOT_LAST)]


def test_two_acts_that_changed_places_are_named(
    database: Database, chain: list[UUID]
) -> None:
    second, third = chain[1:3]

    found = breaks(
        database, set_act(second, seq=99), set_act(third, seq=2), set_act(second, seq=3)
    )

    assert found == [
        Break(2, UNLINKED),
        Break(2, CHANGED),
        Break(3, UNLINKED),
        Break(3, CHANGED),
        Break(4, UNLINKED),
    ]


def test_an_act_rewritten_with_its_own_digest_is_named_at_the_next(
    database: Database, chain: list[UUID]
) -> None:
    second = acts_of(database)[1]
    forged = Link(
        campaign=second.campaign,
        seq=second.seq,
        previous=second.previous,
        act=str(second.id),
        kind=second.kind,
        actor="vp-03",
        behalf=second.behalf,
        at=second.at.isoformat(),
        command=str(second.command),
        lines=tuple(second.lines),
        payload_digest=second.payload_digest,
    )

    rewrite = set_act(second.id, actor="vp-03", digest=digest_link(forged))

    assert breaks(database, rewrite) == [Break(3, UNLINKED)]


def test_an_act_added_behind_the_head_is_named(
    database: Database, chain: list[UUID]
) -> None:
    last = acts_of(database)[-1]

    def add(session: Session) -> None:
        session.add(Act(**{**last.model_dump(), **_NEW, "previous": last.digest}))
        session.flush()

    assert breaks(database, add) == [Break(5, CHANGED), Break(4, NOT_LAST)]


_NEW = {"id": uuid4(), "command": uuid4(), "seq": 5}


def test_what_was_said_may_be_erased_and_the_chain_stays_whole(
    database: Database, chain: list[UUID]
) -> None:
    assert breaks(database, erase(chain[1]), erase(chain[3])) == []


def test_nothing_is_left_to_guess_an_erased_act_from(database: Database) -> None:
    said = {"reason": "Bận việc gia đình."}
    with database.write() as session:
        found(session)
        command = receive(session, an_intent(said)).command
        act = an_act(command=command.id)
        record.append(session, act, {"said": said})
        other = an_act()
        record.append(session, other, SAID)

    with database.write() as session:
        record.erase(session, act.id)

    with database.read() as session:
        payloads = session.exec(select(ActPayload.act)).all()
        kept = session.exec(select(Command)).one()
    assert payloads == [other.id]
    assert (kept.id, kept.payload, kept.fingerprint) == (command.id, {}, "")
    assert breaks(database) == []


def an_intent(body: dict[str, Any]) -> Intent:
    return Intent(PERSON, "request_late", CAMPAIGN, f"phase:{PHASE}", body, "khóa-1")


def test_acts_appended_at_once_never_fork(database: Database) -> None:
    writers, each = 4, 5
    with database.write() as session:
        found(session)

    def append(_writer: int) -> list[int]:
        seqs = []
        for _ in range(each):
            with database.write() as session:
                seqs.append(record.append(session, an_act(), SAID))
        return seqs

    with ThreadPoolExecutor(writers) as threads:
        taken = list(threads.map(append, range(writers)))

    every = list(range(1, writers * each + 1))
    assert sorted(seq for seqs in taken for seq in seqs) == every
    assert [act.seq for act in acts_of(database)] == every
    assert breaks(database) == []


def test_how_many_are_told_is_known_where_nobody_is_listed(database: Database) -> None:
    says = {
        **{"campaign": CAMPAIGN, "task": "results/1", "kind": "results", "step": ""},
        **{"version": 1, "subject": "Kết quả", "body": "Có kết quả.", "at": MOMENT},
    }
    with database.write() as session:
        found(session)
        everybody = select(Person.id).where(col(Person.id) != "")
        people = len(session.exec(everybody).all())

        told = [
            insert_selected(session, Notice, ["recipient"], everybody, says)
            for _ in range(2)
        ]

    assert people > 0
    assert told == [people, 0]
