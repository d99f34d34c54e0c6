"""What no file that stands refers to any more is removed from the folder."""

from store.database import Database
from store.files.attachments import known_contents, standing_contents
from store.files.vault import Vault


def collect(database: Database, vault: Vault, *, unknown: bool = False) -> int:
    """Remove the contents of files that were taken away; return how many.

    Those of which no row knows go too if *unknown*: not unasked, since the rows may be
    those of another database, or of an older one.
    A part of the folder at a time: whoever keeps a file meanwhile waits for that only.
    """
    vault.sweep()
    removed = 0
    for shelf in vault.shelves():
        with vault.alone(shelf) as there, database.read() as session:
            known = there if unknown else known_contents(session, there)
            for each in known - standing_contents(session, there):
                vault.remove(each)
                removed += 1
    return removed
