"""The keys of ballot boxes, kept outside of the database, and what they seal."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlmodel import col, select

from domain.council.ballots import Choice, Mark
from domain.record import canonical
from store.database import Database
from store.lasting import sync_folder
from store.tables import VotingRound

_SUFFIX = ".key"
# Backup programs pass over a folder that is marked so. A key in a backup beside the
# sheets that it opens would undo its destruction.
_CACHE_TAG = "CACHEDIR.TAG"
_CACHE_MARK = "Signature: 8a477f597d28d172789f06886806bc55\n"


class KeyGone(Exception):
    """The key of a box is not here: what was sealed to it stays sealed."""


class Broken(Exception):
    """What lies in a box was not sealed by us."""


class Keys:
    """Private keys, one file each, named by the public key that it belongs to.

    Only whoever opens boxes is given this: to seal takes the public key alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self) -> bytes:
        """Make a key, safe on the disk, and return its public half."""
        self._prepare()
        private = PrivateKey.generate()
        public = bytes(private.public_key)
        _write(self._file(public), bytes(private))
        sync_folder(self._folder)
        return public

    def open(self, public: bytes, sealed: Sequence[bytes]) -> list[tuple[Mark, ...]]:
        """Open sheets that were sealed to *public*. Raises KeyGone or Broken."""
        box = SealedBox(PrivateKey(self._read(public)))
        try:
            return [_read(box.decrypt(each)) for each in sealed]
        except (CryptoError, ValueError, TypeError) as error:
            raise Broken from error

    def destroy(self, public: bytes) -> None:
        """Destroy a key for good; one that is gone already stays gone."""
        file = self._file(public)
        if not file.exists():
            return
        # Over the same blocks, where the file system lets us: best effort, and told
        # of in the threat model.
        with file.open("r+b") as old:
            old.write(bytes(file.stat().st_size))
            old.flush()
            os.fsync(old.fileno())
        file.unlink(missing_ok=True)
        sync_folder(self._folder)

    def all(self) -> list[bytes]:
        """List the keys that are here, by their public halves."""
        names = sorted(file.stem for file in self._folder.glob(f"*{_SUFFIX}"))
        return [bytes.fromhex(name) for name in names]

    def _file(self, public: bytes) -> Path:
        return self._folder / f"{public.hex()}{_SUFFIX}"

    def _read(self, public: bytes) -> bytes:
        try:
            return self._file(public).read_bytes()
        except FileNotFoundError:
            raise KeyGone from None

    def _prepare(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tag = self._folder / _CACHE_TAG
        if not tag.exists():
            tag.write_text(_CACHE_MARK)


def destroy_spent(database: Database, keys: Keys) -> None:
    """Destroy the keys of boxes that are counted, should one have been left over.

    A key that no box here has is somebody else's, and stays.
    """
    with database.read() as session:
        closed = col(VotingRound.closed_at).is_not(None)
        query = select(VotingRound.public_key).where(closed)
        spent = set(session.exec(query))
    for public in keys.all():
        if public in spent:
            keys.destroy(public)


def seal(public: bytes, marks: Sequence[Mark]) -> bytes:
    """Seal a sheet, so that only the key of its box opens it.

    In the order of the lines: a sheet tells nothing of how it was filled in.
    """
    ordered = sorted(marks, key=lambda mark: mark.line)
    sheet = canonical([[mark.line, mark.choice, mark.code] for mark in ordered])
    sealed: bytes = SealedBox(PublicKey(public)).encrypt(sheet)
    return sealed


def _read(sheet: bytes) -> tuple[Mark, ...]:
    return tuple(
        Mark(line, Choice(choice), code) for line, choice, code in json.loads(sheet)
    )


def _write(file: Path, content: bytes) -> None:
    """Write a new file that is whole or not there, and nobody else's to read."""
    half = file.with_suffix(".tmp")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    half.rename(file)
