"""A cell that means something, or does not."""

import re

from domain.names import search_key

_BROKEN = re.compile(r"#(REF|N/A|NAME\?|VALUE|DIV/0|NUM|NULL)!?")
_MARKS = frozenset({"x", "co", "1", "true"})


class Unlike(ValueError):
    """A cell means nothing that is known: what is allowed."""


class Nobody(Unlike):
    """A cell names nobody of the department."""


def marked(text: str) -> bool:
    """Read a mark. Raises Unlike."""
    if text and search_key(text) not in _MARKS:
        raise Unlike("x, hoặc để trống")
    return bool(text)


def require_value(text: str) -> None:
    """Raise Unlike for a formula without a result."""
    if text.startswith("="):
        said = "giá trị, không phải công thức chưa tính (mở và lưu lại bằng Excel)"
        raise Unlike(said)
    if _BROKEN.fullmatch(text):
        raise Unlike("giá trị; công thức ở ô này bị lỗi")
