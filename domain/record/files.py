"""The files that stand with things, found again from the acts that attached them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.record import Link
from domain.record.entries import ActEntry, Entry, FileEntry, StateEntry
from domain.record.flaws import Flaw

# Who lets a file stand with a thing, and who takes it away: no commands, since the
# content comes before anything is known of it.
ATTACH, TAKE_AWAY = "attach_file", "take_file_away"
FILE_ACTS = frozenset({ATTACH, TAKE_AWAY})
_Moment = tuple[str, datetime] | None


@dataclass(frozen=True)
class _File:
    """What the acts say of a file, and which act has attached it."""

    seq: int
    holder: tuple[str, str]
    sha256: str
    added: _Moment
    taken: _Moment = None

    def is_as(self, row: FileEntry) -> bool:
        """Say whether a row has it as the acts do."""
        added = _moment(row.added_by, row.added_at)
        taken = _moment(row.voided_by, row.voided_at)
        said = self.holder, self.sha256, self.added, self.taken
        return said == ((row.holder, row.key), row.sha256, added, taken)


@dataclass
class FilesCheck:
    """Each file was attached by an act, is what it was then, and stands so still.

    Whatever is written and never filed is forgotten one day, with its files.
    """

    files: dict[str, _File] = field(default_factory=dict)
    there: set[tuple[str, str]] = field(default_factory=set)

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Learn what an act says of a file, and hold a row against that."""
        match entry:
            case ActEntry(said=dict() as said) if entry.link.kind in FILE_ACTS:
                yield from self._learn(entry.link, said)
            case StateEntry(kind=kind, key=key) if kind in ("line", "session", "case"):
                self.there.add((kind, key))
            case FileEntry():
                yield from self._hold(entry)

    def _learn(self, link: Link, said: Mapping[str, Any]) -> Iterator[Flaw]:
        file, holder = said["file"], (said["holder"], said["key"])
        known, moment = self.files.get(file), _moment(link.actor, link.at)
        if link.kind == ATTACH and known is None:
            self.files[file] = _File(link.seq, holder, said["sha256"], moment)
        elif link.kind == TAKE_AWAY and known is not None and known.taken is None:
            self.files[file] = replace(known, taken=moment)
        else:
            yield Flaw("file_changed", link.seq, f"file {file}")

    def _hold(self, row: FileEntry) -> Iterator[Flaw]:
        known = self.files.pop(row.id, None)
        if known is None:
            yield Flaw("file_without_act", what=f"file {row.id}")
        elif not known.is_as(row):
            yield Flaw("file_changed", known.seq, f"file {row.id}")

    def end(self) -> Iterator[Flaw]:
        """Name what is missing of what was attached to a thing that is there."""
        for key, file in self.files.items():
            if file.holder in self.there:
                yield Flaw("file_missing", file.seq, f"file {key}")


def _moment(who: str | None, at: str | None) -> _Moment:
    return (who, datetime.fromisoformat(at)) if who and at else None
