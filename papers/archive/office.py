"""A whole office in one file: its rows and the contents of its files."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from sqlalchemy import Table
from sqlmodel import Session, select

from intake.files.zips import BROKEN_ZIP
from papers.archive.reading import NotAnArchive
from papers.archive.writing import Archive, Archived, in_parts
from store.clock import now, real_now
from store.files.vault import FileLost, Vault
from store.moving.rows import leaving, roster, tables
from store.moving.settling import revision
from store.tables import Attachment

_FORMAT = "thidua-office-1"
_HEAD, _ROWS, _CONTENTS = "co-quan.json", "bang/", "noi-dung/"
# A row holds a plan or a dossier; nothing that the service stores is longer.
_LONGEST = 64 * 2**20


@dataclass(frozen=True)
class OfficeHead:
    """What a file of an office says of itself."""

    format: str
    revision: str
    made_at: str


def leave(session: Session, vault: Vault, file: IO[bytes]) -> list[Archived]:
    """Write an office into a file; say what it has come to."""
    at = real_now(session)
    archive = _begun(session, file, at, "Bản xuất cả cơ quan", tables())
    for sha256 in session.exec(
        select(Attachment.sha256).distinct().order_by(Attachment.sha256)
    ).all():
        _content(archive, vault, sha256)
    archive.close()
    return archive.parts


def leave_roster(session: Session, file: IO[bytes]) -> None:
    """Write who is in an office into a file: a year of it can be played by that.

    It is of the day on which the office stands: in practice that is another one.
    """
    _begun(session, file, now(session), "Danh sách của cơ quan", roster()).close()


def _begun(
    session: Session,
    file: IO[bytes],
    at: datetime,
    what: str,
    those: Iterable[Table],
) -> Archive:
    """Begin a file with what it is, and the rows of some tables."""
    archive = Archive(file, at)
    head = OfficeHead(_FORMAT, revision(session), at.isoformat())
    archive.add(_HEAD, what, [json.dumps(asdict(head)).encode()])
    for table in those:
        name = f"{_ROWS}{table.name}.jsonl"
        archive.add(name, f"Bảng {table.name}", leaving(session, table))
    return archive


def _content(archive: Archive, vault: Vault, sha256: str) -> None:
    """Take a content along; of a file that was taken away there may be none."""
    try:
        with vault.find(sha256).open("rb") as content:
            archive.add(
                f"{_CONTENTS}{sha256}", "Tệp đính kèm", in_parts(content), packed=True
            )
    except FileLost:
        archive.miss(f"{_CONTENTS}{sha256}", "Tệp đính kèm")


class OfficeFile:
    """A file of an office that is read back."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = ZipFile(file)
            told: Any = json.loads(self._zip.read(_HEAD))
            self.head = OfficeHead(**told)
        except (TypeError, *BROKEN_ZIP):
            raise NotAnOffice from None
        if self.head.format != _FORMAT:
            raise NotAnOffice

    def lines(self) -> dict[str, Iterator[bytes]]:
        """Give the rows of each table, as they are asked for."""
        return {table.name: self._lines(table.name) for table in tables()}

    def _lines(self, table: str) -> Iterator[bytes]:
        try:
            opened = self._zip.open(f"{_ROWS}{table}.jsonl")
        except KeyError:
            raise NotAnOffice from None
        with opened as part:
            while line := part.readline(_LONGEST):
                yield line

    def keep_contents(self, vault: Vault) -> int:
        """Keep every content under its own digest; count them."""
        names = [x for x in self._zip.namelist() if x.startswith(_CONTENTS)]
        for name in names:
            with self._zip.open(name) as part, vault.incoming() as coming:
                for some in in_parts(part):
                    coming.write(some)
                if coming.sha256 != name.removeprefix(_CONTENTS):
                    raise NotAnOffice
                vault.keep(coming).close()
        return len(names)


class NotAnOffice(NotAnArchive):
    """The file is no export of an office."""
