"""Two worlds that differ in what somebody may not know look the same to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID
from zipfile import ZipFile

import httpx2
import pytest
from sqlmodel import Session, select

from api.web.visiting import PageRoute
from domain import ids
from domain.council.ballots import Method
from domain.deadlines import DeadlineKind
from domain.ids import WorkflowId
from domain.policy.declaring import About, Access, Relation
from domain.record import OFFICE, PROCESS
from domain.record.files import ATTACH
from domain.record.traces import Trace
from domain.rules.criteria import DisciplineLevel
from domain.rules.rulepack import Absence
from domain.states import CaseKind, CaseState, CommandState, LineState
from papers.archive.writing import DIGESTS, INDEX
from store import record
from store.database import Database
from store.tables import (
    Act,
    Command,
    Deadline,
    Decision,
    DecisionLine,
    Discipline,
    Draft,
    HolderKind,
    Leave,
    Nomination,
    NominationMove,
    Notice,
    Phase,
    RoundLine,
    SessionLine,
    VotingRound,
)
from tests.api.asking import FILER, HOME, NOMINEE, Thing, a_file, filed, nominated
from tests.api.conftest import Issued
from tests.api.test_who_may_what import Way, filled, routes
from tests.counted import counted
from tests.databases import Databases
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, Office, open_office
from tests.scale.test_statements import nowhere

pytestmark = pytest.mark.timeout(300)
MOMENT = at("2022-07-14")
# Named alike in both worlds, whether they are there or not.
SECRET, UNPOSTED, MATTER, LATER, COMMAND, FILE = (UUID(int=n) for n in range(1, 7))
DECISION, TITLE = "2022-1-qd9", "LDTT"
READER, COLLEAGUE, RECIPIENT = "ttdn-03", "ctqh-06", "noi-nhan-01"
# Salted, or by which a form is sent once: no two worlds have the same.
_CHANCE = re.compile(
    r'\b[0-9a-f]{64}\b|(?<=name="_khoa" value=")[0-9a-f]{32}'
    r'|(?<=name="_ma" value=")[0-9a-f-]{36}'
    r"|(?<=W3CDTF\">)[0-9T:Z-]+"  # when a sheet was drawn
)
# How a page goes on.
_NEXT = re.compile(r'href="([^"]*[?&;](?:sau|trang|phan)=[^"#]*)')
WRITTEN = {"kind": "individual", "subject": NOMINEE, "title": TITLE}
Keys = Mapping[str, str]


def a_world(
    session: Session,
    keys: Keys,
    kind: CaseKind,
    said: str,
    other: WorkflowId | None = None,
) -> None:
    """Write what there is in both worlds, of which few know what it says.

    There is an act on a matter, and one on the same or on *other*.
    """
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
    again = {"id": UUID(int=8), "seq": None, "idempotency_key": "x"}
    again |= {"kind": "issue", "target": str(other or ids.case(MATTER))}
    session.add(Command(**command.model_dump() | again))
    session.flush()
    of = {"actor": FILER, "at": MOMENT}
    for kind, by in (("file_case", COMMAND), ("issue", UUID(int=8))):
        act = Act(campaign=code, kind=kind, command=by, **of)
        record.append(session, act, {"said": said})
    about_it(session, code, target, said)


def about_it(session: Session, code: str, target: str, said: str) -> None:
    """Let a file stand with a matter, and a fault set an act on it aside."""
    filed_with = {"file": said, "holder": "case", "key": str(MATTER), "name": said}
    of = {"campaign": code, "at": MOMENT}
    attached = Act(kind=ATTACH, actor=FILER, **of)
    record.append(session, attached, filed_with, Trace(target))
    failed = Act(kind="command_failed", actor=PROCESS, **of)
    facts = {"command": str(COMMAND), "kind": said, "fault": said}
    record.append(session, failed, facts, Trace(target))
    tended = Command(
        id=UUID(int=9),
        campaign=code,
        actor=DIRECTOR,
        kind="try_again",
        target=str(ids.campaign(code)),
        payload={"command": str(COMMAND)},
        idempotency_key="x",
        fingerprint="",
        received_at=MOMENT,
    )
    session.add(tended)
    session.flush()
    again = Act(kind=tended.kind, actor=DIRECTOR, command=tended.id, **of)
    about = {"command": str(COMMAND), "act": said, "target": target}
    record.append(session, again, {"about": about}, Trace(tended.target))


def a_discipline(session: Session, level: DisciplineLevel, leave: Absence) -> None:
    """Write why somebody was disciplined, and why they were away."""
    session.add(Discipline(person=NOMINEE, level=level, decided_on=date(2022, 2, 1)))
    session.add(Leave(person=NOMINEE, kind=leave, starts=date(2022, 3, 1)))
    said = {"about": "disciplines", "old": None}
    said |= {"new": {"person": NOMINEE, "level": level}}
    of = {"actor": SECRETARIAT, "at": MOMENT}
    record.append(session, Act(campaign=OFFICE, kind="record_discipline", **of), said)


def a_draft(session: Session, keys: Keys, achieved: str) -> None:
    """Write what a department is still writing of somebody, whom the rules judge."""
    phase = session.get_one(Phase, keys["phases/key"])
    phase.titles = [*phase.titles, TITLE]
    line = {**WRITTEN, "documents": [], "achievement": achieved}
    session.add(Draft(department=HOME, phase=phase.id, content={"lines": [line]}))


def hidden_matters(session: Session, keys: Keys) -> None:
    """Add a denunciation, its deadline, its notices, and an act on it that failed."""
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
    failed = Command(
        campaign=code,
        actor=FILER,
        kind="resolve_case",
        target=owner,
        payload={},
        idempotency_key=owner,
        fingerprint="",
        received_at=MOMENT,
        state=CommandState.FAILED,
    )
    session.add(failed)
    a_draft_that_was_filed(session, keys)
    session.add(a_file(HolderKind.CASE, LATER, id=UUID(int=10)))
    session.add(a_notice(code, f"case/{LATER}/{COMMAND}", DIRECTOR))
    session.add(a_notice(code, f"case_resolution/{owner}", DIRECTOR))


def a_draft_that_was_filed(session: Session, keys: Keys) -> None:
    """Add a denunciation that a fault has kept from being filed."""
    written = filed(keys["code"], CaseKind.DENUNCIATION, state=CaseState.DRAFT)
    session.add(written)
    failed = Command(
        campaign=keys["code"],
        actor=FILER,
        kind="file_case",
        target=str(ids.case(written.id)),
        payload={},
        idempotency_key=str(written.id),
        fingerprint="",
        received_at=MOMENT,
        state=CommandState.FAILED,
    )
    session.add(failed)


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
    a_secret_round(session)
    a_secret_decision(session)
    session.add(a_notice(keys["code"], f"line/{SECRET}", NOMINEE))
    session.add(a_file(HolderKind.LINE, SECRET, id=FILE))
    hold(session)


def a_secret_round(session: Session) -> None:
    """Vote once more on nothing but the secret line, by sheets, and count them."""
    first = session.exec(select(VotingRound)).first()
    on_sheets = select(RoundLine).where(RoundLine.method == Method.SHEETS)
    like = session.exec(on_sheets).first()
    assert first is not None
    assert like is not None
    again = {"number": 7, "public_key": bytes(range(32))}
    session.add(VotingRound(**first.model_dump() | again))
    session.flush()
    of = {"session": first.session, "round": 7, "line": SECRET}
    session.add(RoundLine(**like.model_dump() | of))


def a_secret_decision(session: Session) -> None:
    """Decide on the secret line alone, outside of the council, and have it issued."""
    like = session.exec(select(Decision)).first()
    assert like is not None
    of = {"id": DECISION, "ordinal": 9, "session": None, "number": 99}
    session.add(Decision(**like.model_dump() | of))
    session.flush()
    session.add(DecisionLine(decision=DECISION, line=SECRET))
    deadline = Deadline(
        owner=str(ids.decision(DECISION)),
        name=DeadlineKind.ISSUE,
        campaign=like.campaign,
        due_at=MOMENT + timedelta(days=30),
        original_due_at=MOMENT,
    )
    session.add(deadline)


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
    """Add a line that was not posted."""
    like = session.exec(select(Nomination).where(Nomination.department == HOME)).first()
    assert like is not None
    nominated(session, like, id=UNPOSTED, state=LineState.INELIGIBLE)


async def seen(office: Office, paths: Iterable[str], reader: str) -> dict[str, str]:
    """Read everything, page by page, as one person: what is told, and its cost.

    The cost is how many statements are sent: a time would tell of the machine too.
    """
    found: dict[str, str] = {}
    headers = {"X-Thidua-Person": reader}
    for path in paths:
        place: str | None = path
        while place is not None and place not in found:
            with counted(office.database) as sent:
                answer = await office.http.get(place, headers=headers)
            told = (
                f"{answer.status_code} {answer.headers.get('etag')} {text_of(answer)}"
            )
            told = _CHANCE.sub("<chance>", told)
            found[place] = f"{told}\n{len(sent)} statements"
            place = following(place, answer)
    return found


def following(place: str, answer: httpx2.Response) -> str | None:
    """Say where a list goes on, of the api or on a page."""
    kind = answer.headers.get("content-type", "")
    if "json" in kind:
        page = answer.json()
        cursor = page.get("next") if isinstance(page, dict) else None
        return (
            str(httpx2.URL(place).copy_set_param("cursor", cursor)) if cursor else None
        )
    goes_on = _NEXT.findall(answer.text) if "html" in kind else []
    return str(httpx2.URL(place).join(unescape(goes_on[-1]))) if goes_on else None


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
        "/vu-viec/{key}": ({"key": MATTER}, {"key": LATER}),
        "/decisions/{key}": ({"key": DECISION}, {}),
        "/quyet-dinh/{key}": ({"key": DECISION}, {}),
        "/attachments/{key}": ({"key": FILE},),
        "{command_id}": ({"command_id": COMMAND}, {"command_id": UUID(int=98)}),
    }
    for route, way in routes():
        page = isinstance(route, PageRoute)
        if "GET" not in route.methods or not told_of_the_office(way, page=page):
            continue
        fitting = (n for part, n in named.items() if part in route.path)
        these: tuple[dict[str, Any], ...] = next(fitting, ({},))
        for each in these:
            path = filled(route.path, keys, Thing(each))
            yield path if page else f"{path}?limit=40"
    yield from asked_of(keys)


def told_of_the_office(way: Way, *, page: bool) -> bool:
    """Say whether a way to read tells of the office, and not of the service."""
    if not isinstance(way, Access) or way.about is About.ACCOUNT:
        return False
    return way.name == "results" or Relation.ANYBODY not in way.who


def asked_of(keys: Keys) -> Iterator[str]:
    """List what is asked for by more than a place: looked for, chosen, foreseen."""
    code, phase = keys["code"], keys["phases/key"]
    deadline = f"owner=case:{LATER}&deadline=case_resolution&until=2022-12-01"
    yield f"/api/v1/campaigns/{code}/deadlines/what-if?{deadline}"
    yield f"/lich/{code}/thu-doi?{deadline}"
    for state in LineState:
        yield f"/api/v1/phases/{phase}/lines?state={state}&limit=40"
    yield f"/api/v1/phases/{phase}/lines?department={HOME}&limit=40"
    yield f"/api/v1/phases/{phase}/targets/what-if?passing={SECRET}&others=fail"
    yield f"/tham-dinh/{phase}/gia-dinh?chon={SECRET}"
    yield f"/quyet-dinh/{keys['decisions/key']}?chon={SECRET}"
    yield f"/phong/{phase}/{HOME}/de-nghi/dong?{urlencode(WRITTEN)}"
    council = keys["council-sessions/key"]
    yield f"/api/v1/council-sessions/{council}/rounds/7/board"
    yield f"/hoi-dong/{council}/bang-phieu/7"
    yield f"/vu-viec-moi?loai=complaint&line={SECRET}"
    for kind in ("file_case", "open_voting", "decide", "issue", *_ABOUT_ACTS):
        yield f"/nhat-ky/{code}?viec={kind}"
    yield f"/nhat-ky/{code}?ai={FILER}"
    for words in (NOMINEE, "Nội dung kín", "giấy khen", HOME):
        yield f"/tim?q={quote(words)}"
        yield f"/tim?q={quote(words)}&loai=de-nghi"


# What is written of another thing than the campaign that it is written in.
_ABOUT_ACTS = (ATTACH, "command_failed", "try_again")


def forms(keys: Keys) -> Iterator[tuple[str, dict[str, str]]]:
    """List forms of pages that are sent by who may not: what they show then."""
    phase, council = keys["phases/key"], keys["council-sessions/key"]
    yield f"/phong/{phase}/{HOME}/gui", {"_phien_ban": "0"}
    yield f"/phong/{phase}/{HOME}/de-nghi/dong", WRITTEN
    yield f"/phong/{phase}/{HOME}/de-nghi/dong", {**WRITTEN, "_lam": "kiem-tra"}
    yield f"/phong/{phase}/{HOME}/de-nghi/tu-dang-ky", {"a": "b"}
    yield f"/quan-tri/viec-ket/{COMMAND}/lam-lai", {"a": "b"}
    yield f"/hoi-dong/{council}/phieu", {"vong": "7"}
    yield "/quan-tri/ngay-nghi", {"ngay": "2022-08-02", "la": "nghi"}


async def heard(office: Office, keys: Keys, reader: str) -> dict[str, str]:
    """Send each of the forms as one person; say what is told, and its cost."""
    found: dict[str, str] = {}
    headers = {"X-Thidua-Person": reader}
    for n, (path, typed) in enumerate(forms(keys)):
        with counted(office.database) as sent:
            answer = await office.http.post(path, data=typed, headers=headers)
        told = _CHANCE.sub("<chance>", f"{answer.status_code} {answer.text}")
        found[f"{n} {path}"] = f"{told}\n{len(sent)} statements"
    return found


async def look_alike(
    databases: Databases,
    issued: Issued,
    reader: str,
    one: Any,
    other: Any,
    paths: Iterable[str] = (),
) -> dict[str, tuple[str, str]]:
    """Say what *reader* finds in one world otherwise than in the other.

    They read everything, ask for all that is hidden, and send forms that are not for
    them, unless some *paths* are named.
    """
    found, asked = [], [*paths] or [*places(issued.keys)]
    for world in (one, other):
        database = databases.fresh("issued")
        with database.write() as session:
            world(session, issued.keys)
        engine = await nowhere()
        async with open_office(database, engine, work=False, patience=0) as office:
            there = await seen(office, asked, reader)
            if not paths:
                there |= await heard(office, issued.keys, reader)
            found.append(there)
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
    a_draft(session, keys, "Hoàn thành tốt.")


def full(session: Session, keys: Keys) -> None:
    """A world in which it was a denunciation, and much else is hidden beside it."""
    a_world(session, keys, CaseKind.DENUNCIATION, "Tố cáo", ids.decision(DECISION))
    a_discipline(session, DisciplineLevel.WARNING, Absence.MATERNITY)
    a_draft(session, keys, "Hoàn thành xuất sắc.")
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
    a_world(session, keys, CaseKind.DENUNCIATION, "Tố cáo", ids.decision(DECISION))
    a_discipline(session, DisciplineLevel.WARNING, Absence.MATERNITY)
    a_draft(session, keys, "Hoàn thành tốt.")
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

    assert sorted(found) == sorted(paths)


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
    """Act on a hidden matter and decision, and complain of a hidden line."""
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
        ("POST", f"/decisions/{DECISION}/issue", {}),
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
