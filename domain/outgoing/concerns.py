"""Which deadline a notice is about, by its kind and task: so it may be over."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.acts import kind_of
from domain.deadlines import DeadlineKind
from domain.ids import Kind

_K = DeadlineKind
OWN_DECISION_DUE = "own_decision_due"


@dataclass(frozen=True)
class Concern:
    """A deadline that a notice speaks of: whose, and by which name.

    A reminder is of one version of it (*reminds*), and only to whoever still owes or
    stands above them; *asks* is what one who owes nothing any more need not read.
    *department* is whose desk it is written to.
    """

    owner: str
    name: str
    reminds: bool = False
    asks: bool = False
    department: str | None = None


@dataclass(frozen=True)
class _Asked:
    """A kind of notice that asks for something: until which deadline, kept by what."""

    name: str
    owner: Kind
    asks: bool = True


_ASKED: Mapping[str, _Asked] = {
    "pact_waits": _Asked(_K.PACT, Kind.CAMPAIGN),
    "pact_signed": _Asked(_K.LAUNCH, Kind.CAMPAIGN),
    "decision_waits": _Asked(_K.DECISION, Kind.DECISION),
    "own_decision_waits": _Asked(_K.DECISION, Kind.DECISION),
    "decided": _Asked(_K.ISSUE, Kind.DECISION, asks=False),
    "correction_signed": _Asked(_K.ISSUE, Kind.DECISION, asks=False),
    "rescission_signed": _Asked(_K.ISSUE, Kind.DECISION, asks=False),
    "minutes_wait": _Asked(_K.MINUTES, Kind.COUNCIL),
    "ballot_opens": _Asked(_K.BALLOTS, Kind.COUNCIL),
    "convened": _Asked(_K.MEETING, Kind.COUNCIL, asks=False),
    "convened_anew": _Asked(_K.MEETING, Kind.COUNCIL, asks=False),
    "meeting_moved": _Asked(_K.MEETING, Kind.COUNCIL, asks=False),
    "quorum_at_risk": _Asked(_K.MEETING, Kind.COUNCIL, asks=False),
    "cannot_pass": _Asked(_K.MEETING, Kind.COUNCIL, asks=False),
    "published": _Asked(_K.PUBLIC_NOTICE, Kind.PHASE, asks=False),
    "initiative_to_score": _Asked(_K.INITIATIVE_SCORING, Kind.CASE),
    "initiative_to_certify": _Asked(_K.INITIATIVE_CERTIFICATE, Kind.CASE),
    "case_returned": _Asked(_K.CASE_SUPPLEMENT, Kind.CASE, asks=False),
}
# Whose moment it is: an invitation that comes after it is of no use.
MEETINGS = frozenset(kind for kind, x in _ASKED.items() if x.name == _K.MEETING)


def concern_of(kind: str, task: str) -> Concern | None:
    """Find the deadline that a notice is about; None for what is only told."""
    if (asked := _ASKED.get(kind)) is not None:
        return _asked(asked, task.split("/"))
    if kind == "returned_for_supplement":
        return _of_department(task, _K.SUPPLEMENT)
    if kind.endswith(("_due", "_opens")) and task.count("/"):
        return _reminded(kind, task)
    return _moved(kind, task)


def _asked(asked: _Asked, task: list[str]) -> Concern:
    return Concern(f"{asked.owner}:{task[1]}", asked.name, asks=asked.asks)


def _reminded(kind: str, task: str) -> Concern | None:
    name, owner, *rest = task.split("/")
    called = kind.removesuffix("_due").removesuffix("_opens")
    if name != called and kind != OWN_DECISION_DUE:
        return None
    try:
        kind_of(name)
    except ValueError:
        return None
    who = rest[0] if rest else None
    return Concern(owner, name, reminds=True, department=None if who == "all" else who)


def _of_department(task: str, name: str) -> Concern | None:
    _, phase, code, *_ = task.split("/")
    owner = f"{Kind.DEPARTMENT}:{phase}:{code}"
    return Concern(owner, name, department=code)


def _moved(kind: str, task: str) -> Concern | None:
    """Find the deadline of which it is told that it has another day."""
    if kind == "deadline_moved":
        _, owner, name, *_ = task.split("/")
        return Concern(owner, name)
    if kind == "extended":
        _, phase, name, who, *_ = task.split("/")
        owner = f"{Kind.PHASE}:{phase}"
        if who != "all":
            owner = f"{Kind.DEPARTMENT}:{phase}:{who}"
        return Concern(owner, name)
    return None
