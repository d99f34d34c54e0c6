"""A list takes as many statements as one line: every act, and every page."""

import re
from base64 import urlsafe_b64encode
from collections import defaultdict
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pydantic_core import to_json
from sqlmodel import Session, col, select

from api.app import create_app
from api.commands import ACT_PATHS
from api.identity import PERSON
from api.web.acts import PREFIX
from ballots.box import BallotBox
from ballots.keys import Keys
from domain.states import CaseKind, LineState
from engine.client import Engine, connect
from papers.official.every import EVERY_PAPER
from papers.official.kinds import PaperKind, PaperOf
from store.database import Database
from store.tables import (
    Campaign,
    Case,
    Command,
    CouncilSession,
    Decision,
    Nomination,
    PastAward,
    Person,
    Phase,
    Submission,
)
from tests.api.asking import certified, filed
from tests.api.calls import idle_office
from tests.counted import counted
from tests.databases import Databases
from tests.office import SECRETARIAT, Office
from tests.papers.test_every_paper import BEFORE
from tests.scale.desks import Desks, prepare_desks
from tests.scale.lists import APPROVED, Lists
from tests.scale.ranks import FEW, MANY, Ranks
from tests.scale.scans import scanned
from tests.scale.story import Story, prepare_many

pytestmark = pytest.mark.timeout(1800)

