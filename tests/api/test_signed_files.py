"""Files of a decision are looked into for digital signatures as they come in."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import httpx2
import pytest_asyncio
from sqlmodel import col, select

from api.web.administration.trusted import PAGE
from store.files.room import FileRoom
from store.files.vault import Vault
from store.tables import Act, Attachment, FileSignature, SignedPaper
from tests.api.calls import said
from tests.api.conftest import Issued
from tests.api.web.test_pages import shown, sign_in
from tests.intake.test_files import PDF
from tests.journeys.cast import at
from tests.office import CLERK, DIRECTOR, SECRETARIAT, Office, open_office
from tests.scale.test_statements import nowhere
from tests.seals import plain_pdf, root, signed_pdf, signer

OCTETS = "application/octet-stream"


@dataclass
class Counter:
    """The office once the first decision is issued, and a folder for its files."""

    office: Office
    issued: Issued
    folder: Path

    @property
    def decision(self) -> str:
        """The decision's key."""
        return self.issued.keys["decisions/key"]

    async def send(self, content: bytes, name: str = "qđ.pdf") -> httpx2.Response:
        """Send a file to the decision."""
        headers = {
            "X-Thidua-Person": CLERK,
            "Content-Type": OCTETS,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        }
        path = f"/api/v1/decisions/{self.decision}/attachments"
        return await self.office.http.post(path, content=content, headers=headers)

    def signatures(self) -> list[FileSignature]:
        """List the signatures that were found, in their order."""
        query = select(FileSignature).order_by(col(FileSignature.ordinal))
        with self.issued.database.read() as session:
            return list(session.exec(query))


@pytest_asyncio.fixture(loop_scope="session")
async def counter(issued: Issued, tmp_path: Path) -> AsyncIterator[Counter]:
    """Open the office."""
    room = FileRoom(Vault(tmp_path / "files"))
    async with open_office(
        issued.database, await nowhere(), work=False, files=room
    ) as office:
        yield Counter(office, issued, tmp_path / "files")


async def test_who_has_signed_is_kept_with_the_file(counter: Counter) -> None:
    pdf = signed_pdf(signer("Văn thư"), signed_pdf(signer()), field="Ky2")
    kept = await counter.send(pdf)
    again = await counter.send(pdf)
    plain = await counter.send(plain_pdf(), "quét.pdf")

    assert [each.status_code for each in (kept, again, plain)] == [201, 200, 201]
    found = counter.signatures()
    assert [(str(each.file), each.signer, each.fault) for each in found] == [
        (kept.json()["id"], "Trần Văn Bình", None),
        (kept.json()["id"], "Văn thư", None),
    ]
    assert all(each.signed_at for each in found)


async def test_a_signed_file_that_cannot_be_read_is_refused_and_nothing_is_kept(
    counter: Counter,
) -> None:
    broken = await counter.send(PDF + b"/ByteRange [0 1 2 3]")
    locked = await counter.send(signed_pdf(signer(), password="mat-khau"))

    assert said(broken) == said(locked) == (415, "signatures_unreadable")
    assert counter.signatures() == []
    assert [each for each in counter.folder.rglob("*") if each.is_file()] == []
    with counter.issued.database.read() as session:
        assert session.exec(select(Attachment)).all() == []


async def test_certificates_are_trusted_on_a_page_and_signatures_stand_on_another(
    counter: Counter,
) -> None:
    http = counter.office.http
    file = (await counter.send(signed_pdf(signer()))).json()["id"]
    with counter.issued.database.write() as session:
        session.add(
            SignedPaper(
                decision=counter.decision,
                file=UUID(file),
                recorded_by=CLERK,
                recorded_at=at("2022-07-20"),
            )
        )
    await sign_in(http, SECRETARIAT)
    before = await http.get(f"/quyet-dinh/{counter.decision}")
    bad = await http.post(PAGE, files={"tep": ("a.pem", b"x")})
    none = await http.post(PAGE, files={"tep": ("a.pem", b"")})
    kept = await http.post(PAGE, files={"tep": ("a.pem", root().pem)})
    twice = await http.post(PAGE, files={"tep": ("a.cer", root().der)})
    listed = await http.get(PAGE)
    after = await http.get(f"/quyet-dinh/{counter.decision}")
    [row] = (await http.get("/api/v1/office/trusted-certificates")).json()["items"]
    gone = await http.post(f"{PAGE}/{row['fingerprint']}/bo")
    empty = await http.get(PAGE)
    await sign_in(http, DIRECTOR)
    refused = await http.post(PAGE, files={"tep": ("a.pem", root().pem)})

    whose = "Trần Văn Bình (chứng thư số do Chứng thực con cấp)"
    assert whose in shown(before.text)
    assert "nguyên vẹn, trùm cả tệp, chưa tin cậy" in shown(before.text)
    assert "không dẫn đến chứng thư số nào cơ quan tin cậy" in shown(before.text)
    assert [each.status_code for each in (bad, none)] == [415, 415]
    assert "không phải là chứng thư số X.509" in shown(bad.text)
    assert [each.status_code for each in (kept, twice)] == [303, 409]
    assert "CN=Chứng thực gốc" in shown(listed.text)
    assert row["fingerprint"] in listed.text
    assert "nguyên vẹn, trùm cả tệp, tin cậy" in shown(after.text)
    assert gone.status_code == 303
    assert "Chưa có chứng thư số nào" in shown(empty.text)
    assert refused.status_code == 403
    with counter.issued.database.read() as session:
        acts = session.exec(select(Act.kind, Act.actor).order_by(col(Act.seq)))
        kinds = [each for each in acts if each[0].endswith("trust_certificate")]
    assert kinds == [
        ("trust_certificate", SECRETARIAT),
        ("distrust_certificate", SECRETARIAT),
    ]


async def test_a_scan_that_is_brought_on_a_page_leads_to_what_it_states(
    counter: Counter,
) -> None:
    http = counter.office.http
    council = counter.issued.keys["council-sessions/key"]
    pages = {
        f"/quyet-dinh/{counter.decision}": "ban-giay",
        f"/hoi-dong/{council}/bien-ban": "ban-giay",
    }
    await sign_in(http, SECRETARIAT)
    for page, form in pages.items():
        there = await http.get(page)
        file = {"tep": ("quét.pdf", signed_pdf(signer(), field=form))}
        brought = await http.post(f"{page}/{form}", files=file)
        asked = await http.get(brought.headers["location"])
        none = await http.post(f"{page}/{form}", files={"tep": ("a.pdf", b"")})

        assert f'action="{page}/{form}"' in there.text
        assert brought.status_code == 303
        assert "quét.pdf" in shown(asked.text)
        assert re.search(r'<option value="[0-9a-f-]{36}" selected', asked.text)
        assert none.status_code == 422
    assert len(counter.signatures()) == 2
    await sign_in(http, DIRECTOR)
    assert 'name="tep"' not in (await http.get(f"/quyet-dinh/{counter.decision}")).text
