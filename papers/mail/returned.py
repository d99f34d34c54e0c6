"""Letters that come back (RFC 3464): which of ours could not be delivered for good."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

_OURS = re.compile(r"<([0-9a-f]{40})@[^<>@\s]+>")
_FOR_GOOD = re.compile(r"\s*5\.\d{1,3}\.\d{1,3}")
# A report has a few parts; what has more was made to keep us busy.
_MOST_PARTS = 50


def returned_in(content: bytes) -> list[str]:
    """List the keys of letters that a report says did not arrive, and will not.

    A letter that is only late, or whatever is no such report, names none.
    """
    message = message_from_bytes(content, policy=default)
    if not isinstance(message, EmailMessage):
        return []
    parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    if not any(_says_so(part) for part in parts):
        return []
    return sorted({key for part in parts[1:] for key in _named(part)})


def _says_so(part: Message) -> bool:
    """Say whether a part tells, of a receiver, that a letter failed for good."""
    action = str(part.get("Action", "")).strip().lower()
    status = str(part.get("Status", ""))
    return action == "failed" and bool(_FOR_GOOD.match(status))


def _named(part: Message) -> Iterator[str]:
    """Find the id of the letter in a part: its own, or in its headers as a text."""
    yield from _OURS.findall(str(part.get("Message-ID", "")))
    if part.get_content_type() == "text/rfc822-headers":
        said = part.get_payload(decode=True)
        if isinstance(said, bytes):
            text = said.decode("ascii", "replace")
            headers = re.findall(r"(?im)^message-id:(.*)$", text)
            for each in headers:
                yield from _OURS.findall(each)