# What is done, by people and by time itself.
ACTS = (
    "amend_registration",
    "appraise",
    "appraise_lists",
    "attest_count",
    "cancel",
    "cast",
    "close",
    "close_voting",
    "confirm_attendance",
    "convene",
    "decide",
    "decline_award",
    "extend_deadline",
    "file_nil_return",
    "forward",
    "issue",
    "launch",
    "number",
    "open_voting",
    "order_second_round",
    "publish",
    "recall",
    "receive",
    "receive_lists",
    "record_paper_count",
    "record_peer_review",
    "record_show_of_hands",
    "record_superior_answer",
    "register",
    "repeat_vote",
    "resume",
    "return_for_supplement",
    "roll_deadlines",
    "settle_tie",
    "sign_minutes",
    "sign_pact",
    "submit",
    "supplement",
    "suspend",
    "time",
    "withdraw_registration",
)
PAGES = (
    "/api/v1/appointments",
    "/api/v1/appointments/{key}",
    "/api/v1/calendar-overrides",
    "/api/v1/calendar-overrides/{day}/what-if",
    "/api/v1/campaigns",
    "/api/v1/campaigns/{code}",
    "/api/v1/campaigns/{code}/acts",
    "/api/v1/campaigns/{code}/acts/{seq}/lines",
    "/api/v1/campaigns/{code}/calendar",
    "/api/v1/campaigns/{code}/cases",
    "/api/v1/campaigns/{code}/deadlines",
    "/api/v1/campaigns/{code}/deadlines/what-if",
    "/api/v1/campaigns/{code}/delegations",
    "/api/v1/campaigns/{code}/flag-dossier",
    "/api/v1/campaigns/{code}/notices",
    "/api/v1/campaigns/{code}/phases",
    "/api/v1/campaigns/{code}/plan",
    "/api/v1/campaigns/{code}/registrations",
    "/api/v1/campaigns/{code}/reports",
    "/api/v1/campaigns/{code}/targets",
    "/api/v1/cases/{key}",
    "/api/v1/cases/{key}/attachments",
    "/api/v1/commands/{command_id}",
    "/api/v1/council-seats",
    "/api/v1/council-seats/{key}",
    "/api/v1/council-sessions/{key}/attachments",
    "/api/v1/council-sessions/{key}/ballot",
    "/api/v1/council-sessions/{key}/forecast",
    "/api/v1/council-sessions/{key}/lines",
    "/api/v1/council-sessions/{key}/rounds",
    "/api/v1/council-sessions/{key}/rounds/{number}/board",
    "/api/v1/council-sessions/{key}/sheet/{file}",
    "/api/v1/council-sessions/{key}/signed-papers",
    "/api/v1/decision-numbers",
    "/api/v1/decision-numbers/sheet/{file}",
    "/api/v1/decisions/{key}/attachments",
    "/api/v1/decisions/{key}/certificates/{number}/{form}",
    "/api/v1/decisions/{key}/lines",
    "/api/v1/decisions/{key}/pay/{file}",
    "/api/v1/decisions/{key}/sheet/{file}",
    "/api/v1/decisions/{key}/signed-papers",
    "/api/v1/departments",
    "/api/v1/departments/{code}",
    "/api/v1/disciplines",
    "/api/v1/disciplines/{key}",
    "/api/v1/initiatives",
    "/api/v1/leaves",
    "/api/v1/leaves/{key}",
    "/api/v1/lines/{line}",
    "/api/v1/lines/{line}/attachments",
    "/api/v1/lines/{line}/moves",
    "/api/v1/lines/{line}/opinions",
    "/api/v1/me",
    "/api/v1/me/data",
    "/api/v1/me/data/{part}",
    "/api/v1/me/letters",
    "/api/v1/me/notices",
    "/api/v1/me/tasks",
    "/api/v1/office/acts",
    "/api/v1/office/letterhead",
    "/api/v1/office/trusted-certificates",
    "/api/v1/office/word-layouts/{layout}",
    "/api/v1/one-time-codes",
    "/api/v1/outbox",
    "/api/v1/outbox/deliveries",
    "/api/v1/past-awards",
    "/api/v1/past-awards/{key}",
    "/api/v1/people",
    "/api/v1/people/{code}",
    "/api/v1/phases/{key}/comments",
    "/api/v1/phases/{key}/council-sessions",
    "/api/v1/phases/{key}/decisions",
    "/api/v1/phases/{key}/decisions/sheet/{file}",
    "/api/v1/phases/{key}/departments",
    "/api/v1/phases/{key}/formality",
    "/api/v1/phases/{key}/formality/{sign}/{of}/lines",
    "/api/v1/phases/{key}/lines",
    "/api/v1/phases/{key}/lines/sheet/{file}",
    "/api/v1/phases/{key}/targets",
    "/api/v1/phases/{key}/targets/what-if",
    "/api/v1/phases/{key}/targets/what-if/lines",
    "/api/v1/phases/{key}/what-if",
    "/api/v1/posts",
    "/api/v1/proposals",
    "/api/v1/ratings",
    "/api/v1/ratings/{kind}/{subject}/{year}",
    "/api/v1/recognitions",
    "/api/v1/recognitions/{key}",
    "/api/v1/service-spans",
    "/api/v1/service-spans/{key}",
    "/api/v1/statistics/{year}/sheet/{file}",
)
# Pages of the council, of the director and of the desk, as the phase goes on; others
# are read once there is all of it (tests/api/web/test_long_pages.py).
FOR_PEOPLE = (
    "/hoi-dong",
    "/hoi-dong/{key}",
    "/hoi-dong/{key}/bang-phieu/{number}",
    "/hoi-dong/{key}/bien-ban",
    "/hoi-dong/{key}/gio-tay",
    "/hoi-dong/{key}/ket-qua",
    "/hoi-dong/{key}/man-hinh",
    "/hoi-dong/{key}/phieu",
    "/quyet-dinh",
    "/quyet-dinh/{key}",
    "/so-quyet-dinh",
    "/tham-dinh",
    "/tham-dinh/{key}",
    "/tham-dinh/{key}/gia-dinh",
    "/tham-dinh/{key}/giay-to",
    "/tham-dinh/{key}/hinh-thuc",
    "/tham-dinh/{key}/{department}",
)
# One thing, by its key, of which this office has none; what is about accounts, which
# tests/api/accounts/ counts; and a record whole, by as many statements as it has kinds
# of entries, rounds and decisions.
APART = {
    "/api/v1/accounts",
    "/api/v1/accounts/{name}",
    "/api/v1/attachments/{key}",
    "/api/v1/campaigns/{code}/archive",
    "/api/v1/campaigns/{code}/record/export",
    "/api/v1/office/record/export",
    "/api/v1/me/sessions",
    "/api/v1/me/tokens",
    "/api/v1/outbox/deliveries/{key}",
    "/calendars/{secret}.ics",
    "/api/v1/session",
    "/health/live",
    "/health/ready",
    "/api/v1/calendar-overrides/{day}",
    "/api/v1/phases/{key}/departments/{department}/draft",
    "/api/v1/proposals/{key}",
    "/api/v1/scorecards/{year}",
    "/api/v1/scorecards/{year}/result",
}
# Papers, whose facts are read here and which tests/papers/ draws.
PAPERS = {f"/api/v1{each.path}/{{form}}": each for each in EVERY_PAPER}
Taken = dict[str, list[int]]
# What may look through a table that grows with the office and the years.
LOOKS_THROUGH = {
    # The launch is told to everybody.
    "activities.deed.send_notices: people",
    # When a window closes.
    "activities.services.progress.department_notices.next_of: commands",
    "activities.stages.reach_all: commands",
    # A form, on what may be tried again.
    "api.web.choosing.process.set_aside: commands",
    # Who of a council may be one human with somebody.
    "store.office.twins.twins: people",
    # Who has cast which sheets of a meeting: its members, times its rounds.
    "duties.ballots._casts: ballots_cast",
    # The whole office, judged once for the head of a chain and kept.
    "store.findings.hearing._away: leaves",
    "store.findings.membership.members_of: service_spans",
    "store.findings.roll._disciplines: disciplines",
    "store.findings.roll._recognitions: recognitions",
    "store.office.past_awards.granted_before: past_awards",
    "store.office.posts.posts_of: service_spans",
}


