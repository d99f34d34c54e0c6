"""Every list is read page by page to its end, while rows come in before and behind."""

import base64
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
from sqlmodel import SQLModel, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.delegation import Capacity
from domain.record import OFFICE
from domain.states import CaseKind, CaseState, LineState
from store.database import Database
from store.files.attachments import Holder
from store.tables import (
    Act,
    Appointment,
    Attachment,
    CalendarOverride,
    Campaign,
    Case,
    Comment,
    CouncilSeat,
    CouncilSession,
    Deadline,
    Decision,
    DecisionLine,
    Delegation,
    Department,
    Discipline,
    HolderKind,
    Leave,
    Nomination,
    NominationMove,
    Notice,
    Opinion,
    PastAward,
    Person,
    Proposal,
    Rating,
    Recognition,
    Registration,
    Report,
    ServiceSpan,
    SessionLine,
    SignedPaper,
    Submission,
    TrustedCertificate,
    VotingRound,
)
from tests.api.calls import Caller, idle_office
from tests.api.conftest import Issued
from tests.api.test_answers import the_document
from tests.databases import ON_BOTH
from tests.hostile import CURSORS
from tests.office import DIRECTOR, SECRETARIAT, Office
from tests.scale.test_statements import nowhere
from tests.seals import root, signer

Changes = Mapping[str, Any]
# How often rows come in, and how many are read one by one before all others at once.
TIMES, SINGLY = 2, 12
COUNT = count(1_000)
SCANS = UUID(int=1), UUID(int=2)
MINUTES = UUID(int=3), UUID(int=4)
# What else a row has that is put before all others, and one that is put behind; a
# number grows with each row that comes in, so nothing comes before it.
EARLY, MIDST, LATE = (datetime(y, 1, 1, tzinfo=UTC) for y in (2022, 2023, 2100))
_NONE = ("line", "subject", "certificate", "counts_for")
_PLAIN = {"filed_at": EARLY, **dict.fromkeys(_NONE)}
COMPLAINT = {**_PLAIN, "kind": CaseKind.COMPLAINT, "state": CaseState.ACCEPTED}
CERTIFIED = {
    **_PLAIN,
    "kind": CaseKind.INITIATIVE,
    "state": CaseState.CERTIFIED,
    "ended_at": LATE,
}
ROWS: dict[str, tuple[type[SQLModel], Changes | None, Changes | None]] = {
    # The latest year first.
    "/campaigns": (Campaign, {"year": 2199}, {"year": 2000}),
    "/campaigns/{code}/delegations": (Delegation, None, {"ends": LATE.date()}),
    "/campaigns/{code}/cases": (
        Case,
        COMPLAINT,
        COMPLAINT | {"state": CaseState.DRAFT, "filed_at": None},
    ),
    "/campaigns/{code}/reports": (Report, {"at": EARLY}, {"at": LATE}),
    "/phases/{key}/departments": (
        Submission,
        {"department": "A"},
        {"department": "Z"},
    ),
    "/phases/{key}/comments": (Comment, {"at": EARLY}, {"at": LATE}),
    "/phases/{key}/council-sessions": (CouncilSession, None, {}),
    "/council-sessions/{key}/lines": (SessionLine, None, None),
    "/phases/{key}/decisions": (Decision, None, {}),
    "/decisions/{key}/lines": (DecisionLine, None, None),
    # Each is of a scan of its own.
    "/decisions/{key}/signed-papers": (SignedPaper, None, None),
    "/council-sessions/{key}/signed-papers": (SignedPaper, None, None),
    # One line more changes what is said of the others.
    "/phases/{key}/formality": (Nomination, None, None),
    # A move comes with the act that makes it.
    "/lines/{line}/moves": (NominationMove, None, None),
    "/lines/{line}/opinions": (Opinion, {"at": EARLY}, {"at": LATE}),
    "/council-sessions/{key}/rounds": (VotingRound, None, {}),
    "/decision-numbers": (Decision, {"number_year": 2199}, {"number_year": 2000}),
    "/initiatives": (
        Case,
        {**CERTIFIED, "counts_for": 2000},
        {**CERTIFIED, "counts_for": 2199},
    ),
    "/me/tasks": (Case, None, COMPLAINT),
    "/campaigns/{code}/acts": (Act, None, {}),
    "/office/acts": (Act, None, {}),
    # No two certificates are alike.
    "/office/trusted-certificates": (TrustedCertificate, None, None),
    "/proposals": (Proposal, None, {}),
    "/campaigns/{code}/calendar": (
        Deadline,
        {"due_at": EARLY},
        {"due_at": LATE},
    ),
    "/campaigns/{code}/deadlines": (
        Deadline,
        {"due_at": EARLY - timedelta(1)},
        {"due_at": LATE},
    ),
    "/campaigns/{code}/notices": (Notice, None, {}),
    "/campaigns/{code}/registrations": (
        Registration,
        {"department": "CTHDND", "subject": "0"},
        {"department": "TTDN", "subject": "z"},
    ),
    "/phases/{key}/lines": (Nomination, {"title": "AA"}, {"title": "ZZ"}),
    "/people": (Person, {"sort_key": ""}, {"sort_key": "ZZZ"}),
    "/departments": (Department, None, {}),
    "/posts": (Department, None, {}),
    "/calendar-overrides": (CalendarOverride, None, {}),
    "/ratings": (Rating, {"year": 2000}, {"year": 2199}),
    "/service-spans": (ServiceSpan, None, {}),
    "/appointments": (Appointment, None, {}),
    "/council-seats": (CouncilSeat, None, {}),
    "/disciplines": (Discipline, None, {}),
    "/leaves": (Leave, None, {}),
    "/recognitions": (Recognition, None, {}),
    "/past-awards": (PastAward, None, {}),
    # The newest first.
    "/me/notices": (Notice, {"recipient": SECRETARIAT}, None),
    "/me/data/{part}": (Notice, None, {"recipient": SECRETARIAT}),
}

