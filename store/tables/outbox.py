"""What leaves the system: each notice on each channel, and how the channels are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.outgoing.deliveries import Cause, Channel, DeliveryState
from store.tables.columns import coded

EVERY = "*"
_WAITING = text("state = 'waiting'")
_SENDING = text("state = 'sending'")


class Delivery(SQLModel, table=True):
    """One notice on one channel.

    *due_at* is when it is tried next; *claim* is who tries it now, until when at most.
    Of *tries* so many are *unsure*: nobody knows whether the letter was taken.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("notice", "channel"),
        CheckConstraint(
            "(state = 'sending') = (claim IS NOT NULL) "
            "AND (state = 'sending') = (claimed_until IS NOT NULL)",
            name="claimed_while_sending",
        ),
        CheckConstraint(
            "(state IN ('held', 'waiting', 'sending')) = (ended_at IS NULL)",
            name="ended_when_ended",
        ),
        CheckConstraint(
            "(state IN ('failed', 'bounced', 'obsolete', 'discarded')) "
            "= (cause IS NOT NULL)",
            name="not_sent_for_a_cause",
        ),
        Index(
            "ix_deliveries_due",
            "channel",
            "due_at",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_deliveries_claimed",
            "channel",
            "claimed_until",
            sqlite_where=_SENDING,
            postgresql_where=_SENDING,
        ),
        Index("ix_deliveries_listed", "state", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    notice: int = Field(foreign_key="notices.id")
    channel: Channel = Field(sa_type=coded(Channel))
    # The id of the message, but for the host; a digest's is that of its first notice.
    key: str = Field(max_length=40, unique=True)
    state: DeliveryState = Field(
        default=DeliveryState.WAITING, sa_type=coded(DeliveryState)
    )
    cause: Cause | None = Field(default=None, sa_type=coded(Cause))
    due_at: datetime
    tries: int = 0
    unsure: int = 0
    claim: UUID | None = None
    claimed_until: datetime | None = None
    first_at: datetime | None = None
    ended_at: datetime | None = None
    # What the server said: the status in three digits, and no word of it.
    status: int | None = None
    # The message that it went out with, when several went out as one.
    letter: str | None = Field(default=None, max_length=40, index=True)


class OutboxHold(SQLModel, table=True):
    """What does not go out until somebody lets it: of a campaign, or everything."""

    __tablename__ = "outbox_holds"
    # A campaign, the office's own (`domain.record.OFFICE`), or all of them (`EVERY`).
    scope: str = Field(primary_key=True, max_length=64)
    since: datetime
    held_by: str = Field(foreign_key="people.id")


class LetterWish(SQLModel, table=True):
    """How somebody wants their letters: one a day, or none that asks for nothing."""

    __tablename__ = "letter_wishes"
    person: str = Field(primary_key=True, foreign_key="people.id")
    daily: bool = False
    only_needed: bool = False


class CalendarFeed(SQLModel, table=True):
    """By what a calendar program reads somebody's deadlines: a digest of the secret."""

    __tablename__ = "calendar_feeds"
    person: str = Field(primary_key=True, foreign_key="people.id")
    digest: str = Field(max_length=64, unique=True)
    made_at: datetime


class OutboxChannel(SQLModel, table=True):
    """How a channel is: since when it is on, and what is wrong with it.

    *away_since* is since when it cannot be reached, and *resume_at* when it is asked
    again.
    """

    __tablename__ = "outbox_channels"
    channel: Channel = Field(primary_key=True, sa_type=coded(Channel))
    since: datetime
    away_since: datetime | None = None
    failures: int = 0
    resume_at: datetime | None = None
    trouble: str | None = Field(default=None, max_length=40)
    last_at: datetime | None = None