async def test_hundreds_of_lines_take_as_many_statements_as_a_few(
    taken: tuple[Taken, Taken, set[str]],
) -> None:
    few, many, _ = taken

    assert many == few
    assert few.keys() == {
        *ACTS,
        *PAGES,
        *FOR_PEOPLE,
        *PAPERS,
        *(PREFIX + each for each in ACT_PATHS.values()),
    }
    assert readable() == {*PAGES, *APART, *PAPERS}


async def test_what_grows_is_looked_through_by_what_is_named_here(
    taken: tuple[Taken, Taken, set[str]], databases: Databases
) -> None:
    _, _, scans = taken

    assert scans == (LOOKS_THROUGH if databases.kind == "sqlite" else set())


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def taken(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Taken, Taken, set[str]]:
    """What everything takes for one line a kind, what for many, and what it scans."""
    for name, prepare in (("many", prepare_many), ("desks", prepare_desks)):
        if not databases.prepared(name):
            made = databases.fresh()
            prepare(made)
            databases.keep(made, name)
    keys = tmp_path_factory.mktemp("keys")
    scans = set[str]()
    few, many = [await played(databases, keys, at, scans) for at in range(2)]
    return few, many, scans


# A moment that has nothing to read which others have not, but papers.
PASSED = "opened"
# The stories, the days they begin with, and how many of a kind they have.
STORIES: tuple[tuple[type[Story], str, tuple[int, int]], ...] = (
    (Lists, "many", (1, 25)),
    (Ranks, "many", (FEW, MANY)),
    (Desks, "desks", (1, 20)),
)


async def nowhere() -> Engine:
    """Give an engine that nobody asks for anything."""
    return Engine(await connect("127.0.0.1:1"))


async def played(databases: Databases, keys: Path, at: int, scans: set[str]) -> Taken:
    """Play every story, with few or with many, and look at every page on the way."""
    found: Taken = defaultdict(list)
    for kind, day, sizes in STORIES:
        made = databases.fresh(day)
        with made.write() as session:
            session.add(PastAward(**BEFORE | {"person": SECRETARIAT}))
        story = kind(made, box=BallotBox(Keys(keys)), each=sizes[at])
        story.look = partial(papers, made, story, found)
        with scanned(made, scans):
            async with idle_office(made, await nowhere()) as office:
                for moment in story.whole():
                    papers(made, story, found)
                    if moment != PASSED:
                        await look(office, story, found)
                if kind is Lists:
                    for path in ACT_PATHS.values():
                        await read(office, story, found, PREFIX + path)
        matters_beside(made, story.code, sizes[at])
        papers(made, story, found)
        databases.drop(made)
        for act, statements in story.taken.items():
            found[re.split("[#:]", act)[0]].append(statements)
    return found


def matters_beside(database: Database, campaign: str, authors: int) -> None:
    """Let there be an ad hoc commendation, and an initiative of one or of many."""
    with database.write() as session:
        session.add(filed(campaign, CaseKind.AD_HOC, basis=["outstanding_ad_hoc"]))
        found = session.exec(select(Person.id).order_by(Person.id).limit(authors))
        certified(session, campaign, dict.fromkeys(found, 1))


@cache
def readable() -> set[str]:
    """List the paths of the API that are read."""
    nobody: Any = None
    paths = create_app(nobody, nobody, (), sample=True).openapi()["paths"]
    return {path for path, ways in paths.items() if "get" in ways}


