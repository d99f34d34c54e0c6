"""The record: a chain of acts for each campaign and one for the office.

A link covers the digest of its salted payload, not the payload itself: erasing
payload and salt leaves every link as it was, and leaves nothing to guess from.
"""

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

GENESIS = "0" * 64
# The act that erases what another has said.
ERASE = "erase_personal_data"
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


@dataclass(frozen=True)
class TracedLink(Link):
    """A link that covers, too, what the act has left in the rows.

    Those of acts from before that was kept, and of the count of a box, do not.
    """

    trace_digest: str


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


def digest_of(value: Any) -> str:
    """Digest a JSON value (SHA-256, hexadecimal)."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_payload(salt: bytes, payload: Mapping[str, Any]) -> str:
    """Digest a payload under its salt (SHA-256, hexadecimal)."""
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def digest_link(link: Link) -> str:
    """Digest a link; the next link carries the answer as its *previous*."""
    return digest_of(vars(link))


@dataclass(frozen=True)
class Break:
    """Where a chain stops being whole, and why."""

    seq: int
    reason: str


Payload = tuple[bytes, Any] | None
Head = tuple[int, str]


@dataclass
class Walk:
    """Goes along a chain, from its first link to its head, and says where it breaks.

    *known* are digests of links by their places, as somebody outside has kept them: a
    chain that was written anew has others, one that was set back lacks them.
    """

    known: Mapping[int, AbstractSet[str]] = field(default_factory=dict)
    seq: int = 0
    previous: str = GENESIS

    def step(
        self, link: Link, stored: str, payload: Payload, trace: Any = None
    ) -> list[Break]:
        """Check the next link, with its stored digest, its payload and its trace.

        A payload of None has been erased, which is no break of the chain.
        """
        seq, found = link.seq, []
        if seq != self.seq + 1:
            found.append(Break(seq, f"expected link {self.seq + 1}"))
        if link.previous != self.previous:
            found.append(Break(seq, "does not follow the link before it"))
        if digest_link(link) != stored:
            found.append(Break(seq, "was changed"))
        if payload is not None and digest_payload(*payload) != link.payload_digest:
            found.append(Break(seq, "its payload was changed"))
        left = link.trace_digest if isinstance(link, TracedLink) else None
        if (digest_of(trace) if trace else None) != left:
            found.append(Break(seq, "its trace was changed"))
        if self.known.get(seq, {stored}) != {stored}:
            found.append(Break(seq, "is another than the one known"))
        self.seq, self.previous = seq, stored
        return found

    def end(self, head: Head | None) -> list[Break]:
        """Hold the last link against the head, which is kept apart.

        Else links missing from the end would not be missed.
        """
        lacks = [Break(x, "is known, and missing") for x in self.known if x > self.seq]
        if head is None:
            return [*lacks, Break(self.seq, "has no head behind it")]
        if head != (self.seq, self.previous):
            return [*lacks, Break(head[0], "is the head, but not the last link")]
        return lacks
