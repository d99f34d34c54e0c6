"""Files are sent, fetched and taken away as the things that they stand with allow."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx2
import pytest
import pytest_asyncio
from sqlmodel import select

from activities.deed import Deed
from api.app import create_app
from domain.states import CaseKind, CaseState, SessionState, SubmissionState
from store import record
from store.database import Database
from store.files.collecting import collect
from store.files.room import NOWHERE, FileRoom
from store.files.scanning import Scanner
from store.files.vault import Vault
from store.tables import (
    Attachment,
    Case,
    CouncilSession,
    Submission,
    Window,
)
from tests.api.calls import said
from tests.api.test_drafts import write_phase
from tests.clamd import EICAR, clamd
from tests.databases import as_owner
from tests.intake.test_files import DOCX, PDF, PNG, TEXT
from tests.journeys.cast import at
from tests.office import DIRECTOR, SECRETARIAT, open_office, prepare
from tests.scale.test_statements import nowhere
from tests.store.rows import a_line, stand, write_lines

HEAD, NOMINEE, STAFF, MEMBER, AUDITOR = (
    "ctqh-01",
    "ctqh-02",
    "ctqh-05",
    "cthdnd-01",
    "kiem-tra-01",
)
OTHER_HEAD, RECORDER = "ttdn-01", "ttdn-02"
MOMENT = at("2022-06-20", "08:00")
SESSION = "2022-1-hd1"
NAME = "Tờ trình.pdf"


@dataclass
class Desk:
    """The office, with one of each thing that files may stand with."""

    http: httpx2.AsyncClient
    database: Database
    room: FileRoom
    folder: Path
    line: UUID
    secret: UUID
    case: UUID

    @property
    def places(self) -> dict[str, str]:
        """Name the things by their paths."""
        return {
            "line": f"/lines/{self.line}",
            "secret": f"/lines/{self.secret}",
            "session": f"/council-sessions/{SESSION}",
            "case": f"/cases/{self.case}",
        }

    async def send(
        self,
        who: str,
        to: str,
        content: Any = PDF,
        name: str = NAME,
        **headers: str,
    ) -> httpx2.Response:
        """Send a file."""
        told = {
            "X-Thidua-Person": who,
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            **headers,
        }
        path = f"/api/v1{self.places[to]}/attachments"
        return await self.http.post(path, content=content, headers=told)

    async def sent(
        self, who: str, to: str, content: Any = PDF, name: str = NAME
    ) -> Any:
        """Send a file that is taken; return what is told of it."""
        answer = await self.send(who, to, content, name)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def ask(self, method: str, who: str, path: str) -> httpx2.Response:
        """Ask for something as somebody."""
        headers = {"X-Thidua-Person": who}
        return await self.http.request(method, f"/api/v1{path}", headers=headers)

    async def listed(self, who: str, of: str) -> tuple[int, Any]:
        """List the files of a thing."""
        path = f"{self.places[of]}/attachments"
        status, content = said(await self.ask("GET", who, path))
        return status, content["items"] if status == 200 else content

    def on_disk(self) -> list[str]:
        """List what lies in the folder, but for its lock."""
        files = (each for each in self.folder.rglob("*") if each.is_file())
        return sorted(
            each.relative_to(self.folder).as_posix()
            for each in files
            if each.name != "lock"
        )

    def set_state(self, table: Any, state: Any, **more: Any) -> None:
        """Let a thing stand in another state."""
        with as_owner(self.database) as owned, owned.write() as session:
            for row in session.exec(select(table)):
                for name, value in more.items():
                    setattr(row, name, value)
                stand(session, row, state)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(database: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """An office whose list of one department is recalled, its window still open."""
    prepare(database, 2022, MOMENT)
    write_phase(database)
    line, secret, case = uuid4(), uuid4(), uuid4()
    with database.write() as session:
        record.begin_chain(session, "2022")
        place = {"campaign": "2022", "phase": "2022-1", "department": "CTQH"}
        deed = Deed(session, "2022", "test", MOMENT)
        lines = [
            a_line(id=line, subject=NOMINEE, title="GIAY_KHEN", **place),
            a_line(
                id=secret, subject="ctqh-04", title="GIAY_KHEN", secret=True, **place
            ),
        ]
        write_lines(deed, lines)
        deed.close()
        session.add_all(things(case))
    folder = tmp_path / "files"
    room = FileRoom(Vault(folder), most_bytes=2**20, most_of_one=2)
    async with open_office(database, await nowhere(), work=False, files=room) as office:
        yield Desk(office.http, database, room, folder, line, secret, case)


def things(case: UUID) -> Iterator[Any]:
    """Make what else files may stand with, and what a line hangs on."""
    yield Submission(
        phase="2022-1",
        department="CTQH",
        state=SubmissionState.RECALLED,
        submitted_by=HEAD,
        submitted_at=MOMENT,
    )
    yield Window(
        phase="2022-1",
        kind="submission",
        department="CTQH",
        opens_at=MOMENT - timedelta(days=5),
        due_at=MOMENT + timedelta(days=5),
    )
    yield CouncilSession(
        id=SESSION,
        campaign="2022",
        phase="2022-1",
        number=1,
        meets_at=MOMENT,
        place="Phòng họp",
    )
    yield Case(
        id=case,
        campaign="2022",
        kind=CaseKind.COMPLAINT,
        title="Số liệu thành tích",
        matter="Số liệu chưa đúng.",
        recorded_by=RECORDER,
    )


WHO = {"line": HEAD, "secret": HEAD, "session": SECRETARIAT, "case": RECORDER}


async def test_what_is_sent_is_fetched_as_it_was_and_is_never_shown(
    desk: Desk,
) -> None:
    made = await desk.sent(HEAD, "line")

    fetched = await desk.ask("GET", HEAD, f"/attachments/{made['id']}")

    assert fetched.content == PDF
    told = ("content-type", "content-disposition", "x-content-type-options")
    assert [fetched.headers[each] for each in told] == [
        "application/octet-stream",
        "attachment; filename*=utf-8''T%E1%BB%9D%20tr%C3%ACnh.pdf",
        "nosniff",
    ]
    assert fetched.headers["cache-control"] == "no-store"
    assert await desk.listed(HEAD, "line") == (200, [made])
    digest = made["sha256"]
    assert made == {
        "id": made["id"],
        "name": NAME,
        "media_type": "application/pdf",
        "size": len(PDF),
        "sha256": digest,
        "added_by": HEAD,
        "added_at": made["added_at"],
        "voided_by": None,
        "voided_at": None,
    }
    assert desk.on_disk() == [f"{digest[:2]}/{digest[2:]}"]


async def test_who_attached_what_and_took_it_away_is_in_the_record(desk: Desk) -> None:
    made = {of: await desk.sent(who, of) for of, who in WHO.items()}
    await desk.ask("DELETE", RECORDER, f"/attachments/{made['case']['id']}")
    desk.set_state(Case, CaseState.FILED, filed_at=MOMENT)  # of drafts nobody reads

    told, hidden = [await recorded(desk, who) for who in (AUDITOR, STAFF)]

    targets = dict.fromkeys(("line", "secret"), "department:2022-1:CTQH")
    targets |= {"session": f"council:{SESSION}", "case": f"case:{desk.case}"}
    acts = [
        ("attach_file", WHO[of], targets[of], of in ("line", "secret"), said_of(row))
        for of, row in made.items()
    ]
    assert told == [
        *acts,
        ("take_file_away", RECORDER, targets["case"], 0, said_of(made["case"])),
    ]
    nothing = (None, None, None, 0, None)
    assert hidden == [
        *((*each[:3], 0, None) for each in acts[:2]),
        acts[2],
        nothing,
        nothing,
    ]


def said_of(file: Any) -> dict[str, str]:
    """Give what the record says of a file: neither its name nor what is in it."""
    return {"file": file["id"], "sha256": file["sha256"]}


def without_place(said: dict[str, Any] | None) -> dict[str, Any] | None:
    """Leave out where it stands, which the target says too."""
    return said and {k: v for k, v in said.items() if k not in ("holder", "key")}


async def recorded(desk: Desk, reader: str) -> list[tuple[Any, ...]]:
    """Read the record as somebody."""
    status, page = said(await desk.ask("GET", reader, "/campaigns/2022/acts"))
    assert status == 200
    fields = ("kind", "actor", "target", "lines")
    return [
        (*(act[each] for each in fields), without_place(act["payload"]))
        for act in page["items"][1:]
    ]


async def test_a_part_of_a_file_is_answered_with_all_of_it(desk: Desk) -> None:
    made = await desk.sent(HEAD, "line")
    headers = {"X-Thidua-Person": HEAD, "Range": "bytes=900-1"}

    answer = await desk.http.get(f"/api/v1/attachments/{made['id']}", headers=headers)

    assert (answer.status_code, answer.content) == (200, PDF)


async def test_nobody_else_of_the_machine_may_read_what_is_kept(desk: Desk) -> None:
    await desk.sent(HEAD, "line")

    found = [desk.folder, *desk.folder.rglob("*")]
    assert {each.stat().st_mode & 0o077 for each in found if each.is_dir()} == {0}
    kept = [desk.folder / each for each in desk.on_disk()]
    assert [each.stat().st_mode & 0o777 for each in kept] == [0o600]


async def test_sent_again_a_file_is_there_already(desk: Desk) -> None:
    made = await desk.sent(HEAD, "line")

    again = await desk.send(HEAD, "line")
    renamed = await desk.send(HEAD, "line", name="Khác.pdf")

    assert (again.status_code, again.json()) == (200, made)
    assert said(renamed) == (409, "file_there")
    assert await desk.listed(HEAD, "line") == (200, [made])


async def test_a_thing_has_so_many_files_at_most(desk: Desk) -> None:
    first = await desk.sent(HEAD, "line", PDF + b"1", "1.pdf")
    await desk.sent(HEAD, "line", PDF + b"2", "2.pdf")

    assert said(await desk.send(HEAD, "line")) == (409, "too_many_files")

    await desk.ask("DELETE", HEAD, f"/attachments/{first['id']}")
    await desk.sent(HEAD, "line")


async def test_of_many_that_come_at_once_no_more_are_taken(desk: Desk) -> None:
    sent = (desk.send(HEAD, "line", PDF + b"%d" % n, f"{n}.pdf") for n in range(4))

    answers = await asyncio.gather(*sent)

    assert sorted(each.status_code for each in answers) == [201, 201, 409, 409]
    assert len((await desk.listed(HEAD, "line"))[1]) == 2


async def in_parts(*parts: bytes) -> AsyncIterator[bytes]:
    """Send something part by part, without saying how much it will be."""
    for each in parts:
        yield each


@dataclass
class Bad:
    """A file that must not be kept, and what is said of it."""

    said: tuple[int, str]
    content: Any = PDF
    name: str = NAME
    headers: tuple[tuple[str, str], ...] = ()


LONG = b"a" * 2**20
BAD = {
    "nothing": Bad((422, "file_empty"), b""),
    "told to be too long": Bad((413, "file_too_large"), PDF + LONG),
    "too long": Bad((413, "file_too_large"), lambda: in_parts(PDF, LONG)),
    "shorter than told": Bad(
        (400, "file_incomplete"),
        lambda: in_parts(PDF),
        headers=(("Content-Length", "99"),),
    ),
    "another kind": Bad((415, "file_unlike_name"), PNG),
    "a page": Bad((415, "file_unlike_name"), b"<html>"),
    "no kind of ours": Bad((415, "file_kind"), b"<svg/>", "a.svg"),
    "a hostile name": Bad((409, "file_name"), PDF, "../a.pdf"),
    "a form": Bad(
        (415, "not_octets"), PDF, headers=(("Content-Type", "multipart/form-data"),)
    ),
    "a name half said": Bad(
        (422, "invalid"), PDF, headers=(("Content-Disposition", 'a; filename="a.pdf"'),)
    ),
    "no name": Bad((400, "name_missing"), PDF, headers=(("Content-Disposition", ""),)),
}


async def test_what_is_refused_leaves_nothing_behind(desk: Desk) -> None:
    found = {}
    for name, bad in BAD.items():
        content = bad.content() if callable(bad.content) else bad.content
        answer = await desk.send(HEAD, "line", content, bad.name, **dict(bad.headers))
        found[name] = (said(answer), desk.on_disk())

    assert found == {name: (bad.said, []) for name, bad in BAD.items()}
    assert await desk.listed(HEAD, "line") == (200, [])


async def slowly() -> AsyncIterator[bytes]:
    """Send a beginning, and no more for a long time."""
    yield PDF
    await asyncio.sleep(60)


async def test_what_comes_too_slowly_is_not_waited_for(desk: Desk) -> None:
    room = replace(desk.room, most_seconds=0.2)
    async with open_office(
        desk.database, await nowhere(), work=False, files=room
    ) as office:
        answer = await replace(desk, http=office.http).send(HEAD, "line", slowly())

    assert (said(answer), desk.on_disk()) == ((400, "file_incomplete"), [])


async def test_a_connection_that_breaks_leaves_nothing_behind(desk: Desk) -> None:
    app = create_app(desk.database, await nowhere(), (), sample=True, files=desk.room)
    headers = {
        "x-thidua-person": HEAD,
        "content-type": "application/octet-stream",
        "content-disposition": "attachment; filename*=UTF-8''a.pdf",
        "content-length": "9999",
    }
    came = iter(
        [
            {"type": "http.request", "body": PDF, "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    seen: list[list[str]] = []
    sent: list[Any] = []

    async def receive() -> Any:
        seen.append(desk.on_disk())
        return next(came)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "POST",
        "path": f"/api/v1/lines/{desk.line}/attachments",
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }
    await app(scope, receive, send)

    coming, *_ = seen[-1]
    assert coming.startswith("coming/")
    assert (desk.on_disk(), sent) == ([], [])


async def test_a_folder_that_cannot_be_written_or_read_is_said(
    desk: Desk, database: Database
) -> None:
    made = await desk.sent(HEAD, "line")
    (desk.folder / desk.on_disk()[0]).unlink()
    async with open_office(
        database, await nowhere(), work=False, files=NOWHERE
    ) as office:
        elsewhere = Desk(
            office.http,
            database,
            NOWHERE,
            desk.folder,
            desk.line,
            desk.secret,
            desk.case,
        )

        kept = await elsewhere.send(HEAD, "line", name="a.pdf")
    lost = await desk.ask("GET", HEAD, f"/attachments/{made['id']}")

    assert {said(each) for each in (kept, lost)} == {(503, "files_away")}


READERS = {
    "line": ({HEAD, STAFF, OTHER_HEAD, SECRETARIAT}, set(), (404, "unknown_line")),
    "secret": (
        {HEAD, SECRETARIAT, DIRECTOR, MEMBER},
        {STAFF, RECORDER},
        (404, "unknown_line"),
    ),
    "session": (
        {SECRETARIAT, DIRECTOR, MEMBER, AUDITOR},
        {STAFF, RECORDER},
        (403, "not_allowed"),
    ),
    "case": ({RECORDER}, {STAFF, HEAD, SECRETARIAT}, (404, "unknown_case")),
}


async def test_a_file_is_read_by_whoever_reads_what_it_stands_with(
    desk: Desk,
) -> None:
    unknown = (404, "unknown_attachment")
    for of, (readers, others, refusal) in READERS.items():
        made = await desk.sent(WHO[of], of)
        path = f"/attachments/{made['id']}"

        found = {
            who: (
                (await desk.ask("GET", who, path)).content,
                await desk.listed(who, of),
            )
            for who in readers
        }
        hidden = {
            who: (
                said(await desk.ask("GET", who, path)),
                said(await desk.ask("DELETE", who, path)),
                await desk.listed(who, of),
            )
            for who in others
        }

        assert found == dict.fromkeys(readers, (PDF, (200, [made])))
        assert hidden == dict.fromkeys(others, (unknown, unknown, refusal))


OUTSIDERS = {
    "line": {STAFF: 403, OTHER_HEAD: 403, SECRETARIAT: 403, NOMINEE: 403},
    "secret": {STAFF: 404, RECORDER: 404, OTHER_HEAD: 403, SECRETARIAT: 403},
    "session": {STAFF: 403, MEMBER: 403, DIRECTOR: 403, AUDITOR: 403},
    "case": {STAFF: 404, SECRETARIAT: 404, DIRECTOR: 404},
}


async def test_nobody_else_attaches_a_file(desk: Desk) -> None:
    found = {
        to: {who: (await desk.send(who, to)).status_code for who in others}
        for to, others in OUTSIDERS.items()
    }

    assert found == OUTSIDERS
    assert desk.on_disk() == []


_S = SubmissionState
MAY = {
    _S.RECALLED: 201,
    _S.SUBMITTED: 200,  # the same again
    _S.OVERDUE: 409,
    _S.RECEIVED: 409,
    _S.APPRAISED: 409,
}


async def test_a_department_changes_the_files_of_a_line_as_it_may_the_line(
    desk: Desk,
) -> None:
    found = {}
    for state in MAY:
        desk.set_state(Submission, state, received_at=MOMENT)
        found[state] = (await desk.send(HEAD, "line")).status_code

    assert found == MAY


async def test_of_a_list_given_back_the_flagged_lines_are_open(desk: Desk) -> None:
    flagged = [{"line": str(desk.line), "reason": "Thiếu minh chứng."}]
    more = {"received_at": MOMENT, "flagged": flagged}
    desk.set_state(Submission, _S.RETURNED, **more)

    answers = [await desk.send(HEAD, each) for each in ("line", "secret")]

    assert [each.status_code for each in answers] == [201, 409]


async def test_what_is_sent_is_closed_at_the_end_of_the_window(desk: Desk) -> None:
    desk.set_state(Submission, _S.SUBMITTED)
    with desk.database.write() as session:
        [window] = session.exec(select(Window)).all()
        window.due_at = MOMENT
        session.add(window)

    assert said(await desk.send(HEAD, "line")) == (409, "files_closed")


async def test_signed_minutes_lose_no_file_and_take_their_scan(desk: Desk) -> None:
    made = await desk.sent(SECRETARIAT, "session")
    signed = {"signed_by_chair": DIRECTOR, "signed_by_secretary": SECRETARIAT}
    more = {"minutes": "Đã họp.", **signed}
    desk.set_state(CouncilSession, SessionState.CONCLUDED, **more)

    sent = await desk.send(SECRETARIAT, "session", PNG, "a.png")
    taken = await desk.ask("DELETE", SECRETARIAT, f"/attachments/{made['id']}")

    assert sent.status_code == 201
    assert said(taken) == (409, "files_closed")


async def test_in_a_matter_each_side_has_its_own_files(desk: Desk) -> None:
    desk.set_state(Case, CaseState.FILED, filed_at=MOMENT)
    theirs = await desk.sent(RECORDER, "case")
    ours = await desk.sent(SECRETARIAT, "case", PNG, "a.png")

    crossed = [
        await desk.ask("DELETE", RECORDER, f"/attachments/{ours['id']}"),
        await desk.ask("DELETE", SECRETARIAT, f"/attachments/{theirs['id']}"),
    ]
    own = await desk.ask("DELETE", RECORDER, f"/attachments/{theirs['id']}")
    more = {"ended_at": MOMENT}
    desk.set_state(Case, CaseState.WITHDRAWN, **more)
    late = await desk.send(RECORDER, "case", TEXT, "a.txt")

    assert {said(each) for each in crossed} == {(403, "not_yours")}
    assert own.status_code == 200
    assert said(late) == (409, "files_closed")


async def test_a_file_taken_away_stays_written_down_and_is_collected(
    desk: Desk,
) -> None:
    gone = await desk.sent(HEAD, "line")
    stays = await desk.sent(HEAD, "line", DOCX, "a.docx")
    elsewhere = await desk.sent(HEAD, "secret", DOCX, "b.docx")

    for each in (gone, elsewhere):
        taken = await desk.ask("DELETE", HEAD, f"/attachments/{each['id']}")
        again = await desk.ask("DELETE", HEAD, f"/attachments/{each['id']}")
        assert (taken.status_code, said(again)) == (200, (404, "unknown_attachment"))
    removed = await asyncio.to_thread(collect, desk.database, desk.room.vault)

    _, listed = await desk.listed(HEAD, "line")
    found = {each["name"]: each for each in listed}
    moment = found[NAME]["voided_at"]
    voided = {**gone, "voided_by": HEAD, "voided_at": moment}
    assert moment is not None
    assert found == {NAME: voided, "a.docx": stays}
    assert said(await desk.ask("GET", HEAD, f"/attachments/{gone['id']}")) == (
        404,
        "unknown_attachment",
    )
    digest = stays["sha256"]
    assert (removed, desk.on_disk()) == (1, [f"{digest[:2]}/{digest[2:]}"])


async def test_what_no_row_knows_is_collected_only_when_that_is_asked_for(
    desk: Desk,
) -> None:
    await desk.sent(HEAD, "line")
    with desk.room.vault.incoming() as incoming:
        incoming.write(PNG)
        desk.room.vault.keep(incoming).close()

    unasked = collect(desk.database, desk.room.vault)
    asked = collect(desk.database, desk.room.vault, unknown=True)

    assert (unasked, asked, len(desk.on_disk())) == (0, 1, 1)


async def test_what_is_being_kept_is_not_collected(desk: Desk) -> None:
    vault = desk.room.vault
    with vault.incoming() as incoming:
        incoming.write(PDF)
        held = vault.keep(incoming)
    everything = partial(collect, desk.database, vault, unknown=True)
    collecting = asyncio.create_task(asyncio.to_thread(everything))
    await asyncio.sleep(0.1)
    waits = not collecting.done()

    with desk.database.write() as session:
        sent = {"holder": "line", "key": str(desk.line), "name": NAME}
        content = {"media_type": "application/pdf", "size": len(PDF)}
        who = {"added_by": HEAD, "added_at": MOMENT, "sha256": incoming.sha256}
        session.add(Attachment(**sent, **content, **who))
    held.close()

    assert (waits, await collecting, len(desk.on_disk())) == (True, 0, 1)


async def test_what_a_dead_process_left_half_is_swept(desk: Desk) -> None:
    await desk.sent(HEAD, "line")
    coming = desk.folder / "coming"
    for name, age in (("old", 2), ("young", 0)):
        (coming / name).write_bytes(PDF)
        moment = (coming / name).stat().st_mtime - timedelta(days=age).total_seconds()
        os.utime(coming / name, (moment, moment))

    await asyncio.to_thread(collect, desk.database, desk.room.vault)

    assert [each for each in desk.on_disk() if "coming" in each] == ["coming/young"]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (None, (422, "file_infected")),
        (b"ERROR\0", (503, "scanner_away")),
    ],
)
async def test_what_a_scanner_has_not_cleared_is_refused_and_not_kept(
    desk: Desk, answer: bytes | None, refusal: tuple[int, str]
) -> None:
    with clamd(answer) as server:
        room = replace(desk.room, scanner=Scanner(server.address))
        async with open_office(
            desk.database, await nowhere(), work=False, files=room
        ) as office:
            scanned = replace(desk, http=office.http)

            sent = await scanned.send(HEAD, "line", PDF + EICAR)

    assert (said(sent), desk.on_disk()) == (refusal, [])


async def test_what_a_scanner_has_cleared_is_kept(desk: Desk) -> None:
    with clamd() as server:
        room = replace(desk.room, scanner=Scanner(server.address))
        async with open_office(
            desk.database, await nowhere(), work=False, files=room
        ) as office:
            await replace(desk, http=office.http).sent(HEAD, "line")

        assert (server.got, len(desk.on_disk())) == (PDF, 1)
