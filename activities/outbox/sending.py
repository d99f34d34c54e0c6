"""The activity that sends: what is due on one channel, one batch at a time.

It may run twice: what one run has taken no other tries before its time is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic, sleep
from uuid import UUID, uuid4

from sqlmodel import Session

from activities.defining import row_activity
from activities.outbox.bundling import bundled
from activities.outbox.channel import Carrier, OpenWay, Outgoing, Unreachable
from domain.outgoing.deliveries import Cause, Channel, DeliveryState, Result
from duties.outgoing.applying import no_longer_apply
from duties.outgoing.planning import plan_all
from duties.outgoing.refusals import tell_of_refused
from duties.outgoing.writing import write
from engine import names
from engine.messages import OutboxProgress
from store.clock import now, real_now
from store.database import Database, one_of
from store.failpoints import failpoint
from store.outbox import trying
from store.outbox.holding import scopes_held
from store.outbox.reading import wishes_of
from store.outbox.trying import Due, Tried
from store.tables import LetterWish, OutboxChannel
from store.tables.outbox import EVERY

# How long nobody else tries what was taken; it is renewed before a way is opened and
# while letters go out, each of which may take as long as a server hesitates four times.
LEASE = timedelta(minutes=5)
_RENEWED_AFTER = 60.0
_LONGEST = 240.0  # seconds after which a batch takes nobody on any more
# So many ways in a row may carry one letter or none: then it is not the letters.
_MOST_BARREN = 2
_SOON = 1.0  # seconds
_ENDS_AS = {
    Cause.OVER: DeliveryState.OBSOLETE,
    Cause.OUT_OF_OFFICE: DeliveryState.OBSOLETE,
    Cause.NO_ADDRESS: DeliveryState.FAILED,
}
_REFUSED = {DeliveryState.BOUNCED, DeliveryState.FAILED}


@dataclass
class Outbox:
    """What a worker sends by: its database, and a carrier for each channel."""

    database: Database
    carriers: Mapping[Channel, Carrier]
    lease: timedelta = LEASE

    @row_activity(names.SEND_DUE)
    def send_due(self, channel: str) -> OutboxProgress:
        """Plan what is new, and send what is due on a channel, as much as one batch."""
        carrier = self.carriers.get(Channel(channel))
        if carrier is None:
            return OutboxProgress(
                more=False
            )  # it is off: nobody asks again until it is on
        plan_all(self.database, sorted(self.carriers))
        return _Batch(self.database, carrier, self.lease).send()


@dataclass
class _Batch:
    """One batch on one channel, taken by one claim."""

    database: Database
    carrier: Carrier
    lease: timedelta
    claim: UUID = field(default_factory=uuid4)
    renewed: float = field(default_factory=monotonic)

    def send(self) -> OutboxProgress:
        """Take what is due, send it, and say when to come again."""
        if (rest := self._resting()) is not None:
            return OutboxProgress(more=False, rest=rest)
        taken, looked_at = self._take()
        failpoint("send.after_claim")
        trouble = self._hand_over(taken) if taken else None
        return self._coming_again(trouble, more=looked_at >= self.carrier.at_once)

    def _resting(self) -> float | None:
        with self.database.read() as session:
            row, moment = self._channel(session), now(session)
        resting = row.resume_at is not None and row.resume_at > moment
        return _left(row.resume_at, moment) if resting else None

    def _take(self) -> tuple[list[Outgoing], int]:
        """Take what is due and still applies; the rest ends here, unsent."""
        channel = self.carrier.channel
        with self.database.write() as session:
            moment, real = now(session), real_now(session)
            trying.give_back_expired(session, channel, real)
            due, daily = self._due(session, moment)
            ended = self._ended(session, due, moment)
            for cause in sorted(set(ended.values())):
                keys = [key for key, why in ended.items() if why is cause]
                trying.end(session, keys, _ENDS_AS[cause], cause, moment)
            held = self._held(session, due, ended)
            trying.keep_back(session, held)
            left = [x for x in due if x[0].id not in ended and x[0].id not in held]
            bundles = bundled(left, daily)
            keys = [row[0].id or 0 for row in left]
            trying.claim(session, keys, self.claim, moment, real + self.lease)
            for each in bundles:
                if len(each.rows) > 1:
                    trying.gather(session, each.ids, each.key)
            written = write(session, [notice for _, notice, _ in left], moment)
        link = self.carrier.link
        return [each.outgoing(written, moment, link) for each in bundles], len(due)

    def _due(self, session: Session, moment: datetime) -> tuple[list[Due], set[str]]:
        """Read what is due, and all of it for whoever wants one letter a day."""
        channel = self.carrier.channel
        due = list(trying.due(session, channel, moment, self.carrier.at_once))
        if channel is not Channel.EMAIL or not due:
            return due, set()
        people = one_of(LetterWish.person, {person.id for _, _, person in due})
        wishes = wishes_of(session, people)
        daily = {person for person, wish in wishes.items() if wish.daily}
        more = trying.due_of(session, channel, moment, daily) if daily else ()
        known = {delivery.id for delivery, _, _ in due}
        return [*due, *(row for row in more if row[0].id not in known)], daily

    def _ended(
        self, session: Session, due: Sequence[Due], moment: datetime
    ) -> dict[int, Cause]:
        """Find the deliveries that nobody needs any more, or that reach nobody."""
        if not due:
            return {}
        over = no_longer_apply(session, [notice for _, notice, _ in due], moment)
        found: dict[int, Cause] = {}
        for delivery, notice, person in due:
            if (cause := over.get(notice.id or 0)) is not None:
                found[delivery.id or 0] = cause
            elif self.carrier.channel is Channel.EMAIL and not person.email:
                found[delivery.id or 0] = Cause.NO_ADDRESS
        return found

    def _held(
        self, session: Session, due: Sequence[Due], ended: Mapping[int, Cause]
    ) -> list[int]:
        """Find what somebody has begun to hold while it was planned."""
        held = scopes_held(session)
        return [
            delivery.id or 0
            for delivery, notice, _ in due
            if delivery.id not in ended and held & {EVERY, notice.campaign}
        ]

    def _hand_over(self, taken: Sequence[Outgoing]) -> str | None:
        """Hand over what was taken, by one way after another; name what went wrong."""
        left, barren, trouble = list(taken), 0, "broken"
        until = monotonic() + _LONGEST
        while left and barren < _MOST_BARREN and monotonic() < until:
            self._renew(left)
            before = len(left)
            try:
                with self.carrier.open() as way:
                    self._by(way, left, until)
            except Unreachable as error:
                trouble = str(error)
            barren = 0 if before - len(left) > 1 else barren + 1
        self._give_back(left)
        return trouble if left and barren >= _MOST_BARREN else None

    def _by(self, way: OpenWay, left: list[Outgoing], until: float) -> None:
        """Hand over by one way, until it breaks."""
        well = False
        while left and monotonic() < until:
            self._renew(left)
            if not left:
                return
            tried = way.send(left[0])
            failpoint("send.before_settle")
            self._settle(left.pop(0), tried, first=not well)
            well = well or tried.result is Result.SENT
            if tried.broken:
                return
            sleep(self.carrier.pace.total_seconds())

    def _renew(self, left: list[Outgoing]) -> None:
        """Keep what is still to be sent; what somebody else has taken is theirs."""
        if monotonic() - self.renewed <= _RENEWED_AFTER:
            return
        self.renewed = monotonic()
        with self.database.write() as session:
            until = real_now(session) + self.lease
            ours = trying.renew(session, self.claim, until)
        left[:] = [each for each in left if ours.issuperset(each.ids)]

    def _settle(self, sent: Outgoing, tried: Tried, *, first: bool) -> None:
        with self.database.write() as session:
            moment = now(session)
            states = {
                trying.settle(session, key, tries, self.claim, tried, moment)
                for key, tries in sent.tries.items()
            }
            if DeliveryState.SENT in states and first:
                trying.note_well(self._channel(session), moment)
            elif states & _REFUSED and self.carrier.channel is Channel.EMAIL:
                tell_of_refused(session, sent.to, sent.notices[0])

    def _give_back(self, left: Sequence[Outgoing]) -> None:
        away = Tried(Result.AWAY)
        with self.database.write() as session:
            moment = now(session)
            for each in left:
                for key, tries in each.tries.items():
                    trying.settle(session, key, tries, self.claim, away, moment)

    def _coming_again(self, trouble: str | None, *, more: bool) -> OutboxProgress:
        with self.database.write() as session:
            moment, row = now(session), self._channel(session)
            if trouble is not None:
                trying.note_away(row, trouble, moment)
            waiting = trying.next_at(session, self.carrier.channel)
            claimed = trying.next_back(session, self.carrier.channel)
            if waiting is not None:
                waiting = max(filter(None, (waiting, row.resume_at)))
            left = (_left(waiting, moment), _left(claimed, real_now(session)))
        rest = min((each for each in left if each is not None), default=None)
        return OutboxProgress(more=more and trouble is None, rest=rest)

    def _channel(self, session: Session) -> OutboxChannel:
        return trying.channel_row(session, self.carrier.channel)


def _left(at: datetime | None, moment: datetime) -> float | None:
    """Say how many seconds are left until a moment, at least one."""
    return None if at is None else max((at - moment).total_seconds(), _SOON)