# What has pages and is read to its end elsewhere.
APART = {
    "/accounts": "tests/api/accounts/test_administration.py",
    "/cases/{key}/attachments": "tests/api/test_files.py",
    "/council-sessions/{key}/attachments": "tests/api/test_files.py",
    "/council-sessions/{key}/forecast": "tests/council/test_forecast.py",
    "/decisions/{key}/attachments": "tests/api/test_files.py",
    "/lines/{line}/attachments": "tests/api/test_files.py",
    "/me/sessions": "tests/api/accounts/test_signing_in.py",
    "/me/tokens": "tests/api/accounts/test_tokens.py",
    "/one-time-codes": "tests/api/accounts/test_witnessing.py",
    "/outbox/deliveries": "tests/api/test_outbox.py",
    "/campaigns/{code}/acts/{seq}/lines": "tests/edges/test_secrets.py",
    "/phases/{key}/formality/{sign}/{of}/lines": "tests/reports/test_formality.py",
    "/phases/{key}/targets/what-if/lines": "tests/reports/test_targets.py",
}


@pytest_asyncio.fixture(loop_scope="session")
async def office(issued: Issued) -> AsyncIterator[Office]:
    """The office in which there is some of everything, and one day of its own."""
    off = {"working": False, "reason": "Nghỉ bù", "source": "Công văn số 01"}
    with issued.database.write() as session:
        session.add(CalendarOverride(day=date(2021, 1, 1), **off))
        decision, council = (
            Holder(HolderKind.DECISION, issued.keys["decisions/key"]),
            Holder(HolderKind.SESSION, issued.keys["council-sessions/key"]),
        )
        session.add_all(scan_of(decision, each) for each in SCANS)
        session.add_all(scan_of(council, each) for each in MINUTES)
    with issued.database.write() as session:
        session.add(proposal())
        line = session.get_one(Nomination, UUID(issued.keys["line"]))
        session.add_all(seldom(issued.keys, line))
    async with idle_office(issued.database, await nowhere()) as opened:
        yield opened


@ON_BOTH
async def test_a_list_is_read_whole_one_by_one_while_rows_come_in(
    office: Office, issued: Issued
) -> None:
    reader = Caller(office.http, SECRETARIAT)
    read, whole = {}, {}
    for path in ROWS:
        place = filled(path, issued.keys)
        read[path] = await one_by_one(reader, place, issued.database, *ROWS[path])
        early = 0 if ROWS[path][1] is None else TIMES
        whole[path] = (await all_of(reader, place))[early:]

    assert read == whole
    assert min(map(len, read.values())) > 1


async def test_every_list_that_has_pages_is_read_here() -> None:
    paths = (await the_document())["paths"]

    paged = {
        path.removeprefix("/api/v1")
        for path, ways in paths.items()
        for each in ways.get("get", {}).get("parameters", ())
        if each["name"] == "cursor"
    }

    assert paged == {*ROWS, *APART}


