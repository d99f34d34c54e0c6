"""The contents of files, in a folder beside the database, each under its own digest."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from store.lasting import sync_folder

# What comes in takes minutes; whoever left this behind is dead.
_LEFT_BEHIND = timedelta(days=1)


class FileLost(Exception):
    """The rows know of a content that is not here."""


class Incoming:
    """A file that is still coming: nobody finds it before it is kept."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path, self.file, self.size = path, file, 0
        self._digest = sha256()

    @property
    def sha256(self) -> str:
        """The digest of what has come."""
        return self._digest.hexdigest()

    def write(self, part: bytes) -> None:
        """Take in the next part."""
        self.file.write(part)
        self._digest.update(part)
        self.size += len(part)


class Vault:
    """Keeps contents for whoever comes with their digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._coming = folder / "coming"

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """Open a new file, which is gone after the block unless it was kept."""
        _make(self._coming)
        descriptor, path = mkstemp(dir=self._coming)  # nobody else's to read
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield Incoming(Path(path), file)
        finally:
            Path(path).unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> IO[bytes]:
        """Keep a file, safe on the disk.

        Until what is returned is closed, nobody collects anything: by then a row has to
        refer to it.
        """
        held = self._lock(fcntl.LOCK_SH)
        try:
            self._place(incoming)
        except OSError:
            held.close()
            raise
        return held

    def _place(self, incoming: Incoming) -> None:
        incoming.file.flush()
        os.fsync(incoming.file.fileno())
        path = self._path(incoming.sha256)
        _make(path.parent)
        incoming.path.replace(path)
        sync_folder(path.parent)

    def find(self, sha256: str) -> Path:
        """Find a content. Raises FileLost."""
        path = self._path(sha256)
        if not path.is_file():
            raise FileLost
        return path

    def shelves(self) -> list[str]:
        """List the beginnings of the digests that are here."""
        return sorted(each.name for each in self._folder.glob("[0-9a-f][0-9a-f]"))

    @contextmanager
    def alone(self, shelf: str) -> Iterator[set[str]]:
        """List the digests of one shelf, while nobody keeps anything."""
        with self._lock(fcntl.LOCK_EX):
            yield {shelf + each.name for each in (self._folder / shelf).iterdir()}

    def remove(self, sha256: str) -> None:
        """Remove a content that nothing refers to."""
        self._path(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what came half and was left behind by a process that died."""
        before = time.time() - _LEFT_BEHIND.total_seconds()
        for path in self._coming.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:]

    def _lock(self, kind: int) -> IO[bytes]:
        """Wait for the one lock of the folder, which ends as it is closed."""
        _make(self._folder)
        held = (self._folder / "lock").open("ab")
        fcntl.flock(held, kind)
        return held


def _make(folder: Path) -> None:
    """Make a folder that lasts, and is nobody else's to look into."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)
