"""What was decided on each line, by whom, under which number: as the acts say it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.record.entries import ActEntry, DecisionEntry, Entry
from domain.record.flaws import Flaw

_NUMBERING = ("number", "renumber")
_NUMBER = ("series", "number", "year")


@dataclass
class DecisionsCheck:
    """Each decision says what the act said by which it was made."""

    whole: bool | None = None
    decided: dict[str, ActEntry] = field(default_factory=dict)
    numbered: dict[str, ActEntry] = field(default_factory=dict)
    issued: dict[str, ActEntry] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    # Where each line has been: one is granted without a council as it is written.
    reached: set[tuple[str, str]] = field(default_factory=set)

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Learn what was decided, and hold a decision against it."""
        match entry:
            case ActEntry(trace=trace, link=link):
                self.whole = trace is not None if self.whole is None else self.whole
                self.reached.update(_moved(trace))
                key = entry.target.removeprefix("decision:")
                if link.kind == "decide":
                    self.decided[key] = entry
                if link.kind in _NUMBERING:
                    self.numbered[key] = entry
                if link.kind == "issue":
                    self.issued[key] = entry
                self.links[link.seq] = entry.digest
            case DecisionEntry():
                yield from self._number(entry)
                yield from self._outcomes(entry)
                yield from self._head(entry)

    def end(self) -> Iterator[Flaw]:
        """Nothing is left to be said."""
        yield from ()

    def _number(self, row: DecisionEntry) -> Iterator[Flaw]:
        act = self.numbered.get(row.id)
        if act is None:
            if row.number is not None and self.whole:
                yield Flaw("number_changed", what=row.id)
        elif act.body is not None:
            said = tuple(act.body.get(name) for name in _NUMBER)
            if said != (row.series, row.number, row.year):
                yield Flaw("number_changed", act.link.seq, row.id)

    def _outcomes(self, row: DecisionEntry) -> Iterator[Flaw]:
        act = self.decided.get(row.id)
        seq = act.link.seq if act else None
        if act and row.decided_by != act.link.actor:
            yield Flaw("decision_changed", seq, row.id)
        ruled = dict(_moved(act.trace)) if act else None
        for line, outcome in row.outcomes.items():
            if ruled is None:
                right = outcome is None or (line, outcome) in self.reached
            else:
                right = ruled.get(line) == outcome
            if not right and self.whole:
                yield Flaw("outcome_changed", seq, f"{row.id} {line}")

    def _head(self, row: DecisionEntry) -> Iterator[Flaw]:
        act = self.issued.get(row.id)
        said = act.said.get("head") if act and act.said else None
        seq = act.link.seq if act else None
        if row.head is not None and self.links.get(row.head[0]) != row.head[1]:
            yield Flaw("head_of_another_record", seq, row.id)
        elif said is not None and (row.head is None or said[1:] != [*row.head]):
            yield Flaw("head_changed", seq, row.id)


def _moved(trace: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    for kind, _, after, keys in trace["moves"] if trace else ():
        if kind == "line":
            yield from ((key, after) for key in keys)
