"""Where everything stands, found again from the acts by the tables of moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.acts import RULES
from domain.moves import is_move
from domain.record.entries import ActEntry, Entry, StateEntry
from domain.record.flaws import Flaw
from domain.record.traces import ANY, KINDS
from domain.states import CampaignState, CaseState, WindowState

# What is written down freely before any act.
_DRAFTED: Mapping[str, StrEnum] = {
    "campaign": CampaignState.DRAFT,
    "case": CaseState.DRAFT,
}
_Key = tuple[str, str]


@dataclass
class StatesCheck:
    """Each thing came from state to state as the table of acts allows, and stands so.

    Of a record that began before traces were kept, what has not moved since is
    *unknown*: it cannot be found again.
    """

    whole: bool | None = None
    unknown: int = 0
    states: dict[_Key, tuple[StrEnum, int]] = field(default_factory=dict)

    def take(self, entry: Entry) -> Iterator[Flaw]:
        """Follow an act's moves; hold a row against where the acts have left it."""
        match entry:
            case ActEntry(trace=trace):
                self.whole = trace is not None if self.whole is None else self.whole
                for kind, before, after, keys in trace["moves"] if trace else ():
                    yield from self._move(entry, kind, before, after, keys)
            case StateEntry(kind=kind, key=key):
                yield from self._stands(entry, self.states.pop((kind, key), None))

    def _move(
        self, act: ActEntry, kind: str, before: str | None, after: str, keys: list[str]
    ) -> Iterator[Flaw]:
        states, seq = KINDS[kind], act.link.seq
        goes_to = states(after)
        comes_from = None if before in (None, ANY) else states(before)
        if before is not None and not _declared(act.link.kind, comes_from, goes_to):
            yield Flaw("undeclared_move", seq, f"{kind} {before} → {after}")
        for key in keys:
            place = kind, key
            known = self.states.get(place)
            stands = known[0] if known else _DRAFTED.get(kind)
            if not self._follows(before, comes_from, stands, goes_to):
                yield Flaw("moved_from_elsewhere", seq, f"{kind} {key}")
            self.states[place] = goes_to, seq

    def _follows(
        self,
        before: str | None,
        comes_from: StrEnum | None,
        stands: StrEnum | None,
        goes_to: StrEnum,
    ) -> bool:
        if before is None:
            return stands is None
        if stands is None:
            return not self.whole
        if comes_from is not None and _seen(comes_from) is not _seen(stands):
            return False
        return is_move(comes_from or stands, goes_to)

    def _stands(
        self, row: StateEntry, known: tuple[StrEnum, int] | None
    ) -> Iterator[Flaw]:
        what = f"{row.kind} {row.key}"
        state = KINDS[row.kind](row.state)
        if known is None:
            if not self.whole:
                self.unknown += 1
            elif state is not _DRAFTED.get(row.kind):
                yield Flaw("state_without_act", what=what)
        elif _seen(known[0]) is not _seen(state):
            yield Flaw("state_changed", known[1], what)

    def end(self) -> Iterator[Flaw]:
        """Name what the acts know of and the rows do not."""
        for (kind, key), (_, seq) in self.states.items():
            yield Flaw("row_missing", seq, f"{kind} {key}")
        if self.unknown:
            yield Flaw("unknown_states", what=str(self.unknown))


def _declared(act: str, before: StrEnum | None, after: StrEnum) -> bool:
    return act in RULES and RULES[act].moves(before, after)


def _seen(state: StrEnum) -> StrEnum:
    """A window that is about to close takes nothing any more, and no act says so."""
    return WindowState.OPEN if state is WindowState.CLOSING else state
