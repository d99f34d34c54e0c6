"""Reads and writes an exported record, an entry a line, and refuses what is none."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from domain.record import canonical, is_canonical_hex
from domain.record.entries import ENTRIES, FORMAT, ActEntry, ChainEntry, Entry
from intake.downloads.boards import each_once


class NotARecord(Exception):
    """The file is no exported record; the message says which line is none of one."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"Dòng {line} không phải của bản xuất nhật ký (dạng {FORMAT}): hãy xuất "
            "lại bằng `thidua export`."
        )


_READ: dict[str, TypeAdapter[Entry]] = {
    name: TypeAdapter(kind) for name, kind in ENTRIES.items()
}
_NAMES = {kind: name for name, kind in ENTRIES.items()}


def written(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Write entries as the lines of a file."""
    return map(_line, entries)


def _line(entry: Entry) -> bytes:
    return canonical({_NAMES[type(entry)]: asdict(entry)}) + b"\n"


def read_record(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Read the lines of a file, or raise NotARecord: nothing in them is guessed.

    What is written again must be what was read, or a field that nobody checks could
    stand beside those that are checked.
    """
    number = 0
    for number, line in enumerate(lines, 1):
        try:
            entry = _entry(json.loads(line, object_pairs_hook=each_once))
        except (ValidationError, ValueError, RecursionError):
            raise NotARecord(number) from None
        if _line(entry) != line or isinstance(entry, ChainEntry) is not (number == 1):
            raise NotARecord(number)
        yield entry
    if number == 0:
        raise NotARecord(1)


def _entry(raw: Any) -> Entry:
    [(name, value)] = raw.items() if isinstance(raw, dict) else []
    if name not in _READ:
        raise ValueError("no entry is called so")
    entry = _READ[name].validate_python(value)
    if isinstance(entry, ActEntry) and not is_canonical_hex(entry.salt or ""):
        raise ValueError("a salt is written in one way only")
    if isinstance(entry, ChainEntry) and entry.format != FORMAT:
        raise ValueError("written in another way than is read here")
    return entry
