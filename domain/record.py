"""The record: a chain of acts for each campaign and one for the office.

A link covers the digest of its salted payload, not the payload itself: erasing
payload and salt leaves every link as it was, and leaves nothing to guess from.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

GENESIS = "0" * 64
# Who acts when time itself does, or the operator: the process, for nobody.
PROCESS = "thidua"
# Where a campaign's code stands, the office's own chain says this; no code looks so.
OFFICE = "@office"


@dataclass(frozen=True)
class Link:
    """What the chain says of one act in the clear: codes, ids and moments only."""

    campaign: str
    seq: int
    previous: str
    act: str
    kind: str
    actor: str
    behalf: str | None
    at: str
    command: str | None
    lines: tuple[str, ...]
    payload_digest: str


def canonical(value: Any) -> bytes:
    """Write a JSON value the one way that everybody can write it again.

    Raises ValueError for what is no JSON: NaN, an infinity, half of a character.
    """
    text = json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return text.encode()


def is_canonical_hex(text: str) -> bool:
    """Say whether bytes are written the one way that is hashed: small, and no blanks.

    Raises ValueError when they are no bytes.
    """
    return bytes.fromhex(text).hex() == text


def digest_payload(salt: bytes, payload: Mapping[str, Any]) -> str:
    """Digest a payload under its salt (SHA-256, hexadecimal)."""
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def digest_link(link: Link) -> str:
    """Digest a link; the next link carries the answer as its *previous*."""
    return hashlib.sha256(canonical(asdict(link))).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where a chain stops being whole, and why."""

    seq: int
    reason: str


def verify(
    chain: Iterable[tuple[Link, str, tuple[bytes, Any] | None]], head: tuple[int, str]
) -> list[Break]:
    """Check links in order; each comes with its stored digest and its payload.

    A payload of None has been erased, which is no break. *head* is the place and the
    digest of the last link as they are kept apart, or links missing from the end
    would not be missed.
    """
    breaks, previous, expected = [], GENESIS, 1
    for link, stored, payload in chain:
        if link.seq != expected:
            breaks.append(Break(link.seq, f"expected link {expected}"))
        if link.previous != previous:
            breaks.append(Break(link.seq, "does not follow the link before it"))
        if digest_link(link) != stored:
            breaks.append(Break(link.seq, "was changed"))
        if payload is not None and digest_payload(*payload) != link.payload_digest:
            breaks.append(Break(link.seq, "its payload was changed"))
        previous, expected = stored, link.seq + 1
    if head != (expected - 1, previous):
        breaks.append(Break(head[0], "is the head, but not the last link"))
    return breaks
