"""What it takes to hold a secret ballot: the keys of its boxes, and chance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random, SystemRandom

from engine.keys import Keys


@dataclass(frozen=True)
class BallotBox:
    """Opens boxes and shuffles what was in them; *chance* is the system's own."""

    keys: Keys
    chance: Random = field(default_factory=SystemRandom)

    def destroy(self, spent: Iterable[str]) -> None:
        """Destroy the keys of boxes that are counted, named by their public halves."""
        for public in spent:
            self.keys.destroy(bytes.fromhex(public))
