"""What the outbox is asked, and what it answers."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.answers import Answer
from domain.outgoing.deliveries import Cause, Channel, DeliveryState
from intake.fields import LARGEST, Body, Code, Paper
from intake.lists import MANY, Once
from store.tables.outbox import EVERY


class ChannelOut(Answer):
    """A channel: since when it is on, since when away, and when it is asked again.

    *means* says what its trouble is, and where to look; *left* counts what is held,
    waits, is being sent, has failed or has come back.
    """

    channel: Channel
    since: datetime
    away_since: datetime | None
    failures: int
    resume_at: datetime | None
    trouble: str | None
    means: str | None
    last_at: datetime | None
    left: dict[DeliveryState, int]


class HoldOut(Answer):
    """What is held: of one campaign, or everything (`*`)."""

    scope: str
    since: datetime
    held_by: str


class OutboxOut(Answer):
    """How the outbox is. Without a channel nothing leaves the system."""

    channels: list[ChannelOut]
    holds: list[HoldOut]


class DeliveryOut(Answer):
    """One notice on one channel; of a matter closed to the reader only how it stands.

    Of *tries* so many are *unsure*: nobody knows whether they arrived.
    """

    id: int
    channel: Channel
    state: DeliveryState
    cause: Cause | None
    status: int | None
    due_at: datetime
    tries: int
    unsure: int
    ended_at: datetime | None
    campaign: str | None
    kind: str | None
    recipient: str | None
    subject: str | None


class PreviewOut(Answer):
    """How a letter looks as things stand now."""

    delivery: DeliveryOut
    subject: str
    text: str
    html: str


class ScopeIn(Body):
    """What is meant: one campaign, or everything when none is named."""

    campaign: Code | None = None

    @property
    def scope(self) -> str:
        """Name it as the rows do."""
        return self.campaign or EVERY


class DiscardIn(ScopeIn):
    """What of it is thrown away, all that is held unless some are chosen; and why."""

    deliveries: (
        Annotated[
            tuple[Annotated[int, Field(ge=1, le=LARGEST)], ...],
            Field(min_length=1, max_length=MANY),
            Once(),
        ]
        | None
    ) = None
    reason: Paper


class ChangedOut(Answer):
    """How many deliveries an act has changed."""

    deliveries: int
