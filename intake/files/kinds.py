"""Which files are taken: those that are what their names say."""

import codecs
import re
import struct
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from domain.refusals import Refused, refuse

# What each is called for a machine, by the end of its name.
KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
_BEGINNINGS = {
    b"%PDF-": {".pdf"},
    b"\x89PNG\r\n\x1a\n": {".png"},
    b"\xff\xd8\xff": {".jpg", ".jpeg"},
}
_OFFICE = {b"word": ".docx", b"xl": ".xlsx"}
_ZIP, _LIST, _LIST_END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# A zip ends with where the list of its files is, and a comment; of a document that
# people write the list is not long.
_END, _COMMENT, _LONGEST_LIST = 22, 2**16, 2**20
_ENTRY = 46  # bytes of the list for each file, before its name
_PART = 2**16
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def suffix_of(name: str) -> str:
    """Say of which kind a file is by its name. Raises Refused (`file_kind`)."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in KINDS:
        kinds = ", ".join(KINDS)
        raise refuse("file_kind", f"Chỉ nhận các loại tệp: {kinds}.")
    return suffix


def require_kind(content: IO[bytes], suffix: str) -> None:
    """Refuse what is not what its name says. Raises Refused (`file_unlike_name`)."""
    if suffix not in _kinds_of(content):
        raise _unlike(suffix)


def _unlike(suffix: str) -> Refused:
    more = " văn bản UTF-8" if KINDS[suffix].startswith("text/") else ""
    return refuse(
        "file_unlike_name",
        f"Nội dung tệp không phải là{more} {suffix}, hoặc tệp bị hỏng, có mật khẩu "
        "hay có macro.",
    )


def _kinds_of(content: IO[bytes]) -> set[str]:
    """Find what a file may be; nothing is unpacked or run for that."""
    content.seek(0)
    first = content.read(_PART)
    for beginning, kinds in _BEGINNINGS.items():
        if first.startswith(beginning):
            return kinds
    if first.startswith(_ZIP):
        return _kinds_of_zip(first, set(_names_in(content)))
    return {".txt", ".csv"} if _is_text(content) else set()


def _kinds_of_zip(first: bytes, names: set[bytes]) -> set[str]:
    """Tell documents apart by their parts, and leave out those with macros."""
    folders = {name.partition(b"/")[0] for name in names}
    if any(name.lower().endswith(b"vbaproject.bin") for name in names):
        return set()
    if b"[Content_Types].xml" in names:
        return {end for folder, end in _OFFICE.items() if folder in folders}
    # The first part of an OpenDocument says what it is, and is not packed.
    said = re.match(rb".{30}mimetype([a-z./-]+)PK", first, re.DOTALL)
    if said is None or b"Basic" in folders:
        return set()
    return {end for end, kind in KINDS.items() if kind.encode() == said[1]}


def _names_in(content: IO[bytes]) -> Iterator[bytes]:
    """List the files in a zip, by its own list of them and not by unpacking it."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _END - _COMMENT))
    _, found, end = content.read().rpartition(_LIST_END)
    if not found or len(end) < _END - len(_LIST_END):
        return
    length, start = struct.unpack_from("<II", end, 8)
    if length > _LONGEST_LIST or start + length > size:
        return
    content.seek(start)
    listed, at = content.read(length), 0
    while listed.startswith(_LIST, at) and len(listed) >= at + _ENTRY:
        name, *more = struct.unpack_from("<HHH", listed, at + 28)
        yield listed[at + _ENTRY : at + _ENTRY + name]
        at += _ENTRY + name + sum(more)


def _is_text(content: IO[bytes]) -> bool:
    """Say whether all of it is text that people read."""
    reader = codecs.getincrementaldecoder("utf-8")()
    content.seek(0)
    try:
        while part := content.read(_PART):
            if _NO_TEXT.search(reader.decode(part)):
                return False
        reader.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
