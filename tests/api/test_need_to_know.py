"""Two worlds that differ in what somebody may not know look the same to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import httpx2
import pytest
from sqlmodel import Session, select

from domain import ids
from domain.deadlines import DeadlineKind
from domain.policy.declaring import About, Access, Relation
from domain.record import OFFICE
from domain.rules.criteria import DisciplineLevel
from domain.rules.rulepack import Absence
from domain.states import CaseKind, LineState
from papers.archive.writing import DIGESTS, INDEX
from store import record
from store.database import Database
from store.tables import (
    Act,
    Command,
    Deadline,
    DecisionLine,
    Discipline,
    Draft,
    HolderKind,
    Leave,
    Nomination,
    NominationMove,
    Notice,
    RoundLine,
    SessionLine,
)
from tests.api.asking import FILER, HOME, NOMINEE, Thing, a_file, filed, nominated
from tests.api.conftest import Issued
from tests.api.test_who_may_what import filled, ways
from tests.counted import counted
from tests.databases import LATER_ON_POSTGRES, Databases
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, Office, open_office
from tests.scale.test_statements import nowhere

pytestmark = [LATER_ON_POSTGRES, pytest.mark.timeout(300)]
MOMENT = at("2022-07-14")
# Named alike in both worlds, whether they are there or not.
SECRET, UNPOSTED, MATTER, LATER, COMMAND, FILE = (UUID(int=n) for n in range(1, 7))
READER, COLLEAGUE, RECIPIENT = "ttdn-03", "ctqh-06", "noi-nhan-01"
# Salted, so that no two worlds have the same; and a board is sealed whole, so whoever
# may not read all of it gets no seal.
_CHANCE = re.compile(r'\b[0-9a-f]{64}\b|"seal":.*')
Keys = Mapping[str, str]


def a_world(session: Session, keys: Keys, kind: CaseKind, said: str) -> None:
    """Write what there is in both worlds, of which few know what it says."""
    code, target = keys["code"], str(ids.case(MATTER))
    session.add(filed(code, kind, id=MATTER, title=said, matter=said))
    command = Command(
        id=COMMAND,
        campaign=code,
        actor=FILER,
        kind="file_case",
        target=target,
        payload={},
        idempotency_key=said,
        fingerprint="",
        received_at=MOMENT,
    )
    session.add(command)
    session.flush()
    of = {"actor": FILER, "at": MOMENT}
    act = Act(campaign=code, kind="file_case", command=COMMAND, **of)
    record.append(session, act, {"said": said})


def a_discipline(session: Session, level: DisciplineLevel, leave: Absence) -> None:
    """Write why somebody was disciplined, and why they were away."""
    session.add(Discipline(person=NOMINEE, level=level, decided_on=date(2022, 2, 1)))
    session.add(Leave(person=NOMINEE, kind=leave, starts=date(2022, 3, 1)))
    said = {"about": "disciplines", "old": None}
    said |= {"new": {"person": NOMINEE, "level": level}}
    of = {"actor": SECRETARIAT, "at": MOMENT}
    record.append(session, Act(campaign=OFFICE, kind="record_discipline", **of), said)


def hidden_matters(session: Session, keys: Keys) -> None:
    """Add a denunciation with its deadline and notice, and the line that it holds."""
    code, owner = keys["code"], str(ids.case(LATER))
    session.add(filed(code, CaseKind.DENUNCIATION, id=LATER, denouncer="Người tố cáo"))
    session.flush()
    deadline = Deadline(
        owner=owner,
        name=DeadlineKind.CASE_RESOLUTION,
        campaign=code,
        due_at=MOMENT + timedelta(days=30),
        original_due_at=MOMENT,
    )
    session.add(deadline)
    session.add(a_notice(code, f"case/{LATER}/{COMMAND}", DIRECTOR))
    session.add(a_notice(code, f"case_resolution/{owner}", DIRECTOR))


def a_notice(code: str, task: str, recipient: str) -> Notice:
    """Tell somebody."""
    said = {"kind": "case_filed", "step": "", "subject": "Kín", "body": "Kín"}
    return Notice(
        campaign=code, task=task, recipient=recipient, version=1, at=MOMENT, **said
    )


def hidden_lines(session: Session, keys: Keys) -> None:
    """Add a line on a state secret, before council and director, and hold another."""
    like = session.exec(select(Nomination).where(Nomination.department == HOME)).first()
    assert like is not None
    secret = {"id": SECRET, "secret": True, "title": "LDTT"}
    nominated(session, like, **secret, state=LineState.AWARDED)
    for table in (SessionLine, RoundLine, DecisionLine):
        row = session.exec(select(table)).first()
        last = {"position": 900} if table is SessionLine else {}
        session.add(table(**row.model_dump() | last | {"line": SECRET}))
    session.add(a_notice(keys["code"], f"line/{SECRET}", NOMINEE))
    session.add(a_file(HolderKind.LINE, SECRET, id=FILE))
    hold(session)


def hold(session: Session) -> None:
    """Hold a line that was returned to the council."""
    returned = Nomination.state == LineState.RETURNED_TO_COUNCIL
    line = session.exec(select(Nomination).where(returned)).first()
    assert line is not None
    move = NominationMove(
        line=line.id,
        n=line.moves + 1,
        from_state=line.state,
        to_state=LineState.ON_HOLD,
        act=session.exec(select(Act.id).limit(1)).one(),
        at=MOMENT,
        reason="Tạm giữ để xác minh.",
    )
    session.add(move)
    session.flush()
    line.held_from, line.state, line.moves = line.state, LineState.ON_HOLD, move.n
    session.add(line)


def unposted_lines(session: Session, keys: Keys) -> None:
    """Add a line that was not posted, and what its department is still writing."""
    like = session.exec(select(Nomination).where(Nomination.department == HOME)).first()
    assert like is not None
    nominated(session, like, id=UNPOSTED, state=LineState.INELIGIBLE)
    draft = {"content": {"lines": []}, "phase": keys["phases/key"]}
    session.add(Draft(department=HOME, **draft))


async def seen(office: Office, paths: Iterable[str], reader: str) -> dict[str, str]:
    """Read every page of some ways to read, as one person: what is told, and its cost.

    The cost is how many statements are sent: a time would tell of the machine too.
    """
    found: dict[str, str] = {}
    headers = {"X-Thidua-Person": reader}
    for path in paths:
        cursor: str | None = ""
        while cursor is not None:
            asked = {"limit": "40", **({"cursor": cursor} if cursor else {})}
            joined = "&" if "?" in path else "?"
            query = "&".join(f"{name}={value}" for name, value in asked.items())
            with counted(office.database) as sent:
                answer = await office.http.get(
                    f"{path}{joined}{query}", headers=headers
                )
            told = (
                f"{answer.status_code} {answer.headers.get('etag')} {text_of(answer)}"
            )
            told = _CHANCE.sub("<chance>", told)
            found[f"{path} {cursor}"] = f"{told}\n{len(sent)} statements"
            of_json = "json" in answer.headers.get("content-type", "")
            page = answer.json() if of_json else None
            cursor = page.get("next") if isinstance(page, dict) else None
    return found


def text_of(answer: httpx2.Response) -> str:
    """Give what an answer says; of a document what is written in it."""
    return answer.text if not answer.content.startswith(b"PK") else _in(answer.content)


def _in(content: bytes) -> str:
    """Read what is written in a document, or in each part of an archive."""
    with ZipFile(BytesIO(content)) as whole:
        parts = {name: whole.read(name) for name in sorted(whole.namelist())}
    if "word/document.xml" in parts:
        return parts["word/document.xml"].decode()
    # What a PDF says, papers show; what digests say, the parts do.
    told = {
        x: y for x, y in parts.items() if not y.startswith(b"%PDF") and x not in _SUMS
    }
    return "\n".join(
        f"{name}: {_in(part) if part.startswith(b'PK') else part.decode()}"
        for name, part in told.items()
    )


_SUMS = (DIGESTS, INDEX)


def places(keys: Keys) -> Iterator[str]:
    """List where something is read: of what is hidden in one world, by its name."""
    named: dict[str, tuple[dict[str, Any], ...]] = {
        "{line}": ({"line": SECRET}, {"line": UNPOSTED}, {}),
        "/cases/{key}": ({"key": MATTER}, {"key": LATER}),
        "/attachments/{key}": ({"key": FILE},),
        "{command_id}": ({"command_id": COMMAND}, {"command_id": UUID(int=98)}),
    }
    for route, way in ways("GET"):
        if not isinstance(way, Access) or way.about is About.ACCOUNT:
            continue
        if Relation.ANYBODY in way.who:
            continue
        fitting = (n for part, n in named.items() if part in route.path)
        these: tuple[dict[str, Any], ...] = next(fitting, ({},))
        for each in these:
            yield filled(route.path, keys, Thing(each))
    what_if = f"/api/v1/campaigns/{keys['code']}/deadlines/what-if"
    about = f"owner=case:{LATER}&deadline=case_resolution&until=2022-12-01"
    yield f"{what_if}?{about}"


async def look_alike(
    databases: Databases,
    issued: Issued,
    reader: str,
    one: Any,
    other: Any,
    paths: Iterable[str] = (),
) -> dict[str, tuple[str, str]]:
    """Say what *reader* finds in one world otherwise than in the other.

    They read everything, and ask for all that is hidden, unless some *paths* are named.
    """
    found, asked = [], [*paths] or [*places(issued.keys)]
    for world in (one, other):
        database = databases.fresh("issued")
        with database.write() as session:
            world(session, issued.keys)
        engine = await nowhere()
        async with open_office(database, engine, work=False, patience=0) as office:
            found.append(await seen(office, asked, reader))
        databases.drop(database)
    first, second = found
    return {
        path: (first.get(path, ""), second.get(path, ""))
        for path in first.keys() | second.keys()
        if first.get(path) != second.get(path)
    }


def plain(session: Session, keys: Keys) -> None:
    """A world in which a complaint was filed, and somebody was reprimanded."""
    a_world(session, keys, CaseKind.COMPLAINT, "Khiếu nại")
    a_discipline(session, DisciplineLevel.REPRIMAND, Absence.SICK_LEAVE)


def full(session: Session, keys: Keys) -> None:
    """A world in which it was a denunciation, and much else is hidden beside it."""
    a_world(session, keys, CaseKind.DENUNCIATION, "Tố cáo")
    a_discipline(session, DisciplineLevel.WARNING, Absence.MATERNITY)
    hidden_matters(session, keys)
    hidden_lines(session, keys)
    unposted_lines(session, keys)
    basis = ["state_secret"]
    session.add(filed(keys["code"], CaseKind.AD_HOC, basis=basis))


def denounced(session: Session, keys: Keys) -> None:
    """A world in which there are denunciations, of which the desk does not know."""
    a_world(session, keys, CaseKind.DENUNCIATION, "Tố cáo cũ")


def denounced_more(session: Session, keys: Keys) -> None:
    """The same, with one more."""
    a_world(session, keys, CaseKind.DENUNCIATION, "Tố cáo khác")
    hidden_matters(session, keys)


def among_colleagues(session: Session, keys: Keys) -> None:
    """A world of which a colleague knows what was sent, but nothing that is secret."""
    a_world(session, keys, CaseKind.DENUNCIATION, "Tố cáo")
    a_discipline(session, DisciplineLevel.WARNING, Absence.MATERNITY)
    hidden_matters(session, keys)
    hidden_lines(session, keys)


@pytest.mark.parametrize(
    ("reader", "one", "other"),
    [
        (READER, plain, full),
        (RECIPIENT, plain, full),
        (COLLEAGUE, plain, among_colleagues),
        (SECRETARIAT, denounced, denounced_more),
    ],
)
async def test_what_somebody_may_not_know_changes_nothing_that_they_read(
    databases: Databases, issued: Issued, reader: str, one: Any, other: Any
) -> None:
    assert await look_alike(databases, issued, reader, one, other) == {}


async def test_an_auditor_sees_what_differs(
    databases: Databases, issued: Issued
) -> None:
    lists = [f"/api/v1/{each}" for each in ("disciplines", "leaves", "office/acts")]
    one = [f"/api/v1/{each}" for each in (f"lines/{SECRET}", f"cases/{LATER}")]
    paths = [*lists, *one]

    found = await look_alike(databases, issued, "kiem-tra-01", plain, full, paths)

    assert [path.split(" ")[0] for path in sorted(found)] == sorted(paths)


async def test_acting_on_what_is_hidden_is_answered_as_on_what_is_not_there(
    databases: Databases, issued: Issued
) -> None:
    answers = []
    for world in (plain, full):
        database = databases.fresh("issued")
        with database.write() as session:
            world(session, issued.keys)
        answers.append(await tried(database, issued.keys))
        databases.drop(database)

    one, other = answers
    assert one == other
    assert {status for status, *_ in one} == {404}


async def tried(database: Database, keys: Keys) -> list[tuple[int, str, int]]:
    """Act on a hidden matter, and complain of a hidden line."""
    matter = {
        "campaign": keys["code"],
        "kind": "complaint",
        "title": "Khiếu nại",
        "matter": "Về một đề nghị.",
        "line": str(SECRET),
        "event_on": "2022-07-01",
    }
    sent = [
        ("POST", f"/cases/{LATER}/accept-case", {}),
        ("PUT", f"/cases/{UUID(int=99)}", matter),
    ]
    headers = {"X-Thidua-Person": READER, "Idempotency-Key": "x"}
    engine = await nowhere()
    async with open_office(database, engine, work=False, patience=0) as office:
        return [await cost_of(office, *each, headers) for each in sent]


async def cost_of(
    office: Office, method: str, path: str, body: Any, headers: Any
) -> tuple[int, str, int]:
    """Say what is answered, and how many statements that took."""
    with counted(office.database) as statements:
        answer = await office.http.request(
            method, f"/api/v1{path}", json=body, headers=headers
        )
    return answer.status_code, answer.text, len(statements)
