"""What a password is, and a good one."""

import unicodedata

from domain.refusals import Refusal

SHORTEST, LONGEST = 12, 128
# Of fewer letters it is soon guessed, however long.
_DIFFERENT = 5


def in_one_form(password: str) -> str:
    """Write a password the one way that is hashed, however a keyboard composed it."""
    return unicodedata.normalize("NFC", password)


def weakness(password: str, name: str) -> Refusal | None:
    """Say why a password of the account *name* is too weak, None when it is good."""
    said = in_one_form(password)
    if not SHORTEST <= len(said) <= LONGEST:
        return _weak(f"Mật khẩu phải dài từ {SHORTEST} đến {LONGEST} ký tự.")
    if len(set(said.lower())) < _DIFFERENT:
        return _weak(f"Mật khẩu phải có ít nhất {_DIFFERENT} ký tự khác nhau.")
    if name in said.lower():
        return _weak("Mật khẩu không được chứa tên đăng nhập.")
    return None


def _weak(detail: str) -> Refusal:
    return Refusal("weak_password", detail)
