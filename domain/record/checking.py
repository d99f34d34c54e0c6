"""An exported record, checked: its chain, its commands, and that nothing is missing."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.record import Walk
from domain.record.decisions import DecisionsCheck
from domain.record.entries import (
    ActEntry,
    ChainEntry,
    CommandEntry,
    EndEntry,
    Entry,
)
from domain.record.erasures import ErasuresCheck
from domain.record.files import FilesCheck
from domain.record.flaws import Check, Flaw
from domain.record.messages import MessagesCheck
from domain.record.states import StatesCheck
from domain.record.votes import VotesCheck
from domain.states import CommandState

Known = Mapping[int, AbstractSet[str]]


@dataclass
class Checked:
    """A record that is being checked, entry by entry; *acts* are as many as it has.

    *known* are digests of its links, by their places, that are known from outside.
    """

    known: Known = field(default_factory=dict)
    acts: int = 0

    def flaws(self, entries: Iterable[Entry]) -> Iterator[Flaw]:
        """Find all that is wrong with it: nothing is wrong with a whole one."""
        checks: list[Check] = [
            LinksCheck(Walk(self.known)),
            _SentCheck(),
            ErasuresCheck(),
            StatesCheck(),
            VotesCheck(),
            DecisionsCheck(),
            FilesCheck(),
            MessagesCheck(),
            _WholeCheck(),
        ]
        for entry in entries:
            self.acts += isinstance(entry, ActEntry)
            for check in checks:
                yield from _taken(check, entry)
        for check in checks:
            yield from check.end()


def _taken(check: Check, entry: Entry) -> Iterator[Flaw]:
    """Look at an entry; of what nobody can make anything it is said that it is so."""
    try:
        yield from check.take(entry)
    except (LookupError, TypeError, ValueError, AttributeError):
        seq = entry.link.seq if isinstance(entry, ActEntry) else None
        yield Flaw("unreadable", seq, None if seq else type(entry).__name__)


@dataclass
class LinksCheck:
    """Each link follows the one before it, and the head is the last one."""

    walk: Walk
    said: ChainEntry | None = None

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Go on along the chain."""
        if isinstance(entry, ChainEntry):
            self.said = entry
        if not isinstance(entry, ActEntry):
            return
        link, payload = entry.link, None
        if entry.said is not None:
            payload = bytes.fromhex(entry.salt or ""), entry.said
        for each in self.walk.step(link, entry.digest, payload, entry.trace):
            yield Flaw(each.reason, each.seq)
        if self.said is None or link.campaign != self.said.chain:
            yield Flaw("of_another_chain", link.seq)
        if entry.many != len(link.lines):
            yield Flaw("miscounted_lines", link.seq)

    def end(self) -> Iterator[Flaw]:
        """Hold the last link against the head."""
        for each in self.walk.end(self.said.head if self.said else None):
            yield Flaw(each.reason, each.seq)


class _SentCheck:
    """What was sent is what the act says was said, and none without an act applied."""

    def take(self, entry: Entry) -> Iterator[Flaw]:
        match entry:
            case ActEntry():
                yield from self._of_act(entry)
            case CommandEntry():
                if entry.state == CommandState.APPLIED:
                    yield Flaw("applied_without_act", what=entry.id)
                yield from _changed(entry, None)

    def _of_act(self, entry: ActEntry) -> Iterator[Flaw]:
        link, sent = entry.link, entry.command
        if sent is None:
            if link.command is not None:
                yield Flaw("command_missing", link.seq, link.command)
            return
        if sent.state != CommandState.APPLIED:
            yield Flaw("not_applied", link.seq, sent.id)
        said = (link.command, link.kind, link.actor, link.behalf, entry.target)
        if said != (sent.id, sent.kind, sent.actor, sent.behalf, sent.target) or (
            entry.said is not None and _said(entry.said) != _sent(sent)
        ):
            yield Flaw("command_changed", link.seq, sent.id)
        elif entry.said is None and (sent.body or sent.fingerprint):
            yield Flaw("command_not_erased", link.seq, sent.id)
        else:
            yield from _changed(sent, link.seq)

    def end(self) -> Iterator[Flaw]:
        yield from ()


def _said(said: Mapping[str, Any]) -> tuple[object, ...]:
    return said.get("said"), _moment(said["received_at"]), said.get("delegation")


def _sent(sent: CommandEntry) -> tuple[object, ...]:
    return sent.body, _moment(sent.received_at), sent.delegation


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _changed(sent: CommandEntry, seq: int | None) -> Iterator[Flaw]:
    """Find a command that is not what came; of one that is erased nothing is left."""
    if sent.fingerprint and sent.same != sent.fingerprint:
        yield Flaw("command_changed", seq, sent.id)


@dataclass
class _WholeCheck:
    """The file has the end that it was given."""

    seen: int = 0
    ended: bool = False

    def take(self, entry: Entry) -> Iterator[Flaw]:
        self.ended = isinstance(entry, EndEntry) and entry.entries == self.seen
        self.seen += 1
        yield from ()

    def end(self) -> Iterator[Flaw]:
        if not self.ended:
            yield Flaw("cut_off")
