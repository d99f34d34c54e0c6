"""How long each step of a phase took, and where the phase waited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class PhaseStep(StrEnum):
    """A step of a phase, in their order; each begins where the one before has ended."""

    SUBMISSION = "submission"
    APPRAISAL = "appraisal"
    PUBLIC_NOTICE = "public_notice"
    MEETING = "meeting"
    VOTE = "vote"
    MINUTES = "minutes"
    DECISION = "decision"
    ISSUE = "issue"


@dataclass(frozen=True)
class TimedStep:
    """A step that has ended, with when it was due, if it was."""

    step: PhaseStep
    began_at: datetime
    ended_at: datetime
    due_at: datetime | None

    @property
    def days(self) -> int:
        """Give how many days it took; one that was begun counts whole."""
        return -((self.began_at - self.ended_at) // _DAY)

    @property
    def late(self) -> int:
        """Give by how many days it was late."""
        if self.due_at is None or self.ended_at <= self.due_at:
            return 0
        return max(-((self.due_at - self.ended_at) // _DAY), 1)


def timed(
    opened_at: datetime | None,
    ends: Mapping[PhaseStep, datetime | None],
    dues: Mapping[PhaseStep, datetime | None],
) -> list[TimedStep]:
    """Time the steps that have ended, the first from when the phase *opened* for it.

    One that ended before the step before it took no time of its own.
    """
    found: list[TimedStep] = []
    began_at = opened_at
    for step in PhaseStep:
        ended_at = ends.get(step)
        if began_at is None or ended_at is None:
            continue
        ended_at = max(began_at, ended_at)
        found.append(TimedStep(step, began_at, ended_at, dues.get(step)))
        began_at = ended_at
    return found


def waited_longest(steps: Iterable[TimedStep]) -> TimedStep | None:
    """Find the step that took the most days; the first, of several."""
    return max(steps, key=lambda step: step.days, default=None)
