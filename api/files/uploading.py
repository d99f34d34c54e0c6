"""A file comes in: to the disk part by part, looked at whole, and only then kept."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import IO

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from api.files.holders import hold, require_changer
from domain.refusals import Refusal, Refused, refuse
from intake.files.kinds import KINDS, require_kind, suffix_of
from intake.signing.reading import FoundSignature, signatures_in
from store.database import Database
from store.faults import told
from store.files.attachments import Content, Holder, add, standing
from store.files.room import FileRoom
from store.files.scanning import Infected, Scanner, ScannerAway
from store.files.vault import Incoming
from store.tables import Attachment, HolderKind

# What is signed outside, and comes back to these.
_SIGNED = (HolderKind.DECISION, HolderKind.SESSION)
OCTETS = "application/octet-stream"
FILES_AWAY = Refusal(
    "files_away", "Kho tệp tạm thời không đọc hay ghi được; hãy thử lại sau."
)
_log = logging.getLogger(__name__)


def require_octets(request: Request) -> None:
    """Refuse (`not_octets`) what is sent as anything but a file's own bytes."""
    if request.headers.get("content-type") != OCTETS:
        raise refuse("not_octets", f"Tệp phải gửi bằng Content-Type: {OCTETS}.")


async def admit(database: Database, holder: Holder, person: str) -> None:
    """Judge whether somebody may let a file stand with a thing, before any comes.

    Raises Refused as *require_changer* does.
    """
    await run_in_threadpool(_admit, database, holder, person)


def _admit(database: Database, holder: Holder, person: str) -> None:
    with database.read() as session:
        require_changer(session, holder, person)


@dataclass(frozen=True)
class Upload:
    """A file that somebody sends who is admitted, to stand with a thing.

    *parts* are of what comes, and *told* is how much that is to be, if it is said.
    """

    parts: AsyncIterator[bytes]
    told: str
    holder: Holder
    person: str
    name: str

    async def into(self, room: FileRoom, database: Database) -> tuple[Attachment, bool]:
        """Take the file in; return its row, and whether that is new.

        Raises Refused, and nothing is kept.
        """
        suffix = suffix_of(self.name)
        try:
            async with room.places:
                return await self._keep(room, database, suffix)
        except OSError as error:
            _log.error("a file of %s was not kept: %s", self.holder.kind, told(error))
            raise Refused(FILES_AWAY) from None

    async def _keep(
        self, room: FileRoom, database: Database, suffix: str
    ) -> tuple[Attachment, bool]:
        with room.vault.incoming() as incoming:
            await self._receive(incoming, room)
            await run_in_threadpool(require_kind, incoming.file, suffix)
            if room.scanner is not None:
                await run_in_threadpool(_require_clean, incoming.file, room.scanner)
            signatures = await run_in_threadpool(self._signatures, incoming, suffix)
            content = Content(incoming.sha256, incoming.size, KINDS[suffix], signatures)
            enter = partial(self._enter, database, content, room.most_of_one)
            with await run_in_threadpool(room.vault.keep, incoming):
                return await database.in_turn(enter)

    async def _receive(self, incoming: Incoming, room: FileRoom) -> None:
        """Write down what comes, as long as it is not too long or too slow."""
        most = room.most_bytes
        told = self.told
        if told.isdecimal() and int(told) > most:
            raise _too_large(most)
        try:
            async with asyncio.timeout(room.most_seconds):
                async for part in self.parts:
                    if incoming.size + len(part) > most:
                        raise _too_large(most)
                    await run_in_threadpool(incoming.write, part)
        except TimeoutError:
            raise _incomplete() from None
        if not incoming.size:
            raise refuse("file_empty", "Tệp rỗng, không có nội dung.")
        if told and told != str(incoming.size):
            raise _incomplete()

    def _signatures(
        self, incoming: Incoming, suffix: str
    ) -> tuple[FoundSignature, ...]:
        if suffix != ".pdf" or self.holder.kind not in _SIGNED:
            return ()
        return signatures_in(incoming.file)

    def _enter(
        self, database: Database, content: Content, most: int
    ) -> tuple[Attachment, bool]:
        """Write the row of a file; one that stands there already is that one."""
        with database.write() as session:
            hold(session, self.holder)
            require_changer(session, self.holder, self.person)
            there = standing(session, self.holder)
            for each in there:
                if each.sha256 == content.sha256:
                    return _same(each, self.name), False
            if len(there) >= most:
                raise refuse("too_many_files", f"Đã có đủ {most} tệp, hãy gỡ bớt.")
            return add(session, self.holder, self.name, content, self.person), True


def _require_clean(content: IO[bytes], scanner: Scanner) -> None:
    try:
        scanner.scan(content)
    except Infected:
        said = "Tệp bị phần mềm quét vi-rút chặn; hãy gửi tệp khác."
        raise refuse("file_infected", said) from None
    except ScannerAway:
        said = "Chưa quét được vi-rút cho tệp này; hãy gửi lại sau ít phút."
        raise refuse("scanner_away", said) from None


def _same(there: Attachment, name: str) -> Attachment:
    if there.name != name:
        said = f"Nội dung này đã được đính kèm dưới tên «{there.name}»."
        raise refuse("file_there", said)
    return there


def _too_large(most: int) -> Refused:
    return refuse("file_too_large", f"Tệp lớn quá {most // 2**20} MiB.")


def _incomplete() -> Refused:
    return refuse("file_incomplete", "Tệp chưa đến đủ; hãy gửi lại.")
