"""Every deadline is moved by an act, its what-if first, or refused with the reason."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from domain.acts import DEADLINES, kind_of
from domain.acts.moving import MOVE, MOVED, MOVING
from domain.deadlines import DeadlineKind
from domain.states import PhaseState
from engine.client import Engine
from store.database import Database
from store.tables import Campaign, Command, Deadline, LadderStep, Notice
from tests.activities.paper import Paper
from tests.api.calls import Caller, idle_office
from tests.duties.owed import CASES, DUE, NOW, Scene
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, prepare, set_clock

UNTIL, LATER = "2022-07-13", at("2022-07-14", "00:00")
REASON = "Cả cơ quan chống bão."
# What owes nobody anything and so is in no scene: in a campaign of its own.
_K = DeadlineKind
SILENT = {
    "phase:silent-1": (_K.PHASE, _K.PEER_REVIEW, _K.PUBLIC_NOTICE),
    "campaign:silent": (f"{_K.DELEGATION}-1",),
}
Place = tuple[str, str, str]  # campaign, owner, name


@pytest.fixture
def places(sqlite_database: Database) -> dict[DeadlineKind, Place]:
    """On 5 July 2022, one deadline of each kind runs: where each is found."""
    prepare(sqlite_database, 2022, at("2022-01-03", "08:00"))
    Paper(sqlite_database, "like").launch(a_plan())
    set_clock(sqlite_database, NOW)
    moving = (case for case in CASES if case.kind in MOVING)
    one = {case.kind: case for case in moving if case.due_at == DUE}
    with sqlite_database.write() as session:
        like = session.get_one(Campaign, "like")
        for case in one.values():
            case.write(session, like)
        silent = dict(silently(session, like))
    owed = {kind: (case.code, case.keeper, str(kind)) for kind, case in one.items()}
    return {**owed, **silent}


def silently(session: Session, like: Campaign) -> Iterator[tuple[DeadlineKind, Place]]:
    """Let the deadlines run that nobody owes anything by."""
    scene = Scene(session, "silent", like)
    scene.stage(PhaseState.PUBLIC_NOTICE)
    for owner, names in SILENT.items():
        for name in names:
            scene.add(
                Deadline(
                    owner=owner,
                    name=name,
                    campaign="silent",
                    opens_at=NOW,
                    due_at=DUE,
                    original_due_at=DUE,
                )
            )
            yield kind_of(name), ("silent", owner, str(name))


def steps(database: Database, place: Place) -> set[tuple[str, datetime]]:
    """Read the reminders that are still to go out."""
    with database.read() as session:
        rows = session.exec(
            select(LadderStep).where(
                LadderStep.owner == place[1],
                LadderStep.name == place[2],
                col(LadderStep.ended_at).is_(None),
            )
        )
        return {(row.code, row.at) for row in rows}


def mover_of(kind: DeadlineKind) -> str:
    """Name somebody who may move it: the director, who is in the chair too, or not."""
    roles = {"director", "council_chair"}
    return DIRECTOR if MOVING[kind].who & roles else SECRETARIAT


def move(database: Database, who: str, place: Place, until: str = UNTIL) -> str:
    """Let somebody move a deadline."""
    campaign, owner, name = place
    body = {"owner": owner, "deadline": name, "until": until, "reason": REASON}
    return Paper(database, campaign).act(who, MOVE, f"campaign:{campaign}", body)


async def test_every_deadline_moves_as_its_what_if_said_or_says_why_it_does_not(
    sqlite_database: Database, engine: Engine, places: dict[DeadlineKind, Place]
) -> None:
    before = {kind: steps(sqlite_database, place) for kind, place in places.items()}
    async with idle_office(sqlite_database, engine) as office:
        director = Caller(office.http, DIRECTOR)
        asked = {
            kind: await director.get(
                f"/campaigns/{campaign}/deadlines/what-if"
                f"?owner={owner}&deadline={name}&until={UNTIL}"
            )
            for kind, (campaign, owner, name) in places.items()
        }

    done = {
        kind: move(sqlite_database, mover_of(kind), place)
        for kind, place in places.items()
    }

    assert set(places) == set(DeadlineKind) == set(MOVING)
    assert done == {k: "applied" if k in MOVED else "not_movable" for k in places}
    for kind, place in places.items():
        status, said = asked[kind]
        now = steps(sqlite_database, place)
        if kind not in MOVED:
            assert (status, said, now) == (409, "not_movable", before[kind]), kind
            continue
        assert (status, said["warnings"], said["overtakes"]) == (200, [], []), kind
        assert datetime.fromisoformat(said["would_be"]) == LATER
        assert now == (before[kind] - moments(said["dropped"])) | moments(said["added"])
        assert DEADLINES[kind].ladder is None or now
        with sqlite_database.read() as session:
            row = session.get_one(Deadline, place[1:])
            assert (row.due_at, row.original_due_at, row.version) == (LATER, DUE, 2)
            told = select(Notice.body).where(
                Notice.campaign == place[0], Notice.kind == "deadline_moved"
            )
            bodies = session.exec(told).all()
        assert any(DEADLINES[kind].name_vi in body for body in bodies), kind


def moments(found: list[dict[str, str]]) -> set[tuple[str, datetime]]:
    """Read the steps of an answer."""
    return {(each["code"], datetime.fromisoformat(each["at"])) for each in found}


def test_a_moved_deadline_overtakes_none_and_is_moved_by_those_alone_who_may(
    sqlite_database: Database, places: dict[DeadlineKind, Place]
) -> None:
    appraisal, decision = places[_K.APPRAISAL], places[_K.DECISION]
    with sqlite_database.write() as session:
        council = Deadline(
            owner=appraisal[1],
            name=_K.COUNCIL,
            campaign=appraisal[0],
            due_at=DUE + timedelta(days=1),
            original_due_at=DUE,
        )
        session.add(council)

    said = {
        "overtaking": move(sqlite_database, DIRECTOR, appraisal),
        "a day that is not later": move(
            sqlite_database, DIRECTOR, appraisal, "2022-07-07"
        ),
        "for oneself": move(sqlite_database, SECRETARIAT, appraisal),
        "of the director": move(sqlite_database, SECRETARIAT, decision),
        "nothing": move(sqlite_database, DIRECTOR, (*appraisal[:2], "ballots")),
        "with room": move(sqlite_database, DIRECTOR, appraisal, "2022-07-08"),
    }

    assert said == {
        "overtaking": "overtakes",
        "a day that is not later": "not_later",
        "for oneself": "not_allowed",
        "of the director": "not_allowed",
        "nothing": "unknown_deadline",
        "with room": "applied",
    }
    with sqlite_database.read() as session:
        why = session.exec(
            select(Command.refusals).where(Command.actor == SECRETARIAT)
        ).first()
    assert why
    assert "Chánh Văn phòng" in why[0]["detail"]


def test_why_a_deadline_is_not_moved_stands_where_it_is_not() -> None:
    assert all(
        bool(moving.why) == (moving.act != MOVE)
        and bool(moving.who) == (moving.act == MOVE)
        for moving in MOVING.values()
    )
