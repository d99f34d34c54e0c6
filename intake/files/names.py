"""What a file is called: as it is said with it, and as it is kept."""

import re
from typing import Annotated
from urllib.parse import quote, unquote

from pydantic import Field

from domain.names import clean
from domain.refusals import Refused, refuse
from intake.fields import only

MOST = 255  # bytes: no file system takes a longer name
# As RFC 6266 and RFC 8187 have it, in the one form that says every name.
_DISPOSITION = r"[a-z-]+; ?filename\*=[Uu][Tt][Ff]-8''([!-:<-~]+)"
# What parts a path, here or where the file is saved.
_PARTS = frozenset('/\\:*?"<>|')

Disposition = Annotated[
    str,
    only(
        f"({_DISPOSITION})?",
        "attachment; filename*=UTF-8''… với tên tệp mã hóa phần trăm (ví dụ "
        "filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh.pdf)",
    ),
    Field(json_schema_extra={"pattern": f"^{_DISPOSITION}$"}),
]


def handed_out_as(name: str) -> dict[str, str]:
    """Write the header under which a file is saved, whatever letters its name has."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def name_in(disposition: str) -> str:
    """Read a file's name, as it is kept. Raises Refused (`file_name`)."""
    found = re.fullmatch(_DISPOSITION, disposition)
    try:
        name = unquote(found[1] if found else "", errors="strict")
    except UnicodeDecodeError:
        raise _refused("phải mã hóa bằng UTF-8") from None
    return kept_name(name)


def kept_name(name: str) -> str:
    """Write a file's name as it is kept: in NFC. Raises Refused (`file_name`)."""
    kept = clean(name)
    if not kept or not all(map(_is_seen, name)):
        raise _refused("không được có ký tự ẩn hay ký tự điều khiển")
    if not _PARTS.isdisjoint(kept):
        raise _refused(f"không được có các ký tự {' '.join(sorted(_PARTS))}")
    if len(kept.encode()) > MOST:
        raise _refused(f"không được dài quá {MOST} byte (khoảng {MOST // 3} chữ)")
    return kept


def _is_seen(letter: str) -> bool:
    return letter.isspace() or letter.isprintable()


def _refused(why: str) -> Refused:
    return refuse("file_name", f"Tên tệp {why}.")
