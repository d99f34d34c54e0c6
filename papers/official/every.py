"""All kinds of papers, whichever room they are written in."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from sqlmodel import Session

from papers import official
from papers.official.kinds import PAPERS, PaperKind, PaperOf

# papers.official.room.module
_IN_A_ROOM = 3

for _module in walk_packages(official.__path__, f"{official.__name__}."):
    if _module.name.count(".") == _IN_A_ROOM:
        import_module(_module.name)

EVERY_PAPER = tuple(PAPERS.values())


def papers_of(session: Session, holder: PaperOf, row: Any) -> Iterator[PaperKind]:
    """List the papers that a thing has just now."""
    theirs = (each for each in EVERY_PAPER if each.holder is holder)
    return (each for each in theirs if each.once(session, row))
