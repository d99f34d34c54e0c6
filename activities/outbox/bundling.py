"""Which deliveries go out as one message: those of one who wants one letter a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from activities.outbox.channel import Outgoing
from duties.outgoing.writing import Written, dates_of
from store.outbox.trying import Due


@dataclass(frozen=True)
class Bundle:
    """Deliveries to one person that go out together, under one key."""

    rows: Sequence[Due]

    @property
    def key(self) -> str:
        """The key of the message: what it once went out with, else its first one's."""
        first = self.rows[0][0]
        return first.letter or first.key

    @property
    def ids(self) -> list[int]:
        """The deliveries' ids."""
        return [delivery.id or 0 for delivery, _, _ in self.rows]

    def outgoing(
        self, written: Mapping[int, Written], now: datetime, link: str
    ) -> Outgoing:
        """Write it as it goes out; it bears the date of its first try."""
        first, _, person = self.rows[0]
        told = [written[row.id or 0] for _, row, _ in self.rows]
        at = first.first_at or now
        return Outgoing(
            key=self.key,
            tries={row.id or 0: row.tries for row, _, _ in self.rows},
            to=person,
            notices=[row for _, row, _ in self.rows],
            parts=[each.part for each in told],
            at=at,
            attached=dates_of(told, at, link),
        )


def bundled(rows: Sequence[Due], daily: Collection[str]) -> list[Bundle]:
    """Put together what goes out together; what once did so does so again."""
    found: dict[tuple[str, str], list[Due]] = defaultdict(list)
    for row in rows:
        delivery, _, person = row
        alone = person.id not in daily or delivery.tries > 0
        together = delivery.letter or (delivery.key if alone else "")
        found[person.id, together].append(row)
    return [Bundle(each) for each in found.values()]
