"""Which deadlines of a phase may not overtake which: one table for all who set them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from domain.deadlines import DeadlineKind

Moment = TypeVar("Moment", bound=date)

_K = DeadlineKind
# What each deadline leads to, and so may not come after: who has still to register,
# send or supplement must find somebody who takes it. A council that meets after its
# own deadline overtakes nothing: it is late.
LEADS_TO: Mapping[str, DeadlineKind] = {
    _K.REGISTRATION: _K.SUBMISSION,
    _K.SUBMISSION: _K.APPRAISAL,
    _K.SUPPLEMENT: _K.APPRAISAL,
    _K.APPRAISAL: _K.COUNCIL,
    _K.PUBLIC_NOTICE: _K.COUNCIL,
    _K.COUNCIL: _K.DECISION,
}


class Overtaking(NamedTuple, Generic[Moment]):
    """A deadline that ends after one that it leads to, which ends at *end*."""

    kind: str
    overtaken: DeadlineKind
    end: Moment


def overtakings(
    latest: Mapping[str, Moment],
    earliest: Mapping[str, Moment],
    since: Moment | None = None,
) -> Iterator[Overtaking[Moment]]:
    """Find what overtakes what: *latest* are the ends to judge, *earliest* all ends.

    What has ended by *since* is overtaken by nothing any more. Of one kind several
    may run at once: then the latest leads on, and the earliest is overtaken.
    """
    for kind, end in latest.items():
        for later in following(kind):
            bound = earliest.get(later)
            if bound is not None and end > bound and not (since and bound <= since):
                yield Overtaking(kind, later, bound)


def following(kind: str) -> Iterator[DeadlineKind]:
    """Name all that a deadline leads to, the next first."""
    while later := LEADS_TO.get(kind):
        yield later
        kind = later