async def look(office: Office, story: Story, found: Taken) -> None:
    """Read every page that there is just now; those for people in one story."""
    for path in PAGES:
        asked = _ASKED | _asked_of(story, path)
        await read(office, story, found, path, **asked)
    for path in FOR_PEOPLE if isinstance(story, Lists) else ():
        await read(office, story, found, path)


async def read(
    office: Office, story: Story, found: Taken, path: str, **asked: str
) -> None:
    """Read a page, and count what it takes where it is there."""
    place, head = named(office.database, story, path), {PERSON: SECRETARIAT}
    with counted(office.database) as sent:
        answer = await office.http.get(place, params=asked, headers=head)
    if answer.status_code == 200:
        found[path].append(len(sent))


def papers(database: Database, story: Story, found: Taken) -> None:
    """Read the facts of every paper that there is just now, and count."""
    for path, kind in PAPERS.items():
        with database.read() as session:
            row = _row_of(session, kind, story)
            there = row is not None and kind.once(session, row)
        if there:
            with counted(database) as sent, database.read() as session:
                kind.made_of(session, _row_of(session, kind, story))
            found[path].append(len(sent))


def _row_of(session: Session, kind: PaperKind, story: Story) -> Any:
    holder = kind.holder
    if holder is PaperOf.CASE:
        cases = session.exec(select(Case).where(Case.campaign == story.code)).all()
        return next((each for each in cases if kind.once(session, each)), None)
    if holder is PaperOf.LINE:
        granted = col(Nomination.state) == LineState.AWARDED
        order = (granted.desc(), Nomination.subject, Nomination.id)
        return session.exec(select(Nomination).order_by(*order)).first()
    table, key = {
        PaperOf.CAMPAIGN: (Campaign, story.code),
        PaperOf.PHASE: (Phase, story.phase),
        PaperOf.PART: (Submission, (story.phase, APPROVED)),
        PaperOf.SESSION: (CouncilSession, story.session),
        PaperOf.DECISION: (Decision, f"{story.phase}-qd1"),
    }[holder]
    return session.get(table, key)


_ASKED = {"deadline": "submission", "until": "2022-07-15"}


def _asked_of(story: Story, path: str) -> dict[str, str]:
    """Ask of one deadline what is asked of a window elsewhere.

    Of meetings the last one is read: a page ends where they have many lines.
    """
    if path.endswith("/council-sessions"):
        before = urlsafe_b64encode(to_json([max(story.sessions - 1, 0)]))
        return {"cursor": before.decode()}
    if not path.endswith("/deadlines/what-if"):
        return {}
    owner = {"owner": f"phase:{story.phase}", "deadline": "appraisal"}
    return owner | {"until": "2022-08-31"}


_KEYS = {
    "number": "1",
    "form": "pdf",
    "file": "xlsx",
    "layout": "paper",
    "part": "notices",
    "department": APPROVED,
    "kind": "individual",
    "year": "2022",
    "seq": "1",
    "sign": "no_papers",
    "of": APPROVED,
    "name": "quan-tri",
    "secret": "A" * 43,
}


def named(database: Database, story: Story, path: str) -> str:
    """Fill in whose page it is, by what there is."""
    first = path.removeprefix("/api/v1").removeprefix(PREFIX).split("/")[1]
    code = {"campaigns": story.code, "departments": APPROVED, "people": "ctqh-05"}
    key = {
        "campaigns": story.code,
        "phases": story.phase,
        "council-sessions": story.session,
        "decisions": f"{story.phase}-qd1",
        "cases": str(one(database, Case)),
        "hoi-dong": story.session,
        "quyet-dinh": f"{story.phase}-qd1",
        "tham-dinh": story.phase,
    }
    values = {
        **_KEYS,
        "code": code.get(first, ""),
        "key": key.get(first, "1"),
        "subject": "ctqh-05",
        "line": str(one(database, Nomination)),
        "command_id": str(one(database, Command, Command.seq)),
        "day": "2022-01-01",
    }
    return path.format_map(values)


def one(database: Database, table: Any, first_by: Any = None) -> Any:
    """Find the id of one row: the first by a column, or any."""
    with database.read() as session:
        return session.exec(select(table.id).order_by(first_by).limit(1)).first()
