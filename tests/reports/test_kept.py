"""What was judged is kept: it is what would be found anew, and nobody else's."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from ballots.box import BallotBox
from ballots.keys import Keys
from domain.council.ballots import Method
from domain.grouping import grouped
from domain.record import OFFICE
from domain.refusals import Refusal
from domain.reports.targets import Progress
from domain.rules.criteria import DisciplineLevel
from duties.ballots import ballots_of
from duties.tasks import tasks_of
from store import record
from store.database import SHELF, Database
from store.findings.formality import formality
from store.findings.judging import foresee
from store.findings.kept import Kept, kept
from store.findings.supposing import Supposed, suppose
from store.findings.targets import stages, yardstick
from store.office.standing import standing_of
from store.tables import (
    Act,
    Discipline,
    Nomination,
    Phase,
    Registration,
    RoundLine,
    ServiceSpan,
)
from tests.api.calls import idle_office
from tests.databases import Databases
from tests.journeys.cast import at
from tests.office import SECRETARIAT, Person
from tests.scale.crowd import Crowd, prepare_crowd
from tests.scale.lists import Lists
from tests.scale.story import prepare_many
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(900)

_NOW = at("2023-01-18", "15:00")
PHASE, SESSION = "2022-1", "2022-1-hd1"
STAFF, HEAD, NOMINEE = "ttdn-02", "ctqh-01", "ctqh-n000"


@pytest.fixture
def crowd(databases: Databases, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Give a copy of an office that waits at the appraisal, or at the open vote."""
    copies: list[Database] = []

    def copy(stage: str) -> Database:
        name = f"a crowd at the {stage}"
        if not databases.prepared(name):
            made = databases.fresh()
            prepare_crowd(made, 8)
            story = Crowd(made, box=BallotBox(Keys(tmp_path)))
            story.to_the_appraisal()
            if stage == "vote":
                story.to_the_vote()
                story.multiply(40)
            databases.keep(made, name)
        copies.append(databases.fresh(name))
        return copies[-1]

    yield copy
    for each in copies:
        databases.drop(each)


@contextmanager
def anew(database: Database) -> Iterator[Session]:
    """Read as somebody for whom nothing is kept."""
    with database.read() as session:
        session.info.pop(SHELF)
        yield session


# --- as if nothing were kept


# What rules judge by, and what else is found from.
_JUDGED = re.compile(
    r"(?:INSERT INTO|UPDATE|DELETE FROM) (nominations|nomination_moves|registrations"
    r"|submissions|opinions|phases|campaigns|departments|people|service_spans"
    r"|appointments|council_seats|ratings|disciplines|leaves|recognitions"
    r"|past_awards"
    r"|session_lines|round_lines|voting_rounds|cases|case_authors) "
)


@dataclass
class Watched(Lists):
    """A story in which everything that is kept is looked at after every act."""

    looks: int = 0
    unlinked: list[str] = field(default_factory=list)

    def act(
        self, who: str, kind: str, target: str, body: Mapping[str, Any] | None = None
    ) -> str:
        """Act; then what is kept must be what is found anew."""
        with self._linked():
            said = super().act(who, kind, target, body)
        with self.database.read() as session, anew(self.database) as other:
            assert everything(session) == everything(other), kind
        self.looks += 1
        return said

    @contextmanager
    def _linked(self) -> Iterator[None]:
        """Note what is judged by and was written by a transaction without a link."""
        engine, written = self.database.engine, set[str]()

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            written.update(_JUDGED.findall(statement))
            if statement.startswith("UPDATE chains"):
                written.add("chains")

        def end(_connection: Any) -> None:
            if written and "chains" not in written:
                self.unlinked.extend(sorted(written))
            written.clear()

        listened = (("before_cursor_execute", note), ("commit", end))
        for name, listener in listened:
            event.listen(engine, name, listener)
        yield
        for name, listener in listened:
            event.remove(engine, name, listener)


