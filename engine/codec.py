"""What goes to the engine, sealed by keys that only the office has.

Histories hold ids, codes, dates and states, and no names; an office whose engine runs
elsewhere may still want nobody there to read them.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from engine.payloads import MESSAGES, SEALED, SEALED_BY, NoKey


class BadKeys(Exception):
    """A file of keys is none; the message is a sentence for people."""


def messages_by(file: Path | None) -> DataConverter:
    """Say how messages are written and read, by the keys of a file if there is one.

    Raises BadKeys.
    """
    if file is None:
        return MESSAGES
    return replace(
        MESSAGES,
        payload_codec=SealedPayloads(_read(file)),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def add_key(file: Path) -> str:
    """Add a new key to a file, or to a new one; return the key's id."""
    key = random(SecretBox.KEY_SIZE)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as keys:
        keys.write(b64encode(key) + b"\n")
    return _id(key)


def _read(file: Path) -> list[bytes]:
    try:
        keys = [b64decode(line, validate=True) for line in file.read_bytes().split()]
    except (OSError, ValueError):
        raise BadKeys(f"Không đọc được tệp khóa «{file}».") from None
    if not keys or {len(key) for key in keys} != {SecretBox.KEY_SIZE}:
        raise BadKeys(f"Tệp khóa «{file}» phải có mỗi dòng một khóa 32 byte (base64).")
    return keys


def _id(key: bytes) -> str:
    return blake2b(key, digest_size=4).hexdigest()


class SealedPayloads(PayloadCodec):
    """Seals by the newest key, which comes last, and opens by whichever it was.

    What was written before there were keys is read as it stands.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._boxes = {_id(key): SecretBox(key) for key in keys}
        self._newest = _id(keys[-1])

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal payloads."""
        return [self._seal(each) for each in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open payloads. Raises NoKey."""
        return [self._open(each) for each in payloads]

    def _seal(self, payload: Payload) -> Payload:
        sealed = self._boxes[self._newest].encrypt(payload.SerializeToString())
        by = self._newest.encode()
        return Payload(metadata={"encoding": SEALED, SEALED_BY: by}, data=sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != SEALED:
            return payload
        by = payload.metadata[SEALED_BY].decode()
        try:
            return Payload.FromString(self._boxes[by].decrypt(payload.data))
        except (KeyError, CryptoError):
            raise NoKey(by) from None