# What holds a list and comes whole, and what keeps it from growing.
BOUNDED = {
    "/calendar-overrides/{day}/what-if": "as many as are asked for, 500 at most",
    "/campaigns/{code}/deadlines/what-if": "reminders and neighbours of one deadline",
    "/campaigns/{code}/flag-dossier": "the papers and conditions that the rules name",
    "/campaigns/{code}/phases": "12 phases of a plan",
    "/campaigns/{code}/plan": "the plan, a document of limited length",
    "/campaigns/{code}/targets": "the targets of a plan",
    "/cases/{key}": "authors, papers and a council's opinions of one matter",
    "/commands/{command_id}": "what rules said against one act",
    "/council-sessions/{key}/ballot": "the open rounds of a session's lines",
    "/council-sessions/{key}/rounds/{number}/board": "the lines of one session",
    "/lines/{line}": "what rules said against one line",
    "/me/data": "the parts that are told of, one a table",
    "/me": "the roles and departments of one person",
    "/outbox": "the channels that there are, and a hold each campaign",
    "/people/{code}": "who is the same human under another code",
    "/phases/{key}/targets": "the stages of the targets of a plan",
    "/phases/{key}/targets/what-if": "the targets of a plan",
    "/phases/{key}/what-if": "reckoned at once: a code each department that owes",
    "/proposals/{key}": "the posts that one proposal is of",
    "/scorecards/{year}": "the criteria of one score sheet",
}


async def test_a_list_that_comes_whole_is_named_with_its_bound() -> None:
    document = await the_document()
    models = document["components"]["schemas"]

    whole = {
        path.removeprefix("/api/v1")
        for path, ways in document["paths"].items()
        if holds_a_list(models, ways.get("get", {}))
    }

    assert whole - ROWS.keys() - APART.keys() == BOUNDED.keys()


def holds_a_list(models: Mapping[str, Any], act: Mapping[str, Any]) -> bool:
    """Say whether something answers with a list, or with what holds one at its top."""
    content = act.get("responses", {}).get("200", {}).get("content", {})
    answer = content.get("application/json", {}).get("schema", {})
    told = models.get(str(answer.get("$ref")).rpartition("/")[2], answer)
    fields = [told, *told.get("properties", {}).values()]
    return any(
        each.get("type") == "array" for field in fields for each in branches(field)
    )


