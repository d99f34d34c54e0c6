"""Every message goes out for a reason, once, in the words that it was written in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.record.entries import (
    ActEntry,
    ChainEntry,
    Entry,
    NoticeEntry,
    notice_name,
)
from domain.record.flaws import Flaw
from domain.record.traces import digest_words

_Key = tuple[str, str, str, int, str]
_To = tuple[str, str, str, int]


@dataclass
class MessagesCheck:
    """Each message has one key, and stands in the trace of an act with its words.

    Where nobody is listed it is held by how many have had it. Of a record that began
    before traces were kept, a message is *unknown* that no trace has.
    """

    whole: bool | None = None
    unknown: int = 0
    seen: set[_Key] = field(default_factory=set)
    told: dict[_Key, tuple[str, int | None]] = field(default_factory=dict)
    counted: dict[_To, list[Any]] = field(default_factory=dict)
    last: tuple[Any, ...] = ()

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Learn whom an act has told, and hold a message against that."""
        match entry:
            case ChainEntry():
                self.last = entry.told
            case ActEntry(trace=trace):
                self.whole = trace is not None if self.whole is None else self.whole
                self._learn(trace["told"] if trace else (), entry.link.seq)
            case NoticeEntry():
                self._learn(self.last, None)
                self.last = ()
                yield from self._hold(entry)

    def _learn(self, told: Any, seq: int | None) -> None:
        for task, kind, step, version, words, people in told:
            to = task, kind, step, version
            if isinstance(people, int):
                self.counted.setdefault(to, [words, seq, 0])[2] += people
                continue
            for person in people:
                # What is sent once more is not sent: the first words stand.
                self.told.setdefault((*to, person), (words, seq))

    def _hold(self, notice: NoticeEntry) -> Iterator[Flaw]:
        if notice.key in self.seen:
            yield Flaw("notice_twice", what=notice.name)
            return
        self.seen.add(notice.key)
        known = self.told.pop(notice.key, None)
        if known is None and (many := self.counted.get(notice.key[:4])):
            many[2] -= 1
            known = many[0], many[1]
        if known is None:
            if self.whole:
                yield Flaw("notice_without_cause", what=notice.name)
            self.unknown += 1
            return
        at = datetime.fromisoformat(notice.at)
        if digest_words(notice.subject, notice.body, at) != known[0]:
            yield Flaw("notice_changed", known[1], notice.name)

    def end(self) -> Iterator[Flaw]:
        """Name what was told and is not there any more."""
        self._learn(self.last, None)
        for key, (_, seq) in self.told.items():
            yield Flaw("notice_missing", seq, notice_name(key))
        for to, (_, seq, left) in self.counted.items():
            if left:
                yield Flaw("notices_miscounted", seq, notice_name(to))
        if self.unknown and not self.whole:
            yield Flaw("unknown_notices", what=str(self.unknown))
