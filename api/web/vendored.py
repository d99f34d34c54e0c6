"""The files that pages are made of, and where a page finds them."""

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static"


@cache
def digest() -> str:
    """Digest all files: another content has another address."""
    files = sorted(FOLDER.iterdir())
    return sha256(b"".join(each.read_bytes() for each in files)).hexdigest()[:12]


def address_of(name: str) -> str:
    """Say where a page finds a file; by what is in it, so that it may be kept."""
    return f"/static/{digest()}/{name}"


@cache
def names() -> frozenset[str]:
    """List the files."""
    return frozenset(each.name for each in FOLDER.iterdir())