def branches(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give what a field may be, each by itself."""
    return [schema, *schema.get("anyOf", ())]


async def test_a_cursor_that_is_bent_or_of_another_list_is_refused_or_is_one(
    office: Office, issued: Issued
) -> None:
    reader = Caller(office.http, SECRETARIAT)
    places = {path: filled(path, issued.keys) for path in ROWS}
    of_others = {
        path: (await reader.get(f"{place}?limit=1"))[1]["next"]
        for path, place in places.items()
    }
    bent = [base64.urlsafe_b64encode(each).decode() for each in CURSORS]

    answers = {
        said if status == 404 else status
        for place in places.values()
        for cursor in (*bent, *filter(None, of_others.values()), "", "nothing", "=")
        for status, said in [await reader.get(f"{place}?cursor={cursor}")]
    }

    assert answers == {200, "bad_cursor"}


def proposal() -> Proposal:
    """Propose something: nothing in a year's way asks for a second pair of eyes."""
    return Proposal(
        about="appointments",
        verb="record",
        said={},
        posts=[],
        proposed_by=SECRETARIAT,
        proposed_at=datetime(2022, 1, 3, tzinfo=UTC),
    )


def seldom(keys: Mapping[str, str], line: Nomination) -> list[SQLModel]:
    """Write one of each thing that this year has had none of."""
    of = {"campaign": keys["code"], "phase": keys["phases/key"]}
    return [
        Delegation(
            id="x",
            campaign=keys["code"],
            number=1,
            given_by=DIRECTOR,
            given_at=MIDST,
            delegate="ld-02",
            capacity=Capacity.SIGNED_FOR,
            acts=["decide"],
            starts=date(2022, 1, 1),
            ends=date(2022, 1, 2),
            basis="Quy chế làm việc",
        ),
        PastAward(
            person="ctqh-05",
            title="LDTT",
            called="Lao động tiên tiến",
            year=2020,
            number="07/QĐ-VP",
            decided_on=date(2021, 1, 5),
            decided_by="Chánh Văn phòng",
        ),
        Comment(phase=of["phase"], author=DIRECTOR, body="Đồng ý.", at=MIDST),
        Opinion(
            phase=line.phase,
            department=line.department,
            person=line.subject,
            author=DIRECTOR,
            text="Tốt.",
            at=MIDST,
        ),
        Report(**of, kind="phase", version=1, at=MIDST, content=NOTHING),
        Case(
            **CERTIFIED | {"filed_at": MIDST, "certificate": 1, "counts_for": 2022},
            id=uuid4(),
            campaign=keys["code"],
            title="Sáng kiến",
            matter="Cách làm mới.",
            recorded_by=SECRETARIAT,
        ),
        *(
            TrustedCertificate(
                fingerprint=sha256(each.der).hexdigest(),
                content=each.der,
                put_by=SECRETARIAT,
                put_at=MIDST,
            )
            for each in (root(), signer())
        ),
        *(
            SignedPaper(
                decision=keys["decisions/key"],
                file=scan,
                recorded_by=SECRETARIAT,
                recorded_at=MIDST,
            )
            for scan in SCANS
        ),
        *(
            SignedPaper(
                session=keys["council-sessions/key"],
                file=scan,
                recorded_by=SECRETARIAT,
                recorded_at=MIDST,
            )
            for scan in MINUTES
        ),
    ]


def scan_of(holder: Holder, file: UUID) -> Attachment:
    """Write the scan of what was signed."""
    kept = {"media_type": "application/pdf", "size": 1, "sha256": file.hex * 2}
    by = {"added_by": SECRETARIAT, "added_at": MIDST}
    of = {"holder": holder.kind, "key": holder.key}
    return Attachment(**of, **kept, **by, id=file, name=f"{file}.pdf")


NOTHING: dict[str, Any] = {
    "lists": {},
    "outcomes": {},
    "targets": [],
    "departments": {},
    "escalations": 0,
}


def filled(path: str, keys: Mapping[str, str]) -> str:
    """Fill in whose list it is."""
    room = path.split("/")[1]
    return path.format_map({**keys, "key": keys.get(f"{room}/key")})


async def all_of(reader: Caller, place: str) -> list[Any]:
    """Read a list with as many at once as can be."""
    status, page = await reader.get(f"{place}?limit=500")
    assert (status, page["next"]) == (200, None), page
    return list(page["items"])


async def one_by_one(
    reader: Caller,
    place: str,
    database: Database,
    table: type[SQLModel],
    before: Changes | None,
    behind: Changes | None,
) -> list[Any]:
    """Read a list one by one; a few times rows come in before and behind what is read.

    One stands behind from the beginning, or a list of one would be read at once.
    """
    found, cursor = [], ""
    add(database, table, place, behind, 1)
    while True:
        limit = 1 if len(found) < SINGLY else 500
        status, page = await reader.get(f"{place}?limit={limit}{cursor}")
        assert status == 200, (place, page)
        found += page["items"]
        if len(found) <= TIMES:
            add(database, table, place, before, 2 * len(found))
            add(database, table, place, behind, 2 * len(found) + 1)
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def add(
    database: Database,
    table: type[SQLModel],
    place: str,
    changes: Changes | None,
    n: int,
) -> None:
    """Write a row like one that is there, unless there is no such place."""
    if changes is None:
        return
    with database.write() as session:
        like = session.exec(select(table).limit(1)).one()
        new: Any = table(**like.model_dump() | fresh(like, n) | dict(changes))
        if isinstance(new, Nomination):
            new.state, new.moves = LineState.NOMINATED, 1
            act = session.exec(select(Act.id).limit(1)).one()
            first = {"line": new.id, "n": 1, "to_state": new.state, "act": act}
            session.add(NominationMove(**first, at=session.get_one(Act, act).at))
            session.flush()
        if isinstance(new, Act):
            new.campaign = OFFICE if place == "/office/acts" else place.split("/")[2]
        if isinstance(new, Department):
            new.code += place[1].upper()
        if isinstance(new, Deadline):
            new.owner = str(ids.campaign(new.campaign))
            at = -n if place.endswith("/calendar") else -n - 6
            new.name, new.closed_at = [*DeadlineKind][at], None
        if isinstance(new, Case) and new.state is CaseState.CERTIFIED:
            new.certificate = n
        if isinstance(new, Campaign):
            new.year -= n
        if isinstance(new, Decision) and new.number_year:
            new.number_year -= n
        if isinstance(new, Submission):
            new.department += str(n)
            other = session.exec(select(Department).limit(1)).one().model_dump()
            session.add(Department(**other | {"code": new.department}))
            session.flush()
        if isinstance(new, Comment | Opinion):
            new.at += timedelta(n)
        if isinstance(new, Opinion):
            line = session.get_one(Nomination, UUID(place.split("/")[2]))
            new.phase, new.person = line.phase, line.subject
        session.add(new)


def fresh(like: SQLModel, n: int) -> dict[str, Any]:
    """Give another value to what no two rows share; the database numbers them."""
    number: Any = None if isinstance(like.model_dump().get("id"), int) else uuid4()
    text = isinstance(like.model_dump().get("id"), str)
    place = next(COUNT)
    values = {
        "id": f"x-{place}" if text else number,
        "code": f"X{n}",
        "day": date(2021, 2, n),
        "command": None,
        "previous": uuid4().hex,
        "seq": 100_000 + n,
        "task": f"x/{n}",
        "subject": f"x-{n}",
        "title": f"X{n}",
        "starts": date(2021, 1, n),
        "ends": None,
        "decided_on": date(2021, 1, n),
        "year": 2100 + n,
        "number": place,
        "ordinal": place,
        "draft_key": None,
        "series": f"X{n}",
        "version": place,
    }
    return {name: values[name] for name in like.model_dump() if name in values}
