"""A second channel: each notice as a signed request to a program of the office's."""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from time import monotonic

import httpx2

from activities.outbox.channel import Outgoing, Unreachable
from domain.outgoing.deliveries import Channel, Result
from store.outbox.trying import Tried

PATIENCE = 10.0
_OURS = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True)
class Webhook:
    """The channel that leads to a program, which knows us by a shared secret.

    Signed as Standard Webhooks says: the id is the delivery's key, and is the same when
    a request comes again.
    """

    url: str
    secret: str
    link: str = ""
    at_once: int = 100
    pace: timedelta = timedelta(0)
    patience: float = PATIENCE
    channel: Channel = Channel.WEBHOOK

    @contextmanager
    def open(self) -> Iterator["Asking"]:
        """Open a connection, which is kept for one batch."""
        with httpx2.Client(timeout=self.patience, follow_redirects=False) as client:
            yield Asking(client, self)


class Asking:
    """One connection, by which requests go out one after the other."""

    def __init__(self, client: httpx2.Client, hook: Webhook) -> None:
        self._client = client
        self._hook = hook

    def send(self, outgoing: Outgoing) -> Tried:
        """Send a request, and say what came of it. Raises Unreachable."""
        body = _body(outgoing)
        headers = signed(self._hook.secret, outgoing.key, datetime.now(UTC), body)
        try:
            status = self._asked(body, headers)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise Unreachable(type(error).__name__) from None
        except httpx2.HTTPError as error:
            trouble = type(error).__name__
            return Tried(Result.UNKNOWN, trouble=trouble, broken=True)
        return Tried(_result(status), status)

    def _asked(self, body: bytes, headers: dict[str, str]) -> int:
        """Ask, and give the status; of what comes after it only that it is over."""
        until, url = monotonic() + self._hook.patience, self._hook.url
        with self._client.stream("POST", url, content=body, headers=headers) as answer:
            with suppress(httpx2.HTTPError):
                for _ in answer.iter_raw():
                    if monotonic() > until:
                        break
            return answer.status_code


def signed(secret: str, key: str, at: datetime, body: bytes) -> dict[str, str]:
    """Sign a request: its id, its second and its content, by HMAC-SHA256."""
    second = str(int(at.timestamp()))
    said = b".".join([key.encode(), second.encode(), body])
    digest = hmac.new(secret.encode(), said, sha256).digest()
    return {
        "content-type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": second,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _body(outgoing: Outgoing) -> bytes:
    said = [
        {
            "campaign": row.campaign,
            "kind": row.kind,
            "recipient": row.recipient,
            "email": outgoing.to.email,
            "subject": row.subject,
            "body": row.body,
            "facts": dict(part.facts),
            "at": row.at.isoformat(),
        }
        for row, part in zip(outgoing.notices, outgoing.parts, strict=True)
    ]
    return json.dumps({"notices": said}, ensure_ascii=False).encode()


def _result(status: int) -> Result:
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Result.SENT
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _OURS:
        return Result.LATER
    return Result.REFUSED
