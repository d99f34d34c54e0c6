"""The room for files: where they lie, how large and how many they may be."""

from asyncio import Semaphore
from dataclasses import dataclass, field
from os import devnull
from pathlib import Path

from store.files.scanning import Scanner
from store.files.vault import Vault

# So many come in at one time; whoever comes later waits.
_AT_ONCE = 16


@dataclass(frozen=True)
class FileRoom:
    """A folder of files, and the bounds of what is put there."""

    vault: Vault
    most_bytes: int = 20 * 2**20
    most_of_one: int = 20
    most_seconds: float = 600  # for the whole of a file to come
    scanner: Scanner | None = None
    places: Semaphore = field(default_factory=lambda: Semaphore(_AT_ONCE))


# For an application to which nobody brings files.
NOWHERE = FileRoom(Vault(Path(devnull)))
