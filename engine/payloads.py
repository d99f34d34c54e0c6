"""Messages as JSON, by converters that are made once and shared."""

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    EncodingPayloadConverter,
    JSONPlainPayloadConverter,
)

# What says of a payload that it is sealed, and by which key: as Temporal's own
# examples write it.
SEALED, SEALED_BY = b"binary/encrypted", "encryption-key-id"

# It learns to read a type when it first meets it, which takes tens of milliseconds.
# The SDK's own is made anew for every workflow, and learns everything anew.
_JSON = PydanticJSONPlainPayloadConverter()


class NoKey(Exception):
    """Something was sealed by a key that is not here; its id is all that it says."""


class _Unopened(EncodingPayloadConverter):
    """Names the key of what was sealed, where there are no keys."""

    @property
    def encoding(self) -> str:
        return SEALED.decode()

    def to_payload(self, value: Any) -> Payload | None:
        return None

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        raise NoKey(payload.metadata[SEALED_BY].decode())


_KNOWN = CompositePayloadConverter(
    *(
        _JSON if isinstance(each, JSONPlainPayloadConverter) else each
        for each in DefaultPayloadConverter.default_encoding_payload_converters
    ),
    _Unopened(),
).converters


class MessageConverter(CompositePayloadConverter):
    """Writes and reads what pydantic can, as `temporalio.contrib.pydantic` does."""

    def __init__(self) -> None:
        # One is made for each step of a workflow: what it consists of is there already.
        self.converters = _KNOWN


MESSAGES = DataConverter(payload_converter_class=MessageConverter)
