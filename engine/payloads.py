"""Messages as JSON, by converters that are made once and shared."""

from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

# It learns to read a type when it first meets it, which takes tens of milliseconds.
# The SDK's own is made anew for every workflow, and learns everything anew.
_JSON = PydanticJSONPlainPayloadConverter()


class MessageConverter(CompositePayloadConverter):
    """Writes and reads what pydantic can, as `temporalio.contrib.pydantic` does."""

    def __init__(self) -> None:
        known = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(
            *(_JSON if isinstance(c, JSONPlainPayloadConverter) else c for c in known)
        )


MESSAGES = DataConverter(payload_converter_class=MessageConverter)