def everything(session: Session) -> dict[str, Any]:
    """Look at all that is found from what may be kept."""
    phase = session.get(Phase, PHASE)
    if phase is None:
        return {}
    by = yardstick(session, phase)
    return {
        "wholes": (by.heads, by.left_out),
        "stages": stages(session, phase.campaign, whole=True),
        "passing": suppose(session, phase, Supposed()),
        "failing": suppose(session, phase, Supposed(others="fail")),
        "signs": formality(session, phase),
        **{who: tasks_of(session, standing_of(session, who)) for who in _OWING},
    }


_OWING = (SECRETARIAT, HEAD, "ld-01", "ttdn-02")


def test_after_every_act_what_is_kept_is_what_is_found_anew(
    databases: Databases, tmp_path: Path
) -> None:
    if not databases.prepared("many"):
        made = databases.fresh()
        prepare_many(made)
        databases.keep(made, "many")
    story = Watched(databases.fresh("many"), box=BallotBox(Keys(tmp_path)))

    for _moment in story.whole():
        pass
    databases.drop(story.database)

    assert story.unlinked == []
    assert story.looks > 50


# --- what each hangs on


def acted(session: Session, chain: str = "2022", kind: str = "test") -> None:
    """Write the link of an act."""
    record.append(session, Act(campaign=chain, kind=kind, actor="x", at=_NOW), {})


def disciplined(session: Session) -> None:
    """Let somebody be disciplined in the year."""
    level, day = max(DisciplineLevel), date(2022, 6, 1)
    session.add(Discipline(person=NOMINEE, level=level, decided_on=day))
    acted(session, OFFICE)


def registered(session: Session) -> None:
    """Let one more be registered."""
    like = session.exec(select(Registration)).first()
    assert like is not None
    new = like.model_dump(exclude={"id"}) | {"subject": "hctcqt-03", "title": "CSTDCS"}
    session.add(Registration(**new))
    acted(session)


def bare(session: Session) -> None:
    """Let a line lose its papers."""
    theirs = select(Nomination).where(Nomination.subject == NOMINEE)
    line = session.exec(theirs.order_by(Nomination.title)).first()
    assert line is not None
    line.evidence = {**line.evidence, "documents": []}
    session.add(line)
    acted(session)


def by_hand(session: Session) -> None:
    """Let all be voted on by hands."""
    for row in session.exec(select(RoundLine)).all():
        row.method = Method.HANDS
        session.add(row)
    acted(session)


def moved(session: Session) -> None:
    """Let the nominee of a department have come from another in the year."""
    span = session.exec(
        select(ServiceSpan).where(ServiceSpan.person == "ttdn-n000")
    ).one()
    session.add(
        ServiceSpan(person=span.person, department="TTDN", starts=date(2022, 9, 1))
    )
    span.department, span.ends = "CTQH", date(2022, 9, 1)
    session.add(span)
    acted(session, OFFICE)


def the_phase(session: Session) -> Phase:
    """Find the only phase."""
    return session.get_one(Phase, PHASE)


def against(session: Session) -> Mapping[UUID, Sequence[Refusal]]:
    """Say what stands against all lines of the phase."""
    phase = the_phase(session)
    lines = session.exec(select(Nomination).where(Nomination.phase == phase.id))
    return foresee(session, phase, lines.all())


def owed_by(who: str) -> Callable[[Session], list[str]]:
    """Name the acts that somebody owes."""
    return lambda session: [
        duty.act for duty in tasks_of(session, standing_of(session, who))
    ]


# Of each thing that is kept: when it is looked at, how, and what changes it.
Case = tuple[str, Callable[[Session], Any], Callable[[Session], None]]
CASES: dict[Kept, Case] = {
    Kept.YARDSTICK: (
        "vote",
        lambda s: yardstick(s, the_phase(s)).heads,
        disciplined,
    ),
    Kept.STAGES: (
        "vote",
        lambda s: dict(stages(s, "2022", whole=True)[Progress.REGISTERED]),
        registered,
    ),
    Kept.COURSE: (
        "vote",
        lambda s: suppose(s, the_phase(s), Supposed()).lines,
        disciplined,
    ),
    Kept.FORESEEN: ("appraisal", against, disciplined),
    Kept.FORMALITY: (
        "vote",
        lambda s: [x.said for x in formality(s, the_phase(s))],
        bare,
    ),
    Kept.BALLOTS: ("vote", lambda s: ballots_of(s, [SESSION]).to_cast, by_hand),
    Kept.BY_HAND: ("vote", owed_by(SECRETARIAT), by_hand),
    Kept.ASKED: ("appraisal", owed_by(HEAD), moved),
}


