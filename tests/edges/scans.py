"""Scans of what was signed on paper, and who still owes how they differ."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from intake.signing.reading import signatures_in
from store.files.attachments import Content, Holder, add
from tests.journeys.cast import Cast
from tests.office import SECRETARIAT


def scanned(cast: Cast, holder: Holder, pdf: bytes = b"") -> str:
    """Let a scan stand with a thing, with the signatures that are on it."""
    content = Content(
        uuid4().hex * 2, 1, "application/pdf", signatures_in(BytesIO(pdf))
    )
    with cast.office.database.write() as session:
        return str(add(session, holder, "ban-giay.pdf", content, SECRETARIAT).id)


async def signed_papers(cast: Cast, path: str) -> list[Any]:
    """List what was said of the scans of a thing."""
    return await cast.office.person(SECRETARIAT).pages(f"{path}/signed-papers")


async def owed(cast: Cast, kind: str) -> list[str]:
    """List what the secretariat owes of one kind."""
    tasks = await cast.office.person(SECRETARIAT).pages("/me/tasks")
    return [each["kind"] for each in tasks if each["kind"] == kind]
