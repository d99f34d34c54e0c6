"""What is declared of an act, and of what time itself does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import TypeVar

from domain.deadlines import DeadlineKind, DeadlineRule
from domain.ladder import Ladder
from domain.moves import is_move
from domain.roles import Role
from domain.states import CampaignState

State = TypeVar("State", bound=StrEnum)
_RUNNING = frozenset({CampaignState.RUNNING})
_KINDS = frozenset(DeadlineKind)


@dataclass(frozen=True)
class Transition:
    """The states in which a thing is found, and those that it is then brought to.

    Without any to go to it stays as it is. Of all pairs those count that are moves.
    """

    comes_from: frozenset[StrEnum]
    goes_to: frozenset[StrEnum]

    @property
    def kind(self) -> type[StrEnum]:
        """The states of what kind of thing these are."""
        return type(min(self.comes_from))

    @property
    def pairs(self) -> frozenset[tuple[StrEnum, StrEnum]]:
        """The moves that are declared, from and to."""
        every = product(self.comes_from, self.goes_to)
        return frozenset((x, y) for x, y in every if x is not y and is_move(x, y))


def at(*states: StrEnum) -> Transition:
    """Declare in which states alone something is done, which changes none."""
    return Transition(frozenset(states), frozenset())


def go(comes_from: StrEnum | Iterable[StrEnum], *goes_to: StrEnum) -> Transition:
    """Declare from which states something is brought to which."""
    found = {comes_from} if isinstance(comes_from, StrEnum) else comes_from
    return Transition(frozenset(found), frozenset(goes_to))


def by(*who: Role) -> frozenset[Role]:
    """Declare who may do an act."""
    return frozenset(who)


@dataclass(frozen=True)
class OwnDeadline:
    """An act's own deadline: until then the act alone is owed, which ends it.

    It is called as the act is, unless it has a *kind*, and kept by what the act is
    aimed at. Whoever may do the act owes it, or *by* some of them alone.
    """

    name_vi: str
    ladder: Ladder
    by: frozenset[Role] = frozenset()
    kind: DeadlineKind | None = None
    counted: bool = True


@dataclass(frozen=True)
class All:
    """Every deadline there is *but* one, or some alone.

    Those that are *own* of a target, or those that are *called* as their acts are.
    """

    own: str | None = None
    but: str | None = None
    called: bool = False

    def among(self, deadlines: Mapping[str, DeadlineRule]) -> tuple[str, ...]:
        """Name them."""
        return tuple(
            name
            for name, rule in deadlines.items()
            if name != self.but and self.own in (None, rule.own)
            if not (self.called and name in _KINDS)
        )


@dataclass(frozen=True)
class ProcessRule:
    """What an act, or time itself, changes.

    *follows* are the moves of whatever hangs on what it is about; *opens* are the
    deadlines that it sets or moves, *ends* those after which nobody owes any more.
    """

    kind: str
    summary: str
    follows: tuple[Transition, ...] = field(default=(), kw_only=True)
    opens: tuple[str, ...] = field(default=(), kw_only=True)
    opens_all: All | None = field(default=None, kw_only=True)
    ends: tuple[str, ...] = field(default=(), kw_only=True)
    ends_all: All | None = field(default=None, kw_only=True)

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """All moves that it may bring about."""
        return self.follows

    def moves(self, before: StrEnum | None, after: StrEnum) -> bool:
        """Say whether it may bring a thing from a state, or from any, to another."""
        kind = type(after)  # states of other kinds may have the same names
        pairs = {pair for x in self.transitions if x.kind is kind for pair in x.pairs}
        return any(after is y and before in (x, None) for x, y in pairs)


@dataclass(frozen=True)
class ActRule(ProcessRule):
    """What an act is aimed at, who may do it, and the window that takes it.

    *states* are judged before anything is done: of what the act is aimed at, and of
    its phase and campaign. What *opens_with* another deadline of the phase may come
    before its window. The director may let somebody else sign one that is *delegable*.
    One that is *due* is owed until a deadline of its own. One on a *whole* list takes
    long to judge.
    """

    target: str
    who: frozenset[Role]
    states: tuple[Transition, ...] = ()
    window: str | None = field(default=None, kw_only=True)
    opens_with: DeadlineKind | None = field(default=None, kw_only=True)
    delegable: bool = field(default=False, kw_only=True)
    due: OwnDeadline | None = field(default=None, kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    @property
    def short(self) -> bool:
        """Whether many such come at once to one record, each of a few lines."""
        return self.target in {"department", "case"} and not self.whole

    @property
    def own(self) -> Mapping[str, DeadlineRule]:
        """Its own deadline, by its name, if it has one."""
        if self.due is None:
            return {}
        due, owed = self.due, {self.kind: self.due.by or self.who}
        rule = DeadlineRule(
            due.name_vi,
            due.ladder,
            owed,
            ended_by=self.kind,
            counted=due.counted,
            own=self.target,
        )
        return {due.kind or self.kind: rule}

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The moves of what it is aimed at, and of what hangs on that."""
        return *self.states, *self.follows

    def allowed(self, kind: type[State]) -> frozenset[State] | None:
        """Say in which states of a kind the act is done; None: it does not matter.

        A campaign has to run, unless something else is declared.
        """
        for each in self.states:
            if each.kind is kind:
                return frozenset(kind(state) for state in each.comes_from)
        if kind is CampaignState:
            return frozenset(kind(state) for state in _RUNNING)
        return None


@dataclass(frozen=True)
class TimeRule(ProcessRule):
    """What the process does for nobody, because its moment has come."""