@pytest.mark.parametrize("what", [*Kept])
def test_what_is_kept_changes_with_what_it_hangs_on(
    crowd: Callable[[str], Database], what: Kept
) -> None:
    stage, look, change = CASES[what]
    database = crowd(stage)
    with database.read() as session:
        before = look(session)

    with database.write() as session:
        change(session)

    with database.read() as session, anew(database) as other:
        after, found = look(session), look(other)
    assert after == found
    assert after != before


def test_a_list_alone_is_judged_as_the_whole_phase_would_have_it(
    crowd: Callable[[str], Database],
) -> None:
    database = crowd("appraisal")
    with database.write() as session:
        disciplined(session)

    with database.read() as session:
        found = suppose(session, the_phase(session), Supposed()).lines
        rows = session.exec(select(Nomination).where(Nomination.phase == PHASE)).all()
        alone = [
            foresee(session, the_phase(session), list(theirs))
            for theirs in grouped((row.department, row) for row in rows).values()
        ]

    assert {line: against for one in alone for line, against in one.items()} == {
        each.line: each.against for each in found
    }
    assert any(each.against for each in found)


@pytest.mark.parametrize(
    ("chain", "kind", "times"),
    [
        ("2022", "test", 2),
        (OFFICE, "test", 2),
        ("other", "test", 2),
        ("2022", "cast", 1),
        ("2022", None, 1),
    ],
)
def test_an_act_of_any_chain_lets_go_of_what_is_kept_but_for_a_sealed_sheet(
    crowd: Callable[[str], Database], chain: str, kind: str | None, times: int
) -> None:
    database, found = crowd("vote"), list[int]()
    with database.write() as session:
        if chain == "other":
            record.begin_chain(session, chain)
            session.flush()

    for _look in range(2):
        with database.read() as session:
            kept(session, Kept.STAGES, "x", lambda: found.append(0))
            kept(session, Kept.STAGES, "x", lambda: found.append(0))
        with database.write() as session:
            if kind is not None:
                acted(session, chain, kind)

    assert len(found) == times


def test_who_writes_is_given_nothing_that_was_kept_and_leaves_nothing(
    crowd: Callable[[str], Database],
) -> None:
    database, found = crowd("vote"), list[str]()

    def ask(session: Session, who: str) -> None:
        kept(session, Kept.STAGES, "x", lambda: found.append(who))

    with database.write() as session:
        ask(session, "writer")
    with database.read() as session:
        ask(session, "reader")
        ask(session, "reader")
    with database.write() as session:
        ask(session, "writer")

    assert found == ["writer", "reader", "writer"]


# --- whose it is


@pytest.mark.parametrize("first", [SECRETARIAT, STAFF])
async def test_what_one_may_read_never_comes_out_of_what_another_was_told(
    crowd: Callable[[str], Database], first: str
) -> None:
    database = crowd("vote")
    second = STAFF if first == SECRETARIAT else SECRETARIAT
    async with idle_office(database, await nowhere()) as office:
        told = {who: await counted_for(office.person(who)) for who in (first, second)}
    other = Database(database.url)
    async with idle_office(other, await nowhere()) as office:
        alone = await counted_for(office.person(second))
    other.close()

    assert told[second] == alone
    assert told[SECRETARIAT] != told[STAFF]


async def counted_for(reader: Person) -> Any:
    """Say how many somebody is told have come to each stage."""
    return (await reader.get(f"/phases/{PHASE}/targets"))["stages"]
