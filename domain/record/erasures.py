"""What was erased was erased by an act: nothing else may be missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.council.boards import COUNTED
from domain.record import ERASE
from domain.record.entries import ActEntry, Entry
from domain.record.files import FILE_ACTS
from domain.record.flaws import Flaw
from domain.refusals import refuse, unknown

# What vouches for a board or a file, and what says that words were erased, is never
# erased; no words of anybody are in it.
_KEPT = frozenset({COUNTED, ERASE}) | FILE_ACTS


def require_erasable(seq: int, kind: str | None, *, said: bool) -> None:
    """Raise Refused (`unknown_act`, `not_erasable`, `already_erased`).

    *kind* is None where there is no act in that place.
    """
    if kind is None:
        raise unknown("act", seq)
    if kind in _KEPT:
        raise refuse(
            "not_erasable",
            f"Nội dung thao tác số {seq} phải giữ: bảng phiếu, tệp đính kèm, hoặc "
            "chính việc xóa, dựa vào đó.",
        )
    if not said:
        raise refuse("already_erased", f"Nội dung thao tác số {seq} đã xóa rồi.")


@dataclass
class ErasuresCheck:
    """Of each act without words a later one says that they were erased."""

    silent: dict[int, str] = field(default_factory=dict)

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Learn whose words are missing, and what an erasure names."""
        if not isinstance(entry, ActEntry):
            return
        link = entry.link
        if entry.said is None:
            self.silent[link.seq] = link.payload_digest
        elif link.kind == ERASE:
            erased = entry.said["erased"]
            if self.silent.pop(erased["seq"], None) != erased["payload"]:
                yield Flaw("not_erased", link.seq, str(erased["seq"]))
            else:
                yield Flaw("erased", erased["seq"], str(link.seq))

    def end(self) -> Iterator[Flaw]:
        """Name those whose words are missing and were never erased."""
        for seq in self.silent:
            yield Flaw("erased_without_act", seq)
