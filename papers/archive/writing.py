"""An archive file: a zip that is written part by part, and names each by its digest."""

import csv
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import StringIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from domain.calendar import VIETNAM
from domain.names import clean
from domain.refusals import Refused, in_words
from store.faults import told

INDEX, DIGESTS = "MUC-LUC.csv", "SHA256SUMS"
_HEADINGS = ("Tệp", "Là gì", "Số byte", "SHA-256")
# What a file's name may not hold on one system or another.
_UNFIT = re.compile(r'[/\\:*?"<>|]+')
_LONGEST = 120
_PART = 2**16
_LOST = "MẤT NỘI DUNG"
_BROKEN = "Không lập được vì lỗi của phần mềm; hãy báo người quản trị."
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Archived:
    """A part of an archive; one without a *digest* is not there, and says *why*."""

    name: str
    what: str
    size: int = 0
    digest: str | None = None
    why: str = ""


def lacking(parts: Iterable[Archived]) -> list[Archived]:
    """List which parts of an archive ought to be there, and are not."""
    return [each for each in parts if each.digest is None]


class Archive:
    """Writes an archive; no part is ever held in memory whole, however long it is."""

    def __init__(self, file: IO[bytes], at: datetime) -> None:
        self._zip = ZipFile(file, "w", allowZip64=True)
        self._at = at.astimezone(VIETNAM).timetuple()[:6]
        self.parts: list[Archived] = []

    def add(
        self, name: str, what: str, content: Iterable[bytes], *, packed: bool = False
    ) -> Archived:
        """Write one part; one that is *packed* already is taken as it is."""
        entry = ZipInfo(name, self._at)
        entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
        digest, size = sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as out:
            for part in content:
                out.write(part)
                digest.update(part)
                size += len(part)
        return self._note(Archived(name, what, size, digest.hexdigest()))

    def draw(
        self, name: str, what: str, draw: Callable[[], tuple[str, bytes]]
    ) -> Archived:
        """Draw a paper into it, or say there why it is not; the others go on.

        *what* is said of one that is not drawn: one that is says what it is.
        """
        try:
            said, drawn = draw()
        except Refused as refused:
            return self.miss(name, what, in_words(refused.refusals))
        except Exception as error:  # noqa: BLE001 - the others are drawn all the same
            _log.error("a paper of an archive was not drawn: %s", told(error))
            return self.miss(name, what, _BROKEN)
        return self.add(name, said, [drawn], packed=True)

    def miss(self, name: str, what: str, why: str = _LOST) -> Archived:
        """Say that a part ought to be here, and why it is not: its content is lost."""
        return self._note(Archived(name, what, why=why))

    def close(self) -> None:
        """Write the index, by which everything else is checked, and end the file."""
        here = [each for each in self.parts if each.digest is not None]
        digests = "".join(f"{each.digest}  {each.name}\n" for each in here)
        index = [_index(self.parts)]
        self.add(INDEX, "Mục lục", index)
        self.add(DIGESTS, "Mã kiểm tra của từng tệp", [digests.encode()])
        self._zip.close()

    def _note(self, part: Archived) -> Archived:
        self.parts.append(part)
        return part


def _index(parts: Iterable[Archived]) -> bytes:
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(_HEADINGS)
    for each in parts:
        writer.writerow([each.name, each.what, each.size, each.digest or each.why])
    return written.getvalue().encode("utf-8-sig")


def fit_name(name: str) -> str:
    """Write the name of a file so that it is one everywhere, and leads nowhere else."""
    whole = _UNFIT.sub("-", clean(name)).strip(" .") or "tep"
    stem, dot, suffix = whole.rpartition(".")
    if not dot or len(suffix) > _LONGEST // 4:
        return whole[:_LONGEST]
    return f"{stem[: _LONGEST - len(suffix)]}.{suffix}"


def in_parts(file: IO[bytes]) -> Iterable[bytes]:
    """Read a file a part at a time."""
    return iter(lambda: file.read(_PART), b"")


def digest_of(file: IO[bytes]) -> str:
    """Digest a file to its end."""
    found = sha256()
    for part in in_parts(file):
        found.update(part)
    return found.hexdigest()
