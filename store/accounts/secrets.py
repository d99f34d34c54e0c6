"""What opens something: made at random, and kept as a digest only."""

import secrets
from hashlib import sha256

# Neither I nor O, 0 nor 1: somebody reads it from paper.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _EACH = 5, 4
_TOKEN = "thidua_"  # noqa: S105 - how one is known to be ours


def new_secret() -> str:
    """Make what a browser shows."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """Make what a program shows."""
    return _TOKEN + secrets.token_urlsafe(32)


def new_code() -> str:
    """Make what a person types once: a hundred bits, in groups."""
    groups = ("".join(map(secrets.choice, [_LETTERS] * _EACH)) for _ in range(_GROUPS))
    return "-".join(groups)


def code_as_made(typed: str) -> str:
    """Write a code that somebody typed as it was made."""
    letters = "".join(each for each in typed.upper() if each in _LETTERS)
    return "-".join(letters[n : n + _EACH] for n in range(0, len(letters), _EACH))


def digest(secret: str) -> str:
    """Digest what opens something; it is random, so it needs no salt."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
