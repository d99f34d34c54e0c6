"""What an act leaves in the rows, in codes: states that were reached, people told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from domain.record import digest_of
from domain.states import (
    CampaignState,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)

# What is called how in a trace, whatever its rows are called.
KINDS: Mapping[str, type[StrEnum]] = {
    "campaign": CampaignState,
    "phase": PhaseState,
    "window": WindowState,
    "registration": RegistrationState,
    "submission": SubmissionState,
    "line": LineState,
    "session": SessionState,
    "decision": DecisionState,
    "case": CaseState,
}
NAMES: Mapping[type[StrEnum], str] = {kind: name for name, kind in KINDS.items()}
# From whatever state it was in.
ANY = "*"
# A message: its task, its kind, its step and version, and the digest of its words.
Message = tuple[str, str, str, int, str]


@dataclass
class Trace:
    """What one act leaves; *target* is what it was aimed at, if at anything."""

    target: str | None = None
    moves: dict[tuple[str, str | None, str], list[str]] = field(default_factory=dict)
    told: list[Any] = field(default_factory=list)

    def move(
        self, before: StrEnum | str | None, after: StrEnum, keys: Iterable[str]
    ) -> None:
        """Note that things came from a state, or began (None), to another."""
        if before != after:
            comes_from = None if before is None else str(before)
            way = (NAMES[type(after)], comes_from, str(after))
            self.moves.setdefault(way, []).extend(keys)

    def tell(self, message: Message, people: Sequence[str] | int) -> None:
        """Note who was told, or how many where nobody is listed."""
        self.told.append([*message, people])

    def as_data(self, told: Iterable[Any]) -> dict[str, Any]:
        """Write the trace, behind what was *told* before it."""
        moves = [[*way, keys] for way, keys in self.moves.items()]
        return {"target": self.target, "moves": moves, "told": [*told, *self.told]}


def digest_words(subject: str, body: str, at: datetime) -> str:
    """Digest what somebody is told, and when."""
    return digest_of([subject, body, at.astimezone(UTC).isoformat()])
