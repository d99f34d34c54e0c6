"""What opens something: made at random, and kept as a digest only."""

import secrets
from hashlib import sha256

# Neither I nor O, 0 nor 1: somebody reads it from paper.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# A hundred bits on a slip; forty that a witness adds, which nobody tries out.
_SLIP, _HALF, _EACH = 5, 2, 4
_TOKEN = "thidua_"  # noqa: S105 - how one is known to be ours


def new_secret() -> str:
    """Make what a browser shows."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """Make what a program shows."""
    return _TOKEN + secrets.token_urlsafe(32)


def new_code() -> str:
    """Make what a person types once, from a slip."""
    return _in_groups(_SLIP)


def new_half() -> str:
    """Make what a witness adds to the code of a slip."""
    return _in_groups(_HALF)


def _in_groups(many: int) -> str:
    groups = ("".join(map(secrets.choice, [_LETTERS] * _EACH)) for _ in range(many))
    return "-".join(groups)


def code_as_made(typed: str) -> tuple[str, str]:
    """Write a code that somebody typed as it was made: of the slip, of the witness."""
    letters = "".join(each for each in typed.upper() if each in _LETTERS)
    groups = [letters[n : n + _EACH] for n in range(0, len(letters), _EACH)]
    return "-".join(groups[:_SLIP]), "-".join(groups[_SLIP:])


def digest(secret: str) -> str:
    """Digest what opens something; it is random, so it needs no salt."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
